import { object, resourceRule } from "../../framework";
import { ENVIRONMENT_CONFIG, type EnvironmentConfig, judgeVariables } from "../shared/environment";

/** Source: CloudWatch Synthetics API Reference, CanaryRunConfigInput, EnvironmentVariables. */
export const rule = resourceRule<EnvironmentConfig>({
    id: "synthetics-environment-secrets",
    severity: "high",
    description:
        "The environment of canaries holds no secrets; whoever may look at the canary or its function can read it.",
    fix: "Keep the secret in Secrets Manager, and let the canary's script read it by its ARN.",
    frameworks: { controls: ["103"] },
    types: ["aws:synthetics/canary:Canary"],
    config: ENVIRONMENT_CONFIG,
    check: ({ props }, report, { secretNames }) => {
        judgeVariables(object(object(props.runConfig).environmentVariables), report, secretNames);
    },
});
