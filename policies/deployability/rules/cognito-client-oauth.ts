import { flag, resourceRule, texts } from "../../framework";
import { judge } from "../shared/values";

const MACHINE = "client_credentials";

export const rule = resourceRule({
    id: "cognito-client-oauth",
    severity: "high",
    description: "User pool clients with OAuth 2.0 have all that their flows need.",
    fix: "Set allowedOauthFlowsUserPoolClient to true, callbackUrls for the code flow, generateSecret for client_credentials, which goes with no other flow, and allowedOauthScopes.",
    frameworks: { controls: ["F13.6"] },
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    check: ({ props }, report) => {
        const flows = texts(props.allowedOauthFlows);
        if (flows.length === 0) {
            return;
        }
        judge(
            () => {
                if (flag(props.allowedOauthFlowsUserPoolClient) !== true) {
                    report("has allowedOauthFlows while allowedOauthFlowsUserPoolClient is not true.");
                }
            },
            () => {
                if (texts(props.allowedOauthScopes).length === 0) {
                    report("has allowedOauthFlows and no allowedOauthScopes.");
                }
            },
            () => {
                if (flows.some((flow) => flow !== MACHINE) && texts(props.callbackUrls).length === 0) {
                    report(`has the flow ${flows.join(", ")} and no callbackUrls.`);
                }
            },
            () => {
                if (flows.includes(MACHINE) && flows.length > 1) {
                    report(`has ${MACHINE} beside ${flows.filter((flow) => flow !== MACHINE).join(", ")}.`);
                }
            },
            () => {
                if (flows.includes(MACHINE) && flag(props.generateSecret) !== true) {
                    report(`has ${MACHINE} without a secret: generateSecret is not true.`);
                }
            },
        );
    },
});
