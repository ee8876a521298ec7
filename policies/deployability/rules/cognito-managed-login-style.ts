import { stackRule, texts } from "../../framework";
import { managedLoginsOf, USER_POOLS } from "../../framework/userPools";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const STYLE = "aws:cognito/managedLoginBranding:ManagedLoginBranding";

export const rule = stackRule({
    id: "cognito-managed-login-style",
    severity: "high",
    description:
        "Clients whose users sign in on managed login's pages have a style there, without which the pages show an error.",
    fix: "Make an aws.cognito.ManagedLoginBranding for the client, such as with useCognitoProvidedValues.",
    frameworks: { controls: ["F13.2"] },
    types: [CLIENT],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...USER_POOLS), (pool) => {
            if (managedLoginsOf(stack, pool).length === 0) {
                return;
            }
            stack.each(stack.referrersOf(pool, CLIENT, "userPoolId"), (client) => {
                if (
                    texts(client.props.callbackUrls).length > 0 &&
                    stack.referrersOf(client, STYLE, "clientId").length === 0
                ) {
                    report("has no style on the pages of managed login.", client);
                }
            });
        });
    },
});
