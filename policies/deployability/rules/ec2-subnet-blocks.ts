import { stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { type Block, blockOf, contains, overlaps } from "../../framework/blocks";

const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const MORE = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
const SMALLEST = 28;
const LARGEST = 16;

export const rule = stackRule({
    id: "ec2-subnet-blocks",
    severity: "high",
    description:
        "VPCs and subnets have blocks from /16 to /28; subnets lie in their VPC, apart from each other.",
    fix: "Take the block from the VPC's, where no other subnet has it.",
    frameworks: { controls: ["F8.11"] },
    types: [VPC, SUBNET],
    checkStack: (stack, report) => {
        const taken = new Map<string, { readonly name: string; readonly block: Block }[]>();
        const members = stack.ofType(VPC, SUBNET).filter((each) => isInput(each, "cidrBlock"));
        stack.each(members, (member) => {
            const given = text(member.props.cidrBlock) ?? "";
            const block = blockOf(given);
            if (block === undefined || block.bits < LARGEST || block.bits > SMALLEST) {
                report(`has cidrBlock "${given}"; allowed: blocks from /${LARGEST} to /${SMALLEST}.`, member);
                return;
            }
            const [vpc] = member.type === SUBNET ? stack.referencesOf(member, "vpcId", VPC) : [];
            if (vpc === undefined) {
                return;
            }
            const others = taken.get(vpc.urn) ?? [];
            const met = others.find((other) => overlaps(other.block, block));
            if (met !== undefined) {
                report(`has cidrBlock "${given}", which overlaps with ${met.name}'s.`, member);
            }
            taken.set(vpc.urn, [...others, { name: member.name, block }]);
            const home = isInput(vpc, "cidrBlock") ? blockOf(text(vpc.props.cidrBlock) ?? "") : undefined;
            const hasMore = stack.referrersOf(vpc, MORE, "vpcId").length > 0;
            if (home !== undefined && !contains(home, block) && !hasMore) {
                report(`has cidrBlock "${given}", which is outside of ${vpc.name}'s.`, member);
            }
        });
    },
});
