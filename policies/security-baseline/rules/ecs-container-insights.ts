import { objects, resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "ecs-container-insights",
    severity: "medium",
    level: "advisory",
    description: "Clusters measure their containers.",
    fix: 'Add the setting "containerInsights" with the value "enhanced" or "enabled".',
    frameworks: { controls: ["126"], securityHub: ["ECS.12"], checkov: ["CKV_AWS_65"] },
    types: ["aws:ecs/cluster:Cluster"],
    check: ({ props }, report) => {
        // AWS's default is the account's setting, which is disabled at first.
        const setting = objects(props.settings).find(({ name }) => text(name) === "containerInsights");
        if (!["enabled", "enhanced"].includes(text(setting?.value) ?? "disabled")) {
            report(`does not measure its containers: containerInsights is ${shown(setting?.value)}.`);
        }
    },
});
