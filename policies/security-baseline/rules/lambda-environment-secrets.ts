import { object, resourceRule } from "../../framework";
import { ENVIRONMENT_CONFIG, type EnvironmentConfig, judgeVariables } from "../shared/environment";

export const rule = resourceRule<EnvironmentConfig>({
    id: "lambda-environment-secrets",
    severity: "high",
    description:
        "The environment of functions holds no secrets; whoever may look at the function can read it.",
    fix: "Keep the secret in Secrets Manager or Parameter Store, and let the function read it by its ARN.",
    frameworks: { controls: ["103"], checkov: ["CKV_AWS_45"] },
    types: ["aws:lambda/function:Function"],
    config: ENVIRONMENT_CONFIG,
    check: ({ props }, report, { secretNames }) => {
        judgeVariables(object(object(props.environment).variables), report, secretNames);
    },
});
