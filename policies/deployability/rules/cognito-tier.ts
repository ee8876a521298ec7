import { ifKnown, number, object, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";

const POOL = "aws:cognito/userPool:UserPool";
const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";

export const rule = stackRule({
    id: "cognito-tier",
    severity: "high",
    description: "User pools have the tier of the features that they use.",
    fix: 'Set userPoolTier to "PLUS" for threat protection, and to "ESSENTIALS" or "PLUS" for managed login.',
    frameworks: { controls: ["F13.2"] },
    types: [POOL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(POOL), (pool) => {
            // The default of AWS.
            const tier = isInput(pool, "userPoolTier") ? (text(pool.props.userPoolTier) ?? "") : "ESSENTIALS";
            const mode = text(object(pool.props.userPoolAddOns).advancedSecurityMode) ?? "OFF";
            if (mode !== "OFF" && tier !== "PLUS") {
                report(`has advancedSecurityMode "${mode}" with the tier ${tier}.`, pool);
            }
            for (const domain of stack.referrersOf(pool, DOMAIN, "userPoolId")) {
                if (ifKnown(() => number(domain.props.managedLoginVersion)) === 2 && tier === "LITE") {
                    report(`has managed login by ${domain.name} with the tier ${tier}.`, pool);
                }
            }
        });
    },
});
