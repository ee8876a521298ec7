import { resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "../shared/judging";

export const rule = resourceRule({
    id: "appsync-api-keys",
    severity: "high",
    description: "APIs of AppSync ask who is calling; a key in a web page is everybody's.",
    fix: 'Set authenticationType to "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT" or "AWS_LAMBDA".',
    frameworks: { controls: [], securityHub: ["AppSync.5"] },
    types: ["aws:appsync/graphQLApi:GraphQLApi"],
    check: ({ props }, report) => {
        judge(
            () => {
                if (text(props.authenticationType) === "API_KEY") {
                    report('lets in whoever has the key: authenticationType is "API_KEY".');
                }
            },
            () => {
                eachObject(props.additionalAuthenticationProviders, ({ authenticationType }, index) => {
                    if (text(authenticationType) === "API_KEY") {
                        report(
                            `lets in whoever has the key: authenticationType of additionalAuthenticationProviders[${index}] is "API_KEY".`,
                        );
                    }
                });
            },
        );
    },
});
