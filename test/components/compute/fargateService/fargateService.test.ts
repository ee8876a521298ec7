import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { CpuArchitecture } from "../../../../components/compute/containerService/containerArgs";
import {
    FargateService,
    type FargateServiceArgs,
} from "../../../../components/compute/fargateService/fargateService";
import {
    DIGEST,
    fullFargate,
    goodAttachment,
    goodFargate,
} from "../../../support/components/containerArguments";
import { LOG_KEY, waitsFor } from "../../../support/components/tierArguments";
import {
    at,
    json,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../../support/surroundings";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ROLE = "aws:iam/role:Role";
const SERVICE = "aws:ecs/service:Service";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

const HEALTH = { command: ["CMD-SHELL", "curl --fail http://localhost:8080/healthz"] };

const make = (changes: Partial<FargateServiceArgs> = {}, name = "shop-orders") =>
    previewProgram(() => {
        const service = new FargateService(name, { ...goodFargate, ...changes }, inTestAccount());
        return {
            port: service.port,
            containerName: service.containerName,
            targetGroupArns: service.targetGroupArns,
            securityGroupId: service.securityGroupId,
            alarmNames: service.alarmNames,
            taskDefinitionArn: service.taskDefinitionArn,
            taskRoleName: service.taskRoleName,
        };
    });
const refused = (changes: Record<string, unknown>, name = "shop-orders") =>
    refusal(() => new FargateService(name, { ...goodFargate, ...changes }, inTestAccount()));

/** The containers of the one task definition, by name. */
function containersOf(preview: ProgramPreview): Record<string, Record<string, unknown>> {
    const list = json(one(preview, TASK).inputs["containerDefinitions"]) as Record<string, unknown>[];
    return Object.fromEntries(list.map((container) => [String(container["name"]), container] as const));
}

const policy = (preview: ProgramPreview, role: string) =>
    statements(one(preview, POLICY, `shop-orders-${role}-permissions`));

describe("FargateService", () => {
    it("is in one region, with all of its resources", async () => {
        for (const args of fullFargate) {
            expectRegion(await make(args), TEST_REGION);
        }
    });

    it("runs a container that can do nothing but its work", async () => {
        const preview = await make();
        const { app = {} } = containersOf(preview);
        expect(app).to.include({
            essential: true,
            user: "1000:1000",
            privileged: false,
            readonlyRootFilesystem: true,
        });
        expect(at(app, "linuxParameters.capabilities.drop")).to.deep.equal(["ALL"]);
        expect(app["logConfiguration"]).to.deep.equal({
            logDriver: "awslogs",
            options: {
                "awslogs-group": one(preview, LOG_GROUP).inputs["name"],
                "awslogs-region": TEST_REGION,
                "awslogs-stream-prefix": "app",
                mode: "non-blocking",
                "max-buffer-size": "25m",
            },
        });
        expect(app["environment"]).to.deep.equal([
            { name: "PORT", value: "8080" },
            { name: "AWS_REGION", value: TEST_REGION },
        ]);
        const task = one(preview, TASK).inputs;
        expect(task).to.deep.include({
            family: "shop-orders",
            cpu: "256",
            memory: "512",
            networkMode: "awsvpc",
            requiresCompatibilities: ["FARGATE"],
            runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" },
            skipDestroy: true,
        });
        expect(one(preview, LOG_GROUP).inputs).to.include({ kmsKeyId: LOG_KEY, retentionInDays: 365 });
    });

    it("says the architecture, the storage and the fault injection that it is given", async () => {
        const { inputs } = one(
            await make({ architecture: CpuArchitecture.X86, ephemeralStorageGiB: 200, faultInjection: true }),
            TASK,
        );
        expect(at(inputs, "runtimePlatform.cpuArchitecture")).to.equal("X86_64");
        expect(at(inputs, "ephemeralStorage.sizeInGib")).to.equal(200);
        expect(inputs["enableFaultInjection"]).to.equal(true);
    });

    it("starts two tasks before old ones go, spread over zones, tagged, and waits until they are steady", async () => {
        const service = one(await make(), SERVICE);
        expect(service.inputs).to.deep.include({
            desiredCount: 2,
            capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
            platformVersion: "LATEST",
            availabilityZoneRebalancing: "ENABLED",
            propagateTags: "SERVICE",
            enableExecuteCommand: false,
            waitForSteadyState: true,
            healthCheckGracePeriodSeconds: 60,
            deploymentMinimumHealthyPercent: 100,
            deploymentMaximumPercent: 200,
        });
        expect(at(service.inputs, "networkConfiguration.assignPublicIp")).to.equal(false);
        expect(service.ignoreChanges).to.deep.equal(["desiredCount"]);
    });

    it("leaves the running version to a pipeline that deploys", async () => {
        const service = one(await make({ deployedByPipeline: true }), SERVICE);
        expect(service.ignoreChanges).to.deep.equal(["desiredCount", "taskDefinition"]);
        expect(service.inputs["waitForSteadyState"]).to.equal(false);
    });

    it("puts all but the first tasks on Spot where asked", async () => {
        const strategy = async (spot: FargateServiceArgs["spot"]) =>
            one(await make({ spot, scaling: { minTasks: 3 } }), SERVICE).inputs["capacityProviderStrategies"];
        expect(await strategy({})).to.deep.equal([
            { capacityProvider: "FARGATE", base: 3, weight: 0 },
            { capacityProvider: "FARGATE_SPOT", weight: 1 },
        ]);
        expect(await strategy({ onDemandTasks: 0, onDemandWeight: 1, spotWeight: 3 })).to.deep.equal([
            { capacityProvider: "FARGATE", base: 0, weight: 1 },
            { capacityProvider: "FARGATE_SPOT", weight: 3 },
        ]);
    });

    describe("its roles", () => {
        it("trust ECS in this account and region alone", async () => {
            for (const role of ofType(await make(), ROLE)) {
                const { ServiceAssumesRole: trust } = statements(role, "assumeRolePolicy");
                expect(at(trust, "Principal.Service"), role.name).to.equal("ecs-tasks.amazonaws.com");
                expect(at(trust, "Condition.ArnLike"), role.name).to.deep.equal({
                    "aws:SourceArn": `arn:aws:ecs:${TEST_REGION}:${TEST_ACCOUNT}:*`,
                });
            }
        });

        it("start tasks with their images, their secrets and their log, and nothing else", async () => {
            const secret = `arn:aws:secretsmanager:${TEST_REGION}:${TEST_ACCOUNT}:secret:shop/db-AbCdEf`;
            const parameter = `arn:aws:ssm:${TEST_REGION}:${TEST_ACCOUNT}:parameter/shop/flags`;
            const preview = await make({
                secrets: {
                    PASSWORD: `${secret}:password::`,
                    USERNAME: `${secret}:username::`,
                    FLAGS: parameter,
                },
                secretKmsKeyArns: [LOG_KEY],
            });
            const given = policy(preview, "execution");
            expect(Object.keys(given)).to.deep.equal([
                "WriteLog",
                "SignInToRegistry",
                "PullImages",
                "ReadSecrets",
                "ReadParameters",
                "DecryptSecrets",
            ]);
            expect(given["PullImages"]?.["Resource"]).to.deep.equal([
                `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/shop/orders`,
            ]);
            // One of the secret, whatever is read of it, and without what stands behind it in a reference.
            expect(given["ReadSecrets"]?.["Resource"]).to.deep.equal([secret]);
            expect(given["ReadParameters"]?.["Resource"]).to.deep.equal([parameter]);
            expect(given["DecryptSecrets"]?.["Resource"]).to.deep.equal([LOG_KEY]);
            expect(containersOf(preview)["app"]?.["secrets"]).to.deep.equal([
                { name: "PASSWORD", valueFrom: `${secret}:password::` },
                { name: "USERNAME", valueFrom: `${secret}:username::` },
                { name: "FLAGS", valueFrom: parameter },
            ]);
            // The program itself may read none of them.
            expect(ofType(preview, POLICY).map(({ name }) => name)).to.deep.equal([
                "shop-orders-execution-permissions",
            ]);
        });

        it("pull from no registry that needs no permission", async () => {
            const preview = await make({ image: "public.ecr.aws/docker/library/nginx:1.29" });
            expect(Object.keys(policy(preview, "execution"))).to.deep.equal(["WriteLog"]);
        });

        it("give the program exactly what it was given", async () => {
            const table = `arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/orders`;
            const preview = await make({
                permissions: [
                    pulumi.output([{ sid: "ReadItems", actions: ["dynamodb:GetItem"], resources: [table] }]),
                    [{ sid: "ReadItems", actions: ["dynamodb:GetItem"], resources: [`${table}/index/*`] }],
                ],
            });
            expect(policy(preview, "task")).to.deep.equal({
                ReadItems: {
                    Sid: "ReadItems",
                    Effect: "Allow",
                    Action: ["dynamodb:GetItem"],
                    Resource: [table, `${table}/index/*`],
                },
            });
        });
    });

    describe("behind balancers", () => {
        it("lets each in on its port, and hands requests on by rules", async () => {
            const preview = await make({
                balancers: {
                    inside: { ...goodAttachment, securityGroupId: "sg-0inside" },
                    edge: goodAttachment,
                },
                containerPort: 3000,
                internetEgressCidrBlocks: [],
            });
            const group = preview.outputs["securityGroupId"];
            expect(
                ofType(preview, INGRESS).map(({ inputs }) => [
                    inputs["securityGroupId"],
                    inputs["referencedSecurityGroupId"],
                    inputs["fromPort"],
                    inputs["toPort"],
                ]),
            ).to.have.deep.members([
                [group, "sg-0edge", 3000, 3000],
                [group, "sg-0inside", 3000, 3000],
            ]);
            expect(ofType(preview, EGRESS).map(({ inputs }) => inputs["securityGroupId"])).to.have.members([
                "sg-0edge",
                "sg-0inside",
            ]);
            const groups = ofType(preview, TARGETS);
            expect(groups.map(({ name }) => name)).to.deep.equal([
                "shop-orders-edge-tg",
                "shop-orders-inside-tg",
            ]);
            expect(groups[0]?.inputs).to.deep.include({
                port: 3000,
                protocol: "HTTP",
                targetType: "ip",
                deregistrationDelay: 30,
            });
            expect(preview.outputs["targetGroupArns"]).to.deep.equal({
                edge: groups[0]?.outputs["arn"],
                inside: groups[1]?.outputs["arn"],
            });
            expect(one(preview, SERVICE).inputs["loadBalancers"]).to.deep.equal(
                groups.map(({ outputs }) => ({
                    containerName: "app",
                    containerPort: 3000,
                    targetGroupArn: outputs["arn"],
                })),
            );
            expect(waitsFor(preview, one(preview, SERVICE))).to.include.members([
                "shop-orders-edge-rule-100",
                "shop-orders-inside-rule-100",
                "shop-orders-balancers-edge-ingress",
                "shop-orders-execution-permissions",
            ]);
        });

        it("has AWS make up a target group's name where Pulumi's would be too long", async () => {
            const nameOf = async (name: string) => one(await make({}, name), TARGETS).inputs;
            // 24 characters, to which Pulumi adds 8.
            expect(await nameOf("shop-orders12345")).to.not.have.property("namePrefix");
            expect(String((await nameOf("shop-orders12345"))["name"])).to.match(
                /^shop-orders12345-edge-tg-[0-9a-f]{7}$/,
            );
            const long = await nameOf("shop-recommendations");
            expect(long["namePrefix"]).to.equal("shop-");
            expect(long).to.not.have.property("name");
            expect(at(long, "tags.Name")).to.equal("shop-recommendations-edge-tg");
        });

        it("watches requests and tasks, and nothing without topics", async () => {
            const preview = await make();
            expect(ofType(preview, ALARM).map(({ name }) => name)).to.have.members([
                "shop-orders-alarm-edge-5xx-rate",
                "shop-orders-alarm-edge-latency-p99",
                "shop-orders-alarm-edge-unhealthy-tasks",
                "shop-orders-alarm-edge-no-healthy-task",
                "shop-orders-alarm-cpu",
                "shop-orders-alarm-memory",
                "shop-orders-alarm-missing-tasks",
            ]);
            expect(preview.outputs["alarmNames"]).to.have.members(
                ofType(preview, ALARM).map(({ inputs }) => inputs["name"]),
            );
            const silent = await make({ alarmTopicArns: undefined });
            expect(ofType(silent, ALARM)).to.deep.equal([]);
            expect(one(silent, SERVICE).inputs).to.not.have.property("alarms");
        });
    });

    it("stands by itself with a health check of its own", async () => {
        const preview = await make({ balancers: undefined, healthCheck: HEALTH });
        expect(ofType(preview, TARGETS)).to.deep.equal([]);
        expect(one(preview, SERVICE).inputs).to.not.have.any.keys(
            "loadBalancers",
            "healthCheckGracePeriodSeconds",
        );
        expect(containersOf(preview)["app"]?.["healthCheck"]).to.deep.equal({
            command: HEALTH.command,
            interval: 30,
            timeout: 5,
            retries: 3,
            startPeriod: 60,
        });
    });

    it("is found by its name in a namespace, or calls others alone", async () => {
        const namespaceArn = `arn:aws:servicediscovery:${TEST_REGION}:${TEST_ACCOUNT}:namespace/ns-1`;
        const configured = async (serviceConnect: FargateServiceArgs["serviceConnect"]) =>
            one(await make({ serviceConnect }), SERVICE).inputs["serviceConnectConfiguration"];
        expect(at(await configured({ namespaceArn, discoveryName: "orders" }), "services")).to.deep.equal([
            { portName: "app", discoveryName: "orders", clientAlias: [{ port: 8080, dnsName: "orders" }] },
        ]);
        expect(await configured({ namespaceArn })).to.deep.include({
            enabled: true,
            namespace: namespaceArn,
            services: [],
        });
    });

    it("opens volumes to the program with its own image, unless the image does", async () => {
        const writablePaths = ["/tmp", "/var/cache/a-b", "/var/cache/a/b", "/var/cache/a_b"];
        const preview = await make({ writablePaths });
        const volumes = (one(preview, TASK).inputs["volumes"] as { name: string }[]).map(({ name }) => name);
        expect(new Set(volumes)).to.have.lengthOf(writablePaths.length);
        const { app = {}, "open-volumes": opener = {} } = containersOf(preview);
        const mounts = writablePaths.map((containerPath, index) => ({
            sourceVolume: volumes[index],
            containerPath,
            readOnly: false,
        }));
        expect(app["mountPoints"]).to.deep.equal(mounts);
        expect(app["dependsOn"]).to.deep.equal([{ containerName: "open-volumes", condition: "SUCCESS" }]);
        expect(opener).to.deep.include({
            image: goodFargate.image,
            essential: false,
            user: "0:0",
            readonlyRootFilesystem: true,
            entryPoint: ["/bin/sh", "-c"],
            command: [`chmod 1777 ${writablePaths.join(" ")}`],
            mountPoints: mounts,
        });

        const owned = containersOf(await make({ writablePaths, imageOwnsWritablePaths: true }));
        expect(Object.keys(owned)).to.deep.equal(["app"]);
        expect(owned["app"]).to.not.have.property("dependsOn");
    });

    it("takes TLS for the program where asked, and clients connect to that", async () => {
        const image = `${TEST_ACCOUNT}.dkr.ecr.${TEST_REGION}.amazonaws.com/nginx@${DIGEST}`;
        const preview = await make({ tlsProxy: { image } });
        const { tls = {}, "prepare-tls": preparation = {}, app = {} } = containersOf(preview);
        expect(tls).to.deep.include({
            image,
            essential: true,
            user: "101:0",
            readonlyRootFilesystem: true,
            portMappings: [{ name: "tls", containerPort: 8443, protocol: "tcp" }],
            dependsOn: [{ containerName: "prepare-tls", condition: "SUCCESS" }],
        });
        expect((preparation["command"] as string[]).slice(1)).to.deep.equal([
            "prepare-tls",
            "/tls",
            "8443",
            "8080",
        ]);
        expect(preparation["mountPoints"]).to.deep.equal(tls["mountPoints"]);
        expect(app["mountPoints"]).to.deep.equal([]);
        expect(preview.outputs["port"]).to.equal(8443);
        expect(one(preview, TARGETS).inputs).to.deep.include({ port: 8443, protocol: "HTTPS" });
        expect(at(one(preview, TARGETS).inputs, "healthCheck.protocol")).to.equal("HTTPS");
        expect(at(one(preview, SERVICE).inputs, "loadBalancers[0].containerName")).to.equal("tls");
        expect(policy(preview, "execution")["PullImages"]?.["Resource"]).to.have.members([
            `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/shop/orders`,
            `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/nginx`,
        ]);
    });

    it("sends traces through a collector whose end the service outlives", async () => {
        const preview = await make({
            tracing: { collectorImage: `public.ecr.aws/aws-observability/aws-otel-collector@${DIGEST}` },
        });
        const { traces = {}, app = {} } = containersOf(preview);
        expect(traces).to.include({ essential: false, readonlyRootFilesystem: true });
        expect(app["environment"]).to.deep.include({
            name: "OTEL_EXPORTER_OTLP_ENDPOINT",
            value: "http://127.0.0.1:4318",
        });
        const [, configuration] = traces["environment"] as { name: string; value: string }[];
        expect(configuration?.name).to.equal("AOT_CONFIG_CONTENT");
        expect(configuration?.value).to.contain("127.0.0.1:4318");
        expect(Object.keys(policy(preview, "task"))).to.deep.equal(["SendTraces"]);
    });

    it("lets people in only where asked, and writes down what they do", async () => {
        const log = `arn:aws:logs:${TEST_REGION}:${TEST_ACCOUNT}:log-group:shop-command-log`;
        const preview = await make({ commandExecution: { logGroupArn: log, kmsKeyArn: LOG_KEY } });
        expect(one(preview, SERVICE).inputs["enableExecuteCommand"]).to.equal(true);
        expect(containersOf(preview)["app"]).to.deep.include({
            readonlyRootFilesystem: false,
            linuxParameters: { initProcessEnabled: true },
        });
        const given = policy(preview, "task");
        expect(given["RecordSession"]?.["Resource"]).to.equal(`${log}:*`);
        expect(given["DecryptSession"]?.["Resource"]).to.equal(LOG_KEY);
    });

    it("shows no secret value to those who may describe the task", async () => {
        const { error } = await make({ environment: { TOKEN: pulumi.secret("hunter2") } });
        expect(error?.message).to.contain("The environment of shop-orders has secret values: TOKEN.");
        expect(error?.message).to.not.contain("hunter2");
    });

    it("refuses what AWS would, all of it at once and before anything is made", async () => {
        const message = await refused({
            region: "nowhere",
            cpu: 300,
            user: "0:0",
            containerPort: 80,
            scaling: { minTasks: 3, maxTasks: 2 },
            stopTimeoutSeconds: 121,
        });
        for (const path of [
            "region",
            "cpu",
            "user",
            "containerPort",
            "scaling.maxTasks",
            "stopTimeoutSeconds",
        ]) {
            expect(message).to.match(new RegExp(`^  - ${path} is `, "m"));
        }
    });

    const problems: [what: string, changes: Record<string, unknown>, problem: string][] = [
        ["a user that is root by name", { user: "root" }, "user is"],
        ["root's group alone is no user", { user: ":0" }, "user is"],
        ["a port that the collector has", { containerPort: 4318 }, "containerPort is 4318"],
        ["an image that may be another tomorrow", { image: "shop/orders:latest" }, "image is"],
        [
            "somebody else's image by a tag",
            { tlsProxy: { image: "public.ecr.aws/nginx/nginx:1.29" } },
            "tlsProxy.image is",
        ],
        [
            "a proxy on the program's port",
            { tlsProxy: { image: `nginx@${DIGEST}`, port: 8080 } },
            "tlsProxy.port is 8080",
        ],
        [
            "a proxy for a program that takes TLS itself",
            { tlsProxy: { image: `nginx@${DIGEST}` }, containerProtocol: "HTTPS" },
            "tlsProxy is",
        ],
        ["nobody who asks for its health", { balancers: undefined }, "healthCheck is not given"],
        ["a health check without a program", { healthCheck: { command: ["CMD"] } }, "healthCheck.command is"],
        [
            "a health check of two lines",
            { healthCheck: { command: ["CMD-SHELL", "a", "b"] } },
            "healthCheck.command is",
        ],
        [
            "a secret of another region",
            { secrets: { A: `arn:aws:secretsmanager:us-east-1:${TEST_ACCOUNT}:secret:a` } },
            'secrets["A"] is',
        ],
        ["a secret by its name", { secrets: { A: "shop/db" } }, 'secrets["A"] is'],
        [
            "a variable twice",
            {
                environment: { A: "1" },
                secrets: { A: `arn:aws:secretsmanager:${TEST_REGION}:${TEST_ACCOUNT}:secret:a` },
            },
            "secrets is",
        ],
        ["the root file system itself", { writablePaths: ["/"] }, "writablePaths[0] is"],
        ["a way out of a path", { writablePaths: ["/tmp/../etc"] }, "writablePaths is"],
        ["a path twice", { writablePaths: ["/tmp", "/tmp"] }, "writablePaths is"],
        ["volumes of no path", { imageOwnsWritablePaths: true }, "imageOwnsWritablePaths is"],
        ["little storage", { ephemeralStorageGiB: 20 }, "ephemeralStorageGiB is 20"],
        ["much storage", { ephemeralStorageGiB: 201 }, "ephemeralStorageGiB is 201"],
        ["Spot without a share", { spot: { spotWeight: 0 } }, "spot.spotWeight is 0"],
        [
            "requests that nobody counts",
            { balancers: undefined, healthCheck: HEALTH, scaling: { requestsPerTarget: 10 } },
            "scaling.requestsPerTarget is",
        ],
        [
            "a queue by its address",
            { scaling: { backlog: { queueName: "https://sqs/q", messagesPerTask: 1 } } },
            "scaling.backlog.queueName is",
        ],
        [
            "a namespace that the cluster has not",
            { serviceConnect: { namespaceArn: "" } },
            "serviceConnect.namespaceArn is",
        ],
        [
            "a port for a name that it has not",
            {
                serviceConnect: {
                    namespaceArn: `arn:aws:servicediscovery:${TEST_REGION}:${TEST_ACCOUNT}:namespace/ns-1`,
                    clientPort: 80,
                },
            },
            "serviceConnect.clientPort is 80",
        ],
        [
            "sessions that the cluster does not record",
            { commandExecution: { logGroupArn: "", kmsKeyArn: LOG_KEY } },
            "commandExecution.logGroupArn is",
        ],
    ];
    for (const [what, changes, problem] of problems) {
        it(`refuses ${what}`, async () => {
            const message = await refused(changes);
            expect(message).to.match(/has 1 problem in its arguments/);
            expect(message).to.contain(`  - ${problem}`);
        });
    }

    it("refuses a name of which AWS makes no role's, and no other", async () => {
        const longest = "s".repeat(36);
        expect((await make({}, longest)).error).to.equal(undefined);
        expect(await refused({}, `${longest}s`)).to.contain("  - name is");
        expect(await refused({}, "Shop")).to.contain("lower-case letters");
    });
});
