import { number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { REPLICATION_GROUP } from "../shared/caches";
import { shown } from "../shared/judging";

const CLUSTER = "aws:elasticache/cluster:Cluster";

interface Config {
    readonly minDays: number;
}

export const rule = resourceRule<Config>({
    id: "elasticache-snapshots",
    severity: "high",
    description: "Caches of Valkey and Redis keep snapshots.",
    fix: "Set snapshotRetentionLimit to the number of days to keep snapshots for.",
    frameworks: { controls: ["139"], securityHub: ["ElastiCache.1"], checkov: ["CKV_AWS_134"] },
    types: [REPLICATION_GROUP, CLUSTER],
    config: {
        minDays: { type: "integer", minimum: 1, default: 1, description: "The least number of days." },
    },
    check: ({ type, props }, report, { minDays }) => {
        // Memcached has no snapshots, and the replication group of a cluster speaks for it.
        if (type === CLUSTER && (text(props.engine) !== "redis" || isGiven(props, "replicationGroupId"))) {
            return;
        }
        // AWS's default is 0, which is none.
        if ((number(props.snapshotRetentionLimit) ?? 0) < minDays) {
            report(
                `keeps no snapshots for ${minDays} days: snapshotRetentionLimit is ${shown(props.snapshotRetentionLimit)}.`,
            );
        }
    },
});
