import { object, stackRule, text } from "../../framework";
import { NATIVE_USER_POOL } from "../../framework/userPools";

const REPLICA = "aws-native:cognito:UserPoolReplica";

export const rule = stackRule({
    id: "cognito-replica",
    severity: "high",
    description: "User pools with a replica are under a multi-Region key of the customer's.",
    fix: 'Set keyConfiguration to { keyType: "CUSTOMER_MANAGED_KEY", kmsKeyArn }, with the ARN of a multi-Region key.',
    frameworks: { controls: ["F44.2"] },
    types: [REPLICA],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(NATIVE_USER_POOL), (pool) => {
            const [replica] = stack.referrersOf(pool, REPLICA, "userPoolId");
            if (replica === undefined) {
                return;
            }
            const { keyType, kmsKeyArn } = object(pool.props.keyConfiguration);
            if (text(keyType) !== "CUSTOMER_MANAGED_KEY") {
                report(`has the replica ${stack.nameOf(replica, pool)} and no key of the customer's.`, pool);
            } else if (!(text(kmsKeyArn) ?? "").includes(":key/mrk-")) {
                report(
                    `has the replica ${stack.nameOf(replica, pool)} and a key of one region: keyConfiguration.kmsKeyArn is "${text(kmsKeyArn) ?? ""}".`,
                    pool,
                );
            }
        });
    },
});
