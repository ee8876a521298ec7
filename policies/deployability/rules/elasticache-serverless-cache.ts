import { list, number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { judge } from "../shared/values";

const SNAPSHOTS_MAX = 35;

export const rule = resourceRule({
    id: "elasticache-serverless-cache",
    severity: "high",
    description: "Serverless caches have subnets, snapshots and times of them that ElastiCache takes.",
    fix: "Give two or three subnets, keep 35 snapshots at most, and none of Memcached.",
    frameworks: { controls: ["F39.2"] },
    types: ["aws:elasticache/serverlessCache:ServerlessCache"],
    check: ({ props }, report) => {
        judge(
            () => {
                const subnets = list(props.subnetIds).length;
                if (isGiven(props, "subnetIds") && (subnets < 2 || subnets > 3)) {
                    report(`has ${counted(subnets, "subnet")}; allowed: 2 or 3.`);
                }
            },
            () => {
                const kept = number(props.snapshotRetentionLimit) ?? 0;
                if (kept < 0 || kept > SNAPSHOTS_MAX) {
                    report(`keeps ${counted(kept, "snapshot")}; allowed: 0 to ${SNAPSHOTS_MAX}.`);
                }
            },
            () => {
                const isMemcached = text(props.engine) === "memcached";
                for (const property of ["userGroupId", "dailySnapshotTime", "snapshotRetentionLimit"]) {
                    if (isMemcached && isGiven(props, property)) {
                        report(`has engine "memcached" and ${property}.`);
                    }
                }
            },
        );
    },
});
