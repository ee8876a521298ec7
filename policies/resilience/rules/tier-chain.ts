import { stackRule } from "../../framework";
import { listed } from "../../framework/patterns";
import { text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { ifKnown } from "../../framework/unknowns";
import {
    eachGroupRule,
    type GroupRule,
    INGRESS_RULE,
    LEGACY_RULE,
    SECURITY_GROUP,
} from "../shared/groupRules";

interface Config {
    readonly tierTag: string;
    readonly order: readonly string[];
    readonly shared: readonly string[];
    readonly openEdge: boolean;
}

export const rule = stackRule<Config>({
    id: "tier-chain",
    severity: "critical",
    description:
        "The security groups of a tier let in only the tier before it, by reference; those of the first tier only AWS's prefix lists.",
    fix: "Let the rule refer to the security group of the tier before, or to a managed prefix list at the edge.",
    frameworks: { controls: ["P22"] },
    config: {
        tierTag: {
            type: "string",
            default: "tier",
            description:
                "The tag that says which tier a security group belongs to. Groups without it are not judged.",
        },
        order: {
            type: "array",
            items: { type: "string" },
            default: ["edge", "web", "api", "data"],
            description: "The tiers, from the outside inwards.",
        },
        shared: {
            type: "array",
            items: { type: "string" },
            default: ["endpoints"],
            description:
                "Tiers beside the chain, such as that of the VPC's endpoints, which every tier may call.",
        },
        openEdge: {
            type: "boolean",
            default: false,
            description:
                "Whether the first tier may let in addresses: balancers that viewers reach without CloudFront.",
        },
    },
    types: [SECURITY_GROUP, INGRESS_RULE, LEGACY_RULE],
    checkStack: (stack, report, config) => {
        eachGroupRule(stack, "ingress", (each) => {
            for (const group of each.groups) {
                const tier = tagOf(group, config.tierTag);
                if (tier !== undefined && [...config.order, ...config.shared].includes(tier)) {
                    for (const reason of problemsOf(each, tier, config)) {
                        report(`${each.label}${reason}`, each.member);
                    }
                }
            }
        });
    },
});

function problemsOf(each: GroupRule, tier: string, config: Config): readonly string[] {
    const first = config.order[0] === tier;
    const sources = sourcesOf(tier, config);
    const found: string[] = [];
    for (const peer of each.peers) {
        const from = tagOf(peer, config.tierTag);
        if (from === undefined || !sources.includes(from)) {
            found.push(
                `lets ${from === undefined ? `"${peer.name}", which is in no tier,` : `the tier "${from}"`} into the tier "${tier}", which takes from ${listed(sources)}.`,
            );
        }
    }
    if (each.byGroup() && each.peers.length === 0 && !refersToItself(each)) {
        found.push(`lets a group that is not in the stack into the tier "${tier}".`);
    }
    const blocks = each.cidrBlocks();
    if (blocks.length > 0 && !(first && config.openEdge)) {
        found.push(`lets ${listed(blocks)} into the tier "${tier}" by address.`);
    }
    if (each.hasPrefixList() && !first) {
        found.push(`lets a prefix list into the tier "${tier}", which takes from ${listed(sources)}.`);
    }
    return found;
}

function sourcesOf(tier: string, { order, shared }: Config): readonly string[] {
    if (shared.includes(tier)) {
        return [...order, tier];
    }
    const position = order.indexOf(tier);
    // A tier may have several groups, such as its balancer's and its instances'.
    return order.slice(Math.max(0, position - 1), position + 1);
}

function refersToItself({ member }: GroupRule): boolean {
    const { props } = member;
    if (member.type === INGRESS_RULE) {
        // Where it is unknown, and nothing tells which group it is, reading it says so.
        const peer = text(props.referencedSecurityGroupId);
        return peer === ifKnown(() => text(props.securityGroupId));
    }
    return props.self === true || member.type === SECURITY_GROUP;
}
