import { resourceRule, text } from "../../framework";
import { CACHE_CLUSTER, isMember, REPLICATION_GROUP } from "../shared/caches";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elasticache-subnet-group",
    severity: "high",
    description: "Caches are in subnets that are chosen for them.",
    fix: "Set subnetGroupName to the name of an aws.elasticache.SubnetGroup.",
    frameworks: { controls: ["145"], securityHub: ["ElastiCache.7"], checkov: ["CKV_AWS_323"] },
    types: [REPLICATION_GROUP, CACHE_CLUSTER],
    check: ({ props }, report) => {
        if (isMember(props)) {
            return;
        }
        // Left out it is the one called default, of the default VPC.
        if ((text(props.subnetGroupName) ?? "default") === "default") {
            report(`is in the default VPC: subnetGroupName is ${shown(props.subnetGroupName)}.`);
        }
    },
});
