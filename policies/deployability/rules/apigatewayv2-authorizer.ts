import {
    list,
    type Member,
    object,
    type ReportStack,
    stackRule,
    type StackView,
    text,
} from "../../framework";
import { inputOf, isGiven, isInput } from "../../framework/items";
import { judge } from "../shared/values";

const AUTHORIZER = "aws:apigatewayv2/authorizer:Authorizer";
const API = "aws:apigatewayv2/api:Api";
const TYPES = ["JWT", "REQUEST"];

export const rule = stackRule({
    id: "apigatewayv2-authorizer",
    severity: "high",
    description:
        "Authorizers have what their type and their API take: an issuer, audiences and a token, or a function.",
    fix: "Give JWT authorizers of HTTP APIs jwtConfiguration with audiences, and identitySources; give REQUEST authorizers authorizerUri, and authorizerPayloadFormatVersion on HTTP APIs.",
    frameworks: { controls: ["F13.7"] },
    types: [AUTHORIZER],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(AUTHORIZER), (authorizer) => {
            const type = text(authorizer.props.authorizerType) ?? "";
            if (!TYPES.includes(type)) {
                report(`has authorizerType "${type}"; allowed: ${TYPES.join(", ")}.`, authorizer);
                return;
            }
            judge(
                () => {
                    judgeArguments(authorizer, type, report);
                },
                () => {
                    judgeTokens(authorizer, type, report);
                },
                () => {
                    judgeApi(stack, authorizer, type, report);
                },
            );
        });
    },
});

function judgeArguments(authorizer: Member, type: string, report: ReportStack): void {
    const isJwt = type === "JWT";
    for (const property of isJwt ? ["jwtConfiguration", "identitySources"] : ["authorizerUri"]) {
        if (!isInput(authorizer, property)) {
            report(`has authorizerType ${type} and no ${property}.`, authorizer);
        }
    }
    const foreign = isJwt
        ? ["authorizerUri", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds"]
        : ["jwtConfiguration"];
    for (const property of foreign.filter((each) => isInput(authorizer, each))) {
        report(`has authorizerType ${type} and ${property}.`, authorizer);
    }
}

function judgeTokens(authorizer: Member, type: string, report: ReportStack): void {
    if (type !== "JWT" || !isInput(authorizer, "jwtConfiguration")) {
        return;
    }
    const configuration = object(inputOf(authorizer, "jwtConfiguration"));
    judge(
        () => {
            if (!isGiven(configuration, "audiences") || list(configuration.audiences).length === 0) {
                report("has authorizerType JWT and no jwtConfiguration.audiences.", authorizer);
            }
        },
        () => {
            const issuer = text(configuration.issuer) ?? "";
            if (!/^https:\/\/.*[^/]$/.test(issuer)) {
                report(`has the issuer "${issuer}"; allowed: https without a slash at the end.`, authorizer);
            }
        },
    );
}

function judgeApi(stack: StackView, authorizer: Member, type: string, report: ReportStack): void {
    const [api] = stack.referencesOf(authorizer, "apiId", API);
    const protocol = api === undefined ? undefined : text(api.props.protocolType);
    if (type === "JWT" && protocol === "WEBSOCKET") {
        report(`has authorizerType JWT, and ${api?.name ?? ""} is a WEBSOCKET API.`, authorizer);
    }
    if (type === "REQUEST" && protocol === "HTTP" && !isInput(authorizer, "authorizerPayloadFormatVersion")) {
        report(
            `has authorizerType REQUEST and no authorizerPayloadFormatVersion, and ${api?.name ?? ""} is an HTTP API.`,
            authorizer,
        );
    }
}
