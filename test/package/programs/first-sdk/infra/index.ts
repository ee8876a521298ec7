import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const vpc = new awsx.ec2.Vpc("net", { numberOfAvailabilityZones: 2 });
const suffix = new random.RandomId("suffix", { byteLength: 4 });
const balancer = new awsx.lb.ApplicationLoadBalancer("web", { subnetIds: vpc.publicSubnetIds });
const cluster = new aws.ecs.Cluster("main", { name: pulumi.interpolate`main-${suffix.hex}` });
const service = new awsx.ecs.FargateService("web", {
    cluster: cluster.arn,
    assignPublicIp: true,
    taskDefinitionArgs: {
        containers: {
            web: {
                name: "web",
                image: "nginx",
                cpu: 128,
                memory: 512,
                portMappings: [{ targetGroup: balancer.defaultTargetGroup }],
            },
        },
    },
});
const state = new aws.s3.BucketV2("state", {});
const versioning = new aws.s3.BucketVersioningV2("state", {
    bucket: state.id,
    versioningConfiguration: { status: "Enabled" },
});

export const address = balancer.loadBalancer.dnsName;
export const task = service.taskDefinition.apply((definition) => definition?.family);
export const stateBucket = versioning.bucket;
