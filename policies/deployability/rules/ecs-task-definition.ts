import { list, object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { isPending } from "../shared/pending";
import { isForFargate } from "../shared/tasks";
import { judge } from "../shared/values";

const LOG_DRIVERS = ["awslogs", "splunk", "awsfirelens"];

export const rule = resourceRule({
    id: "ecs-task-definition",
    severity: "high",
    description:
        "Fargate tasks have interfaces of their own, a size, log drivers that Fargate has, and a role where they read images or secrets.",
    fix: 'Set networkMode "awsvpc", cpu, memory and executionRoleArn, and log with awslogs.',
    frameworks: { controls: ["F14.2", "F14.8"] },
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    check: ({ props }, report) => {
        if (!isForFargate(props)) {
            return;
        }
        judge(
            () => {
                const mode = text(props.networkMode) ?? "bridge";
                if (mode !== "awsvpc") {
                    report(`is for Fargate and has networkMode "${mode}".`);
                }
            },
            () => {
                for (const property of ["cpu", "memory"].filter((each) => !isGiven(props, each))) {
                    report(`is for Fargate and has no ${property}.`);
                }
            },
            () => {
                if (!isPending(props, "containerDefinitions")) {
                    judgeContainers(
                        text(props.containerDefinitions),
                        isGiven(props, "executionRoleArn"),
                        report,
                    );
                }
            },
        );
    },
});

function judgeContainers(
    definitions: string | undefined,
    hasRole: boolean,
    report: (reason: string) => void,
): void {
    let containers: unknown;
    try {
        containers = JSON.parse(definitions ?? "[]");
    } catch {
        // What is not JSON is another rule's.
        return;
    }
    eachObject(containers, (container, index) => {
        const name = text(container.name) ?? `container ${index}`;
        const driver = text(object(container.logConfiguration).logDriver);
        if (driver !== undefined && !LOG_DRIVERS.includes(driver)) {
            report(`has ${name} with the log driver "${driver}"; allowed: ${LOG_DRIVERS.join(", ")}.`);
        }
        const needsRole =
            driver === "awslogs" ||
            list(container.secrets).length > 0 ||
            /\.dkr\.ecr\./.test(text(container.image) ?? "");
        if (needsRole && !hasRole) {
            report(`has ${name}, which needs an executionRoleArn for its image, logs or secrets.`);
        }
    });
}
