import { object, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { managedLoginsOf, USER_POOLS } from "../../framework/userPools";

const REPLICA = "aws-native:cognito:UserPoolReplica";

export const rule = stackRule({
    id: "cognito-tier",
    severity: "high",
    description: "User pools have the tier of the features that they use.",
    fix: 'Set userPoolTier to "PLUS" for threat protection, and to "ESSENTIALS" or "PLUS" for managed login and replication.',
    frameworks: { controls: ["F13.2"] },
    types: USER_POOLS,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...USER_POOLS), (pool) => {
            // The default of AWS.
            const tier = isInput(pool, "userPoolTier") ? (text(pool.props.userPoolTier) ?? "") : "ESSENTIALS";
            const mode = text(object(pool.props.userPoolAddOns).advancedSecurityMode) ?? "OFF";
            if (mode !== "OFF" && tier !== "PLUS") {
                report(`has advancedSecurityMode "${mode}" with the tier ${tier}.`, pool);
            }
            if (tier !== "LITE") {
                return;
            }
            for (const domain of managedLoginsOf(stack, pool)) {
                report(`has managed login by ${domain.name} with the tier ${tier}.`, pool);
            }
            for (const replica of stack.referrersOf(pool, REPLICA, "userPoolId")) {
                report(`has the replica ${replica.name} with the tier ${tier}.`, pool);
            }
        });
    },
});
