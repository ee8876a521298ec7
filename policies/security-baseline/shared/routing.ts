import { ifKnown, list, type Member, object, type StackView, text } from "../../framework";
import { anyOf, eachKnown } from "../../framework/items";
import { computedOr } from "./judging";

const SUBNET_TYPES = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];
const TABLE_TYPES = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"];
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
/** The VPC that comes with an account. */
export const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";

/** VPCs, the one that comes with an account among them. */
export const VPC_TYPES = ["aws:ec2/vpc:Vpc", DEFAULT_VPC];

/** The subnets of the stack that a list of subnet ids is made of. */
export function subnetsOf(stack: StackView, member: Member, property: string): readonly Member[] {
    const subnets = stack.referencesOf(member, property, ...SUBNET_TYPES);
    const ids = list(ifKnown(() => member.props[property]));
    if (subnets.length > ids.length && ids.length > 0) {
        // The list waits for more subnets than it has, so its ids must tell which ones it is made of.
        const known = new Set<unknown>();
        eachKnown(ids, (id) => known.add(id));
        return subnets.filter((subnet) => known.has(ifKnown(() => subnet.props["id"])));
    }
    return subnets;
}

/** The zone that a subnet is in; the subnet itself where the stack does not tell its zone. */
export function zoneOf({ props, urn }: Member): string {
    return ifKnown(() => text(props.availabilityZone)) ?? urn;
}

/**
 * How many availability zones a list of subnet ids covers. A subnet whose zone the stack does not tell counts as
 * one in a zone of its own.
 */
export function zoneCount(stack: StackView, member: Member, property: string): number {
    const subnets = subnetsOf(stack, member, property);
    if (subnets.length === 0) {
        return list(member.props[property]).length;
    }
    const elsewhere = list(ifKnown(() => member.props[property])).length - subnets.length;
    return new Set(subnets.map(zoneOf)).size + Math.max(elsewhere, 0);
}

/** Whether a subnet's route table, or else its VPC's main one, leads to an internet gateway. */
export function leadsToInternet(stack: StackView, subnet: Member): boolean {
    return anyOf(tablesOf(stack, subnet).flatMap((table) => internetRoutes(stack, table)));
}

function tablesOf(stack: StackView, subnet: Member): readonly Member[] {
    const tables = (association: Member): readonly Member[] =>
        stack.referencesOf(association, "routeTableId", ...TABLE_TYPES);
    const own = stack.referrersOf(subnet, "aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId");
    if (own.length > 0) {
        return own.flatMap(tables);
    }
    return stack.referencesOf(subnet, "vpcId", ...VPC_TYPES).flatMap((vpc) => {
        const main = stack.referrersOf(
            vpc,
            "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
            "vpcId",
        );
        return main.length > 0
            ? main.flatMap(tables)
            : stack.referrersOf(vpc, "aws:ec2/defaultRouteTable:DefaultRouteTable", "defaultRouteTableId");
    });
}

/** Questions whether the table has a route to an internet gateway, inline or as a resource. */
function internetRoutes(stack: StackView, table: Member): readonly (() => boolean)[] {
    const inline = list(ifKnown(() => table.props.routes));
    return [
        () => stack.referencesOf(table, "routes", GATEWAY).length > 0,
        ...Array.from(
            { length: inline.length },
            (_, index) => () => isInternetGateway(object(inline[index]).gatewayId),
        ),
        ...stack
            .referrersOf(table, "aws:ec2/route:Route", "routeTableId")
            .map(
                (route) => () =>
                    stack.referencesOf(route, "gatewayId", GATEWAY).length > 0 ||
                    isInternetGateway(computedOr(route, "gatewayId", undefined)),
            ),
    ];
}

function isInternetGateway(id: unknown): boolean {
    return text(id)?.startsWith("igw-") === true;
}
