import { type Member, stackRule, type StackView } from "../../framework";
import { isInput } from "../../framework/items";

const REST_API = "aws:apigateway/restApi:RestApi";
const API = "aws:apigatewayv2/api:Api";

/** What an API's body defines, too, and the property in which it says whose it is. */
const PARTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    [REST_API]: [
        ["aws:apigateway/authorizer:Authorizer", "restApi"],
        ["aws:apigateway/integration:Integration", "restApi"],
        ["aws:apigateway/method:Method", "restApi"],
        ["aws:apigateway/model:Model", "restApi"],
        ["aws:apigateway/requestValidator:RequestValidator", "restApi"],
        ["aws:apigateway/resource:Resource", "restApi"],
        ["aws:apigateway/response:Response", "restApiId"],
    ],
    [API]: [
        ["aws:apigatewayv2/authorizer:Authorizer", "apiId"],
        ["aws:apigatewayv2/integration:Integration", "apiId"],
        ["aws:apigatewayv2/route:Route", "apiId"],
    ],
};

export const rule = stackRule({
    id: "apigateway-one-definition",
    severity: "high",
    description: "An API with a body has no routes beside it: each import of the body would take them away.",
    fix: "Put everything into the body, or leave the body out.",
    frameworks: { controls: [] },
    types: [REST_API, API],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_API, API), (api) => {
            if (!isInput(api, "body")) {
                return;
            }
            const beside = partsOf(stack, api);
            if (beside.length > 0) {
                const names = beside.map(({ name }) => name).join(", ");
                report(`has a body, and beside it what the body should say: ${names}.`, api);
            }
        });
    },
});

function partsOf(stack: StackView, api: Member): Member[] {
    return (PARTS[api.type] ?? []).flatMap(([type, property]) =>
        stack
            .ofType(type)
            .filter((part) =>
                stack.referencesOf(part, property, api.type).some(({ urn }) => urn === api.urn),
            ),
    );
}
