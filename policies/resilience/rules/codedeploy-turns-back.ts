import { flag, list, object, resourceRule, texts } from "../../framework";

export const rule = resourceRule({
    id: "codedeploy-turns-back",
    severity: "medium",
    description:
        "A deployment by CodeDeploy that goes wrong, or during which an alarm rings, is turned back.",
    fix: "Set autoRollbackConfiguration with enabled and the events DEPLOYMENT_FAILURE and, beside alarmConfiguration, DEPLOYMENT_STOP_ON_ALARM.",
    frameworks: { controls: ["F46.3"] },
    types: ["aws:codedeploy/deploymentGroup:DeploymentGroup"],
    check: ({ props }, report) => {
        const rollback = object(props.autoRollbackConfiguration);
        const events = flag(rollback.enabled) === true ? texts(rollback.events) : [];
        if (!events.includes("DEPLOYMENT_FAILURE")) {
            report(
                "leaves a failed deployment as it is: autoRollbackConfiguration has no DEPLOYMENT_FAILURE.",
            );
            return;
        }
        const alarms = object(props.alarmConfiguration);
        if (
            flag(alarms.enabled) === true &&
            list(alarms.alarms).length > 0 &&
            !events.includes("DEPLOYMENT_STOP_ON_ALARM")
        ) {
            report(
                "stops at an alarm and goes no way back: autoRollbackConfiguration has no DEPLOYMENT_STOP_ON_ALARM.",
            );
        }
    },
});
