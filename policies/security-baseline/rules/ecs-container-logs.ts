import { object, resourceRule, text } from "../../framework";
import { containerName, containersOf, TASK_DEFINITION } from "../shared/containers";

export const rule = resourceRule({
    id: "ecs-container-logs",
    severity: "high",
    description: "Containers send what they print to a log.",
    fix: 'Set logConfiguration with a logDriver such as "awslogs" in the container\'s definition.',
    frameworks: { controls: ["124"], securityHub: ["ECS.9"] },
    types: [TASK_DEFINITION],
    check: ({ props }, report) => {
        containersOf(props).forEach((container, index) => {
            if ((text(object(container.logConfiguration).logDriver) ?? "") === "") {
                report(
                    `loses what it prints: logConfiguration.logDriver of ${containerName(container, index)} is not given.`,
                );
            }
        });
    },
});
