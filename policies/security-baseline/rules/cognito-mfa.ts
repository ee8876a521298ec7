import { resourceRule, text } from "../../framework";
import { firstFactorsOf, USER_POOLS } from "../../framework/userPools";
import { shown } from "../shared/judging";

interface Config {
    readonly modes: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "cognito-mfa",
    severity: "medium",
    description: "User pools whose users sign in with a password ask for a second factor.",
    fix: 'Set mfaConfiguration to "ON", and configure a factor such as softwareTokenMfaConfiguration.',
    frameworks: { controls: ["117"], securityHub: ["Cognito.5"] },
    types: USER_POOLS,
    config: {
        modes: {
            type: "array",
            items: { type: "string", enum: ["ON", "OPTIONAL"] },
            default: ["ON"],
            description: "The modes that will do.",
        },
    },
    check: ({ type, props }, report, { modes }) => {
        // AWS's default is OFF.
        if (modes.includes(text(props.mfaConfiguration) ?? "OFF")) {
            return;
        }
        // Cognito knows no second factor for those who sign in without a password, such as by a passkey.
        const first = firstFactorsOf(type, props);
        if (first.every((factor) => factor === "PASSWORD")) {
            report(`asks for a password alone: mfaConfiguration is ${shown(props.mfaConfiguration)}.`);
        }
    },
});
