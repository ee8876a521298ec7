import { resourceRule, text } from "../../framework";
import { hasSecondFactor, USER_POOLS } from "../../framework/userPools";

const WANTED = ["ON", "OPTIONAL"];

export const rule = resourceRule({
    id: "cognito-mfa",
    severity: "high",
    description: "User pools with multi-factor authentication have a second factor.",
    fix: "Set softwareTokenMfaConfiguration.enabled to true, or give smsConfiguration or emailMfaConfiguration.",
    frameworks: { controls: ["F13.3"] },
    types: USER_POOLS,
    check: ({ type, props }, report) => {
        // AWS's default.
        const mode = text(props.mfaConfiguration) ?? "OFF";
        if (WANTED.includes(mode) && !hasSecondFactor(type, props)) {
            report(`has mfaConfiguration "${mode}" and no factor.`);
        }
    },
});
