import { object, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { ENVIRONMENT_CONFIG, type EnvironmentConfig, plainSecret } from "../shared/environment";

export const rule = resourceRule<EnvironmentConfig>({
    id: "codebuild-environment-secrets",
    severity: "high",
    description: "The environment of builds holds no secrets; whoever may look at the project can read it.",
    fix: 'Set the variable\'s type to "SECRETS_MANAGER" or "PARAMETER_STORE", and its value to the name.',
    frameworks: { controls: [], securityHub: ["CodeBuild.2"] },
    types: ["aws:codebuild/project:Project"],
    config: ENVIRONMENT_CONFIG,
    check: ({ props }, report, { secretNames }) => {
        eachObject(object(props.environment).environmentVariables, ({ type, name, value }) => {
            // AWS's default is PLAINTEXT.
            if ((text(type) ?? "PLAINTEXT") === "PLAINTEXT") {
                const reason = plainSecret(text(name) ?? "", text(value) ?? "", secretNames);
                if (reason !== undefined) {
                    report(`${reason}.`);
                }
            }
        });
    },
});
