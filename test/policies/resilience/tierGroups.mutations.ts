import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
    refTo,
} from "../../support/policies/mutation";

const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LEGACY = "aws:ec2/securityGroupRule:SecurityGroupRule";

const legacyRule: FixtureResource = {
    type: LEGACY,
    name: "fixture-rule",
    inputs: {
        type: "ingress",
        protocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        securityGroupId: refTo(GROUP, "shop-vpc-data"),
        sourceSecurityGroupId: refTo(GROUP, "shop-vpc-api"),
    },
};

const inlineGroup: FixtureResource = {
    type: GROUP,
    name: "fixture-group",
    inputs: {
        vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network"),
        tags: { tier: "data" },
        ingress: [
            { protocol: "tcp", fromPort: 6379, toPort: 6379, securityGroups: [refTo(GROUP, "shop-vpc-api")] },
        ],
        egress: [
            {
                protocol: "tcp",
                fromPort: 443,
                toPort: 443,
                cidrBlocks: ["10.10.0.0/16"],
                prefixListIds: [refTo(ENDPOINT, "shop-vpc-s3-endpoint")],
            },
        ],
    },
};

/** What the groups of the inner tiers are let in by, so that the tiers can be taken out of the stack. */
function withoutTiers(stack: MutableStack, ...tiers: readonly string[]): void {
    for (const group of stack.all(GROUP)) {
        const { tier = "" } = group.inputs["tags"] as Readonly<Record<string, string>>;
        if (tiers.includes(tier)) {
            for (const rule of stack.all(INGRESS)) {
                if (Object.values(rule.propertyDependencies).flat().includes(group.urn)) {
                    stack.remove(rule);
                }
            }
            stack.remove(group);
        }
    }
}

function ingressOf(group: string, inputs: Readonly<Record<string, unknown>>): FixtureResource {
    return {
        type: INGRESS,
        name: "fixture-ingress",
        inputs: {
            securityGroupId: refTo(GROUP, group),
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
            ...inputs,
        },
    };
}

function egressOfData(inputs: Readonly<Record<string, unknown>>): FixtureResource {
    return {
        type: EGRESS,
        name: "fixture-egress",
        inputs: {
            securityGroupId: refTo(GROUP, "shop-vpc-data"),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            ...inputs,
        },
    };
}

