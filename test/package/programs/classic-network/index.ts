import * as aws from "@pulumi/aws";
import * as classic from "@pulumi/awsx/classic";
import * as pulumi from "@pulumi/pulumi";

const owner = new pulumi.Config().require("owner");
const vpc = new classic.ec2.Vpc("classic", { numberOfAvailabilityZones: 2, numberOfNatGateways: 1 });
const group = new classic.ec2.SecurityGroup("classic", {
    vpc,
    ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] }],
});
const subnets = new aws.rds.SubnetGroup("classic", { subnetIds: vpc.isolatedSubnetIds, tags: { owner } });
new aws.rds.Cluster("classic", {
    engine: "aurora-postgresql",
    masterUsername: "app",
    manageMasterUserPassword: true,
    dbSubnetGroupName: subnets.name,
    vpcSecurityGroupIds: [group.id],
    skipFinalSnapshot: true,
});

export const vpcId = vpc.id;
