import { expect } from "chai";

import {
    ClusterCapacity,
    ContainerCluster,
    type ContainerClusterArgs,
    ContainerInsights,
} from "../../../../components/compute/containerCluster/containerCluster";
import { Ec2ContainerService } from "../../../../components/compute/ec2ContainerService/ec2ContainerService";
import {
    fullCluster,
    goodCluster,
    goodEc2,
    goodInstances,
} from "../../../support/components/containerArguments";
import { LOG_KEY, waitsFor } from "../../../support/components/tierArguments";
import { at, ofType, one, previewProgram, TEST_REGION } from "../../../support/preview";
import { expectRegion, inTestAccount, refusal } from "../../../support/surroundings";

const ASSOCIATION = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const CLUSTER = "aws:ecs/cluster:Cluster";
const GROUP = "aws:autoscaling/group:Group";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const OUTPUTS = [
    "clusterArn",
    "clusterName",
    "capacityProviderNames",
    "instanceCapacityProviderName",
    "taskCeiling",
    "autoScalingGroupName",
    "instanceSecurityGroupId",
    "namespaceArn",
    "commandLogGroupArn",
    "kmsKeyArn",
] as const;

const make = (changes: Partial<ContainerClusterArgs> = {}) =>
    previewProgram(() => {
        const cluster = new ContainerCluster("shop", { ...goodCluster, ...changes }, inTestAccount());
        return Object.fromEntries(OUTPUTS.map((name) => [name, cluster[name]]));
    });
const refused = (changes: Record<string, unknown>, name = "shop") =>
    refusal(() => new ContainerCluster(name, { ...goodCluster, ...changes }, inTestAccount()));

