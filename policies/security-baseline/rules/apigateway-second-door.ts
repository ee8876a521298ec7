import { flag, type Member, stackRule, type StackView } from "../../framework";
import { inputOf } from "../../framework/items";
import { API, REST_API } from "../shared/apis";

/** What leads from a domain name to an API, and where it says so. */
const MAPPINGS = [
    ["aws:apigateway/basePathMapping:BasePathMapping", "restApi"],
    ["aws:apigatewayv2/apiMapping:ApiMapping", "apiId"],
    ["aws:apigatewayv2/routingRule:RoutingRule", "actions"],
] as const;

export const rule = stackRule({
    id: "apigateway-second-door",
    severity: "medium",
    description:
        "APIs with a domain name have no other address, with other TLS and past what is before the name.",
    fix: "Set disableExecuteApiEndpoint to true.",
    frameworks: { controls: [] },
    types: [REST_API, API],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_API, API), (api) => {
            // The provider's default is false.
            if (hasName(stack, api) && flag(inputOf(api, "disableExecuteApiEndpoint")) !== true) {
                report("has a domain name and an address of API Gateway's beside it.", api);
            }
        });
    },
});

function hasName(stack: StackView, api: Member): boolean {
    return MAPPINGS.some(([type, property]) =>
        stack
            .ofType(type)
            .some((mapping) =>
                stack.referencesOf(mapping, property, api.type).some(({ urn }) => urn === api.urn),
            ),
    );
}
