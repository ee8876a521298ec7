import { flag, stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { judge, shown } from "../shared/judging";
import { judgeCustomerKey } from "../shared/keys";

const CLUSTER = "aws:docdb/cluster:Cluster";

interface Config {
    readonly customerKey: boolean;
}

export const rule = stackRule<Config>({
    id: "docdb-encryption",
    severity: "medium",
    description: "DocumentDB clusters are encrypted, with keys of the customer's.",
    fix: "Set storageEncrypted to true and kmsKeyId to the ARN of an aws.kms.Key, which makes a new cluster.",
    frameworks: {
        controls: ["153"],
        securityHub: ["DocumentDB.1"],
        checkov: ["CKV_AWS_74", "CKV_AWS_182"],
    },
    types: [CLUSTER],
    config: {
        customerKey: {
            type: "boolean",
            default: true,
            description: "Whether the key must be the customer's; otherwise AWS's own for RDS will do.",
        },
    },
    checkStack: (stack, report, { customerKey }) => {
        stack.each(stack.ofType(CLUSTER), (cluster) => {
            judge(
                () => {
                    // AWS's default is false.
                    const encrypted = isInput(cluster, "storageEncrypted")
                        ? cluster.props.storageEncrypted
                        : undefined;
                    if (flag(encrypted) !== true) {
                        report(`is not encrypted: storageEncrypted is ${shown(encrypted)}.`, cluster);
                    }
                },
                () => {
                    if (customerKey) {
                        judgeCustomerKey(cluster, "kmsKeyId", (reason) => {
                            report(reason, cluster);
                        });
                    }
                },
            );
        });
    },
});
