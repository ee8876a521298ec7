import { flag, resourceRule } from "../../framework";
import { REPLICATION_GROUP } from "../shared/caches";
import { judge, shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elasticache-failover",
    severity: "medium",
    description: "Caches survive the loss of a node and of an availability zone.",
    fix: "Set automaticFailoverEnabled and multiAzEnabled to true, with two nodes or more.",
    frameworks: { controls: ["141"], securityHub: ["ElastiCache.3"], checkov: ["CKV2_AWS_50"] },
    types: [REPLICATION_GROUP],
    check: ({ props }, report) => {
        // Both are false by default.
        judge(
            ...["automaticFailoverEnabled", "multiAzEnabled"].map((property) => () => {
                if (flag(props[property]) !== true) {
                    report(`does not fail over: ${property} is ${shown(props[property])}.`);
                }
            }),
        );
    },
});
