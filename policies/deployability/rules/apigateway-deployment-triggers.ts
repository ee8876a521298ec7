import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";

const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const REST_API = "aws:apigateway/restApi:RestApi";

export const rule = stackRule({
    id: "apigateway-deployment-triggers",
    severity: "high",
    description: "Deployments of REST APIs are made again when what they deploy changes.",
    fix: "Set triggers to something that changes with the API, such as a hash of its body.",
    frameworks: { controls: [] },
    types: [DEPLOYMENT],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DEPLOYMENT), (deployment) => {
            // A deployment of another stack's API is made by hand.
            if (
                stack.referencesOf(deployment, "restApi", REST_API).length > 0 &&
                !isInput(deployment, "triggers")
            ) {
                report(
                    "stays as it is when the API changes, and its stages with it: triggers is not given.",
                    deployment,
                );
            }
        });
    },
});
