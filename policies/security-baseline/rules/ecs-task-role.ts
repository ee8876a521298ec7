import { type Member, stackRule, type StackView, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { TASK_DEFINITION } from "../shared/containers";
import { ROLE } from "../shared/permissions";

export const rule = stackRule({
    id: "ecs-task-role",
    severity: "medium",
    level: "advisory",
    description: "Tasks do not work with the rights that ECS needs to start them.",
    fix: "Give taskRoleArn a role of its own.",
    frameworks: { controls: ["127"], checkov: ["CKV_AWS_249"] },
    types: [TASK_DEFINITION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TASK_DEFINITION), (task) => {
            const bothGiven = isGiven(task.props, "taskRoleArn") && isGiven(task.props, "executionRoleArn");
            if (bothGiven && isSame(stack, task)) {
                report(
                    "has the rights of its execution role: taskRoleArn and executionRoleArn are the same.",
                    task,
                );
            }
        });
    },
});

function isSame(stack: StackView, task: Member): boolean {
    const [own] = stack.referencesOf(task, "taskRoleArn", ROLE);
    const [starting] = stack.referencesOf(task, "executionRoleArn", ROLE);
    return own === undefined || starting === undefined
        ? text(task.props.taskRoleArn) === text(task.props.executionRoleArn)
        : own.urn === starting.urn;
}
