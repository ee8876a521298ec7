import { list, object, type Props, type Subject, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { judge } from "./judging";
import { type Traffic, trafficOf } from "./ports";

export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const LEGACY_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

export type Direction = "ingress" | "egress";

/** Looks at the blocks of addresses of one rule, one by one. */
export type EachBlock = (check: (block: string) => void) => void;

/** The types that hold rules of a direction: inline, as resources, and as resources of the legacy type. */
export function ruleTypes(direction: Direction): readonly string[] {
    return [GROUP, direction === "ingress" ? INGRESS_RULE : EGRESS_RULE, LEGACY_RULE];
}

/** Judges each rule of a direction that a security group or a rule resource holds. */
export function judgeRules(
    { type, props }: Subject,
    direction: Direction,
    judgeRule: (traffic: Traffic, eachBlock: EachBlock) => void,
): void {
    const judgeListed = (rule: Props): void => {
        judgeRule(trafficOf(rule.protocol, rule.fromPort, rule.toPort), (check) => {
            judge(
                ...["cidrBlocks", "ipv6CidrBlocks"].map((property) => () => {
                    eachKnown(list(rule[property]), (block) => {
                        check(text(block) ?? "");
                    });
                }),
            );
        });
    };
    if (type === GROUP) {
        // The provider takes away AWS's rule that lets everything out, so a list that is left out is empty.
        eachKnown(list(props[direction]), (item) => {
            judgeListed(object(item));
        });
    } else if (type === LEGACY_RULE) {
        if (text(props.type) === direction) {
            judgeListed(props);
        }
    } else {
        judgeRule(trafficOf(props.ipProtocol, props.fromPort, props.toPort), (check) => {
            judge(
                ...["cidrIpv4", "cidrIpv6"].map((property) => () => {
                    check(text(props[property]) ?? "");
                }),
            );
        });
    }
}
