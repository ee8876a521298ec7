import {
    type Accepted,
    type FixtureResource,
    type MutableStack,
    type Mutant,
    refTo,
} from "../../support/policies/mutation";

const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const LEGACY_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ACL = "aws:ec2/networkAcl:NetworkAcl";
const ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const SUBNET = "aws:ec2/subnet:Subnet";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** A rule of the database's group, of the type that has `type` instead of two classes. */
function legacyRule(type: string, inputs: Readonly<Record<string, unknown>>): FixtureResource {
    return {
        type: LEGACY_RULE,
        name: "legacy",
        inputs: {
            type,
            description: "Legacy",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: ["10.0.0.0/8"],
            securityGroupId: refTo(GROUP, "shop-vpc-data"),
            ...inputs,
        },
    };
}

/** A load balancer's group with its rules inline, worn by the load balancer beside the others. */
const inlineGroup: FixtureResource = {
    type: GROUP,
    name: "inline",
    inputs: {
        description: "Viewers",
        vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network"),
        ingress: [
            {
                description: "HTTPS",
                protocol: "tcp",
                fromPort: 443,
                toPort: 443,
                cidrBlocks: ["0.0.0.0/0"],
                ipv6CidrBlocks: ["::/0"],
            },
        ],
        egress: [
            { description: "HTTPS", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
        ],
    },
};

const inlineWearer: FixtureResource = {
    type: "aws:ec2/networkInterface:NetworkInterface",
    name: "wearer",
    inputs: {
        subnetId: refTo(SUBNET, "shop-vpc-network-web-1"),
        securityGroups: [refTo(GROUP, "inline")],
    },
};

function allowSsh(stack: MutableStack): void {
    const acl = stack.find(ACL);
    stack.set(acl, "ingress[1].cidrBlock", "0.0.0.0/0");
    stack.set(acl, "ingress[1].fromPort", 20);
    stack.set(acl, "ingress[1].toPort", 25);
}

export const mutants: readonly Mutant[] = [
    {
        rule: "ec2-vpc-default-security-group",
        title: "a default group that nobody manages",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(DEFAULT_GROUP));
        },
        message: "leaves its default security group",
    },
    {
        rule: "ec2-default-security-group-closed",
        title: "a default group whose members talk to each other",
        change: (stack) => {
            stack.set(stack.find(DEFAULT_GROUP), "ingress", [
                { protocol: "-1", fromPort: 0, toPort: 0, self: true },
            ]);
        },
        message: "1 ingress rule.",
    },
    {
        rule: "ec2-default-security-group-closed",
        title: "a default group that lets everything out",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(DEFAULT_GROUP), "egress", [
                { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
            ]);
        },
        message: "1 egress rule.",
    },
    {
        rule: "ec2-vpc-flow-logs",
        title: "a VPC without a flow log",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(FLOW_LOG));
        },
        message: "has no flow log.",
    },
    {
        rule: "ec2-vpc-flow-logs",
        title: "a flow log of what is accepted alone",
        change: (stack) => {
            stack.set(stack.find(FLOW_LOG), "trafficType", "ACCEPT");
        },
        message: "trafficType is neither ALL nor REJECT",
    },
    {
        rule: "ec2-subnet-public-ip",
        title: "an edge subnet that gives public addresses",
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-1"), "mapPublicIpOnLaunch", true);
        },
        message: "mapPublicIpOnLaunch is true",
    },
    {
        rule: "ec2-subnet-public-ip",
        title: "a private subnet that gives public addresses, where the edge may",
        config: { publicTierTags: { tier: "edge" } },
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-web-1"), "mapPublicIpOnLaunch", true);
        },
    },
    {
        rule: "ec2-subnet-public-ip",
        title: "a default subnet as AWS makes it",
        fixture: [
            {
                type: "aws:ec2/defaultSubnet:DefaultSubnet",
                name: "default",
                inputs: { availabilityZone: "us-east-1a", mapPublicIpOnLaunch: false },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find("aws:ec2/defaultSubnet:DefaultSubnet"), "mapPublicIpOnLaunch");
        },
    },
    {
        rule: "ec2-network-acl-admin-ports",
        title: "SSH from anywhere within a range",
        change: allowSsh,
        message: "lets 0.0.0.0/0 in on tcp 20 to 25 (rule 200), with port 22.",
    },
    {
        rule: "ec2-network-acl-admin-ports",
        title: "all protocols from anywhere over IPv6",
        change: (stack) => {
            const acl = stack.find(ACL);
            stack.unset(acl, "ingress[0].cidrBlock");
            stack.set(acl, "ingress[0].ipv6CidrBlock", "::/0");
            stack.set(acl, "ingress[0].protocol", "-1");
        },
        message: "lets ::/0 in on all protocols (rule 100), with port 22 and 3389.",
    },
    {
        rule: "ec2-network-acl-admin-ports",
        title: "RDP from anywhere in a rule of its own",
        fixture: [
            {
                type: ACL_RULE,
                name: "alone",
                inputs: {
                    networkAclId: refTo(ACL, "shop-vpc-data-acl"),
                    ruleNumber: 900,
                    ruleAction: "allow",
                    protocol: "6",
                    cidrBlock: "0.0.0.0/0",
                    fromPort: 443,
                    toPort: 443,
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(ACL_RULE), "toPort", 3389);
        },
        message: "tcp 443 to 3389 (rule 900), with port 3389.",
    },
    {
        rule: "ec2-vpc-interface-endpoints",
        title: "a VPC without an endpoint for Systems Manager",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(ENDPOINT, "shop-vpc-ssm-endpoint"));
        },
        message: "for ssm.",
    },
    {
        rule: "ec2-vpc-interface-endpoints",
        title: "an endpoint that no name leads to",
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, "shop-vpc-ecr-api-endpoint"), "privateDnsEnabled", false);
        },
        message: "for ecr.api.",
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "a database port that anywhere reaches",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-data-from-api");
            stack.unset(rule, "referencedSecurityGroupId");
            stack.set(rule, "cidrIpv4", "0.0.0.0/0");
        },
        message: "lets 0.0.0.0/0 in on tcp 5433, and authorised is 80 and 443 alone.",
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "half of the internet over IPv6, on a range with SSH",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-web-from-edge-cloudfront");
            stack.unset(rule, "referencedSecurityGroupId");
            stack.set(rule, "cidrIpv6", "8000::/1");
            stack.set(rule, "fromPort", 22);
            stack.set(rule, "toPort", 22);
        },
        message: "lets 8000::/1 in on tcp 22",
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "a port that is not authorised",
        change: (stack) => {
            const rule = stack.find(INGRESS, "shop-vpc-edge-cloudfront-from-cloudfront");
            stack.unset(rule, "prefixListId");
            stack.set(rule, "cidrIpv4", "0.0.0.0/0");
            stack.set(rule, "toPort", 444);
        },
        message: "on tcp 443 to 444, and authorised is 80 and 443 alone.",
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "everything in a legacy rule",
        fixture: [legacyRule("ingress", { cidrBlocks: ["10.0.0.0/8", "172.16.0.0/12"] })],
        change: (stack) => {
            const rule = stack.find(LEGACY_RULE);
            stack.set(rule, "protocol", "-1");
            stack.set(rule, "cidrBlocks[1]", "0.0.0.0/0");
        },
        message: "lets 0.0.0.0/0 in on all protocols, high-risk ports among them.",
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "UDP in an inline rule",
        fixture: [inlineGroup, inlineWearer],
        change: (stack) => {
            stack.set(stack.find(GROUP, "inline"), "ingress[0].protocol", "udp");
        },
        message: "lets ::/0 in on udp 443, and authorised is no udp port alone.",
    },
    {
        rule: "ec2-security-group-open-egress",
        title: "a rule that lets everything out",
        change: (stack) => {
            const rule = stack.find(EGRESS, "shop-vpc-web-to-internet");
            stack.set(rule, "ipProtocol", "-1");
            stack.unset(rule, "fromPort");
            stack.unset(rule, "toPort");
        },
        message: "lets all protocols out to 0.0.0.0/0.",
    },
    {
        rule: "ec2-security-group-open-egress",
        title: "all ports of TCP in an inline rule",
        fixture: [inlineGroup, inlineWearer],
        change: (stack) => {
            const group = stack.find(GROUP, "inline");
            stack.set(group, "egress[0].fromPort", 0);
            stack.set(group, "egress[0].toPort", 65535);
        },
        message: "lets tcp 0 to 65535 out to 0.0.0.0/0.",
    },
    {
        rule: "ec2-security-group-open-egress",
        title: "a legacy rule that lets everything out over IPv6",
        fixture: [legacyRule("egress", {})],
        change: (stack) => {
            const rule = stack.find(LEGACY_RULE);
            stack.set(rule, "protocol", "all");
            stack.set(rule, "ipv6CidrBlocks", ["::/0"]);
        },
        message: "lets all protocols out to ::/0.",
    },
    {
        rule: "ec2-security-group-description",
        title: "a group with the description that a tool writes",
        change: (stack) => {
            stack.set(stack.find(GROUP, "shop-vpc-web"), "description", "Managed by Pulumi");
        },
    },
    {
        rule: "ec2-security-group-description",
        title: "a rule without a description",
        change: (stack) => {
            stack.unset(stack.find(INGRESS), "description");
        },
        message: "has no description of its own.",
    },
    {
        rule: "ec2-security-group-description",
        title: "an inline rule without a description",
        fixture: [inlineGroup, inlineWearer],
        change: (stack) => {
            stack.unset(stack.find(GROUP, "inline"), "egress[0].description");
        },
        message: "egress[0]",
    },
    {
        rule: "ec2-security-group-attached",
        title: "a group that nothing wears",
        decidedBy: "relations",
        fixture: [inlineGroup, inlineWearer],
        change: (stack) => {
            stack.remove(stack.find("aws:ec2/networkInterface:NetworkInterface", "wearer"));
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "ec2-vpc-default-security-group",
        title: "the account's own VPC and group, which need not name each other",
        change: (stack) => {
            stack.add({ type: "aws:ec2/defaultVpc:DefaultVpc", name: "default", inputs: {} });
            stack.add({ type: DEFAULT_GROUP, name: "default", inputs: { ingress: [], egress: [] } });
        },
    },
    {
        rule: "ec2-subnet-public-ip",
        title: "public addresses in the tier that is named as public",
        config: { publicTierTags: { tier: "edge" } },
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-1"), "mapPublicIpOnLaunch", true);
        },
    },
    {
        rule: "ec2-network-acl-admin-ports",
        title: "SSH that an earlier entry denies",
        change: (stack) => {
            allowSsh(stack);
            const acl = stack.find(ACL);
            stack.set(acl, "ingress[0].action", "deny");
            stack.set(acl, "ingress[0].protocol", "tcp");
            stack.set(acl, "ingress[0].cidrBlock", "0.0.0.0/0");
            stack.set(acl, "ingress[0].fromPort", 22);
            stack.set(acl, "ingress[0].toPort", 22);
        },
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "HTTP and HTTPS from anywhere",
        fixture: [inlineGroup],
        change: (stack) => {
            stack.set(stack.find(GROUP, "inline"), "ingress[0].fromPort", 80);
            stack.set(stack.find(GROUP, "inline"), "ingress[0].toPort", 80);
        },
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "SSH from a private network",
        fixture: [legacyRule("ingress", {})],
        change: (stack) => {
            stack.set(stack.find(LEGACY_RULE), "fromPort", 22);
        },
    },
    {
        rule: "ec2-security-group-world-ports",
        title: "ping from anywhere",
        fixture: [inlineGroup],
        change: (stack) => {
            const group = stack.find(GROUP, "inline");
            stack.set(group, "ingress[0].protocol", "icmp");
            stack.set(group, "ingress[0].fromPort", -1);
            stack.set(group, "ingress[0].toPort", -1);
        },
    },
    {
        rule: "ec2-security-group-open-egress",
        title: "everything out to a private network",
        change: (stack) => {
            const rule = stack.find(EGRESS, "shop-vpc-web-to-internet");
            stack.set(rule, "ipProtocol", "-1");
            stack.set(rule, "cidrIpv4", "10.0.0.0/8");
        },
    },
];
