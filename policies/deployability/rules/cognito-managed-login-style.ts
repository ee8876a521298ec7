import { ifKnown, number, stackRule, texts } from "../../framework";
import { USER_POOLS } from "../../framework/userPools";

const DOMAINS = ["aws:cognito/userPoolDomain:UserPoolDomain", "aws-native:cognito:UserPoolDomain"];
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
            const managed = DOMAINS.flatMap((type) => stack.referrersOf(pool, type, "userPoolId")).some(
                (domain) => ifKnown(() => number(domain.props.managedLoginVersion)) === 2,
            );
            if (!managed) {
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
