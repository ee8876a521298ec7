import { flag, resourceRule } from "../../framework";
import { CACHE_CLUSTER, isMember, REPLICATION_GROUP } from "../shared/caches";

export const rule = resourceRule({
    id: "elasticache-minor-upgrades",
    severity: "high",
    level: "advisory",
    description: "Caches get minor versions of their engine by themselves.",
    fix: "Set autoMinorVersionUpgrade to true, or leave it out.",
    frameworks: { controls: ["140"], securityHub: ["ElastiCache.2"], checkov: ["CKV_AWS_322"] },
    types: [REPLICATION_GROUP, CACHE_CLUSTER],
    check: ({ props }, report) => {
        // AWS's default is true.
        if (!isMember(props) && flag(props.autoMinorVersionUpgrade) === false) {
            report("stays on its minor version: autoMinorVersionUpgrade is false.");
        }
    },
});
