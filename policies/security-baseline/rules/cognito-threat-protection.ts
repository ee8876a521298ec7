import { object, resourceRule, text } from "../../framework";
import { USER_POOLS } from "../../framework/userPools";
import { shown } from "../shared/judging";

interface Config {
    readonly modes: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "cognito-threat-protection",
    severity: "medium",
    description: "User pools block sign-ins that look like an attack.",
    fix: 'Set userPoolAddOns.advancedSecurityMode to "ENFORCED", and userPoolTier to "PLUS", which it takes.',
    frameworks: { controls: ["114"], securityHub: ["Cognito.1"] },
    types: USER_POOLS,
    config: {
        modes: {
            type: "array",
            items: { type: "string", enum: ["AUDIT", "ENFORCED"] },
            default: ["ENFORCED"],
            description: "The modes that will do.",
        },
    },
    check: ({ props }, report, { modes }) => {
        // AWS's default is OFF.
        const { advancedSecurityMode } = object(props.userPoolAddOns);
        if (!modes.includes(text(advancedSecurityMode) ?? "OFF")) {
            report(
                `blocks no attacks: userPoolAddOns.advancedSecurityMode is ${shown(advancedSecurityMode)}.`,
            );
        }
    },
});
