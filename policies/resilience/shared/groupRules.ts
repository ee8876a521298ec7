import { isGiven, isInput } from "../../framework/items";
import { type Member, type StackView } from "../../framework/stackView";
import { flag, list, number, objects, type Props, text, texts } from "../../framework/subject";
import { isUnknown } from "../../framework/unknowns";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const LEGACY_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** A rule of a security group, in whichever of the three forms it was written. */
export interface GroupRule {
    /** The resource to report: the rule, or the group that has it inline. */
    readonly member: Member;
    /** The rule in words, to begin a message with; empty where the resource is the rule. */
    readonly label: string;
    /** The groups that the rule belongs to, as far as they are in the stack. */
    readonly groups: readonly Member[];
    /** Groups at the other end that are in the stack. */
    readonly peers: readonly Member[];
    /** Whether the other end is a group, in the stack or not, or the group itself. */
    readonly byGroup: () => boolean;
    readonly cidrBlocks: () => readonly string[];
    readonly prefixLists: () => readonly string[];
    readonly hasPrefixList: () => boolean;
    readonly protocol: () => string;
    readonly ports: () => { readonly from: number | undefined; readonly to: number | undefined };
}

/**
 * Hands every rule of the direction to the check. Values are read when the check asks for them, so that one that is
 * unknown at preview matters only where it decides.
 */
export function eachGroupRule(
    stack: StackView,
    direction: "ingress" | "egress",
    check: (rule: GroupRule) => void,
): void {
    const standalone = direction === "ingress" ? INGRESS_RULE : EGRESS_RULE;
    stack.each(stack.ofType(standalone), (member) => {
        check(ruleOf(stack, member));
    });
    stack.each(stack.ofType(LEGACY_RULE), (member) => {
        if (text(member.props.type) === direction) {
            check(legacyRuleOf(stack, member));
        }
    });
    stack.each(stack.ofType(SECURITY_GROUP), (group) => {
        if (isInput(group, direction)) {
            objects(group.props[direction]).forEach((props, index) => {
                check(inlineRuleOf(stack, group, direction, props, index));
            });
        }
    });
}

function ruleOf(stack: StackView, member: Member): GroupRule {
    const { props } = member;
    return {
        member,
        label: "",
        groups: stack.referencesOf(member, "securityGroupId", SECURITY_GROUP),
        peers: stack.referencesOf(member, "referencedSecurityGroupId", SECURITY_GROUP),
        byGroup: () => isGiven(props, "referencedSecurityGroupId"),
        cidrBlocks: () => [text(props.cidrIpv4), text(props.cidrIpv6)].filter(isText),
        prefixLists: () => [text(props.prefixListId)].filter(isText),
        hasPrefixList: () => isGiven(props, "prefixListId"),
        ...protocolOf(props, "ipProtocol"),
    };
}

function legacyRuleOf(stack: StackView, member: Member): GroupRule {
    const { props } = member;
    return {
        member,
        label: "",
        groups: stack.referencesOf(member, "securityGroupId", SECURITY_GROUP),
        peers: stack.referencesOf(member, "sourceSecurityGroupId", SECURITY_GROUP),
        byGroup: () => isInput(member, "sourceSecurityGroupId") || flag(props.self) === true,
        ...listsOf(props),
        ...protocolOf(props, "protocol"),
    };
}

function inlineRuleOf(
    stack: StackView,
    group: Member,
    direction: "ingress" | "egress",
    props: Props,
    index: number,
): GroupRule {
    const peers = stack.referencesOf(group, direction, SECURITY_GROUP);
    return {
        member: group,
        label: `its rule ${direction}[${index}] `,
        groups: [group],
        // Dependencies are on record for the list of rules as a whole.
        peers: hasItems(props, "securityGroups") ? peers : [],
        byGroup: () => hasItems(props, "securityGroups") || flag(props.self) === true,
        ...listsOf(props),
        ...protocolOf(props, "protocol"),
    };
}

function listsOf(props: Props): Pick<GroupRule, "cidrBlocks" | "prefixLists" | "hasPrefixList"> {
    return {
        cidrBlocks: () => [...texts(props.cidrBlocks), ...texts(props.ipv6CidrBlocks)],
        prefixLists: () => texts(props.prefixListIds),
        hasPrefixList: () => hasItems(props, "prefixListIds"),
    };
}

function protocolOf(props: Props, property: string): Pick<GroupRule, "protocol" | "ports"> {
    return {
        protocol: () => text(props[property]) ?? number(props[property])?.toString() ?? "",
        ports: () => ({ from: number(props.fromPort), to: number(props.toPort) }),
    };
}

function hasItems(props: Props, property: string): boolean {
    return isGiven(props, property) && (isUnknown(() => props[property]) || list(props[property]).length > 0);
}

function isText(value: string | undefined): value is string {
    return value !== undefined && value !== "";
}
