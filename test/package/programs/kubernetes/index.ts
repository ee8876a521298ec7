import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as cloudflare from "@pulumi/cloudflare";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const size = config.requireNumber("nodes");
const vpc = new awsx.ec2.Vpc("net", {
    numberOfAvailabilityZones: 2,
    natGateways: { strategy: "Single" },
    subnetStrategy: "Auto",
    enableDnsHostnames: true,
});
const cluster = new eks.Cluster("main", {
    vpcId: vpc.vpcId,
    publicSubnetIds: vpc.publicSubnetIds,
    privateSubnetIds: vpc.privateSubnetIds,
    desiredCapacity: size,
    minSize: 1,
    maxSize: 4,
    instanceType: "t3.medium",
});
const provider = new k8s.Provider("main", { kubeconfig: cluster.kubeconfigJson });
const labels = { app: "hello" };
const deployment = new k8s.apps.v1.Deployment(
    "hello",
    {
        spec: {
            replicas: 2,
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: { containers: [{ name: "hello", image: "nginx:1.27" }] },
            },
        },
    },
    { provider },
);
const service = new k8s.core.v1.Service(
    "hello",
    { spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80 }] } },
    { provider, dependsOn: [deployment] },
);
const host = service.status.loadBalancer.ingress[0].hostname;
new cloudflare.DnsRecord("hello", {
    zoneId: config.require("cloudflareZone"),
    name: "hello",
    type: "CNAME",
    content: host,
    ttl: 300,
});
const account = aws.getCallerIdentityOutput();

export const address = host.apply((name) => `http://${name}`);
export const accountId = account.accountId;
