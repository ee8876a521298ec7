import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { ApiTier, type ApiTierArgs } from "../../../../components/compute/apiTier/apiTier";
import {
    at,
    childrenOf,
    ofType,
    one,
    previewProgram,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../../support/surroundings";
import { goodApi, TOPIC, waitsFor } from "../../../support/components/tierArguments";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const BUCKET = "aws:s3/bucket:Bucket";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const LISTENER = "aws:lb/listener:Listener";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const ZONE = "aws:route53/zone:Zone";

const arn = (service: string, resource: string) =>
    `arn:aws:${service}:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`;

const make = (changes: Partial<ApiTierArgs> = {}) =>
    previewProgram(() => outputsOf(new ApiTier("shop-api", { ...goodApi, ...changes }, inTestAccount())));
const refused = (changes: Partial<ApiTierArgs>, name = "shop-api") =>
    refusal(() => new ApiTier(name, { ...goodApi, ...changes }, inTestAccount()));
const permissions = async (changes: Partial<ApiTierArgs>) =>
    statements(one(await make(changes), ROLE_POLICY, "shop-api-fleet-permissions"));

function outputsOf(api: ApiTier) {
    return {
        loadBalancerArn: api.loadBalancerArn,
        loadBalancerDnsName: api.loadBalancerDnsName,
        loadBalancerZoneId: api.loadBalancerZoneId,
        loadBalancerArnSuffix: api.loadBalancerArnSuffix,
        targetGroupArn: api.targetGroupArn,
        targetGroupArnSuffix: api.targetGroupArnSuffix,
        autoScalingGroupName: api.autoScalingGroupName,
        roleArn: api.roleArn,
        roleName: api.roleName,
        logGroupName: api.logGroupName,
        accessLogGroupName: api.accessLogGroupName,
        certificateArn: api.certificateArn,
        privateZoneId: api.privateZoneId,
        url: api.url,
    };
}

describe("ApiTier", () => {
    describe("the balancer", () => {
        it("is internal, has a security group from the first day, and crosses zones", async () => {
            const { inputs } = one(await make(), BALANCER);
            expect(inputs).to.deep.include({
                loadBalancerType: "network",
                internal: true,
                subnets: ["subnet-0a", "subnet-0b"],
                securityGroups: ["sg-0balancer"],
                enableDeletionProtection: true,
                enableCrossZoneLoadBalancing: true,
                dnsRecordClientRoutingPolicy: "partial_availability_zone_affinity",
                enableZonalShift: true,
            });
            // These are an Application Load Balancer's.
            expect(inputs).to.not.have.any.keys(
                "dropInvalidHeaderFields",
                "desyncMitigationMode",
                "connectionLogs",
                "idleTimeout",
            );
        });

        it("ends TLS with the certificate of its private name, and speaks TLS to the instances", async () => {
            const preview = await make();
            expect(one(preview, LISTENER).inputs).to.deep.include({
                port: 443,
                protocol: "TLS",
                sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
                certificateArn: preview.outputs["certificateArn"],
                defaultActions: [{ type: "forward", targetGroupArn: preview.outputs["targetGroupArn"] }],
            });
            expect(one(preview, "aws:acm/certificate:Certificate").inputs["domainName"]).to.equal(
                "api.eu.internal.shop.example.com",
            );
            expect(one(preview, TARGETS).inputs).to.deep.include({
                targetType: "instance",
                port: 8443,
                protocol: "TLS",
                deregistrationDelay: 60,
                connectionTermination: true,
                // Instances then see the balancer, whose group they let in.
                preserveClientIp: "false",
            });
            expect(one(preview, TARGETS).inputs["healthCheck"]).to.deep.include({
                protocol: "HTTPS",
                path: "/healthz",
            });
        });

        it("writes its log into a bucket of its own, once the bucket's policy allows it", async () => {
            const preview = await make();
            const balancer = one(preview, BALANCER);
            const bucket = one(preview, BUCKET);
            expect(balancer.inputs["accessLogs"]).to.deep.equal({
                enabled: true,
                bucket: bucket.outputs["bucket"],
                prefix: "shop-api",
            });
            expect(waitsFor(preview, balancer)).to.include("shop-api-access-logs-policy");

            const policy = statements(one(preview, "aws:s3/bucketPolicy:BucketPolicy"));
            const bucketArn = String(bucket.outputs["arn"]);
            const source = { "aws:SourceArn": arn("logs", "*") };
            expect(policy["ShopApiLogDeliveryChecks"]).to.deep.equal({
                Sid: "ShopApiLogDeliveryChecks",
                Effect: "Allow",
                Principal: { Service: "delivery.logs.amazonaws.com" },
                Action: "s3:GetBucketAcl",
                Resource: [bucketArn],
                Condition: { StringEquals: { "aws:SourceAccount": TEST_ACCOUNT }, ArnLike: source },
            });
            expect(policy["ShopApiLogDeliveryWrites"]).to.deep.equal({
                Sid: "ShopApiLogDeliveryWrites",
                Effect: "Allow",
                Principal: { Service: "delivery.logs.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: [`${bucketArn}/shop-api/AWSLogs/${TEST_ACCOUNT}/*`],
                Condition: {
                    StringEquals: {
                        "aws:SourceAccount": TEST_ACCOUNT,
                        "s3:x-amz-acl": "bucket-owner-full-control",
                    },
                    ArnLike: source,
                },
            });
            expect(ofType(await make({ accessLogBucket: "shop-logs" }), BUCKET)).to.deep.equal([]);
        });
    });

    describe("the private name", () => {
        it("is in a zone of the VPC's own, and follows the balancer", async () => {
            const preview = await make();
            const zone = one(preview, ZONE);
            expect(zone.inputs).to.deep.include({
                name: "eu.internal.shop.example.com",
                vpcs: [{ vpcId: "vpc-0123456789abcdef0", vpcRegion: TEST_REGION }],
            });
            expect(one(preview, "aws:route53/record:Record", "shop-api-record").inputs).to.deep.include({
                zoneId: preview.outputs["privateZoneId"],
                name: "api.eu.internal.shop.example.com",
                type: "A",
                aliases: [
                    {
                        name: preview.outputs["loadBalancerDnsName"],
                        zoneId: preview.outputs["loadBalancerZoneId"],
                        evaluateTargetHealth: true,
                    },
                ],
            });
            expect(preview.outputs["url"]).to.equal("https://api.eu.internal.shop.example.com");
        });

        it("may be in a zone that is there already, so that two tiers share a VPC", async () => {
            for (const privateZoneId of ["Z0PRIVATE", pulumi.output("Z0PRIVATE")]) {
                const preview = await make({ privateZoneId });
                expect(ofType(preview, ZONE)).to.deep.equal([]);
                expect(one(preview, "aws:route53/record:Record", "shop-api-record").inputs).to.deep.include({
                    zoneId: "Z0PRIVATE",
                    name: "api.eu.internal.shop.example.com",
                });
                expect(preview.outputs["privateZoneId"]).to.equal("Z0PRIVATE");
                expect(preview.outputs["url"]).to.equal("https://api.eu.internal.shop.example.com");
            }
        });

        it("may be in the zone that another tier of the VPC has made", async () => {
            const preview = await previewProgram(() => {
                const options = inTestAccount();
                const orders = new ApiTier("shop-orders", goodApi, options);
                const args = { ...goodApi, privateDnsName: "stock.eu.internal.shop.example.com" };
                const stock = new ApiTier(
                    "shop-stock",
                    { ...args, privateZoneId: orders.privateZoneId },
                    options,
                );
                return { first: orders.privateZoneId, second: stock.privateZoneId, url: stock.url };
            });
            expect(ofType(preview, ZONE)).to.have.length(1);
            expect(preview.outputs["second"]).to.equal(preview.outputs["first"]);
            expect(preview.outputs["url"]).to.equal("https://stock.eu.internal.shop.example.com");
        });

        it("is looked up in the zone given, which must be private and above it", async () => {
            const preview = await make({ privateZoneId: "Z0PRIVATE" });
            expect(preview.invokes.map(({ token, args }) => [token, args])).to.deep.include([
                "aws:route53/getZone:getZone",
                { zoneId: "Z0PRIVATE", privateZone: true },
            ]);
            // The preview's zones without a name are example.com's.
            const elsewhere = await make({
                privateDnsName: "api.internal.example.net",
                privateZoneId: "Z0PRIVATE",
            });
            expect(elsewhere.error?.message).to.contain(
                'privateZoneId is "Z0PRIVATE (private, example.com)"; allowed: a private zone that privateDnsName (api.internal.example.net) is in',
            );
        });

        it("may be deeper in the zone", async () => {
            const zone = one(await make({ privateZoneName: "internal.shop.example.com" }), ZONE);
            expect(zone.inputs["name"]).to.equal("internal.shop.example.com");
        });
    });

    describe("the role may use exactly what is given", () => {
        it("and nothing where nothing is", async () => {
            expect(Object.keys(await permissions({}))).to.deep.equal([
                "WriteLogs",
                "SendMetrics",
                "SendTraces",
                "ReadNoOtherParameters",
            ]);
            // A list that turns out to be empty is no list.
            expect(
                await permissions({ tableArns: pulumi.output(Promise.resolve([])), queueArns: [] }),
            ).to.deep.equal(await permissions({}));
        });

        it("secrets, to read", async () => {
            const secret = arn("secretsmanager", "secret:shop-AbCdEf");
            expect((await permissions({ secretArns: [secret] }))["ReadSecrets"]).to.deep.include({
                Effect: "Allow",
                Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                Resource: [secret],
            });
        });

        it("parameters, to read, against Session Manager's policy that would allow all", async () => {
            const parameter = arn("ssm", "parameter/meridian/prod/database/endpoint");
            const policy = await permissions({ parameterArns: [parameter] });
            expect(policy["ReadParameters"]).to.deep.include({ Resource: [parameter] });
            expect(policy["ReadNoOtherParameters"]).to.deep.include({
                Effect: "Deny",
                NotResource: [`arn:aws:ssm:${TEST_REGION}::parameter/aws/service/*`, parameter],
            });
        });

        it("tables with their indexes, but not to scan or to delete them", async () => {
            const table = arn("dynamodb", "table/shop-pii");
            const statement = (await permissions({ tableArns: [table] }))["UseTables"];
            expect(statement?.["Resource"]).to.deep.equal([table, `${table}/index/*`]);
            expect(statement?.["Action"]).to.include.members([
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
            ]);
            expect(statement?.["Action"]).to.not.include.members(["dynamodb:Scan"]);
            expect(statement?.["Action"]).to.not.include.members(["dynamodb:DeleteTable"]);
        });

        it("buckets, whose objects and no settings", async () => {
            const policy = await permissions({ bucketArns: ["arn:aws:s3:::shop-a", "arn:aws:s3:::shop-b"] });
            expect(policy["ListBuckets"]?.["Resource"]).to.deep.equal([
                "arn:aws:s3:::shop-a",
                "arn:aws:s3:::shop-b",
            ]);
            expect(policy["UseObjects"]).to.deep.include({
                Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                Resource: ["arn:aws:s3:::shop-a/*", "arn:aws:s3:::shop-b/*"],
            });
        });

        it("queues, both ways", async () => {
            const queue = arn("sqs", "shop-orders");
            const statement = (await permissions({ queueArns: pulumi.output([queue]) }))["UseQueues"];
            expect(statement?.["Resource"]).to.deep.equal([queue]);
            expect(statement?.["Action"]).to.include.members([
                "sqs:SendMessage",
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
            ]);
        });

        it("database users, to sign in as", async () => {
            const user = arn("rds-db", "dbuser:cluster-ABC/shop_app");
            expect(
                (await permissions({ databaseConnectResourceArns: [user] }))["SignInToDatabase"],
            ).to.deep.include({
                Action: ["rds-db:connect"],
                Resource: [user],
            });
        });

        it("keys, through these services of this region alone", async () => {
            const key = arn("kms", "key/1");
            const statement = (await permissions({ kmsKeyArns: [key] }))["UseKeys"];
            expect(statement?.["Resource"]).to.deep.equal([key]);
            expect(at(statement, "Condition.StringEquals")).to.have.property("kms:ViaService");
        });
    });

    describe("the alarms", () => {
        it("tell of errors, slowness, ill instances, TLS trouble and refused connections", async () => {
            const alarms = ofType(await make(), ALARM);
            expect(alarms.map(({ name }) => name).toSorted()).to.deep.equal([
                "shop-api-alarm-5xx-rate",
                "shop-api-alarm-latency-p99",
                "shop-api-alarm-no-healthy-host",
                "shop-api-alarm-rejected",
                "shop-api-alarm-tls-errors",
                "shop-api-alarm-unhealthy-hosts",
            ]);
            for (const { inputs } of alarms) {
                expect(inputs).to.deep.include({ alarmActions: [TOPIC], okActions: [TOPIC] });
            }
        });

        it("count requests in nginx's log, which the balancer does not see", async () => {
            const preview = await make();
            const group = String(preview.outputs["accessLogGroupName"]);
            const namespace = `Meridian/${group}`;
            expect(
                ofType(preview, FILTER).map(({ inputs }) => [
                    inputs["logGroupName"],
                    inputs["pattern"],
                    inputs["metricTransformation"],
                ]),
            ).to.deep.equal([
                [group, "{ $.status = * }", { namespace, name: "Requests", value: "1", unit: "Count" }],
                [group, "{ $.status >= 500 }", { namespace, name: "Errors", value: "1", unit: "Count" }],
                [
                    group,
                    "{ $.seconds = * }",
                    { namespace, name: "Seconds", value: "$.seconds", unit: "Seconds" },
                ],
            ]);
            expect(
                at(one(preview, ALARM, "shop-api-alarm-5xx-rate").inputs, "metricQueries[0].metric"),
            ).to.deep.include({
                namespace,
                metricName: "Errors",
            });
            expect(one(preview, ALARM, "shop-api-alarm-latency-p99").inputs).to.deep.include({
                namespace,
                metricName: "Seconds",
                extendedStatistic: "p99",
            });
        });

        it("look at the balancer's own metrics for the rest", async () => {
            const preview = await make();
            const suffix = preview.outputs["loadBalancerArnSuffix"];
            const dimensions = { LoadBalancer: suffix, TargetGroup: preview.outputs["targetGroupArnSuffix"] };
            expect(one(preview, ALARM, "shop-api-alarm-unhealthy-hosts").inputs).to.deep.include({
                namespace: "AWS/NetworkELB",
                metricName: "UnHealthyHostCount",
                dimensions,
                evaluationPeriods: 10,
            });
            const queries = one(preview, ALARM, "shop-api-alarm-tls-errors").inputs[
                "metricQueries"
            ] as object[];
            expect(
                queries.map((query) => at(query, "metric.metricName") ?? at(query, "expression")),
            ).to.deep.equal([
                "ClientTLSNegotiationErrorCount",
                "TargetTLSNegotiationErrorCount",
                "FILL(m0, 0) + FILL(m1, 0)",
            ]);
        });

        it("are not made for nobody", async () => {
            expect(ofType(await make({ alarmTopicArns: undefined }), ALARM)).to.deep.equal([]);
        });
    });

    describe("as a whole", () => {
        it("has every resource in the region and under the test's provider, Route 53's and the roles apart", async () => {
            const preview = await make();
            const regional = preview.resources.filter(({ type }) => !type.startsWith("aws:route53/"));
            expectRegion({ ...preview, resources: regional }, TEST_REGION);
        });

        it("has children whose names begin with its own", async () => {
            const preview = await make();
            const component = one(preview, "meridian:index:ApiTier");
            expect(
                childrenOf(preview, component)
                    .map(({ name }) => name.slice("shop-api-".length))
                    .filter((name) => !name.startsWith("alarm-"))
                    .toSorted(),
            ).to.deep.equal([
                "access-log",
                "access-logs",
                "certificate",
                "fleet",
                "log",
                "metric-errors",
                "metric-requests",
                "metric-seconds",
                "nlb",
                "record",
                "tg",
                "tls",
                "zone",
            ]);
        });

        it("has outputs that are all there, and are registered exactly", async () => {
            const preview = await make();
            expect(one(preview, "meridian:index:ApiTier").outputs).to.deep.equal(preview.outputs);
            for (const [name, value] of Object.entries(preview.outputs)) {
                expect(value, name)
                    .to.be.a("string")
                    .that.does.not.match(/undefined|\[object|Calling/);
            }
        });
    });

    describe("is refused, before anything is made,", () => {
        const only = (line: string, name = "shop-api") =>
            `meridian:index:ApiTier "${name}" has 1 problem in its arguments:\n  - ${line}`;

        it("with a target that its balancer cannot count", async () => {
            expect(await refused({ capacity: { targetRequestsPerInstance: 100 } })).to.equal(
                only(
                    "capacity.targetRequestsPerInstance is 100; allowed: nothing, because a Network Load Balancer does not count requests. Remove it",
                ),
            );
        });

        it("with a zone that its name is not in", async () => {
            expect(
                await refused({ privateZoneId: "Z0PRIVATE", privateZoneName: "internal.shop.example.com" }),
            ).to.contain(
                'privateZoneName is "internal.shop.example.com"; allowed: nothing while privateZoneId is given. Remove it: the zone has its name',
            );
            expect(await refused({ privateZoneId: goodApi.hostedZoneId })).to.contain(
                "allowed: another zone than hostedZoneId, which is public",
            );
            for (const privateZoneName of ["other.example.com", "ternal.shop.example.com", "com"]) {
                expect(await refused({ privateZoneName })).to.equal(
                    only(
                        `privateZoneName is "${privateZoneName}"; allowed: a domain that privateDnsName (api.eu.internal.shop.example.com) is in`,
                    ),
                );
            }
        });

        it("with a name that is none", async () => {
            expect(await refused({ privateDnsName: "api" })).to.contain('privateDnsName[0] is "api"');
        });

        it("with a name too long for the balancer", async () => {
            expect(await refused({}, "a".repeat(21))).to.contain("Shorten the component's name by 1");
        });

        it("with whatever both tiers refuse, all at once", async () => {
            const message = await refused({ image: "a", capacity: { minSize: 9 }, privateZoneName: "x.y" });
            expect(message).to.contain("has 3 problems");
            expect(message).to.contain('image is "a"');
            expect(message).to.contain("capacity.maxSize is 8; allowed: a whole number above minSize (9)");
        });
    });
});
