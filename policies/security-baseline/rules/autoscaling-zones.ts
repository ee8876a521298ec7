import { ifKnown, list, type Member, number, stackRule, type StackView, text } from "../../framework";
import { counted } from "../../framework/patterns";
import { subnetsOf, zoneCount, zoneOf } from "../shared/routing";

const GROUP = "aws:autoscaling/group:Group";

interface Config {
    readonly minZones: number;
}

export const rule = stackRule<Config>({
    id: "autoscaling-zones",
    severity: "medium",
    level: "advisory",
    description:
        "Auto Scaling groups start instances in several availability zones, or are each one member of what a component spreads over them.",
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
            if (zones < minZones && siblingZones(stack, group) < minZones) {
                report(
                    `starts instances in ${counted(zones, "zone")}; at least ${minZones} are wanted.`,
                    group,
                );
            }
        });
    },
});

/**
 * How many zones the groups of one instance for good cover that a component has made side by side: members of a quorum,
 * each of which has what it keeps in its own zone.
 */
function siblingZones(stack: StackView, group: Member): number {
    const { parent } = group;
    if (parent === undefined || parent.type === "pulumi:pulumi:Stack") {
        return 0;
    }
    const siblings = stack.ofType(GROUP).filter((other) => other.parent?.urn === parent.urn);
    return siblings.length > 1 && isOneForGood(group)
        ? new Set(siblings.filter(isOneForGood).flatMap((sibling) => zonesOf(stack, sibling))).size
        : 0;
}

function isOneForGood({ props }: Member): boolean {
    return number(props.minSize) === 1 && number(props.maxSize) === 1;
}

/** The zones that a group's subnets are in; the subnet itself where the stack does not tell its zone. */
function zonesOf(stack: StackView, group: Member): readonly string[] {
    const subnets = subnetsOf(stack, group, "vpcZoneIdentifiers");
    return subnets.length > 0
        ? subnets.map(zoneOf)
        : list(group.props.vpcZoneIdentifiers).map((id) => text(id) ?? "");
}
