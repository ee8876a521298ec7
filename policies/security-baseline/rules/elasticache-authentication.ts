import { list, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { REPLICATION_GROUP } from "../shared/caches";

export const rule = resourceRule({
    id: "elasticache-authentication",
    severity: "medium",
    description: "Caches ask who talks to them.",
    fix: "Set userGroupIds to an aws.elasticache.UserGroup's id, or authToken.",
    frameworks: { controls: ["144"], securityHub: ["ElastiCache.6"], checkov: ["CKV_AWS_31"] },
    types: [REPLICATION_GROUP],
    check: ({ props }, report) => {
        if (!isGiven(props, "authToken") && list(props.userGroupIds).length === 0) {
            report("lets anybody in who reaches it: neither userGroupIds nor authToken is given.");
        }
    },
});
