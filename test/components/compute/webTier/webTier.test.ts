import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { Exposure } from "../../../../components/shared/exposure";
import { WebTier, type WebTierArgs } from "../../../../components/compute/webTier/webTier";
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
import { goodWeb, waitsFor } from "../../../support/components/tierArguments";

const ACL = "aws:wafv2/webAcl:WebAcl";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const BUCKET = "aws:s3/bucket:Bucket";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGETS = "aws:lb/targetGroup:TargetGroup";

const onInternet: WebTierArgs = {
    ...goodWeb,
    exposure: Exposure.Internet,
    originHeaderName: undefined,
    originHeaderValue: undefined,
};

const inNetwork: WebTierArgs = { ...onInternet, exposure: Exposure.Internal };

const make = (changes: Partial<WebTierArgs> = {}, base: WebTierArgs = goodWeb) =>
    previewProgram(() => outputsOf(new WebTier("shop-web", { ...base, ...changes }, inTestAccount())));
const refused = (changes: Partial<WebTierArgs>, name = "shop-web") =>
    refusal(() => new WebTier(name, { ...goodWeb, ...changes }, inTestAccount()));

const OUTPUTS = [
    "loadBalancerArn",
    "loadBalancerDnsName",
    "loadBalancerZoneId",
    "loadBalancerArnSuffix",
    "targetGroupArn",
    "targetGroupArnSuffix",
    "autoScalingGroupName",
    "roleArn",
    "roleName",
    "logGroupName",
    "accessLogGroupName",
    "webAclArn",
    "webAclLogGroupName",
    "webAclMetricName",
    "certificateArn",
] as const;

function outputsOf(web: WebTier): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(OUTPUTS.map((name) => [name, web[name]]));
}

