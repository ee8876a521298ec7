import { flag, resourceRule } from "../../framework";
import { containerName, containersOf, TASK_DEFINITION } from "../shared/containers";

export const rule = resourceRule({
    id: "ecs-privileged",
    severity: "high",
    description: "Containers have no rights over their host.",
    fix: "Leave privileged out of the container's definition; add the Linux capabilities that it needs.",
    frameworks: { controls: ["122"], securityHub: ["ECS.4"], checkov: ["CKV_AWS_334"] },
    types: [TASK_DEFINITION],
    check: ({ props }, report) => {
        containersOf(props).forEach((container, index) => {
            // AWS's default is false.
            if (flag(container.privileged) === true) {
                report(`is root on its host: privileged of ${containerName(container, index)} is true.`);
            }
        });
    },
});
