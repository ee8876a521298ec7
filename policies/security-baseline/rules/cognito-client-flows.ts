import { flag, resourceRule, texts } from "../../framework";
import { judge } from "../shared/judging";

interface Config {
    readonly passwordFlows: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "cognito-client-flows",
    severity: "high",
    description:
        "User pool clients get no tokens in a URL, and those without a secret send no password that Secure Remote Password would keep on the device.",
    fix: 'Take "implicit" out of allowedOauthFlows in favour of "code", and use ALLOW_USER_SRP_AUTH in place of flows that send the password.',
    frameworks: { controls: [] },
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    config: {
        passwordFlows: {
            type: "array",
            items: { type: "string" },
            default: [
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                "USER_PASSWORD_AUTH",
                "ADMIN_NO_SRP_AUTH",
            ],
            description: "The flows that send the password.",
        },
    },
    check: ({ props }, report, { passwordFlows }) => {
        judge(
            () => {
                if (texts(props.allowedOauthFlows).includes("implicit")) {
                    report('gets tokens in a URL, which browsers keep: allowedOauthFlows has "implicit".');
                }
            },
            () => {
                const sent = texts(props.explicitAuthFlows).filter((flow) => passwordFlows.includes(flow));
                if (sent.length > 0 && flag(props.generateSecret) !== true) {
                    report(
                        `lets anybody who knows its id try passwords: explicitAuthFlows has ${sent.join(", ")}, and it has no secret.`,
                    );
                }
            },
        );
    },
});