describe("WebTier", () => {
    describe("does not open to the world by mistake", () => {
        it("when its exposure is misspelt, of another kind or in another case", async () => {
            for (const exposure of [
                "Cloudfront",
                "cloudfront",
                "INTERNET",
                "World",
                "",
                0,
                true,
                ["Internet"],
                {},
            ]) {
                expect(await refused({ exposure: exposure as Exposure })).to.contain(
                    `exposure is ${JSON.stringify(exposure)}; allowed: CloudFront, Internet, Internal`,
                );
            }
        });

        it("when there is none, or null", async () => {
            for (const exposure of [undefined, null as unknown as undefined]) {
                const https = one(await make({ exposure }), LISTENER, "shop-web-https");
                expect(at(https.inputs, "defaultActions[0].type")).to.equal("fixed-response");
            }
        });
    });

    describe("is refused a place that AWS would refuse or forget:", () => {
        const topic = (region: string): string => `arn:aws:sns:${region}:${TEST_ACCOUNT}:shop-alarms`;
        const key = (rest: string): string => `arn:aws:kms:${rest}`;

        it("one subnet, or none", async () => {
            for (const property of ["balancerSubnetIds", "instanceSubnetIds"] as const) {
                for (const ids of [[], ["subnet-0a"]]) {
                    const what = property === "balancerSubnetIds" ? "balancer" : "instances";
                    expect(await refused({ [property]: ids })).to.equal(
                        'meridian:index:WebTier "shop-web" has 1 problem in its arguments:\n' +
                            `  - ${property} is ${JSON.stringify(ids)}; allowed: the ids of two or more subnets for the ${what}, one in each of two or more zones`,
                    );
                }
            }
            expect(await refused({ balancerSecurityGroupIds: [] })).to.contain(
                "balancerSecurityGroupIds is []; allowed: the ids of one or more security groups",
            );
        });

        it("an alias for a key, and a key of another region", async () => {
            for (const arn of [
                key(`${TEST_REGION}:${TEST_ACCOUNT}:alias/shop`),
                key(`us-east-1:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`),
                "alias/shop",
            ]) {
                for (const property of ["kmsKeyArn", "volumeKmsKeyArn"] as const) {
                    expect(await refused({ [property]: arn })).to.contain(
                        `${property} is "${arn}"; allowed: the ARN of a KMS key in ${TEST_REGION}, arn:aws:kms:…:key/<id>. Give the key's own ARN, not an alias's`,
                    );
                }
            }
        });

        it("a topic of another region", async () => {
            expect(await refused({ alarmTopicArns: [topic(TEST_REGION), topic("us-east-1")] })).to.contain(
                `alarmTopicArns[1] is "${topic("us-east-1")}"; allowed: the ARN of a topic in ${TEST_REGION}, where the alarm is`,
            );
        });

        it("each of them as well where it is known only later", async () => {
            for (const [changes, words] of [
                [{ balancerSubnetIds: pulumi.output(["subnet-0a"]) }, "two or more subnets for the balancer"],
                [{ instanceSubnetIds: Promise.resolve([]) }, "two or more subnets for the instances"],
                [
                    { kmsKeyArn: pulumi.output(key(`${TEST_REGION}:${TEST_ACCOUNT}:alias/shop`)) },
                    "the ARN of a KMS key in eu-central-1",
                ],
                [
                    { alarmTopicArns: pulumi.output([topic("us-east-1")]) },
                    "the ARN of a topic in eu-central-1",
                ],
            ] as const) {
                expect((await make(changes)).error?.message).to.contain(words);
            }
        });
    });

    describe("the balancer", () => {
        it("faces the internet, defends itself and cannot be deleted", async () => {
            const { inputs } = one(await make(), BALANCER);
            expect(inputs).to.deep.include({
                loadBalancerType: "application",
                internal: false,
                subnets: ["subnet-0a", "subnet-0b"],
                securityGroups: ["sg-0balancer"],
                dropInvalidHeaderFields: true,
                desyncMitigationMode: "defensive",
                enableDeletionProtection: true,
                enableZonalShift: true,
            });
        });

        it("can be deleted, with its logs, where the caller says so", async () => {
            const preview = await make({ deletionProtection: false });
            expect(one(preview, BALANCER).inputs["enableDeletionProtection"]).to.equal(false);
            expect(one(preview, BUCKET).inputs["forceDestroy"]).to.equal(true);
            expect(one(preview, BUCKET).protect).to.equal(false);
        });

        it("writes its logs into a bucket of its own, once the bucket's policy allows it", async () => {
            const preview = await make();
            const balancer = one(preview, BALANCER);
            const bucket = String(one(preview, BUCKET).outputs["bucket"]);
            expect(balancer.inputs["accessLogs"]).to.deep.equal({
                enabled: true,
                bucket,
                prefix: "shop-web",
            });
            expect(balancer.inputs["connectionLogs"]).to.deep.equal({
                enabled: true,
                bucket,
                prefix: "shop-web-connections",
            });
            expect(waitsFor(preview, balancer)).to.include("shop-web-access-logs-policy");

            const policy = statements(one(preview, "aws:s3/bucketPolicy:BucketPolicy"));
            const arn = String(one(preview, BUCKET).outputs["arn"]);
            for (const [sid, prefix] of [
                ["ShopWebRequestLogs", "shop-web"],
                ["ShopWebConnectionsRequestLogs", "shop-web-connections"],
            ] as const) {
                expect(policy[sid]).to.deep.include({
                    Effect: "Allow",
                    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: [`${arn}/${prefix}/AWSLogs/${TEST_ACCOUNT}/*`],
                });
            }
        });

        it("needs a bucket that is encrypted with S3's own keys, and keeps logs as long as CloudWatch does", async () => {
            const preview = await make({ logRetentionDays: 545 });
            expect(
                one(
                    preview,
                    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                ).inputs["rules"],
            ).to.deep.equal([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
            const rules = one(preview, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
                .inputs["rules"];
            expect(rules).to.deep.include({
                id: "expire",
                status: "Enabled",
                filter: { prefix: "" },
                expiration: { days: 545 },
            });
            expect((await make({ logRetentionDays: 1 })).error).to.equal(undefined);
        });

        it("writes its logs into the bucket given, and makes none", async () => {
            const preview = await make({ accessLogBucket: "shop-logs" });
            expect(at(one(preview, BALANCER).inputs, "accessLogs.bucket")).to.equal("shop-logs");
            expect(at(one(preview, BALANCER).inputs, "connectionLogs.bucket")).to.equal("shop-logs");
            expect(ofType(preview, BUCKET)).to.deep.equal([]);
        });
    });

    describe("the target group", () => {
        it("speaks TLS to the instances, and asks for their health by TLS", async () => {
            const { inputs } = one(await make({ instancePort: 9443, healthCheckPath: "/up" }), TARGETS);
            expect(inputs).to.deep.include({
                vpcId: "vpc-0123456789abcdef0",
                targetType: "instance",
                port: 9443,
                protocol: "HTTPS",
                deregistrationDelay: 60,
                loadBalancingAlgorithmType: "least_outstanding_requests",
                loadBalancingCrossZoneEnabled: "true",
                healthCheck: {
                    enabled: true,
                    protocol: "HTTPS",
                    port: "traffic-port",
                    path: "/up",
                    matcher: "200",
                    interval: 10,
                    timeout: 5,
                    healthyThreshold: 2,
                    unhealthyThreshold: 3,
                },
            });
            // Elastic Load Balancing refuses it together with this algorithm.
            expect(inputs).to.not.have.property("slowStart");
        });
    });

    describe("behind CloudFront", () => {
        it("listens on 443 alone, with TLS 1.3 and post-quantum key exchange, and refuses by default", async () => {
            const preview = await make();
            const listener = one(preview, LISTENER);
            expect(listener.inputs).to.deep.include({
                port: 443,
                protocol: "HTTPS",
                sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
                certificateArn: preview.outputs["certificateArn"],
                defaultActions: [
                    {
                        type: "fixed-response",
                        fixedResponse: {
                            statusCode: "403",
                            contentType: "text/plain",
                            messageBody: "Forbidden",
                        },
                    },
                ],
            });
        });

        it("lets in health checks, and what carries the header", async () => {
            const preview = await make();
            const actions = [{ type: "forward", targetGroupArn: preview.outputs["targetGroupArn"] }];
            expect(
                ofType(preview, RULE).map(({ inputs }) => ({
                    priority: inputs["priority"],
                    conditions: inputs["conditions"],
                    actions: inputs["actions"],
                })),
            ).to.deep.equal([
                {
                    priority: 10,
                    conditions: [
                        { pathPattern: { values: ["/healthz"] } },
                        { httpRequestMethod: { values: ["GET", "HEAD"] } },
                    ],
                    actions,
                },
                {
                    priority: 20,
                    conditions: [
                        {
                            httpHeader: {
                                httpHeaderName: "x-meridian-origin-eu",
                                values: ["0123456789abcdefghijABCDEFGHIJ"],
                            },
                        },
                    ],
                    actions,
                },
            ]);
        });

        it("keeps the header's value secret even where it was given as a plain text", async () => {
            const rule = one(await make(), RULE, "shop-web-origin-rule");
            expect(JSON.stringify(rule.state.inputs)).to.not.include("0123456789abcdefghijABCDEFGHIJ");
            expect(JSON.stringify(rule.state.inputs)).to.include("x-meridian-origin-eu");
        });

        it("keeps it secret in its own inputs, which Pulumi's state holds too", async () => {
            for (const originHeaderValue of [
                goodWeb.originHeaderValue,
                Promise.resolve("0123456789abcdefghijABCDEFGHIJ"),
            ]) {
                const preview = await make({ originHeaderValue });
                const web = one(preview, "meridian:index:WebTier").state;
                expect(at(web.inputs, "originHeaderValue")).to.equal("[secret]");
                expect(JSON.stringify(preview.resources.map(({ state }) => state))).not.to.include(
                    "0123456789abcdefghijABCDEFGHIJ",
                );
            }
        });

        it("cannot count by address, which is CloudFront's", async () => {
            const rules = one(await make(), ACL).inputs["rules"] as { name: string }[];
            expect(rules.map(({ name }) => name)).to.deep.equal([
                "AWSManagedRulesCommonRuleSet",
                "AWSManagedRulesKnownBadInputsRuleSet",
                "AWSManagedRulesSQLiRuleSet",
            ]);
        });
    });

    describe("on the internet", () => {
        it("forwards what comes by TLS and redirects what does not", async () => {
            const preview = await make({}, onInternet);
            expect(one(preview, LISTENER, "shop-web-https").inputs["defaultActions"]).to.deep.equal([
                { type: "forward", targetGroupArn: preview.outputs["targetGroupArn"] },
            ]);
            expect(one(preview, LISTENER, "shop-web-http").inputs).to.deep.include({
                port: 80,
                protocol: "HTTP",
                defaultActions: [
                    {
                        type: "redirect",
                        redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
                    },
                ],
            });
            expect(ofType(preview, RULE)).to.deep.equal([]);
        });

        it("counts requests by address and knows bad ones", async () => {
            const rules = one(await make({ rateLimitPerFiveMinutes: 500 }, onInternet), ACL).inputs[
                "rules"
            ] as object[];
            expect(rules[0]).to.deep.include({
                name: "RateLimit",
                priority: 0,
                action: { block: {} },
                statement: {
                    rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit: 500 },
                },
            });
            expect(rules[1]).to.deep.include({
                name: "AWSManagedRulesAmazonIpReputationList",
                overrideAction: { none: {} },
            });
            expect(rules).to.have.length(5);
        });
    });

    describe("in the network alone", () => {
        it("has no public address, forwards what comes by TLS and redirects what does not", async () => {
            const preview = await make({}, inNetwork);
            expect(one(preview, BALANCER).inputs["internal"]).to.equal(true);
            expect(one(preview, LISTENER, "shop-web-https").inputs["defaultActions"]).to.deep.equal([
                { type: "forward", targetGroupArn: preview.outputs["targetGroupArn"] },
            ]);
            expect(at(one(preview, LISTENER, "shop-web-http").inputs, "defaultActions[0].type")).to.equal(
                "redirect",
            );
            expect(ofType(preview, RULE)).to.deep.equal([]);
        });

        it("counts by address where it is told to, since many clients may share one", async () => {
            const names = async (changes: Partial<WebTierArgs>): Promise<string[]> => {
                const rules = one(await make(changes, inNetwork), ACL).inputs["rules"] as { name: string }[];
                return rules.map(({ name }) => name);
            };
            const everywhere = [
                "AWSManagedRulesCommonRuleSet",
                "AWSManagedRulesKnownBadInputsRuleSet",
                "AWSManagedRulesSQLiRuleSet",
            ];
            expect(await names({})).to.deep.equal(everywhere);
            expect(await names({ rateLimitPerFiveMinutes: 500 })).to.deep.equal(["RateLimit", ...everywhere]);
        });

        it("has nothing to do with CloudFront's header", async () => {
            expect(await refused({ exposure: Exposure.Internal })).to.equal(
                [
                    'meridian:index:WebTier "shop-web" has 2 problems in its arguments:',
                    ...["originHeaderName", "originHeaderValue"].map(
                        (property) =>
                            `  - ${property} is "given"; allowed: nothing while exposure is Internal. Remove it, or let CloudFront alone reach the balancer`,
                    ),
                ].join("\n"),
            );
        });
    });

    describe("the certificate", () => {
        it("is for all names, in the balancer's region", async () => {
            const preview = await make();
            expect(one(preview, CERTIFICATE).inputs).to.deep.include({
                region: TEST_REGION,
                domainName: "origin-eu.shop.example.com",
                subjectAlternativeNames: ["eu.origin.shop.example.com", "origin.shop.example.com"],
            });
            expect(waitsFor(preview, one(preview, LISTENER))).to.include("shop-web-certificate-validation");
        });

        it("may be the caller's", async () => {
            const certificateArn = `arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1`;
            const preview = await make({ certificateArn });
            expect(ofType(preview, CERTIFICATE)).to.deep.equal([]);
            expect(one(preview, LISTENER).inputs["certificateArn"]).to.equal(certificateArn);
            expect(preview.outputs["certificateArn"]).to.equal(certificateArn);
        });
    });

    describe("as a whole", () => {
        it("has every resource in the region and under the test's provider, the records and roles apart", async () => {
            const preview = await make();
            const regional = preview.resources.filter(({ type }) => type !== "aws:route53/record:Record");
            expectRegion({ ...preview, resources: regional }, TEST_REGION);
        });

        it("has children whose names begin with its own", async () => {
            const preview = await make();
            const component = one(preview, "meridian:index:WebTier");
            expect(
                childrenOf(preview, component)
                    .map(({ name }) => name.slice("shop-web-".length))
                    .toSorted(),
            ).to.deep.equal([
                "access-log",
                "access-logs",
                "alarm-5xx-rate",
                "alarm-latency-p99",
                "alarm-no-healthy-host",
                "alarm-rejected",
                "alarm-unhealthy-hosts",
                "alb",
                "certificate",
                "firewall",
                "fleet",
                "health-check-rule",
                "https",
                "log",
                "origin-rule",
                "tg",
            ]);
            for (const { name, type } of preview.resources.filter(
                ({ type }) => !type.startsWith("pulumi:"),
            )) {
                expect(name, type).to.match(/^shop-web(?:-|$)/);
            }
        });

        it("has outputs that are all there, and are registered exactly", async () => {
            const preview = await make();
            const component = one(preview, "meridian:index:WebTier");
            expect(component.outputs).to.deep.equal(preview.outputs);
            for (const [name, value] of Object.entries(preview.outputs)) {
                expect(value, name)
                    .to.be.a("string")
                    .that.does.not.match(/undefined|\[object|Calling/);
            }
        });

        it("lets in other values of the header while it is rotated, and keeps them all secret", async () => {
            const rule = async (additionalOriginHeaderValues?: pulumi.Input<string>[]) => {
                const preview = await make({
                    ...(additionalOriginHeaderValues === undefined ? {} : { additionalOriginHeaderValues }),
                });
                expect(preview.error).to.equal(undefined);
                const { inputs } = one(preview, RULE, "shop-web-origin-rule").state;
                expect(JSON.stringify(inputs)).not.to.match(/last-year|next-value|0123456789/);
                return one(preview, RULE, "shop-web-origin-rule").inputs["conditions"];
            };
            const own = "0123456789abcdefghijABCDEFGHIJ";
            const values = (...all: string[]) => [
                { httpHeader: { httpHeaderName: "x-meridian-origin-eu", values: all } },
            ];
            expect(await rule()).to.deep.equal(values(own));
            expect(await rule([])).to.deep.equal(values(own));
            expect(
                await rule(["the-value-of-last-year", pulumi.output("the-next-value-of-all")]),
            ).to.deep.equal(values(own, "the-value-of-last-year", "the-next-value-of-all"));
        });

        it("takes values that are not known yet", async () => {
            const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
            const preview = await make({
                accountId: later(TEST_ACCOUNT),
                balancerSubnetIds: later(["subnet-0a", "subnet-0b"]),
                instanceSecurityGroupId: later("sg-later"),
                originHeaderValue: pulumi.secret("a-secret-of-an-other-resource"),
            });
            expect(preview.error).to.equal(undefined);
            expect(
                at(
                    one(preview, "aws:ec2/launchTemplate:LaunchTemplate").inputs,
                    "networkInterfaces[0].securityGroups",
                ),
            ).to.deep.equal(["sg-later"]);
        });
    });

    describe("is refused, before anything is made,", () => {
        const only = (line: string, name = "shop-web") =>
            `meridian:index:WebTier "${name}" has 1 problem in its arguments:\n  - ${line}`;

        it("behind CloudFront without the header", async () => {
            expect(await refused({ originHeaderName: undefined, originHeaderValue: undefined })).to.equal(
                'meridian:index:WebTier "shop-web" has 2 problems in its arguments:\n' +
                    "  - originHeaderName is not given; allowed: 1 to 40 letters, digits, hyphens and underscores, while exposure is CloudFront. Without the header anybody's distribution could be put in front of the balancer\n" +
                    "  - originHeaderValue is not given; allowed: a value while exposure is CloudFront",
            );
        });

        for (const value of [
            "short-of-sixteen",
            "with*wildcard-0123456789",
            "with?wildcard-0123456789",
            "ö".repeat(20),
        ]) {
            const good = value === "short-of-sixteen";
            it(`${good ? "but not" : "with"} a header's value of ${value.length} characters such as ${value.slice(0, 6)}…, which is not told`, async () => {
                if (good) {
                    expect((await make({ originHeaderValue: value })).error).to.equal(undefined);
                    return;
                }
                expect(await refused({ originHeaderValue: value })).to.equal(
                    only(
                        'originHeaderValue is "a secret of another form"; allowed: 16 to 128 letters, digits, hyphens, underscores, dots and tildes',
                    ),
                );
            });
        }

        it("with another value of the header that is too short, or with five others", async () => {
            const good = "the-value-of-last-year";
            expect(await refused({ additionalOriginHeaderValues: [good, "short"] })).to.equal(
                only(
                    'additionalOriginHeaderValues[1] is "a secret of another form"; allowed: 16 to 128 letters, digits, hyphens, underscores, dots and tildes',
                ),
            );
            expect(
                await refused({ additionalOriginHeaderValues: Array.from({ length: 5 }, () => good) }),
            ).to.equal(only('additionalOriginHeaderValues is "5 values"; allowed: 4 at most'));
            const four = Array.from({ length: 4 }, () => good);
            expect((await make({ additionalOriginHeaderValues: four })).error).to.equal(undefined);
            expect(
                await refused({
                    ...onInternet,
                    additionalOriginHeaderValues: [good],
                }),
            ).to.contain(
                'additionalOriginHeaderValues is "given"; allowed: nothing while exposure is Internet',
            );
        });

        it("with a header's value of 15 or 129 characters, but not of 128", async () => {
            expect(await refused({ originHeaderValue: "a".repeat(15) })).to.contain("16 to 128 letters");
            expect(await refused({ originHeaderValue: "a".repeat(129) })).to.contain("16 to 128 letters");
            expect((await make({ originHeaderValue: "a".repeat(128) })).error).to.equal(undefined);
        });

        it("with a header's name above 40 characters", async () => {
            expect(await refused({ originHeaderName: "x".repeat(41) })).to.contain("1 to 40 letters");
            expect((await make({ originHeaderName: "x".repeat(40) })).error).to.equal(undefined);
        });

        it("on the internet with a header that nobody would send", async () => {
            expect(await refused({ exposure: Exposure.Internet })).to.equal(
                'meridian:index:WebTier "shop-web" has 2 problems in its arguments:\n' +
                    '  - originHeaderName is "given"; allowed: nothing while exposure is Internet. Remove it, or let CloudFront alone reach the balancer\n' +
                    '  - originHeaderValue is "given"; allowed: nothing while exposure is Internet. Remove it, or let CloudFront alone reach the balancer',
            );
        });

        it("with a name that does not fit the balancer, but not with the longest that does", async () => {
            const longest = "w".repeat(20);
            expect(
                (await previewProgram(() => new WebTier(longest, goodWeb, inTestAccount()))).error,
            ).to.equal(undefined);
            expect(await refused({}, `${longest}w`)).to.equal(
                only(
                    `name is "${longest}w-alb"; allowed: at most 24 characters, because aws:lb/loadBalancer:LoadBalancer names end at 32 and auto-naming adds 8. Shorten the component's name by 1`,
                    `${longest}w`,
                ),
            );
        });

        for (const name of ["Shop-web", "1shop", "internal-web", "shop_web"]) {
            it(`with the name ${name}`, async () => {
                expect(await refused({}, name)).to.equal(
                    only(
                        `name is "${name}"; allowed: lower-case letters, digits and hyphens, beginning with a letter and not with internal-. Buckets, balancers and log groups are called after it`,
                        name,
                    ),
                );
            });
        }

        it("without a name for the certificate", async () => {
            expect(await refused({ domainNames: [] })).to.equal(
                only("domainNames is []; allowed: 1 to 10 different names"),
            );
        });

        it("with a region that is none", async () => {
            expect(await refused({ region: "Frankfurt" })).to.equal(
                only('region is "Frankfurt"; allowed: an AWS region code, such as eu-central-1'),
            );
        });
    });
});
