import { flag, object, stackRule, text } from "../../framework";
import { eachObject, isInput } from "../../framework/items";
import { judge, shown } from "../shared/judging";
import { judgeCustomerKey } from "../shared/keys";
import { TABLE, TABLE_REPLICA } from "../shared/tables";

export const rule = stackRule({
    id: "dynamodb-customer-key",
    severity: "medium",
    description: "Tables and their replicas are encrypted with keys of the customer's.",
    fix: "Set serverSideEncryption with enabled and the ARN of an aws.kms.Key, and kmsKeyArn of each replica to one of its region.",
    frameworks: { controls: ["136"], checkov: ["CKV_AWS_119", "CKV_AWS_271"] },
    types: [TABLE, TABLE_REPLICA],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TABLE_REPLICA), (replica) => {
            judgeCustomerKey(replica, "kmsKeyArn", (reason) => {
                report(reason, replica);
            });
        });
        stack.each(stack.ofType(TABLE), (table) => {
            const say = (reason: string): void => {
                report(reason, table);
            };
            const { props } = table;
            judge(
                () => {
                    // Without it, or with enabled false, DynamoDB takes a key that it shares among customers.
                    const { enabled } = isInput(table, "serverSideEncryption")
                        ? object(props.serverSideEncryption)
                        : {};
                    if (flag(enabled) !== true) {
                        say(
                            `is encrypted with a key that is not the customer's: serverSideEncryption.enabled is ${shown(enabled)}.`,
                        );
                        return;
                    }
                    judgeCustomerKey(
                        table,
                        "serverSideEncryption",
                        say,
                        () => object(props.serverSideEncryption).kmsKeyArn,
                        "serverSideEncryption.kmsKeyArn",
                    );
                },
                () => {
                    if (!isInput(table, "replicas")) {
                        return;
                    }
                    eachObject(props.replicas, (replica, index) => {
                        judgeCustomerKey(
                            table,
                            "replicas",
                            (reason) => {
                                say(
                                    `has a replica in ${text(replica.regionName) ?? "another region"} that ${reason}`,
                                );
                            },
                            () => replica.kmsKeyArn,
                            `replicas[${index}].kmsKeyArn`,
                        );
                    });
                },
            );
        });
    },
});
