import { ifKnown, list, stackRule } from "../../framework";
import { counted } from "../../framework/patterns";
import { zoneCount } from "../shared/routing";

const GROUP = "aws:autoscaling/group:Group";

interface Config {
    readonly minZones: number;
}

export const rule = stackRule<Config>({
    id: "autoscaling-zones",
    severity: "medium",
    level: "advisory",
    description: "Auto Scaling groups start instances in several availability zones.",
    fix: "Give vpcZoneIdentifiers a subnet in each of the zones.",
    frameworks: { controls: ["29"], securityHub: ["AutoScaling.2"] },
    types: [GROUP],
    config: {
        minZones: { type: "integer", minimum: 2, default: 2, description: "How many zones at least." },
    },
    checkStack: (stack, report, { minZones }) => {
        stack.each(stack.ofType(GROUP), (group) => {
            const named = list(ifKnown(() => group.props.availabilityZones)).length;
            const zones = Math.max(
                named,
                named >= minZones ? 0 : zoneCount(stack, group, "vpcZoneIdentifiers"),
            );
            if (zones < minZones) {
                report(
                    `starts instances in ${counted(zones, "zone")}; at least ${minZones} are wanted.`,
                    group,
                );
            }
        });
    },
});
