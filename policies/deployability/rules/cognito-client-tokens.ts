import { number, object, resourceRule, text, texts } from "../../framework";
import { judge } from "../shared/values";

const SECONDS: Readonly<Partial<Record<string, number>>> = {
    seconds: 1,
    minutes: 60,
    hours: 3600,
    days: 86_400,
};

// Amazon Cognito User Pools API Reference, CreateUserPoolClient.
const TOKENS = {
    accessToken: { min: 300, max: 86_400, unit: "hours", validity: 1 },
    idToken: { min: 300, max: 86_400, unit: "hours", validity: 1 },
    refreshToken: { min: 3600, max: 315_360_000, unit: "days", validity: 30 },
} as const;

type Token = keyof typeof TOKENS;

export const rule = resourceRule({
    id: "cognito-client-tokens",
    severity: "high",
    description:
        "Tokens of user pool clients hold as long as Cognito allows, and refresh tokens the longest.",
    fix: "Set accessTokenValidity and idTokenValidity from 5 minutes to 1 day, refreshTokenValidity from an hour to 10 years and above both, and their units in tokenValidityUnits.",
    frameworks: { controls: ["F13.6"] },
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    check: ({ props }, report) => {
        const units = object(props.tokenValidityUnits);
        const secondsOf = (token: Token): number => {
            const { unit, validity } = TOKENS[token];
            const given = number(props[`${token}Validity`]);
            // 0 is the default, too.
            return given === undefined || given === 0
                ? validity * (SECONDS[unit] ?? 0)
                : given * (SECONDS[text(units[token]) ?? unit] ?? Number.NaN);
        };
        const tokens = Object.keys(TOKENS) as Token[];
        judge(
            ...tokens.map((token) => () => {
                const { min, max } = TOKENS[token];
                const seconds = secondsOf(token);
                if (!(seconds >= min && seconds <= max)) {
                    report(`has ${token}Validity of ${seconds} seconds, and Cognito takes ${min} to ${max}.`);
                }
            }),
            () => {
                const longest = Math.max(secondsOf("accessToken"), secondsOf("idToken"));
                if (secondsOf("refreshToken") < longest) {
                    report("has refresh tokens that end before other tokens do.");
                }
            },
            () => {
                const rotates = text(object(props.refreshTokenRotation).feature) === "ENABLED";
                if (rotates && texts(props.explicitAuthFlows).includes("ALLOW_REFRESH_TOKEN_AUTH")) {
                    report("has refresh tokens that rotate beside the flow ALLOW_REFRESH_TOKEN_AUTH.");
                }
            },
        );
    },
});
