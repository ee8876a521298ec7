import { expect } from "chai";

import {
    FunctionDeploymentStrategy,
    ServerlessFunction,
    type ServerlessFunctionArgs,
    StreamPosition,
} from "../../../../components";
import {
    fullFunction,
    FUNCTION_KEY,
    FUNCTION_TOPIC,
    goodFunction,
    goodSources,
} from "../../../support/components/functionArguments";
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
import { expectRegion, inTestAccount, statements } from "../../../support/surroundings";

const FUNCTION = "aws:lambda/function:Function";
const ALIAS = "aws:lambda/alias:Alias";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const PERMISSION = "aws:lambda/permission:Permission";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const GROUP = "aws:codedeploy/deploymentGroup:DeploymentGroup";
const CONFIG = "aws:codedeploy/deploymentConfig:DeploymentConfig";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

function make(changes: Partial<ServerlessFunctionArgs> = {}) {
    return previewProgram(() => {
        const made = new ServerlessFunction("shop-carts", { ...goodFunction, ...changes }, inTestAccount());
        const { aliasArn, invokeArn, functionName, roleName, invokePermissions, deployPermissions } = made;
        const { latestVersion, securityGroupId, deploymentGroupName, deadLetterQueueArn, logGroupName } =
            made;
        return {
            ...{ aliasArn, invokeArn, functionName, roleName, invokePermissions, deployPermissions },
            ...{ latestVersion, securityGroupId, deploymentGroupName, deadLetterQueueArn, logGroupName },
        };
    });
}

const policyOf = (preview: ProgramPreview) => statements(one(preview, POLICY, "shop-carts-function-policy"));

const alarmNames = (preview: ProgramPreview) =>
    ofType(preview, ALARM).map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2));

const ofAlias = (preview: ProgramPreview) => ({
    function: one(preview, FUNCTION).outputs.name,
    qualifier: "live",
});

