import { object, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { counted } from "../../framework/patterns";

interface Config {
    readonly minTypes: number;
}

export const rule = resourceRule<Config>({
    id: "autoscaling-instance-types",
    severity: "medium",
    level: "advisory",
    description: "Auto Scaling groups may choose among several instance types.",
    fix: "Name several instance types, or requirements, in mixedInstancesPolicy.launchTemplate.overrides.",
    frameworks: { controls: ["31"], securityHub: ["AutoScaling.6"] },
    types: ["aws:autoscaling/group:Group"],
    config: {
        minTypes: { type: "integer", minimum: 2, default: 2, description: "How many types at least." },
    },
    check: ({ props }, report, { minTypes }) => {
        const template = object(object(props.mixedInstancesPolicy).launchTemplate);
        const types = new Set<string>();
        const requirements: unknown[] = [];
        eachObject(template.overrides, (override) => {
            const { instanceType, instanceRequirements } = override;
            if (instanceRequirements !== undefined) {
                requirements.push(instanceRequirements);
            }
            if (instanceType !== undefined) {
                types.add(text(instanceType) ?? "");
            }
        });
        // Requirements stand for all types that meet them.
        if (requirements.length === 0 && types.size < minTypes) {
            // Without overrides there is the launch template's own.
            const count = Math.max(types.size, 1);
            report(`has ${counted(count, "instance type")} to choose from; at least ${minTypes} are wanted.`);
        }
    },
});
