import { flag, resourceRule } from "../../framework";
import { containerName, containersOf, isWindows, TASK_DEFINITION } from "../shared/containers";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "ecs-read-only-root",
    severity: "high",
    description: "Containers cannot write to their root file systems.",
    fix: "Set readonlyRootFilesystem to true in the container's definition, and mount volumes for what it writes.",
    frameworks: { controls: ["122"], securityHub: ["ECS.5"], checkov: ["CKV_AWS_336"] },
    types: [TASK_DEFINITION],
    check: ({ props }, report) => {
        const open = containersOf(props)
            .map((container, index) => ({ container, name: containerName(container, index) }))
            // AWS's default is false.
            .filter(({ container }) => flag(container.readonlyRootFilesystem) !== true);
        // Windows knows no such setting.
        if (open.length === 0 || isWindows(props)) {
            return;
        }
        for (const { container, name } of open) {
            report(
                `can write to its root file system: readonlyRootFilesystem of ${name} is ${shown(container.readonlyRootFilesystem)}.`,
            );
        }
    },
});
