import { stackRule } from "../../framework";
import { tagOf } from "../../framework/tags";
import {
    eachGroupRule,
    type GroupRule,
    INGRESS_RULE,
    LEGACY_RULE,
    SECURITY_GROUP,
} from "../shared/groupRules";

interface Config {
    readonly tierTag: string;
    readonly tiers: readonly string[];
}

const WITHOUT_PORTS = ["icmp", "icmpv6", "1", "58"];

export const rule = stackRule<Config>({
    id: "tier-ports-narrow",
    severity: "high",
    description: "Security groups of the inner tiers open single ports.",
    fix: "Name the protocol, and set fromPort and toPort to the one port that is served.",
    frameworks: { controls: ["P25"] },
    config: {
        tierTag: {
            type: "string",
            default: "tier",
            description:
                "The tag that says which tier a security group belongs to. Groups without it are not judged.",
        },
        tiers: {
            type: "array",
            items: { type: "string" },
            default: ["web", "api", "data"],
            description: "The tiers that are judged.",
        },
    },
    types: [SECURITY_GROUP, INGRESS_RULE, LEGACY_RULE],
    checkStack: (stack, report, { tierTag, tiers }) => {
        eachGroupRule(stack, "ingress", (each) => {
            const tier = each.groups
                .map((group) => tagOf(group, tierTag))
                .find((tag) => tiers.includes(tag ?? ""));
            const problem = tier === undefined ? undefined : problemOf(each);
            if (problem !== undefined) {
                report(`${each.label}opens ${problem} of the tier "${tier ?? ""}".`, each.member);
            }
        });
    },
});

function problemOf(each: GroupRule): string | undefined {
    const protocol = each.protocol();
    if (["-1", "all"].includes(protocol)) {
        return "every port";
    }
    if (WITHOUT_PORTS.includes(protocol)) {
        return undefined;
    }
    const { from, to } = each.ports();
    return from !== undefined && from === to
        ? undefined
        : `the ports ${from ?? "(none)"} to ${to ?? "(none)"}`;
}
