import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

const shared = new pulumi.StackReference("acme/shared/prod");
const vpc = new awsx.ec2.Vpc("office", {
    cidrBlock: "172.16.0.0/16",
    numberOfAvailabilityZones: 2,
    subnetStrategy: awsx.ec2.SubnetAllocationStrategy.Legacy,
    subnetSpecs: [
        { type: awsx.ec2.SubnetType.Public, cidrMask: 22 },
        { type: awsx.ec2.SubnetType.Private, cidrMask: 20 },
        { type: awsx.ec2.SubnetType.Isolated, name: "data", cidrMask: 24 },
    ],
    natGateways: { strategy: awsx.ec2.NatGatewayStrategy.OnePerAz },
    vpcEndpointSpecs: [{ serviceName: "com.amazonaws.us-east-1.s3" }],
});
const balancer = new awsx.lb.NetworkLoadBalancer("entry", {
    subnetIds: vpc.publicSubnetIds,
    listeners: [{ port: 443 }, { port: 8443 }],
});
const trail = new awsx.cloudtrail.Trail("audit", { enableLogging: true });
new aws.ec2.VpcPeeringConnection("shared", {
    vpcId: vpc.vpcId,
    peerVpcId: shared.requireOutput("vpcId").apply((id) => String(id)),
    autoAccept: true,
});
new aws.ec2.SecurityGroup("office", {
    vpcId: vpc.vpcId,
    ingress: [
        {
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: [shared.getOutput("cidrBlock").apply((block) => String(block).toLowerCase())],
        },
    ],
});

export const vpcId = vpc.vpcId;
export const blocks = pulumi.output(vpc.subnets).apply((subnets) => subnets.map((each) => each.cidrBlock));
export const entry = balancer.loadBalancer.dnsName;
export const trailArn = trail.trail.arn;
export const layout = vpc.subnetLayout;
