import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { REST_STAGE, STAGE } from "../shared/apis";

export const rule = resourceRule({
    id: "apigateway-access-logs",
    severity: "medium",
    description: "Stages of APIs write access logs.",
    fix: "Set accessLogSettings with the ARN of a log group and a format.",
    frameworks: { controls: ["112"], securityHub: ["APIGateway.9"], checkov: ["CKV_AWS_76"] },
    types: [REST_STAGE, STAGE],
    check: ({ props }, report) => {
        if (!isGiven(object(props.accessLogSettings), "destinationArn")) {
            report("writes no access logs: accessLogSettings.destinationArn is not given.");
        }
    },
});
