import { stackRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "../shared/judging";
import { judgeCustomerKey } from "../shared/keys";

const SECRET = "aws:secretsmanager/secret:Secret";

export const rule = stackRule({
    id: "secretsmanager-customer-key",
    severity: "medium",
    description: "Secrets and their replicas are encrypted with keys of the customer's.",
    fix: "Set kmsKeyId to the ARN of an aws.kms.Key, and that of each replica to one of its region.",
    frameworks: { controls: ["97"], checkov: ["CKV_AWS_149"] },
    types: [SECRET],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SECRET), (secret) => {
            const say = (reason: string): void => {
                report(reason, secret);
            };
            judge(
                () => {
                    judgeCustomerKey(secret, "kmsKeyId", say);
                },
                () => {
                    eachObject(secret.props.replicas, (replica, index) => {
                        judgeCustomerKey(
                            secret,
                            "replicas",
                            (reason) => {
                                say(
                                    `has a replica in ${text(replica.region) ?? "another region"} that ${reason}`,
                                );
                            },
                            () => replica.kmsKeyId,
                            `replicas[${index}].kmsKeyId`,
                        );
                    });
                },
            );
        });
    },
});
