import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const ROUTE = "aws:ec2/route:Route";
const TABLE = "aws:ec2/routeTable:RouteTable";

const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const MAIN = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

/** A VPC with a data subnet that has no route table of its own. */
const mainTables: readonly FixtureResource[] = [
    { type: VPC, name: "fixture-vpc", inputs: { cidrBlock: "10.99.0.0/16" } },
    { type: GATEWAY, name: "fixture-gateway", inputs: { vpcId: refTo(VPC, "fixture-vpc") } },
    {
        type: SUBNET,
        name: "fixture-subnet",
        inputs: { vpcId: refTo(VPC, "fixture-vpc"), tags: { tier: "data" } },
    },
    {
        type: DEFAULT_TABLE,
        name: "fixture-default",
        inputs: { defaultRouteTableId: refTo(VPC, "fixture-vpc"), routes: [] },
    },
    { type: TABLE, name: "fixture-table", inputs: { vpcId: refTo(VPC, "fixture-vpc") } },
];

const mainAssociation: FixtureResource = {
    type: MAIN,
    name: "fixture-main",
    inputs: { vpcId: refTo(VPC, "fixture-vpc"), routeTableId: refTo(TABLE, "fixture-table") },
};

function leadOut(stack: MutableStack): void {
    const table = stack.find(DEFAULT_TABLE, "fixture-default");
    stack.set(table, "routes", [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }]);
    stack.relate(table, "routes", stack.find(GATEWAY, "fixture-gateway"));
}

export const mutants: readonly Mutant[] = [
    {
        rule: "tier-routes",
        title: "a web subnet with a route to the internet gateway",
        change: (stack) => {
            const route = stack.find(ROUTE, "shop-vpc-network-web-1");
            stack.unset(route, "natGatewayId");
            stack.refer(route, "gatewayId", stack.find("aws:ec2/internetGateway:InternetGateway"));
        },
        message:
            'leads 0.0.0.0/0 of the tier "web" to an internet gateway, and NAT or an egress-only gateway is the only way out.',
    },
    {
        rule: "tier-routes",
        title: "a web subnet with a route to a transit gateway",
        change: (stack) => {
            const route = stack.find(ROUTE, "shop-vpc-network-web-1");
            stack.unset(route, "natGatewayId");
            stack.set(route, "transitGatewayId", "tgw-00000000000000000");
        },
        message: 'leads 0.0.0.0/0 of the tier "web" to what its transitGatewayId names, and NAT',
    },
    {
        rule: "tier-routes",
        title: "a data subnet with a way out",
        fixture: [
            {
                type: ROUTE,
                name: "fixture-route",
                inputs: {
                    routeTableId: refTo(TABLE, "shop-vpc-network-data-1"),
                    destinationCidrBlock: "10.30.0.0/16",
                    natGatewayId: refTo("aws:ec2/natGateway:NatGateway", "shop-vpc-network-1"),
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(ROUTE, "fixture-route"), "destinationCidrBlock", "0.0.0.0/0");
        },
        message: 'leads 0.0.0.0/0 out of the tier "data", which is to be isolated.',
    },
    {
        rule: "tier-routes",
        title: "a data subnet with a way out over IPv6 in its route table",
        fixture: [
            {
                type: TABLE,
                name: "fixture-table",
                inputs: { routes: [{ cidrBlock: "10.30.0.0/16", gatewayId: "vgw-1" }] },
            },
            {
                type: "aws:ec2/subnet:Subnet",
                name: "fixture-subnet",
                inputs: { tags: { tier: "data" } },
            },
            {
                type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
                name: "fixture-association",
                inputs: {
                    routeTableId: refTo(TABLE, "fixture-table"),
                    subnetId: refTo("aws:ec2/subnet:Subnet", "fixture-subnet"),
                },
            },
        ],
        change: (stack) => {
            const table = stack.find(TABLE, "fixture-table");
            stack.set(table, "routes", [{ ipv6CidrBlock: "::/0", natGatewayId: "nat-1" }]);
            stack.relate(table, "routes", stack.find("aws:ec2/natGateway:NatGateway"));
        },
        message: 'leads ::/0 out of the tier "data"',
    },
    {
        rule: "tier-routes",
        title: "a data subnet that its VPC's default route table leads to the internet",
        fixture: mainTables,
        change: leadOut,
        message: 'leads 0.0.0.0/0 out of the tier "data"',
    },
    {
        rule: "tier-routes",
        title: "a data subnet whose VPC's main route table leads to the internet over IPv6",
        fixture: [...mainTables, mainAssociation],
        change: (stack) => {
            stack.add({
                type: ROUTE,
                name: "fixture-route",
                inputs: {
                    routeTableId: refTo(TABLE, "fixture-table"),
                    destinationIpv6CidrBlock: "::/0",
                    gatewayId: refTo(GATEWAY, "fixture-gateway"),
                },
            });
        },
        message: 'leads ::/0 out of the tier "data"',
    },
    {
        rule: "tier-routes",
        title: "a web subnet of a VPC of another stack whose main route table leads to the internet",
        change: (stack) => {
            const vpcId = "vpc-00000000000000000";
            stack.add({
                type: "aws:ec2/defaultSubnet:DefaultSubnet",
                name: "fixture-subnet",
                inputs: { availabilityZone: "us-east-1a", tags: { tier: "web" } },
                outputs: { vpcId },
            });
            stack.add({
                type: TABLE,
                name: "fixture-table",
                inputs: { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
            });
            stack.add({
                type: MAIN,
                name: "fixture-main",
                inputs: { vpcId, routeTableId: refTo(TABLE, "fixture-table") },
            });
        },
        message:
            'leads 0.0.0.0/0 of the tier "web" to an internet gateway, and NAT or an egress-only gateway is the only way out.',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "tier-routes",
        title: "a default route table that is not the main one any more",
        fixture: [...mainTables, mainAssociation],
        change: leadOut,
    },
    {
        rule: "tier-routes",
        title: "a data subnet with a route table of its own beside the default one",
        fixture: mainTables,
        change: (stack) => {
            leadOut(stack);
            stack.add({
                type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
                name: "fixture-association",
                inputs: {
                    routeTableId: refTo(TABLE, "fixture-table"),
                    subnetId: refTo(SUBNET, "fixture-subnet"),
                },
            });
        },
    },
    {
        rule: "tier-routes",
        title: "a way out of the web tier over IPv6, and any of a subnet without a tier",
        change: (stack) => {
            const route = stack.find(ROUTE, "shop-vpc-network-web-1");
            stack.unset(route, "natGatewayId");
            stack.unset(route, "destinationCidrBlock");
            stack.set(route, "destinationIpv6CidrBlock", "::/0");
            stack.set(route, "egressOnlyGatewayId", "eigw-1");
        },
    },
];
