import { stackRule } from "../../framework";
import { isWithin } from "../../framework/blocks";
import { listed } from "../../framework/patterns";
import { type Member } from "../../framework/stackView";
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
    readonly joinedNetworks: readonly string[];
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
            description:
                "The tiers, from the outside inwards. Those that no group of the stack is in are left out.",
        },
        shared: {
            type: "array",
            items: { type: "string" },
            default: ["endpoints"],
            description:
                "Tiers beside the chain, such as that of the VPC's endpoints, which every tier and every group in no tier may call.",
        },
        openEdge: {
            type: "boolean",
            default: false,
            description:
                "Whether the first tier may let in addresses: balancers that viewers reach without CloudFront.",
        },
        joinedNetworks: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "IPv4 blocks of networks in other regions, joined by peering, from which the innermost tier may be called: " +
                "a group cannot be named across regions.",
        },
    },
    types: [SECURITY_GROUP, INGRESS_RULE, LEGACY_RULE],
    checkStack: (stack, report, config) => {
        const chain = new Chain(stack.ofType(SECURITY_GROUP), config);
        eachGroupRule(stack, "ingress", (each) => {
            for (const group of each.groups) {
                const tier = tagOf(group, config.tierTag);
                if (tier !== undefined && [...config.order, ...config.shared].includes(tier)) {
                    for (const reason of problemsOf(each, tier, chain, config)) {
                        report(`${each.label}${reason}`, each.member);
                    }
                }
            }
        });
    },
});

/** The tiers that the stack has, in their order. */
class Chain {
    constructor(
        private readonly groups: readonly Member[],
        private readonly config: Config,
    ) {}

    /** The tiers that may call the tier. It may have several groups itself, such as its balancer's and its instances'. */
    sourcesOf(tier: string): readonly string[] {
        const { order, shared } = this.config;
        const before = this.#before(tier);
        return shared.includes(tier) ? [...order, tier] : before === undefined ? [tier] : [before, tier];
    }

    /** Whether what calls the tier comes from outside. Whoever calls the innermost tier may be in another stack. */
    isFirst(tier: string): boolean {
        const { order, shared } = this.config;
        const inner = shared.includes(tier) || (order.length > 1 && order.at(-1) === tier);
        return !inner && this.#before(tier) === undefined;
    }

    #before(tier: string): string | undefined {
        const { order } = this.config;
        const outwards = order.slice(0, Math.max(0, order.indexOf(tier))).reverse();
        return outwards.find((each) => this.#has(each));
    }

    #has(tier: string): boolean {
        const { tierTag } = this.config;
        return (
            this.groups.some((group) => ifKnown(() => tagOf(group, tierTag)) === tier) ||
            // A group whose tags are unknown may be in any tier: reading them says so.
            this.groups.some((group) => tagOf(group, tierTag) === tier)
        );
    }
}

function problemsOf(each: GroupRule, tier: string, chain: Chain, config: Config): readonly string[] {
    const found: string[] = [];
    for (const peer of each.peers) {
        const from = tagOf(peer, config.tierTag);
        const sources = chain.sourcesOf(tier);
        // What every tier may call, groups beside the tiers may call, too.
        const isFree = from === undefined && config.shared.includes(tier);
        if (!isFree && (from === undefined || !sources.includes(from))) {
            found.push(
                `lets ${from === undefined ? `"${peer.name}", which is in no tier,` : `the tier "${from}"`} into the tier "${tier}", which takes from ${listed(sources)}.`,
            );
        }
    }
    if (each.byGroup() && each.peers.length === 0 && !refersToItself(each)) {
        found.push(`lets a group that is not in the stack into the tier "${tier}".`);
    }
    const joined = tier === config.order.at(-1) ? config.joinedNetworks : [];
    const blocks = each.cidrBlocks().filter((block) => !joined.some((network) => isWithin(block, network)));
    if (blocks.length > 0 && !(config.openEdge && chain.isFirst(tier))) {
        found.push(`lets ${listed(blocks)} into the tier "${tier}" by address.`);
    }
    if (each.hasPrefixList() && !chain.isFirst(tier)) {
        const sources = chain.sourcesOf(tier);
        found.push(`lets a prefix list into the tier "${tier}", which takes from ${listed(sources)}.`);
    }
    return found;
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
