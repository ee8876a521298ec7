import { isUnknown, type Member, object, stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";
import { containersOf } from "../shared/tasks";
import { visit } from "../shared/values";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

export const rule = stackRule({
    id: "ecs-service-containers",
    severity: "high",
    description: "The containers that a service puts behind load balancers are in its task definition.",
    fix: "Set containerName in loadBalancers to the name of a container of the task definition.",
    frameworks: { controls: ["F14.8"] },
    types: [SERVICE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SERVICE), (service) => {
            const [task] = stack.referencesOf(service, "taskDefinition", TASK);
            if (task === undefined || inputOf(service, "loadBalancers") === undefined) {
                return;
            }
            visit(service.props, "loadBalancers[].containerName", (value, at) => {
                const wanted = text(value) ?? "";
                const names = namesOf(task);
                if (names.length > 0 && !names.includes(wanted)) {
                    report(`has ${at} "${wanted}", and ${task.name} has only ${names.join(", ")}.`, service);
                }
            });
        });
    },
});

/** The names of a task's containers; none while its definition waits for other resources. */
function namesOf(task: Member): readonly string[] {
    const { props } = task;
    return isUnknown(() => props.containerDefinitions)
        ? []
        : containersOf(props.containerDefinitions).map((container) => text(object(container).name) ?? "");
}