export const mutants: readonly Mutant[] = [
    {
        rule: "tier-chain",
        title: "data that lets in the web tier",
        change: (stack) => {
            stack.refer(
                stack.find(INGRESS, "shop-vpc-data-from-api"),
                "referencedSecurityGroupId",
                stack.find(GROUP, "shop-vpc-web"),
            );
        },
        message: 'lets the tier "web" into the tier "data", which takes from api and data.',
        decidedBy: "relations",
    },
    {
        rule: "tier-chain",
        title: "data that lets in the edge where there is no api tier, but a web tier",
        change: (stack) => {
            withoutTiers(stack, "api");
            stack.add(
                ingressOf("shop-vpc-data", {
                    referencedSecurityGroupId: refTo(GROUP, "shop-vpc-edge-cloudfront"),
                }),
            );
        },
        message: 'lets the tier "edge" into the tier "data", which takes from web and data.',
        decidedBy: "relations",
    },
    {
        rule: "tier-chain",
        title: "data that lets in a prefix list where there is no other tier",
        change: (stack) => {
            withoutTiers(stack, "edge", "web", "api");
            stack.add(ingressOf("shop-vpc-data", { prefixListId: "pl-32324fb0" }));
        },
        message: 'lets a prefix list into the tier "data", which takes from data.',
        decidedBy: "relations",
    },
    {
        rule: "tier-chain",
        title: "a web tier that lets in addresses",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-web-from-edge-cloudfront");
            stack.unset(rule, "referencedSecurityGroupId");
            stack.set(rule, "cidrIpv4", "10.10.0.0/16");
        },
        message: 'lets 10.10.0.0/16 into the tier "web" by address.',
    },
    {
        rule: "tier-chain",
        title: "an edge that lets in the world",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-edge-cloudfront-from-cloudfront");
            stack.unset(rule, "prefixListId");
            stack.set(rule, "cidrIpv6", "::/0");
        },
        message: 'lets ::/0 into the tier "edge" by address.',
    },
    {
        rule: "tier-chain",
        title: "an api tier that lets in a prefix list",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-api-from-api-balancer");
            stack.unset(rule, "referencedSecurityGroupId");
            stack.set(rule, "prefixListId", "pl-32324fb0");
        },
        message: 'lets a prefix list into the tier "api"',
        decidedBy: "relations",
    },
    {
        rule: "tier-chain",
        title: "a group of another stack",
        change: (stack) => {
            stack.add({
                type: INGRESS,
                name: "fixture-ingress",
                inputs: {
                    securityGroupId: refTo(GROUP, "shop-vpc-data"),
                    referencedSecurityGroupId: "sg-00000000000000000",
                    ipProtocol: "tcp",
                    fromPort: 5432,
                    toPort: 5432,
                },
            });
        },
        message: 'lets a group that is not in the stack into the tier "data".',
    },
    {
        rule: "tier-chain",
        title: "a group of no tier",
        change: (stack) => {
            stack.unset(stack.find(GROUP, "shop-vpc-api"), "tags.tier");
        },
        message: 'lets "shop-vpc-api", which is in no tier, into the tier "data"',
    },
    {
        rule: "tier-chain",
        title: "addresses in a rule of the old form",
        fixture: [legacyRule],
        change: (stack) => {
            const rule = stack.find(LEGACY, "fixture-rule");
            stack.unset(rule, "sourceSecurityGroupId");
            stack.set(rule, "cidrBlocks", ["10.0.0.0/8"]);
        },
        message: 'lets 10.0.0.0/8 into the tier "data" by address.',
    },
    {
        rule: "tier-chain",
        title: "addresses in a rule inside the group",
        fixture: [inlineGroup],
        change: (stack) => {
            stack.set(stack.find(GROUP, "fixture-group"), "ingress[0].cidrBlocks", ["0.0.0.0/0"]);
        },
        message: 'its rule ingress[0] lets 0.0.0.0/0 into the tier "data" by address.',
    },
    {
        rule: "tier-chain",
        title: "addresses into data beside those of a joined network",
        config: { joinedNetworks: ["10.40.0.0/16"] },
        change: (stack) => {
            stack.add(ingressOf("shop-vpc-data", { cidrIpv4: "10.41.64.0/19" }));
        },
        message: 'lets 10.41.64.0/19 into the tier "data" by address.',
    },
    {
        rule: "tier-chain",
        title: "addresses of a joined network into a tier further out",
        config: { joinedNetworks: ["10.40.0.0/16"] },
        change: (stack) => {
            stack.add(ingressOf("shop-vpc-api", { cidrIpv4: "10.40.64.0/19" }));
        },
        message: 'lets 10.40.64.0/19 into the tier "api" by address.',
    },
    {
        rule: "data-tier-egress",
        title: "data that may call the internet",
        fixture: [egressOfData({ cidrIpv4: "10.10.64.0/21" })],
        change: (stack) => {
            stack.set(stack.find(EGRESS, "fixture-egress"), "cidrIpv4", "0.0.0.0/0");
        },
        message: 'lets the group "shop-vpc-data" call 0.0.0.0/0, outside its VPC.',
    },
    {
        rule: "data-tier-egress",
        title: "data that may call over IPv6",
        fixture: [egressOfData({ cidrIpv4: "10.10.64.0/21" })],
        change: (stack) => {
            const rule = stack.find(EGRESS, "fixture-egress");
            stack.unset(rule, "cidrIpv4");
            stack.set(rule, "cidrIpv6", "::/0");
        },
    },
    {
        rule: "data-tier-egress",
        title: "data that may call a prefix list of no endpoint",
        change: (stack) => {
            stack.add(egressOfData({ prefixListId: "pl-32324fb0" }));
        },
        message: "call the prefix list pl-32324fb0, which is of no endpoint here.",
    },
    {
        rule: "data-tier-egress",
        title: "a way out inside the group",
        fixture: [inlineGroup],
        change: (stack) => {
            stack.set(stack.find(GROUP, "fixture-group"), "egress[0].cidrBlocks[0]", "10.0.0.0/8");
        },
        message: 'its rule egress[0] lets the group "fixture-group" call 10.0.0.0/8, outside its VPC.',
    },
    {
        rule: "tier-ports-narrow",
        title: "an api tier with a range of ports",
        change: (stack) => {
            stack.set(stack.find(INGRESS, "shop-vpc-api-from-api-balancer"), "toPort", 9443);
        },
        message: 'opens the ports 8443 to 9443 of the tier "api".',
    },
    {
        rule: "tier-ports-narrow",
        title: "data with every port open",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-data-from-api");
            stack.set(rule, "ipProtocol", "-1");
            stack.unset(rule, "fromPort");
            stack.unset(rule, "toPort");
        },
        message: 'opens every port of the tier "data".',
    },
    {
        rule: "tier-ports-narrow",
        title: "a range of ports inside the group",
        fixture: [inlineGroup],
        change: (stack) => {
            stack.set(stack.find(GROUP, "fixture-group"), "ingress[0].toPort", 6400);
        },
        message: 'its rule ingress[0] opens the ports 6379 to 6400 of the tier "data".',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "tier-chain",
        title: "addresses of a joined network into data",
        config: { joinedNetworks: ["10.40.0.0/16"] },
        change: (stack) => {
            stack.add(ingressOf("shop-vpc-data", { cidrIpv4: "10.40.64.0/19" }));
        },
    },
    {
        rule: "tier-chain",
        title: "an edge open to the world where the configuration says so",
        config: { openEdge: true },
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-edge-cloudfront-from-cloudfront");
            stack.unset(rule, "prefixListId");
            stack.set(rule, "cidrIpv4", "0.0.0.0/0");
        },
    },
    {
        rule: "tier-chain",
        title: "data that lets in the web tier where there is no api tier",
        change: (stack) => {
            withoutTiers(stack, "api");
            stack.add(
                ingressOf("shop-vpc-data", { referencedSecurityGroupId: refTo(GROUP, "shop-vpc-web") }),
            );
        },
    },
    {
        rule: "tier-chain",
        title: "a web tier that lets in CloudFront where there is no edge",
        change: (stack) => {
            withoutTiers(stack, "edge");
            stack.add(ingressOf("shop-vpc-web", { prefixListId: "pl-3b927c52" }));
        },
    },
    {
        rule: "tier-chain",
        title: "a group that lets in itself, and one of no tier that lets in all",
        change: (stack) => {
            const data = stack.find(GROUP, "shop-vpc-data");
            stack.refer(stack.find(INGRESS, "shop-vpc-data-from-api"), "referencedSecurityGroupId", data);
            stack.add({
                type: GROUP,
                name: "fixture-bastion",
                inputs: {
                    ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
                },
            });
        },
    },
    {
        rule: "data-tier-egress",
        title: "data that calls the VPC and a gateway endpoint",
        fixture: [egressOfData({ prefixListId: refTo(ENDPOINT, "shop-vpc-s3-endpoint") }), inlineGroup],
        change: (stack) => {
            stack.set(stack.find(EGRESS, "fixture-egress"), "description", "S3");
        },
    },
];
