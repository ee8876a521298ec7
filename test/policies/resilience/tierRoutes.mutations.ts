import { type Accepted, type Mutant, refTo } from "../mutation";

const ROUTE = "aws:ec2/route:Route";
const TABLE = "aws:ec2/routeTable:RouteTable";

export const mutants: readonly Mutant[] = [
    {
        rule: "tier-routes",
        title: "a web subnet with a route to the internet gateway",
        change: (stack) => {
            const route = stack.find(ROUTE, "shop-vpc-network-web-1");
            stack.unset(route, "natGatewayId");
            stack.refer(route, "gatewayId", stack.find("aws:ec2/internetGateway:InternetGateway"));
        },
        message: 'leads 0.0.0.0/0 of the tier "web" to an internet gateway.',
    },
    {
        rule: "tier-routes",
        title: "a web subnet with a route to a transit gateway",
        change: (stack) => {
            const route = stack.find(ROUTE, "shop-vpc-network-web-1");
            stack.unset(route, "natGatewayId");
            stack.set(route, "transitGatewayId", "tgw-00000000000000000");
        },
        message: 'leads 0.0.0.0/0 of the tier "web" to its transitGatewayId.',
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
];

export const accepted: readonly Accepted[] = [
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
