import { list, type Member, object, stackRule, type StackView, text } from "../../framework";
import { eachKnown, isInput } from "../../framework/items";
import { Once } from "../../framework/once";
import { isAnywhere } from "../shared/cidr";
import { type Traffic, trafficOf, trafficText } from "../shared/ports";
import { GROUP, INGRESS_RULE, LEGACY_RULE } from "../shared/securityGroups";
import { problemWith, type WorldPortsConfig, worldPortsConfig } from "../shared/worldPorts";

const LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

export const rule = stackRule<WorldPortsConfig>({
    id: "ec2-prefix-list-world-ports",
    severity: "critical",
    description:
        "Prefix lists let the whole internet into security groups on authorised ports alone, and never on high-risk ones.",
    fix: "Take the block of the whole internet from the prefix list, or let in a list without it.",
    frameworks: { controls: ["7", "8", "9"], securityHub: ["EC2.18", "EC2.19"] },
    types: [LIST],
    config: worldPortsConfig,
    checkStack: (stack, report, config) => {
        // Many rules name one list.
        // Many rules name one list.
        const known = new Once<Member, string | undefined>();
        const worldIn = (prefixList: Member): string | undefined =>
            known.get(prefixList, () => worldOf(stack, prefixList));
        const judge = (
            member: Member,
            property: string,
            traffic: () => Traffic,
            isNamed: (prefixList: Member) => boolean = () => true,
        ): void => {
            for (const prefixList of stack.referencesOf(member, property, LIST).filter(isNamed)) {
                const problem = problemWith(traffic(), config);
                const block = problem === undefined ? undefined : worldIn(prefixList);
                if (problem !== undefined && block !== undefined) {
                    report(
                        `lets ${block} in by the prefix list "${prefixList.name}" on ${trafficText(traffic())}, ${problem}.`,
                        member,
                    );
                }
            }
        };
        stack.each(stack.ofType(INGRESS_RULE), (member) => {
            const { props } = member;
            judge(member, "prefixListId", () => trafficOf(props.ipProtocol, props.fromPort, props.toPort));
        });
        stack.each(stack.ofType(LEGACY_RULE), (member) => {
            const { props } = member;
            if (text(props.type) === "ingress") {
                judge(member, "prefixListIds", () => trafficOf(props.protocol, props.fromPort, props.toPort));
            }
        });
        stack.each(stack.ofType(GROUP), (group) => {
            if (!isInput(group, "ingress")) {
                return;
            }
            eachKnown(list(group.props.ingress), (item) => {
                const each = object(item);
                if (each.prefixListIds !== undefined && each.prefixListIds !== null) {
                    judge(group, "ingress", () => trafficOf(each.protocol, each.fromPort, each.toPort));
                }
            });
        });
    },
});

/** A block of the prefix list that is the whole internet, if there is one. */
function worldOf(stack: StackView, prefixList: Member): string | undefined {
    let found: string | undefined;
    const look = (cidr: unknown): void => {
        const block = text(cidr) ?? "";
        if (isAnywhere(block)) {
            found ??= block;
        }
    };
    const inline = isInput(prefixList, "entries") ? list(prefixList.props.entries) : [];
    const standalone = stack.referrersOf(prefixList, ENTRY, "prefixListId");
    try {
        eachKnown(
            [
                ...Array.from({ length: inline.length }, (_, index) => () => object(inline[index]).cidr),
                ...standalone.map(
                    ({ props }) =>
                        () =>
                            props.cidr,
                ),
            ],
            (read) => {
                look(read());
            },
        );
    } catch (error) {
        // What is known decides.
        if (found === undefined) {
            throw error;
        }
    }
    return found;
}
