import { flag, object, resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "ecs-service-rollback",
    severity: "high",
    description: "A deployment of a service that goes wrong is turned back without anybody's doing.",
    fix: "Set deploymentCircuitBreaker with enable and rollback, or alarms with enable, rollback and alarmNames where deployments shift traffic.",
    frameworks: { controls: ["F31.2"] },
    types: ["aws:ecs/service:Service"],
    check: ({ props }, report) => {
        // What another controller deploys it turns back itself.
        if ((text(object(props.deploymentController).type) ?? "ECS") !== "ECS") {
            return;
        }
        const turnsBack = (setting: unknown): boolean => {
            const { enable, rollback } = object(setting);
            return flag(enable) === true && flag(rollback) === true;
        };
        if (!turnsBack(props.deploymentCircuitBreaker) && !turnsBack(props.alarms)) {
            report(
                "turns no deployment back: neither deploymentCircuitBreaker nor alarms has enable and rollback.",
            );
        }
    },
});