describe("ServerlessFunction", () => {
    let bare: ProgramPreview;
    let called: ProgramPreview;
    let full: ProgramPreview;

    before(async () => {
        bare = await make();
        called = await make(goodSources);
        full = await make(fullFunction);
    });

    describe("by itself", () => {
        it("is arm64, traced, kept by its key, and published", () => {
            expect(one(bare, FUNCTION).inputs).to.deep.include({
                architectures: ["arm64"],
                runtime: "nodejs24.x",
                handler: "index.handler",
                memorySize: 512,
                timeout: 10,
                publish: true,
                kmsKeyArn: FUNCTION_KEY,
                tracingConfig: { mode: "Active" },
                environment: { variables: {} },
            });
            expect(one(bare, FUNCTION).inputs).to.not.have.any.keys(
                "reservedConcurrentExecutions",
                "vpcConfig",
                "layers",
                "ephemeralStorage",
            );
            expect(one(bare, "aws:cloudwatch/logGroup:LogGroup").inputs).to.include({
                retentionInDays: 365,
                kmsKeyId: FUNCTION_KEY,
            });
        });

        it("may write its log, its traces and its dead letters, and read its environment", () => {
            expect(Object.keys(policyOf(bare))).to.have.members([
                "WriteLog",
                "WriteTraces",
                "KeepFailedCalls",
                "ReadEnvironment",
            ]);
            expect(policyOf(bare).KeepFailedCalls?.Resource).to.equal(one(bare, QUEUE).outputs.arn);
        });

        it("keeps what it fails on, and tries again twice within the hour", () => {
            expect(one(bare, FUNCTION).inputs.deadLetterConfig).to.deep.equal({
                targetArn: one(bare, QUEUE).outputs.arn,
            });
            expect(one(bare, INVOKE_CONFIG).inputs).to.deep.equal({
                region: TEST_REGION,
                functionName: one(bare, FUNCTION).outputs.name,
                qualifier: "live",
                maximumRetryAttempts: 2,
                maximumEventAgeInSeconds: 3600,
            });
        });

        it("is called by its alias, which an update moves to the new version", () => {
            const alias = one(bare, ALIAS);
            expect(alias.inputs).to.include({ name: "live", functionVersion: "1" });
            expect(alias.ignoreChanges).to.deep.equal([]);
            expect(bare.outputs.aliasArn).to.equal(alias.outputs.arn);
            expect(bare.outputs.invokeArn).to.match(/:function:shop-carts-function-\w+:live\/invocations$/);
            expect(bare.outputs.invokePermissions).to.deep.equal([
                {
                    sid: "InvokeFunctions",
                    actions: ["lambda:InvokeFunction"],
                    resources: [bare.outputs.aliasArn],
                },
            ]);
            expect(bare.outputs.deployPermissions).to.deep.equal([]);
            expect(bare.outputs.securityGroupId).to.equal(undefined);
            expect(bare.outputs.latestVersion).to.equal("1");
        });

        it("has no alarms where nobody is told", () => {
            expect(alarmNames(bare)).to.deep.equal([]);
        });
    });

    describe("its sources", () => {
        it("are a queue, which it answers message by message", () => {
            const { inputs } = one(called, MAPPING, "shop-carts-orders-mapping");
            expect(inputs).to.deep.include({
                functionName: called.outputs.aliasArn,
                batchSize: 10,
                maximumBatchingWindowInSeconds: 0,
                functionResponseTypes: ["ReportBatchItemFailures"],
            });
            // What fails for good is the queue's own: Lambda has no destination for it.
            expect(inputs).to.not.have.any.keys("destinationConfig", "startingPosition", "scalingConfig");
            expect(policyOf(called).TakeMessages).to.deep.include({
                Resource: [goodSources.queues.orders.queueArn],
            });
        });

        it("take no more calls than are kept free", async () => {
            const scaled = await make({ ...goodSources, reservedConcurrency: 7 });
            expect(one(scaled, MAPPING, "shop-carts-orders-mapping").inputs.scalingConfig).to.deep.equal({
                maximumConcurrency: 7,
            });
            const many = await make({ ...goodSources, reservedConcurrency: 5000 });
            expect(one(many, MAPPING, "shop-carts-orders-mapping").inputs.scalingConfig).to.deep.equal({
                maximumConcurrency: 1000,
            });
            const stopped = await make({ ...goodSources, reservedConcurrency: 0 });
            expect(one(stopped, MAPPING, "shop-carts-orders-mapping").inputs).to.not.have.property(
                "scalingConfig",
            );
        });

        it("are streams, whose bad records it gives up and keeps the place of", () => {
            for (const name of ["shop-carts-clicks-mapping", "shop-carts-carts-mapping"]) {
                expect(one(called, MAPPING, name).inputs).to.deep.include({
                    functionName: called.outputs.aliasArn,
                    startingPosition: "TRIM_HORIZON",
                    bisectBatchOnFunctionError: true,
                    maximumRetryAttempts: 5,
                    maximumRecordAgeInSeconds: 21_600,
                    functionResponseTypes: ["ReportBatchItemFailures"],
                    destinationConfig: { onFailure: { destinationArn: called.outputs.deadLetterQueueArn } },
                });
            }
            const { ReadStreams, ReadRecords, FindStreams } = policyOf(called);
            expect(ReadStreams?.Resource).to.deep.equal([goodSources.streams.clicks.streamArn]);
            expect(ReadRecords?.Resource).to.deep.equal([goodSources.streams.carts.streamArn]);
            expect(FindStreams).to.deep.include({ Action: ["dynamodb:ListStreams"], Resource: ["*"] });
        });

        it("are a consumer of a stream, by itself and by its stream", () => {
            const { ReadStreams, ReadAsConsumer, DecryptRecords } = policyOf(full);
            const stream = `arn:aws:kinesis:${TEST_REGION}:${TEST_ACCOUNT}:stream/clicks`;
            expect(ReadStreams?.Resource).to.deep.equal([stream]);
            expect(ReadAsConsumer?.Resource).to.deep.equal([`${stream}/consumer/carts:1700000000`]);
            expect(DecryptRecords?.Condition).to.deep.equal({
                StringEquals: { "kms:ViaService": [`kinesis.${TEST_REGION}.amazonaws.com`] },
            });
        });

        it("are a topic, which may call for itself and keep what it cannot deliver", () => {
            const permission = one(called, PERMISSION, "shop-carts-news-permission");
            const topicArn = goodSources.topics.news.topicArn;
            expect(permission.inputs).to.deep.include({
                ...ofAlias(called),
                principal: "sns.amazonaws.com",
                sourceArn: topicArn,
            });
            const subscription = one(called, SUBSCRIPTION);
            expect(subscription.inputs).to.include({
                topic: topicArn,
                protocol: "lambda",
                endpoint: called.outputs.aliasArn,
            });
            expect(subscription.dependencies).to.include(permission.urn);
            expect(json(subscription.inputs.redrivePolicy)).to.deep.equal({
                deadLetterTargetArn: called.outputs.deadLetterQueueArn,
            });
            const kept = statements(one(called, "aws:sqs/queuePolicy:QueuePolicy")).TopicsKeepUndelivered;
            expect(kept?.Condition).to.deep.equal({ ArnLike: { "aws:SourceArn": [topicArn] } });
            expect(one(full, SUBSCRIPTION).inputs).to.include({
                filterPolicy: '{"type":["sale"]}',
                filterPolicyScope: "MessageBody",
            });
        });

        it("are rules of a bus and of a bucket, each of which may call for itself", () => {
            for (const source of ["placed", "images"]) {
                const rule = one(called, RULE, `shop-carts-${source}-rule`);
                expect(one(called, PERMISSION, `shop-carts-${source}-permission`).inputs).to.deep.include({
                    ...ofAlias(called),
                    principal: "events.amazonaws.com",
                    sourceArn: rule.outputs.arn,
                    sourceAccount: TEST_ACCOUNT,
                });
                expect(one(called, TARGET, `shop-carts-${source}-function`).inputs).to.deep.include({
                    rule: rule.outputs.name,
                    arn: called.outputs.aliasArn,
                    deadLetterConfig: { arn: called.outputs.deadLetterQueueArn },
                });
            }
            expect(one(called, RULE, "shop-carts-placed-rule").inputs.eventBusName).to.equal("shop");
            expect(one(called, TARGET, "shop-carts-placed-function").inputs.eventBusName).to.equal("shop");
            const kept = statements(one(called, "aws:sqs/queuePolicy:QueuePolicy")).EventsKeepUndelivered;
            const rules = `arn:aws:events:${TEST_REGION}:${TEST_ACCOUNT}:rule`;
            expect(kept?.Condition).to.deep.equal({
                ArnLike: { "aws:SourceArn": [`${rules}/shop/shop-carts-*`, `${rules}/shop-carts-*`] },
            });
        });

        it("leave a bucket's notifications to its owner, and hear of keys with both ends", async () => {
            expect(ofType(called, "aws:s3/bucketNotification:BucketNotification")).to.deep.equal([]);
            const keyOf = (preview: ProgramPreview) =>
                at(
                    json(one(preview, RULE, "shop-carts-images-rule").inputs.eventPattern),
                    "detail.object.key",
                );
            expect(keyOf(full)).to.deep.equal([{ wildcard: "uploads/*.jpg" }]);
            const bucketName = "shop-images";
            const images = (keys: object) => make({ buckets: { images: { bucketName, ...keys } } });
            expect(keyOf(await images({ keyPrefix: "a/" }))).to.deep.equal([{ prefix: "a/" }]);
            expect(keyOf(await images({ keySuffix: ".b" }))).to.deep.equal([{ suffix: ".b" }]);
            expect(json(one(called, RULE, "shop-carts-images-rule").inputs.eventPattern)).to.deep.equal({
                source: ["aws.s3"],
                "detail-type": ["Object Created"],
                detail: { bucket: { name: [bucketName] } },
            });
        });

        it("are schedules with a role of their own", () => {
            const { inputs } = one(called, SCHEDULE);
            expect(inputs).to.deep.include({
                scheduleExpression: "cron(0 3 * * ? *)",
                scheduleExpressionTimezone: "UTC",
                flexibleTimeWindow: { mode: "OFF" },
            });
            expect(at(inputs, "target.arn")).to.equal(called.outputs.aliasArn);
            expect(at(inputs, "target.deadLetterConfig.arn")).to.equal(called.outputs.deadLetterQueueArn);
            const { CallFunction } = statements(one(called, POLICY, "shop-carts-schedule-policy"));
            expect(CallFunction?.Resource).to.equal(called.outputs.aliasArn);
        });

        it("need no policy of the dead letters where none of them calls", () => {
            expect(ofType(bare, "aws:sqs/queuePolicy:QueuePolicy")).to.deep.equal([]);
        });
    });

    describe("with a deployment", () => {
        it("leaves the alias to CodeDeploy, and its alarms turn a deployment back", () => {
            expect(one(full, ALIAS).ignoreChanges).to.deep.equal(["functionVersion", "routingConfig"]);
            expect(one(full, CONFIG).inputs).to.deep.include({
                computePlatform: "Lambda",
                trafficRoutingConfig: {
                    type: "TimeBasedCanary",
                    timeBasedCanary: { percentage: 20, interval: 10 },
                },
            });
            expect(one(full, GROUP).inputs).to.deep.include({
                deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
                autoRollbackConfiguration: {
                    enabled: true,
                    events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
                },
                alarmConfiguration: {
                    enabled: true,
                    alarms: [
                        one(full, ALARM, "shop-carts-deployment-errors").outputs.name,
                        "shop-checkout-errors",
                    ],
                    ignorePollAlarmFailure: false,
                },
            });
        });

        it("watches the calls of the alias alone, topics or not", async () => {
            const alone = await make({ deployment: {} });
            expect(alarmNames(alone)).to.deep.equal(["shop-carts-deployment-errors"]);
            const name = one(alone, FUNCTION).outputs.name as string;
            expect(at(one(alone, ALARM).inputs, "metricQueries[0].metric.dimensions")).to.deep.equal({
                FunctionName: name,
                Resource: `${name}:live`,
            });
        });

        it("moves calls in steps, or at once", async () => {
            const routing = async (strategy: FunctionDeploymentStrategy) =>
                one(await make({ deployment: { strategy } }), CONFIG).inputs.trafficRoutingConfig;
            expect(await routing(FunctionDeploymentStrategy.Linear)).to.deep.equal({
                type: "TimeBasedLinear",
                timeBasedLinear: { percentage: 10, interval: 5 },
            });
            expect(await routing(FunctionDeploymentStrategy.AllAtOnce)).to.deep.equal({ type: "AllAtOnce" });
        });

        it("gives out what whoever deploys needs, and CodeDeploy may move this alias alone", () => {
            const deploy = full.outputs.deployPermissions as { sid: string; resources: string[] }[];
            expect(deploy.map(({ sid }) => sid)).to.deep.equal([
                "RegisterRevisions",
                "Deploy",
                "ReadDeploymentConfiguration",
                "ReadAlias",
            ]);
            expect(deploy.flatMap(({ resources }) => resources)).to.not.include("*");
            const { MoveAlias } = statements(one(full, POLICY, "shop-carts-deployment-policy"));
            const own = one(full, FUNCTION).outputs.arn as string;
            expect(MoveAlias?.Resource).to.deep.equal([own, `${own}:*`]);
            expect(full.outputs.deploymentGroupName).to.equal("shop-carts-deployment-group");
        });
    });

    it("wears a group of its own in a network", () => {
        const { id } = one(full, "aws:ec2/securityGroup:SecurityGroup");
        expect(one(full, FUNCTION).inputs.vpcConfig).to.deep.equal({
            subnetIds: ["subnet-0a", "subnet-0b"],
            securityGroupIds: [id],
        });
        expect(full.outputs.securityGroupId).to.equal(id);
        expect(one(full, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").inputs).to.include({
            cidrIpv4: "10.0.0.0/16",
            toPort: 443,
        });
        expect(policyOf(full)).to.include.keys("JoinNetwork", "ReadItems");
    });

    it("tells destinations of its calls, and may", () => {
        const bus = `arn:aws:events:${TEST_REGION}:${TEST_ACCOUNT}:event-bus/shop`;
        const done = `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:done`;
        expect(one(full, INVOKE_CONFIG).inputs.destinationConfig).to.deep.equal({
            onFailure: { destination: bus },
            onSuccess: { destination: done },
        });
        const { TellFailures, TellSuccesses } = policyOf(full);
        expect(TellFailures).to.deep.include({ Action: ["events:PutEvents"], Resource: [bus] });
        expect(TellSuccesses).to.deep.include({ Action: ["sqs:SendMessage"], Resource: [done] });
    });

    it("writes into a bucket what failed, and needs its objects for that", async () => {
        const onFailureArn = "arn:aws:s3:::failures";
        const { TellFailures } = policyOf(await make({ asyncInvocation: { onFailureArn } }));
        expect(TellFailures).to.deep.include({
            Action: ["s3:ListBucket", "s3:PutObject"],
            Resource: [onFailureArn, `${onFailureArn}/*`],
        });
    });

    it("is wrapped by the layer of OpenTelemetry, or told where the collector is", async () => {
        const { inputs } = one(full, FUNCTION);
        expect(inputs.layers).to.deep.equal([
            ...(fullFunction.layerArns ?? []),
            fullFunction.tracing?.layerArn,
        ]);
        expect(at(inputs, "environment.variables")).to.deep.equal({
            CARTS_TABLE: "carts",
            OTEL_SERVICE_NAME: "carts",
            AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-instrument",
            OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "false",
        });
        const told = await make({ tracing: { otlpEndpoint: "http://127.0.0.1:4318" } });
        expect(at(one(told, FUNCTION).inputs, "environment.variables")).to.deep.include({
            OTEL_SERVICE_NAME: "shop-carts",
            OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
            OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        });
    });

    it("rings for errors, throttles, slow calls, late streams, and what was lost or given up", async () => {
        const own = ["errors", "throttles", "slow", "late", "lost", "given-up", "deployment-errors"];
        expect(alarmNames(full)).to.have.members(own.map((alarm) => `shop-carts-${alarm}`));
        expect(one(full, ALARM, "shop-carts-slow").inputs).to.include({ threshold: 27_000 });
        for (const { inputs } of ofType(full, ALARM)) {
            expect(inputs.alarmActions).to.deep.equal([FUNCTION_TOPIC]);
        }
        const alone = alarmNames(await make({ alarmTopicArns: [FUNCTION_TOPIC] }));
        expect(alone).to.not.include.members(["shop-carts-late"]);
        expect(alone).to.have.lengthOf(5);
    });

    it("begins a stream where it is told", async () => {
        const streams = {
            clicks: { ...goodSources.streams.clicks, startingPosition: StreamPosition.Latest },
        };
        expect(one(await make({ streams }), MAPPING).inputs.startingPosition).to.equal("LATEST");
    });

    it("is in its region with all its parts, and has its roles within the boundary", () => {
        expectRegion(full, TEST_REGION);
        expectRegion(called, TEST_REGION);
        const roles = ofType(full, "aws:iam/role:Role");
        expect(roles).to.have.lengthOf(3);
        for (const { inputs } of roles) {
            expect(inputs.permissionsBoundary).to.equal(fullFunction.permissionsBoundaryArn);
        }
    });
});
