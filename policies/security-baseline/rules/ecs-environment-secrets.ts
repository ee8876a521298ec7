import { objects, resourceRule, text } from "../../framework";
import { containerName, containersOf, TASK_DEFINITION } from "../shared/containers";
import { ENVIRONMENT_CONFIG, type EnvironmentConfig, plainSecret } from "../shared/environment";

export const rule = resourceRule<EnvironmentConfig>({
    id: "ecs-environment-secrets",
    severity: "high",
    description: "The environment of containers holds no secrets; whoever may look at the task can read it.",
    fix: "Name the secret or the parameter in secrets of the container's definition.",
    frameworks: { controls: ["123"], securityHub: ["ECS.8"] },
    types: [TASK_DEFINITION],
    config: ENVIRONMENT_CONFIG,
    check: ({ props }, report, { secretNames }) => {
        containersOf(props).forEach((container, index) => {
            for (const variable of objects(container.environment)) {
                const name = text(variable.name) ?? "";
                const reason = plainSecret(name, text(variable.value) ?? "", secretNames);
                if (reason !== undefined) {
                    report(`${reason} of ${containerName(container, index)}.`);
                }
            }
        });
    },
});
