import { stackRule } from "../../framework";
import { type Member, type StackView } from "../../framework/stackView";
import { text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { isPrivate, isWithin } from "../../framework/blocks";
import { ifKnown } from "../../framework/unknowns";
import {
    EGRESS_RULE,
    eachGroupRule,
    type GroupRule,
    LEGACY_RULE,
    SECURITY_GROUP,
} from "../shared/groupRules";

interface Config {
    readonly tierTag: string;
    readonly tiers: readonly string[];
    readonly prefixLists: readonly string[];
}

const ENDPOINTS = ["aws:ec2/vpcEndpoint:VpcEndpoint", "aws:ec2/managedPrefixList:ManagedPrefixList"];

export const rule = stackRule<Config>({
    id: "data-tier-egress",
    severity: "high",
    description: "What holds data opens no connections out of its VPC, save to its gateway endpoints.",
    fix: "Remove the egress rule, or let it refer to a security group or to a gateway endpoint's prefix list.",
    frameworks: { controls: ["P23"] },
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
            default: ["data"],
            description: "The tiers that keep to their VPC.",
        },
        prefixLists: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Ids of prefix lists that may be called besides those of the stack's gateway endpoints.",
        },
    },
    types: [SECURITY_GROUP, EGRESS_RULE, LEGACY_RULE],
    checkStack: (stack, report, config) => {
        eachGroupRule(stack, "egress", (each) => {
            for (const group of each.groups) {
                const tier = tagOf(group, config.tierTag);
                if (tier !== undefined && config.tiers.includes(tier)) {
                    for (const reason of problemsOf(stack, each, group, config)) {
                        report(`${each.label}${reason}`, each.member);
                    }
                }
            }
        });
    },
});

function problemsOf(
    stack: StackView,
    each: GroupRule,
    group: Member,
    { prefixLists }: Config,
): readonly string[] {
    const [vpc] = stack.referencesOf(group, "vpcId", "aws:ec2/vpc:Vpc");
    const own = vpc === undefined ? undefined : ifKnown(() => text(vpc.props.cidrBlock));
    const found = each
        .cidrBlocks()
        .filter((block) => (own === undefined ? !isPrivate(block) : !isWithin(block, own)))
        .map((block) => `lets the group "${group.name}" call ${block}, outside its VPC.`);
    const ofEndpoint = stack.referencesOf(each.member, prefixProperty(each.member), ...ENDPOINTS).length > 0;
    if (each.hasPrefixList() && !ofEndpoint) {
        const strangers = each.prefixLists().filter((id) => !prefixLists.includes(id));
        found.push(
            ...strangers.map(
                (id) =>
                    `lets the group "${group.name}" call the prefix list ${id}, which is of no endpoint here.`,
            ),
        );
    }
    return found;
}

function prefixProperty(member: Member): string {
    return member.type === EGRESS_RULE
        ? "prefixListId"
        : member.type === LEGACY_RULE
          ? "prefixListIds"
          : "egress";
}
