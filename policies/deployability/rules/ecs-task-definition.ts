import { list, object, type Props, type ReportResource, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { isPending } from "../shared/pending";
import { containersOf, isForFargate } from "../shared/tasks";
import { judge } from "../shared/values";

const LOG_DRIVERS = ["awslogs", "splunk", "awsfirelens"];

export const rule = resourceRule({
    id: "ecs-task-definition",
    severity: "high",
    description:
        "Fargate tasks have interfaces of their own, a size, and log drivers that Fargate has; tasks that read images or secrets have a role for it.",
    fix: 'Set networkMode "awsvpc", cpu, memory and executionRoleArn, and log with awslogs.',
    frameworks: { controls: ["F14.2", "F14.8"] },
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    check: ({ props }, report) => {
        judge(
            () => {
                if (isForFargate(props)) {
                    judgeSize(props, report);
                }
            },
            () => {
                if (!isPending(props, "containerDefinitions")) {
                    judgeContainers(props, report);
                }
            },
        );
    },
});

function judgeSize(props: Props, report: ReportResource): void {
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
    );
}

function judgeContainers(props: Props, report: ReportResource): void {
    const containers = containersOf(props.containerDefinitions);
    const isFargate = isForFargate(props);
    const hasRole = isGiven(props, "executionRoleArn");
    eachObject(containers, (container, index) => {
        const name = text(container.name) ?? `container ${index}`;
        const driver = text(object(container.logConfiguration).logDriver);
        if (isFargate && driver !== undefined && !LOG_DRIVERS.includes(driver)) {
            report(`has ${name} with the log driver "${driver}"; allowed: ${LOG_DRIVERS.join(", ")}.`);
        }
        // For images and logs instances have a role of their own.
        const isServed =
            isFargate && (driver === "awslogs" || /\.dkr\.ecr\./.test(text(container.image) ?? ""));
        const readsSecrets =
            list(container.secrets).length > 0 || isGiven(container, "repositoryCredentials");
        if ((isServed || readsSecrets) && !hasRole) {
            report(`has ${name}, which needs an executionRoleArn for its image, logs or secrets.`);
        }
    });
}
