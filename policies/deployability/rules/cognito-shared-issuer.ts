import { type Member, object, stackRule, text } from "../../framework";
import { NATIVE_USER_POOL } from "../../framework/userPools";

const AUTHORIZER = "aws:apigateway/authorizer:Authorizer";
const REST_API = "aws:apigateway/restApi:RestApi";

/** Whether a document has an authorizer of API Gateway's own for user pools. */
function hasPoolAuthorizer({ props }: Member): boolean {
    return /cognito_user_pools/i.test(text(props.body) ?? "");
}

export const rule = stackRule({
    id: "cognito-shared-issuer",
    severity: "high",
    description: "REST APIs take tokens of user pools whose issuer their authorizers know.",
    fix: 'Set issuerConfiguration.type to "ORIGINAL", or check tokens by a JWT authorizer of an HTTP API or by a function.',
    frameworks: { controls: ["F44.2"] },
    types: [NATIVE_USER_POOL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(NATIVE_USER_POOL), (pool) => {
            if (text(object(pool.props.issuerConfiguration).type) !== "UPDATED") {
                return;
            }
            const apis = [
                ...stack.referrersOf(pool, AUTHORIZER, "providerArns"),
                ...stack.referrersOf(pool, REST_API, "body").filter(hasPoolAuthorizer),
            ];
            for (const api of apis) {
                report(
                    `has the issuer of several regions, whose tokens the authorizer of ${stack.nameOf(api, pool)} refuses.`,
                    pool,
                );
            }
        });
    },
});
