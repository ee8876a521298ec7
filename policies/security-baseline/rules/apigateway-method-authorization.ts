import { flag, resourceRule, text } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { REST_API } from "../shared/apis";
import { openOperations } from "../shared/openApi";

const METHOD = "aws:apigateway/method:Method";

interface Config {
    readonly publicOperations: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "apigateway-method-authorization",
    severity: "high",
    description: "Methods of REST APIs say who may call them.",
    fix: 'Set authorization to "AWS_IAM", "COGNITO_USER_POOLS" or "CUSTOM", or apiKeyRequired to true; in an OpenAPI body give each operation a security of its own.',
    frameworks: { controls: ["111"], checkov: ["CKV_AWS_59"] },
    types: [METHOD, REST_API],
    config: {
        publicOperations: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Operations of bodies, as patterns such as GET /products*, that anybody may call.",
        },
    },
    check: ({ type, props }, report, { publicOperations }) => {
        if (type === REST_API) {
            const open = openOperations(props.body, "REST");
            for (const operation of open.filter((each) => !matchesAny(publicOperations, each))) {
                report(`can be called by anybody: ${operation} of its body has no security.`);
            }
            return;
        }
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
