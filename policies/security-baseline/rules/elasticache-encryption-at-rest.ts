import { flag, type Member, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { REPLICATION_GROUP, SERVERLESS_CACHE } from "../shared/caches";
import { judge } from "../shared/judging";
import { judgeCustomerKey } from "../shared/keys";

interface Config {
    readonly customerKey: boolean;
}

export const rule = stackRule<Config>({
    id: "elasticache-encryption-at-rest",
    severity: "medium",
    description: "Caches are encrypted at rest, with keys of the customer's.",
    fix: "Set atRestEncryptionEnabled to true and kmsKeyId to the ARN of an aws.kms.Key, which makes a new cache.",
    frameworks: {
        controls: ["142"],
        securityHub: ["ElastiCache.4"],
        checkov: ["CKV_AWS_29", "CKV_AWS_191"],
    },
    types: [REPLICATION_GROUP, SERVERLESS_CACHE],
    config: {
        customerKey: {
            type: "boolean",
            default: true,
            description: "Whether the key must be the customer's; otherwise ElastiCache's own will do.",
        },
    },
    checkStack: (stack, report, { customerKey }) => {
        stack.each(stack.ofType(REPLICATION_GROUP, SERVERLESS_CACHE), (group) => {
            judge(
                () => {
                    if (group.type === REPLICATION_GROUP && !isEncrypted(group)) {
                        report("is not encrypted at rest: atRestEncryptionEnabled is not true.", group);
                    }
                },
                () => {
                    if (customerKey) {
                        judgeCustomerKey(group, "kmsKeyId", (reason) => {
                            report(reason, group);
                        });
                    }
                },
            );
        });
    },
});

/** AWS's default is true for Valkey and false for Redis; followers of another region have what that one has. */
function isEncrypted(group: Member): boolean {
    const { props } = group;
    if (isInput(group, "atRestEncryptionEnabled")) {
        return flag(props.atRestEncryptionEnabled) === true;
    }
    return (
        isInput(group, "globalReplicationGroupId") ||
        (isInput(group, "engine") && text(props.engine) === "valkey")
    );
}
