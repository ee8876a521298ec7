import { flag, resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "apigateway-method-authorization",
    severity: "high",
    description: "Methods of REST APIs say who may call them.",
    fix: 'Set authorization to "AWS_IAM", "COGNITO_USER_POOLS" or "CUSTOM", or apiKeyRequired to true.',
    frameworks: { controls: ["111"], checkov: ["CKV_AWS_59"] },
    types: ["aws:apigateway/method:Method"],
    check: ({ props }, report) => {
        if ((text(props.authorization) ?? "NONE") !== "NONE" || flag(props.apiKeyRequired) === true) {
            return;
        }
        // Browsers ask OPTIONS without credentials.
        const method = text(props.httpMethod) ?? "ANY";
        if (method !== "OPTIONS") {
            report(`can be called by anybody: authorization of ${method} is "NONE".`);
        }
    },
});
