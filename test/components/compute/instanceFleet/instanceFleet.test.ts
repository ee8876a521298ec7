import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { ApiTier, type ApiTierArgs } from "../../../../components/compute/apiTier/apiTier";
import { SAMPLE_IMAGE } from "../../../../components/compute/sampleImage";
import { WebTier, type WebTierArgs } from "../../../../components/compute/webTier/webTier";
import { at, childrenOf, ofType, one, previewProgram, TEST_REGION } from "../../../support/preview";
import { inTestAccount, statements } from "../../../support/surroundings";
import { shellcheck } from "../../../support/shellcheck";
import { bootScript, goodApi, goodWeb, LOG_KEY, waitsFor } from "../../../support/components/tierArguments";

const GROUP = "aws:autoscaling/group:Group";
const HOOK = "aws:autoscaling/lifecycleHook:LifecycleHook";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const POLICY = "aws:autoscaling/policy:Policy";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const web = (changes: Partial<WebTierArgs> = {}) =>
    previewProgram(() => {
        new WebTier("shop-web", { ...goodWeb, ...changes }, inTestAccount());
    });
const api = (changes: Partial<ApiTierArgs> = {}) =>
    previewProgram(() => {
        new ApiTier("shop-api", { ...goodApi, ...changes }, inTestAccount());
    });
