import { stackRule, text } from "../../framework";
import { inputOf, isGiven } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { API, protocolOf } from "../shared/apis";
import { openOperations } from "../shared/openApi";

const ROUTE = "aws:apigatewayv2/route:Route";

interface Config {
    readonly publicRoutes: readonly string[];
}

export const rule = stackRule<Config>({
    id: "apigateway-route-authorization",
    severity: "high",
    description: "Routes of HTTP and WebSocket APIs say who may call them.",
    fix: 'Set authorizationType to "JWT", "AWS_IAM" or "CUSTOM"; spell out the routes of an API made by quick create, and give each operation of an OpenAPI body a security.',
    frameworks: { controls: ["110"], securityHub: ["APIGateway.8"], checkov: ["CKV_AWS_309"] },
    types: [ROUTE, API],
    config: {
        publicRoutes: {
            type: "array",
            items: { type: "string" },
            default: ["OPTIONS *"],
            description:
                "Keys of routes, as patterns, that anybody may call. Browsers ask OPTIONS without credentials.",
        },
    },
    checkStack: (stack, report, { publicRoutes }) => {
        stack.each(stack.ofType(ROUTE), (route) => {
            // The provider's default is NONE.
            const authorization = text(route.props.authorizationType) ?? "NONE";
            const key = text(route.props.routeKey) ?? "";
            if (authorization !== "NONE" || matchesAny(publicRoutes, key)) {
                return;
            }
            // A WebSocket is authorized once, when it is opened.
            const isHttp = /^[A-Z]+ \//.test(key);
            if (
                isHttp ||
                key === "$connect" ||
                (key === "$default" && protocolOf(stack, route) !== "WEBSOCKET")
            ) {
                report(`can be called by anybody: authorizationType of route "${key}" is "NONE".`, route);
            }
        });
        stack.each(stack.ofType(API), (api) => {
            for (const key of openOperations(inputOf(api, "body"), "HTTP")) {
                if (!matchesAny(publicRoutes, key)) {
                    report(`can be called by anybody: ${key} of its body has no security.`, api);
                }
            }
            if (isGiven(api.props, "target")) {
                report("has a route that anybody can call: target makes it without authorization.", api);
            }
        });
    },
});
