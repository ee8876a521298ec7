import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

export const rule = resourceRule({
    id: "autoscaling-launch-template",
    severity: "medium",
    description: "Auto Scaling groups start instances from launch templates.",
    fix: "Replace launchConfiguration by launchTemplate or mixedInstancesPolicy.",
    frameworks: { controls: ["30"], securityHub: ["AutoScaling.9"], checkov: ["CKV_AWS_315"] },
    types: ["aws:autoscaling/group:Group"],
    check: ({ props }, report) => {
        if (isGiven(props, "launchConfiguration")) {
            report(
                "starts instances from a launch configuration, which cannot have what is newer than 2022.",
            );
        } else if (!isGiven(props, "launchTemplate") && !isGiven(props, "mixedInstancesPolicy")) {
            report("has neither launchTemplate nor mixedInstancesPolicy.");
        }
    },
});
