import { flag, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

const WANTED = ["ON", "OPTIONAL"];
const OTHERS = ["smsConfiguration", "emailMfaConfiguration", "webAuthnConfiguration"];

export const rule = resourceRule({
    id: "cognito-mfa",
    severity: "high",
    description: "User pools with multi-factor authentication have a second factor.",
    fix: "Set softwareTokenMfaConfiguration.enabled to true, or give smsConfiguration or emailMfaConfiguration.",
    frameworks: { controls: ["F13.3"] },
    types: ["aws:cognito/userPool:UserPool"],
    check: ({ props }, report) => {
        // AWS's default.
        const mode = text(props.mfaConfiguration) ?? "OFF";
        if (!WANTED.includes(mode) || OTHERS.some((property) => isGiven(props, property))) {
            return;
        }
        if (flag(object(props.softwareTokenMfaConfiguration).enabled) !== true) {
            report(`has mfaConfiguration "${mode}" and no factor.`);
        }
    },
});
