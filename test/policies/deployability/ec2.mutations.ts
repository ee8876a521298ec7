import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const NAT = "aws:ec2/natGateway:NatGateway";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";

const peering: readonly FixtureResource[] = [
    {
        type: PEERING,
        name: "peering",
        inputs: {
            vpcId: refTo(VPC, "shop-vpc-network"),
            peerVpcId: "vpc-0123456789abcdef0",
            peerRegion: "eu-central-1",
            region: "us-east-1",
        },
    },
];

const otherEndpoint: readonly FixtureResource[] = [
    {
        type: ENDPOINT,
        name: "sts-endpoint",
        inputs: {
            vpcEndpointType: "Interface",
            serviceName: "com.amazonaws.us-east-1.sts",
            vpcId: refTo(VPC, "shop-vpc-network"),
            subnetIds: [refTo(SUBNET, "shop-vpc-network-web-1")],
            privateDnsEnabled: true,
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "ec2-security-group-mixed-rules",
        title: "a rule inline",
        change: (stack) => {
            const group = stack.find(GROUP, "shop-vpc-web");
            stack.set(group, "ingress", [
                { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.10.0.0/16"] },
            ]);
            stack.relate(group, "ingress", stack.find(VPC));
        },
        message: "has ingress, and a SecurityGroupIngressRule besides",
    },
    {
        rule: "ec2-security-group-rule-source",
        title: "two sources",
        change: (stack) => {
            stack.set(stack.find(INGRESS), "cidrIpv4", "10.10.0.0/16");
        },
        decidedBy: "relations",
        message: "has cidrIpv4 and prefixListId",
    },
    {
        rule: "ec2-security-group-rule-source",
        title: "no source",
        change: (stack) => {
            stack.unset(stack.find(INGRESS), "prefixListId");
        },
        decidedBy: "relations",
        message: "has no source",
    },
    {
        rule: "ec2-security-group-rule-ports",
        title: "ports of all protocols",
        change: (stack) => {
            stack.set(stack.find(EGRESS), "ipProtocol", "-1");
        },
        message: 'has ipProtocol "-1" with fromPort and toPort',
    },
    {
        rule: "ec2-security-group-rule-ports",
        title: "half a range",
        change: (stack) => {
            stack.unset(stack.find(EGRESS), "toPort");
        },
        message: "without both fromPort and toPort",
    },
    {
        rule: "ec2-security-group-rule-ports",
        title: "a range backwards",
        change: (stack) => {
            stack.set(stack.find(EGRESS), "toPort", 80);
        },
        message: "has the ports 443 to 80",
    },
    {
        rule: "ec2-security-group-text",
        title: "a dash of print",
        change: (stack) => {
            stack.set(stack.find(GROUP, "shop-vpc-web"), "description", "Web — from the edge alone");
        },
        message: 'with "—"',
    },
    {
        rule: "ec2-security-group-text",
        title: "a quote in a rule",
        change: (stack) => {
            stack.set(stack.find(INGRESS), "description", "CloudFront's servers");
        },
        message: `with "'"`,
    },
    {
        rule: "ec2-security-group-text",
        title: "a name like an id",
        change: (stack) => {
            stack.set(stack.find(GROUP, "shop-vpc-web"), "name", "sg-web");
        },
        message: 'has name "sg-web"',
    },
    {
        rule: "ec2-nat-gateway-arguments",
        title: "no address",
        change: (stack) => {
            stack.unset(stack.find(NAT), "allocationId");
            stack.set(stack.find(NAT), "connectivityType", "public");
        },
        message: "is a public NAT gateway and has no allocationId",
    },
    {
        rule: "ec2-nat-gateway-arguments",
        title: "a regional one with a subnet",
        change: (stack) => {
            stack.set(stack.find(NAT), "availabilityMode", "regional");
        },
        message: "is a regional NAT gateway and has allocationId",
    },
    {
        rule: "ec2-endpoint-arguments",
        title: "a gateway of another service",
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, /s3/), "serviceName", "com.amazonaws.us-east-1.sqs");
        },
        message: "is a gateway endpoint of com.amazonaws.us-east-1.sqs",
    },
    {
        rule: "ec2-endpoint-arguments",
        title: "an interface endpoint without its type",
        change: (stack) => {
            stack.unset(stack.find(ENDPOINT, /logs/), "vpcEndpointType");
        },
        message: "is a gateway endpoint of com.amazonaws.us-east-1.logs",
    },
    {
        rule: "ec2-endpoint-private-dns",
        title: "a VPC without host names",
        change: (stack) => {
            stack.set(stack.find(VPC), "enableDnsHostnames", false);
        },
        message: "does not have both DNS settings on",
    },
    {
        rule: "ec2-endpoint-private-dns",
        title: "a VPC that leaves host names to AWS",
        change: (stack) => {
            stack.unset(stack.find(VPC), "enableDnsHostnames");
        },
        message: "does not have both DNS settings on",
    },
    {
        rule: "ec2-endpoint-private-dns",
        title: "a service twice",
        fixture: otherEndpoint,
        change: (stack) => {
            stack.set(
                stack.find(ENDPOINT, "sts-endpoint"),
                "serviceName",
                stack.find(ENDPOINT, /logs/).inputs.serviceName,
            );
            stack.relate(stack.find(ENDPOINT, "sts-endpoint"), "privateDnsEnabled", stack.find(VPC));
        },
        message: "has private DNS for com.amazonaws.us-east-1.logs, and so has",
    },
    {
        rule: "ec2-flow-log-arguments",
        title: "no role",
        change: (stack) => {
            stack.unset(stack.find(FLOW_LOG), "iamRoleArn");
        },
        message: "has no iamRoleArn",
    },
    {
        rule: "ec2-flow-log-arguments",
        title: "an interval of five minutes",
        change: (stack) => {
            stack.set(stack.find(FLOW_LOG), "maxAggregationInterval", 300);
        },
        message: "allowed: 60, 600",
    },
    {
        rule: "ec2-flow-log-arguments",
        title: "two sources",
        change: (stack) => {
            stack.set(stack.find(FLOW_LOG), "subnetId", "subnet-0123456789abcdef0");
        },
        message: "has vpcId and subnetId",
    },
    {
        rule: "ec2-subnet-blocks",
        title: "subnets that overlap",
        change: (stack) => {
            const first = stack.find(SUBNET, "shop-vpc-network-edge-1");
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", first.inputs.cidrBlock);
            stack.relate(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", stack.find(VPC));
        },
        message: "which overlaps with",
    },
    {
        rule: "ec2-subnet-blocks",
        title: "a subnet outside of its VPC",
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", "10.20.0.0/24");
            stack.relate(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", stack.find(VPC));
        },
        message: "which is outside of shop-vpc-network's",
    },
    {
        rule: "ec2-subnet-blocks",
        title: "a block of eight addresses",
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", "10.10.8.0/29");
            stack.relate(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", stack.find(VPC));
        },
        message: "allowed: blocks from /16 to /28",
    },
    {
        rule: "ec2-peering-auto-accept",
        title: "a peering that accepts itself abroad",
        fixture: peering,
        change: (stack) => {
            stack.set(stack.find(PEERING), "autoAccept", true);
        },
        message: "has autoAccept true and a peerRegion",
    },
    {
        rule: "ec2-zone-region",
        title: "a zone of another region",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "availabilityZone", "us-east-1b");
        },
        message: 'is in eu-central-1 and has availabilityZone "us-east-1b"',
    },
    {
        rule: "ec2-endpoint-service-region",
        title: "a service of another region",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, /logs/), "serviceName", "com.amazonaws.us-east-1.logs");
        },
        message: 'is in eu-central-1 and has serviceName "com.amazonaws.us-east-1.logs"',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "ec2-endpoint-arguments",
        title: "a gateway endpoint with the provider's defaults",
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, /s3/), "privateDnsEnabled", false);
            stack.unset(stack.find(ENDPOINT, /s3/), "vpcEndpointType");
        },
    },
    {
        rule: "ec2-subnet-blocks",
        title: "a subnet of a VPC's second block",
        change: (stack) => {
            stack.add({
                type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
                name: "second",
                inputs: { vpcId: refTo(VPC, "shop-vpc-network"), cidrBlock: "10.30.0.0/16" },
            });
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "cidrBlock", "10.30.0.0/24");
        },
    },
    {
        rule: "ec2-zone-region",
        title: "a local zone of the region",
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "availabilityZone", "us-east-1-bos-1a");
        },
    },
];
