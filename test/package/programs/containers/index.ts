import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

const vpc = new awsx.ec2.Vpc("net", {});
const cluster = new aws.ecs.Cluster("shop");
const group = new aws.ec2.SecurityGroup("balancer", {
    vpcId: vpc.vpcId,
    ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const balancer = new awsx.lb.ApplicationLoadBalancer("web", {
    subnetIds: vpc.publicSubnetIds,
    securityGroups: [group.id],
    defaultTargetGroup: { healthCheck: { path: "/health" } },
});
const repository = new awsx.ecr.Repository("Web", { forceDelete: true });
const image = new awsx.ecr.Image("web", {
    repositoryUrl: repository.url,
    context: "./app",
    platform: "linux/amd64",
});
const service = new awsx.ecs.FargateService("web", {
    cluster: cluster.arn,
    networkConfiguration: { subnets: vpc.privateSubnetIds, securityGroups: [group.id] },
    desiredCount: 2,
    taskDefinitionArgs: {
        container: {
            name: "web",
            image: image.imageUri,
            cpu: 512,
            memory: 1500,
            essential: true,
            portMappings: [{ containerPort: 80, targetGroup: balancer.defaultTargetGroup }],
        },
    },
});
const scaling = new aws.appautoscaling.Target("web", {
    minCapacity: 2,
    maxCapacity: 6,
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    resourceId: cluster.name.apply((name) => `service/${name}/web`),
});
new aws.appautoscaling.Policy("web", {
    policyType: "TargetTrackingScaling",
    serviceNamespace: scaling.serviceNamespace,
    scalableDimension: scaling.scalableDimension,
    resourceId: scaling.resourceId,
    targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: 60,
    },
});

export const url = balancer.loadBalancer.dnsName.apply((name) => `http://${name}`);
export const serviceName = service.service.name;
