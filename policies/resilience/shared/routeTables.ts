import { type Member, type StackView } from "../../framework/stackView";
import { text } from "../../framework/subject";
import { ifKnown } from "../../framework/unknowns";

export const TABLE = "aws:ec2/routeTable:RouteTable";
export const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";

const SUBNETS = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];
const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";

/** The subnets that the route table is for: those that name it and, of a main one, those of its VPC that name none. */
export function subnetsOf(stack: StackView, table: Member): readonly Member[] {
    const own = stack
        .referrersOf(table, ASSOCIATION, "routeTableId")
        .flatMap((association) => stack.referencesOf(association, "subnetId", ...SUBNETS));
    const vpcs = mainOf(stack, table);
    return vpcs.length === 0
        ? own
        : [
              ...own,
              ...stack
                  .ofType(...SUBNETS)
                  .filter(
                      (subnet) =>
                          vpcs.includes(vpcOf(stack, subnet) ?? "") &&
                          stack.referrersOf(subnet, ASSOCIATION, "subnetId").length === 0,
                  ),
          ];
}

/** The VPCs whose main route table it is: by an association, or else because it came with the VPC. */
function mainOf(stack: StackView, table: Member): readonly string[] {
    const associations = stack.ofType(MAIN_ASSOCIATION);
    const associated = associations
        .filter((association) =>
            stack.referencesOf(association, "routeTableId", table.type).some(({ urn }) => urn === table.urn),
        )
        .map((association) => vpcOf(stack, association));
    const replaced = associations.map((association) => vpcOf(stack, association));
    const origins = stack
        .referencesOf(table, "defaultRouteTableId", ...VPCS)
        .map(({ urn }) => urn)
        .filter((urn) => !replaced.includes(urn));
    return [...associated, ...origins].filter((vpc) => vpc !== undefined);
}

/** What tells a resource's VPC from others. */
function vpcOf(stack: StackView, member: Member): string | undefined {
    return stack.referencesOf(member, "vpcId", ...VPCS)[0]?.urn ?? ifKnown(() => text(member.props.vpcId));
}
