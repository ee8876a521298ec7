import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { DB_CLUSTER } from "../shared/databases";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly customerKey: boolean;
}

export const rule = resourceRule<Config>({
    id: "rds-cluster-encryption",
    severity: "high",
    description: "The storage of database clusters is encrypted, with a key of the customer's.",
    fix: "Set storageEncrypted to true and kmsKeyId to the ARN of an aws.kms.Key of the cluster's region.",
    frameworks: {
        controls: ["37"],
        securityHub: ["RDS.27"],
        checkov: ["CKV_AWS_96", "CKV_AWS_327"],
    },
    types: [DB_CLUSTER],
    config: {
        customerKey: {
            type: "boolean",
            default: true,
            description: "Whether the key must be the customer's; otherwise AWS's own for RDS will do.",
        },
    },
    check: ({ props }, report, { customerKey }) => {
        judge(
            () => {
                // AWS's default is false, but for the first generation of serverless clusters.
                const encrypted = flag(props.storageEncrypted) ?? text(props.engineMode) === "serverless";
                if (!encrypted) {
                    report(`is not encrypted: storageEncrypted is ${shown(props.storageEncrypted)}.`);
                }
            },
            () => {
                if (customerKey && !isGiven(props, "kmsKeyId")) {
                    report("has no key of the customer's: kmsKeyId is not given.");
                }
            },
        );
    },
});