describe("InstanceFleet", () => {
    describe("the launch template", () => {
        it("takes the newest arm64 image of Amazon Linux 2023, read at deployment", async () => {
            const preview = await web();
            const [invoke, ...others] = preview.invokes;
            expect(others).to.deep.equal([]);
            expect(invoke?.token).to.equal("aws:ssm/getParameter:getParameter");
            expect(invoke?.args).to.deep.equal({
                name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
                region: TEST_REGION,
            });
            expect(invoke?.provider).to.match(/::pulumi:providers:aws::aws::/);
            const imageId = one(preview, TEMPLATE).inputs["imageId"];
            expect(imageId).to.match(/^ami-[0-9a-f]{17}$/);
            expect(imageId).to.equal(invoke?.result["insecureValue"]);
        });

        it("takes the x86_64 image for types of that architecture", async () => {
            const preview = await web({
                capacity: { instanceTypes: ["t3.small", "t3a.small", "m7i.large"] },
            });
            expect(preview.invokes.map((invoke) => invoke.args["name"])).to.deep.equal([
                "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
            ]);
        });

        it("asks nothing where the image is given", async () => {
            const preview = await web({ imageId: "ami-0123456789abcdef0" });
            expect(preview.invokes).to.deep.equal([]);
            expect(one(preview, TEMPLATE).inputs["imageId"]).to.equal("ami-0123456789abcdef0");
        });

        it("asks for IMDSv2 with one hop, and shows the instance its tags", async () => {
            expect(one(await web(), TEMPLATE).inputs["metadataOptions"]).to.deep.equal({
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
                instanceMetadataTags: "enabled",
            });
        });

        it("gives no public address, no key pair and no type, which is the group's to choose", async () => {
            const { inputs } = one(await web(), TEMPLATE);
            expect(inputs["networkInterfaces"]).to.deep.equal([
                {
                    deviceIndex: 0,
                    associatePublicIpAddress: "false",
                    deleteOnTermination: "true",
                    securityGroups: ["sg-0instances"],
                },
            ]);
            expect(inputs).to.not.have.any.keys(
                "keyName",
                "instanceType",
                "vpcSecurityGroupIds",
                "creditSpecification",
            );
        });

        it("encrypts a gp3 volume, with the account's key or the one given", async () => {
            const volume = async (changes: Partial<WebTierArgs>) =>
                at(one(await web(changes), TEMPLATE).inputs, "blockDeviceMappings[0]");
            const ebs = { volumeType: "gp3", volumeSize: 20, encrypted: "true", deleteOnTermination: "true" };
            expect(await volume({})).to.deep.equal({ deviceName: "/dev/xvda", ebs });
            expect(await volume({ volumeKmsKeyArn: LOG_KEY })).to.deep.equal({
                deviceName: "/dev/xvda",
                ebs: { ...ebs, kmsKeyId: LOG_KEY },
            });
        });

        it("tags what the provider's default tags do not reach", async () => {
            const tags = { project: "meridian", "cost-centre": "shop", Name: "shop-web" };
            const preview = await web();
            expect(one(preview, TEMPLATE).inputs["tagSpecifications"]).to.deep.equal([
                { resourceType: "instance", tags },
                { resourceType: "volume", tags },
                { resourceType: "network-interface", tags },
            ]);
            expect(one(preview, GROUP).inputs["tags"]).to.deep.equal(
                Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
            );
        });

        it("makes its newest version the default", async () => {
            const { inputs } = one(await web(), TEMPLATE);
            expect(inputs["updateDefaultVersion"]).to.equal(true);
            expect(inputs).to.not.have.property("defaultVersion");
        });
    });

    describe("the boot script", () => {
        it("is Base64 of a script without findings, and names the tier's own log groups", async () => {
            const preview = await web();
            const script = bootScript(preview);
            expect(shellcheck(script)).to.deep.equal([]);
            const group = (name: string) => String(one(preview, LOG_GROUP, name).outputs["name"]);
            expect(script).to.include(`readonly log_group='${group("shop-web-log")}'`);
            expect(script).to.include(`readonly access_log_group='${group("shop-web-access-log")}'`);
        });

        it("tells the container its port, region and collector, unless the caller says otherwise", async () => {
            const script = bootScript(
                await web({
                    containerPort: 3000,
                    environment: {
                        API_URL: pulumi.output("https://api.example.com"),
                        OTEL_SERVICE_NAME: "front",
                    },
                }),
            );
            for (const assignment of [
                "PORT=3000",
                "AWS_REGION=eu-central-1",
                "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:2000",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318",
                "OTEL_SERVICE_NAME=front",
                "API_URL=https://api.example.com",
            ]) {
                expect(script).to.include(`--env '${assignment}'\n`);
            }
            expect(script).to.not.include("OTEL_SERVICE_NAME=shop-web");
            expect(script).to.not.include("PODINFO");
        });

        it("starts the sample image where none is given, on the port that the balancer asks", async () => {
            const script = bootScript(await web({ image: undefined, containerPort: 8081 }));
            expect(script).to.include(`readonly image='${SAMPLE_IMAGE}'`);
            expect(script).to.include("--env 'PODINFO_PORT=8081'\n");
            expect(script).to.include("readonly container_port='8081'");
            expect(script).to.include("readonly health_check_path='/healthz'");
        });

        it("holds no secrets: everybody who may describe the launch template reads it", async () => {
            const preview = await web({
                environment: { A: "plain", PASSWORD: pulumi.secret("hunter2"), TOKEN: pulumi.secret("abc") },
            });
            expect(preview.error?.message).to.contain(
                "The environment of shop-web has secret values: PASSWORD, TOKEN. Everybody who may describe the " +
                    "launch template reads them. Pass the secret's ARN, and let the container read it.",
            );
        });

        it("is the same from one preview to the next, or the fleet would be replaced for nothing", async () => {
            expect(bootScript(await web())).to.equal(bootScript(await web()));
        });
    });

    describe("the group", () => {
        it("has two On-Demand instances and Spot above them, over several types", async () => {
            const preview = await web();
            const { inputs } = one(preview, GROUP);
            expect(inputs["mixedInstancesPolicy"]).to.deep.equal({
                instancesDistribution: {
                    onDemandBaseCapacity: 2,
                    onDemandPercentageAboveBaseCapacity: 0,
                    onDemandAllocationStrategy: "prioritized",
                    spotAllocationStrategy: "price-capacity-optimized",
                },
                launchTemplate: {
                    launchTemplateSpecification: {
                        launchTemplateId: one(preview, TEMPLATE).outputs["id"] ?? one(preview, TEMPLATE).id,
                        version: "1",
                    },
                    overrides: [
                        { instanceType: "t4g.small" },
                        { instanceType: "t4g.medium" },
                        { instanceType: "c7g.medium" },
                        { instanceType: "m7g.medium" },
                    ],
                },
            });
            expect(inputs["capacityRebalance"]).to.equal(true);
        });

        it("leaves the desired capacity to its scaling policies", async () => {
            const group = one(await web(), GROUP);
            expect(group.inputs).to.include({ minSize: 2, maxSize: 8 });
            expect(group.inputs).to.not.have.property("desiredCapacity");
            expect(group.ignoreChanges).to.deep.equal([]);
        });

        it("replaces its instances in steps and rolls back by itself", async () => {
            const preview = await web();
            const alarm = (what: string) =>
                one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm", `shop-web-alarm-${what}`).outputs[
                    "name"
                ];
            const { inputs } = one(preview, GROUP);
            expect(inputs["instanceRefresh"]).to.deep.equal({
                strategy: "Rolling",
                preferences: {
                    minHealthyPercentage: 100,
                    maxHealthyPercentage: 150,
                    autoRollback: true,
                    checkpointPercentages: [25, 100],
                    checkpointDelay: "600",
                    instanceWarmup: "180",
                    skipMatching: true,
                    alarmSpecification: { alarms: [alarm("5xx-rate"), alarm("latency-p99")] },
                },
            });
            expect(inputs["instanceMaintenancePolicy"]).to.deep.equal({
                minHealthyPercentage: 100,
                maxHealthyPercentage: 150,
            });
            // What AWS cannot roll back from: a version that is only named, and an image that is only looked up.
            expect(
                at(inputs, "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version"),
            ).to.match(/^\d+$/);
            expect(one(preview, TEMPLATE).inputs["imageId"]).to.not.match(/^resolve:ssm:/);
        });

        it("has nothing to roll back on without alarms", async () => {
            const preferences = at(
                one(await web({ alarmTopicArns: undefined }), GROUP).inputs,
                "instanceRefresh.preferences",
            );
            expect(preferences).to.not.have.property("alarmSpecification");
        });

        it("lets the balancer judge health, and the deployment wait for its judgement", async () => {
            expect(one(await web({ capacity: { minSize: 3 } }), GROUP).inputs).to.include({
                healthCheckType: "ELB",
                healthCheckGracePeriod: 300,
                defaultInstanceWarmup: 180,
                minElbCapacity: 3,
                waitForCapacityTimeout: "15m",
                maxInstanceLifetime: 30 * 86_400,
                metricsGranularity: "1Minute",
            });
        });

        it("starts when the listener forwards to its targets and the role has its permissions", async () => {
            for (const [preview, listener, name] of [
                [await web(), "shop-web-https", "shop-web"],
                [await api(), "shop-api-tls", "shop-api"],
            ] as const) {
                const group = one(preview, GROUP);
                expect(waitsFor(preview, group)).to.include.members([
                    listener,
                    `${name}-fleet-permissions`,
                    `${name}-fleet-session-manager`,
                ]);
                expect(group.inputs["targetGroupArns"]).to.deep.equal([
                    one(preview, "aws:lb/targetGroup:TargetGroup").outputs["arn"],
                ]);
                expect(group.inputs["vpcZoneIdentifiers"]).to.deep.equal(["subnet-1a", "subnet-1b"]);
            }
        });

        it("tracks CPU in both tiers, and requests where the balancer counts them", async () => {
            const preview = await web({ capacity: { targetCpuPercent: 60, targetRequestsPerInstance: 500 } });
            const policies = ofType(preview, POLICY);
            const suffix = (type: string) => String(one(preview, type).outputs["arnSuffix"]);
            expect(policies.map(({ inputs }) => inputs["policyType"])).to.deep.equal([
                "TargetTrackingScaling",
                "TargetTrackingScaling",
            ]);
            expect(
                Object.fromEntries(
                    policies.map(({ name, inputs }) => [name, inputs["targetTrackingConfiguration"]]),
                ),
            ).to.deep.equal({
                "shop-web-fleet-cpu": {
                    predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
                    targetValue: 60,
                },
                "shop-web-fleet-requests": {
                    predefinedMetricSpecification: {
                        predefinedMetricType: "ALBRequestCountPerTarget",
                        resourceLabel: `${suffix("aws:lb/loadBalancer:LoadBalancer")}/${suffix("aws:lb/targetGroup:TargetGroup")}`,
                    },
                    targetValue: 500,
                },
            });
            expect(ofType(await api(), POLICY).map(({ name }) => name)).to.deep.equal(["shop-api-fleet-cpu"]);
        });

        it("labels requests in the form that Auto Scaling asks for", async () => {
            const policy = one(await web(), POLICY, "shop-web-fleet-requests");
            expect(
                at(policy.inputs, "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel"),
            ).to.match(
                /^app\/shop-web-alb-[0-9a-f]{7}\/[0-9a-f]{16}\/targetgroup\/shop-web-tg-[0-9a-f]{7}\/[0-9a-f]{16}$/,
            );
        });

        it("holds an instance until it says that it has drained, and the instance may say so of this group alone", async () => {
            const preview = await web();
            const group = one(preview, GROUP);
            expect(one(preview, HOOK).inputs).to.deep.include({
                name: "drain",
                autoscalingGroupName: group.outputs["name"],
                lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
                defaultResult: "CONTINUE",
                heartbeatTimeout: 300,
            });
            expect(statements(one(preview, ROLE_POLICY, "shop-web-fleet-drain-permission"))).to.deep.equal({
                SayThatDrained: {
                    Sid: "SayThatDrained",
                    Effect: "Allow",
                    Action: "autoscaling:CompleteLifecycleAction",
                    Resource: group.outputs["arn"],
                },
            });
            expect(bootScript(preview)).to.include("readonly lifecycle_hook='drain'");
        });
    });

    it("keeps logs for a year under the key given", async () => {
        const preview = await web();
        for (const name of ["shop-web-log", "shop-web-access-log"]) {
            expect(one(preview, LOG_GROUP, name).inputs).to.include({
                retentionInDays: 365,
                kmsKeyId: LOG_KEY,
            });
        }
    });

    it("is one piece of code for both tiers: their fleets differ in nothing but names and requests", async () => {
        const roles = (preview: Awaited<ReturnType<typeof web>>, tier: string) => {
            const fleet = one(preview, "meridian:index:InstanceFleet", `${tier}-fleet`);
            return childrenOf(preview, fleet).map(({ type, name }) => `${type} ${name.slice(tier.length)}`);
        };
        const [inWeb, inApi] = [roles(await web(), "shop-web"), roles(await api(), "shop-api")];
        expect(inApi.toSorted()).to.deep.equal(
            inWeb.filter((role) => !role.endsWith("-requests")).toSorted(),
        );
        expect(inApi).to.have.length(9);
    });
});
