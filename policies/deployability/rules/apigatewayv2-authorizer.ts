import { object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

const TYPES = ["JWT", "REQUEST"];

export const rule = resourceRule({
    id: "apigatewayv2-authorizer",
    severity: "high",
    description: "Authorizers have what their type takes: an issuer, audiences and a token, or a function.",
    fix: "Give JWT authorizers jwtConfiguration and identitySources, and REQUEST authorizers authorizerUri.",
    frameworks: { controls: ["F13.7"] },
    types: ["aws:apigatewayv2/authorizer:Authorizer"],
    check: ({ props }, report) => {
        const type = text(props.authorizerType) ?? "";
        if (!TYPES.includes(type)) {
            report(`has authorizerType "${type}"; allowed: ${TYPES.join(", ")}.`);
            return;
        }
        const isJwt = type === "JWT";
        for (const property of isJwt ? ["jwtConfiguration", "identitySources"] : ["authorizerUri"]) {
            if (!isGiven(props, property)) {
                report(`has authorizerType ${type} and no ${property}.`);
            }
        }
        const foreign = isJwt
            ? ["authorizerUri", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds"]
            : ["jwtConfiguration"];
        for (const property of foreign.filter((each) => isGiven(props, each))) {
            report(`has authorizerType ${type} and ${property}.`);
        }
        const issuer = isJwt ? (text(object(props.jwtConfiguration).issuer) ?? "") : "https://x";
        if (!/^https:\/\/.*[^/]$/.test(issuer)) {
            report(`has the issuer "${issuer}"; allowed: https without a slash at the end.`);
        }
    },
});
