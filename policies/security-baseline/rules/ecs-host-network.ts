import { resourceRule, text } from "../../framework";
import { containerName, containersOf, TASK_DEFINITION } from "../shared/containers";

export const rule = resourceRule({
    id: "ecs-host-network",
    severity: "high",
    description: "Containers that share their host's network do not run as root.",
    fix: 'Set networkMode to "awsvpc", or user of the container to another than root.',
    frameworks: { controls: ["119"], securityHub: ["ECS.1"] },
    types: [TASK_DEFINITION],
    check: ({ props }, report) => {
        if (text(props.networkMode) !== "host") {
            return;
        }
        containersOf(props).forEach((container, index) => {
            // Without a user it is the image's, which is root unless the image says otherwise.
            const user = text(container.user) ?? "";
            if (/^(?:|root|0)(?::|$)/.test(user)) {
                report(
                    `runs as root in its host's network: networkMode is "host", and user of ${containerName(container, index)} is ${JSON.stringify(user)}.`,
                );
            }
        });
    },
});
