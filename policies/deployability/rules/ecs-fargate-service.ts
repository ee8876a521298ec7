import { flag, type Member, object, stackRule, type StackView, text } from "../../framework";
import { inputOf, isInput } from "../../framework/items";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

export const rule = stackRule({
    id: "ecs-fargate-service",
    severity: "high",
    description:
        "Services have the network, the launch type and the scheduling that their tasks and deployments take.",
    fix: "Give Fargate services networkConfiguration and REPLICA scheduling, and either launchType or capacityProviderStrategies.",
    frameworks: { controls: ["F14.2", "F14.3", "F14.4", "F14.5", "F14.7"] },
    types: [SERVICE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SERVICE), (service) => {
            const { props } = service;
            const has = (property: string): boolean => isInput(service, property);
            if (has("launchType") && has("capacityProviderStrategies")) {
                report("has both launchType and capacityProviderStrategies.", service);
            }
            const type = has("launchType") ? (text(props.launchType) ?? "") : "";
            if (type === "FARGATE_SPOT") {
                report('has launchType "FARGATE_SPOT", which is a capacity provider.', service);
            }
            const isAwsvpc = type === "FARGATE" || usesAwsvpc(stack, service);
            if (isAwsvpc && !has("networkConfiguration")) {
                report("runs tasks with interfaces of their own and has no networkConfiguration.", service);
            }
            if (isAwsvpc && has("iamRole")) {
                report("runs tasks with interfaces of their own and has an iamRole.", service);
            }
            const controller = has("deploymentController")
                ? (text(object(props.deploymentController).type) ?? "ECS")
                : "ECS";
            const isDaemon = has("schedulingStrategy") && text(props.schedulingStrategy) === "DAEMON";
            if (isDaemon && (type === "FARGATE" || controller !== "ECS")) {
                report(
                    `has schedulingStrategy "DAEMON" with ${type === "FARGATE" ? "FARGATE" : controller}.`,
                    service,
                );
            }
            const breaks =
                has("deploymentCircuitBreaker") &&
                flag(object(props.deploymentCircuitBreaker).enable) === true;
            if (breaks && controller !== "ECS") {
                report(`has a deploymentCircuitBreaker with deployments by ${controller}.`, service);
            }
            if (has("healthCheckGracePeriodSeconds") && !has("loadBalancers")) {
                report("has healthCheckGracePeriodSeconds without loadBalancers.", service);
            }
        });
    },
});

function usesAwsvpc(stack: StackView, service: Member): boolean {
    return stack
        .referencesOf(service, "taskDefinition", TASK)
        .some((task) => text(inputOf(task, "networkMode")) === "awsvpc");
}
