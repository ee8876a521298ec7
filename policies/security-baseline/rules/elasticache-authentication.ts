import { list, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { REPLICATION_GROUP, SERVERLESS_CACHE } from "../shared/caches";

export const rule = resourceRule({
    id: "elasticache-authentication",
    severity: "medium",
    description: "Caches ask who talks to them.",
    fix: "Set userGroupIds (userGroupId of a serverless cache) to an aws.elasticache.UserGroup's id, or authToken.",
    frameworks: { controls: ["144"], securityHub: ["ElastiCache.6"], checkov: ["CKV_AWS_31"] },
    types: [REPLICATION_GROUP, SERVERLESS_CACHE],
    check: ({ type, props }, report) => {
        if (type === SERVERLESS_CACHE) {
            // Memcached knows no users.
            if (text(props.engine) !== "memcached" && !isGiven(props, "userGroupId")) {
                report("lets anybody in who reaches it: userGroupId is not given.");
            }
            return;
        }
        if (!isGiven(props, "authToken") && list(props.userGroupIds).length === 0) {
            report("lets anybody in who reaches it: neither userGroupIds nor authToken is given.");
        }
    },
});
