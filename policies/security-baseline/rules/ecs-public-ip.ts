import { flag, object, resourceRule } from "../../framework";

export const rule = resourceRule({
    id: "ecs-public-ip",
    severity: "high",
    description: "Tasks of services have no public addresses.",
    fix: "Set networkConfiguration.assignPublicIp to false, and run the tasks in private subnets.",
    frameworks: { controls: ["120"], securityHub: ["ECS.2", "ECS.16"], checkov: ["CKV_AWS_333"] },
    types: ["aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"],
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(object(props.networkConfiguration).assignPublicIp) === true) {
            report("gives its tasks public addresses: networkConfiguration.assignPublicIp is true.");
        }
    },
});