describe("ContainerCluster", () => {
    it("is in one region, with all of its resources", async () => {
        for (const args of fullCluster) {
            expectRegion(await make(args), TEST_REGION);
        }
    });

    it("offers Fargate and its spare capacity, looked at closely", async () => {
        const preview = await make();
        const cluster = one(preview, CLUSTER);
        expect(cluster.inputs["settings"]).to.deep.equal([{ name: "containerInsights", value: "enhanced" }]);
        expect(cluster.inputs).to.not.have.property("configuration");
        expect(one(preview, ASSOCIATION).inputs).to.deep.include({
            capacityProviders: ["FARGATE", "FARGATE_SPOT"],
            defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
        });
        expect(preview.outputs).to.deep.include({
            instanceCapacityProviderName: "",
            taskCeiling: 0,
            autoScalingGroupName: "",
            instanceSecurityGroupId: "",
            namespaceArn: "",
            commandLogGroupArn: "",
            kmsKeyArn: LOG_KEY,
        });
        expect(ofType(preview, GROUP)).to.deep.equal([]);
    });

    it("makes the log group of Container Insights before a task would", async () => {
        const preview = await make();
        const name = String(one(preview, CLUSTER).inputs["name"]);
        expect(one(preview, LOG_GROUP, "shop-insights-log").inputs).to.deep.include({
            name: `/aws/ecs/containerinsights/${name}/performance`,
            kmsKeyId: LOG_KEY,
            retentionInDays: 365,
        });
        expect(
            ofType(await make({ containerInsights: ContainerInsights.Disabled }), LOG_GROUP),
        ).to.deep.equal([]);
    });

    it("records shell sessions where there may be some", async () => {
        const preview = await make({ commandExecution: true });
        const log = one(preview, LOG_GROUP, "shop-command-log");
        expect(at(one(preview, CLUSTER).inputs, "configuration.executeCommandConfiguration")).to.deep.equal({
            kmsKeyId: LOG_KEY,
            logging: "OVERRIDE",
            logConfiguration: {
                cloudWatchLogGroupName: log.inputs["name"],
                cloudWatchEncryptionEnabled: true,
            },
        });
        expect(preview.outputs["commandLogGroupArn"]).to.equal(log.outputs["arn"]);
    });

    it("scales instances of its own as ECS asks, and ends none that has tasks", async () => {
        const preview = await make({ instanceCapacity: goodInstances });
        const provider = one(preview, PROVIDER);
        const group = one(preview, GROUP);
        expect(provider.inputs["autoScalingGroupProvider"]).to.deep.equal({
            autoScalingGroupArn: group.outputs["arn"],
            managedScaling: { status: "ENABLED", targetCapacity: 90, instanceWarmupPeriod: 120 },
            managedTerminationProtection: "ENABLED",
            managedDraining: "ENABLED",
        });
        expect(group.inputs).to.deep.include({
            protectFromScaleIn: true,
            minSize: 2,
            maxSize: 6,
            forceDelete: true,
        });
        expect(group.inputs).to.not.have.property("desiredCapacity");
        expect(group.inputs["tags"]).to.deep.include({
            key: "AmazonECSManaged",
            value: "true",
            propagateAtLaunch: true,
        });
        expect(one(preview, ASSOCIATION).inputs["capacityProviders"]).to.deep.equal([
            "FARGATE",
            "FARGATE_SPOT",
            provider.inputs["name"],
        ]);
        expect(preview.outputs).to.deep.include({
            instanceCapacityProviderName: provider.inputs["name"],
            taskCeiling: 12,
            autoScalingGroupName: group.inputs["name"],
        });
        expect(one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm").name).to.equal(
            "shop-alarm-instances-exhausted",
        );
    });

    it("starts instances that keep their role to themselves", async () => {
        const preview = await make({ instanceCapacity: goodInstances });
        const template = one(preview, TEMPLATE);
        expect(template.inputs["metadataOptions"]).to.deep.equal({
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        const script = Buffer.from(String(template.inputs["userData"]), "base64").toString("utf8");
        expect(script.split("\n")).to.include.members([
            "#!/bin/bash",
            `ECS_CLUSTER=${String(one(preview, CLUSTER).inputs["name"])}`,
            "ECS_AWSVPC_BLOCK_IMDS=true",
        ]);
        expect(preview.invokes.map(({ args }) => args["name"])).to.deep.equal([
            "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
        ]);
        const intel = await make({ instanceCapacity: { ...goodInstances, instanceTypes: ["m7i.large"] } });
        expect(intel.invokes.map(({ args }) => args["name"])).to.deep.equal([
            "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        ]);
        const own = await make({ instanceCapacity: { ...goodInstances, imageId: "ami-0123" } });
        expect(own.invokes).to.deep.equal([]);
        expect(one(own, TEMPLATE).inputs["imageId"]).to.equal("ami-0123");
    });

    it("is destroyed after its services, and its capacity before what it is made of", async () => {
        const preview = await previewProgram(() => {
            const options = inTestAccount();
            const cluster = new ContainerCluster(
                "shop",
                { ...goodCluster, instanceCapacity: goodInstances },
                options,
            );
            new Ec2ContainerService(
                "shop-search",
                {
                    ...goodEc2,
                    clusterArn: cluster.clusterArn,
                    clusterName: cluster.clusterName,
                    capacityProviderName: cluster.instanceCapacityProviderName,
                    taskCeiling: cluster.taskCeiling,
                },
                options,
            );
        });
        const service = one(preview, "aws:ecs/service:Service");
        expect(waitsFor(preview, service)).to.include("shop-capacity");
        expect(waitsFor(preview, one(preview, ASSOCIATION))).to.include("shop-instances");
        expect(waitsFor(preview, one(preview, PROVIDER))).to.include("shop-instance-group");
    });

    it("shares tasks that say nothing out as it is told", async () => {
        const preview = await make({
            defaultStrategy: [
                { capacity: ClusterCapacity.Fargate, base: 1, weight: 0 },
                { capacity: ClusterCapacity.FargateSpot },
            ],
        });
        expect(one(preview, ASSOCIATION).inputs["defaultCapacityProviderStrategies"]).to.deep.equal([
            { capacityProvider: "FARGATE", weight: 0, base: 1 },
            { capacityProvider: "FARGATE_SPOT", weight: 1 },
        ]);
    });

    const instances = (changes: Record<string, unknown>) => ({
        instanceCapacity: { ...goodInstances, ...changes },
    });
    const part = (changes: Record<string, unknown>) => ({ capacity: "FARGATE", ...changes });
    const problems: [what: string, changes: Record<string, unknown>, problem: string][] = [
        [
            "two bases",
            { defaultStrategy: [part({ base: 1 }), { capacity: "FARGATE_SPOT", base: 1 }] },
            "defaultStrategy is",
        ],
        ["no share for anybody", { defaultStrategy: [part({ weight: 0 })] }, "defaultStrategy is"],
        ["the same capacity twice", { defaultStrategy: [part({}), part({})] }, "defaultStrategy is"],
        [
            "a weight above a thousand",
            { defaultStrategy: [part({ weight: 1001 })] },
            "defaultStrategy[0].weight is",
        ],
        [
            "types of two architectures",
            instances({ instanceTypes: ["m7g.large", "m7i.large"] }),
            "instanceCapacity.instanceTypes is",
        ],
        [
            "a type whose interfaces nobody looked up",
            instances({ instanceTypes: ["t3a.small"] }),
            "instanceCapacity.instanceTypes[0] is",
        ],
        ["no type", instances({ instanceTypes: [] }), "instanceCapacity.instanceTypes is"],
        [
            "no room to scale",
            instances({ minInstances: 3, maxInstances: 3 }),
            "instanceCapacity.maxInstances is 3",
        ],
        [
            "the default maximum above the minimum",
            instances({ minInstances: 6 }),
            "instanceCapacity.maxInstances is 6",
        ],
        [
            "a volume below the image's",
            instances({ volumeSizeGiB: 29 }),
            "instanceCapacity.volumeSizeGiB is 29",
        ],
        [
            "fuller than full",
            instances({ targetCapacityPercent: 101 }),
            "instanceCapacity.targetCapacityPercent is 101",
        ],
        ["a namespace with a space", { serviceConnectNamespace: "the shop" }, "serviceConnectNamespace is"],
    ];
    for (const [what, changes, problem] of problems) {
        it(`refuses ${what}`, async () => {
            const message = await refused(changes);
            expect(message).to.match(/has 1 problem in its arguments/);
            expect(message).to.contain(`  - ${problem}`);
        });
    }

    it("refuses a name with which capacity providers may not begin", async () => {
        for (const name of ["aws-shop", "ecs", "fargate-1", "1shop"]) {
            expect(await refused({}, name)).to.contain("  - name is");
        }
    });
});
