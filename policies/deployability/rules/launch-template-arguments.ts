import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { TEMPLATE } from "../shared/types";

const EXCLUSIVE = [
    ["instanceType", "instanceRequirements"],
    ["updateDefaultVersion", "defaultVersion"],
    ["name", "namePrefix"],
    ["securityGroupNames", "vpcSecurityGroupIds"],
] as const;

export const rule = resourceRule({
    id: "launch-template-arguments",
    severity: "high",
    description: "A launch template has none of the pairs of arguments that exclude each other.",
    fix: "Keep one of the two; security groups go with the network interface where there is one.",
    frameworks: { controls: ["F7.4", "F7.9"] },
    types: [TEMPLATE],
    check: ({ props }, report) => {
        for (const [one, other] of EXCLUSIVE) {
            if (isGiven(props, one) && isGiven(props, other)) {
                report(`has both ${one} and ${other}.`);
            }
        }
        if (isGiven(props, "vpcSecurityGroupIds") && isGiven(props, "networkInterfaces")) {
            report("has vpcSecurityGroupIds besides networkInterfaces.");
        }
    },
});
