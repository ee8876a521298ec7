import { resourceRule, text } from "../../framework";
import { TASK_DEFINITION } from "../shared/containers";

export const rule = resourceRule({
    id: "ecs-host-pid",
    severity: "high",
    description: "Containers do not see the processes of their host.",
    fix: 'Leave pidMode out, or set it to "task".',
    frameworks: { controls: ["121"], securityHub: ["ECS.3"], checkov: ["CKV_AWS_335"] },
    types: [TASK_DEFINITION],
    check: ({ props }, report) => {
        if (text(props.pidMode) === "host") {
            report('sees the processes of its host: pidMode is "host".');
        }
    },
});
