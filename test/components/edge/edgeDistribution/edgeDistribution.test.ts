import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    EdgeDistribution,
    GeoRestrictionType,
    PriceClass,
} from "../../../../components/edge/edgeDistribution/edgeDistribution";
import { MANAGED_POLICIES } from "../../../../components/edge/distribution/policies";
import {
    at,
    childrenOf,
    json,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    type RegisteredResource,
    testProvider,
} from "../../../support/preview";
import { downloadArgs, previewEdge, shopArgs } from "../../../support/components/distributionArguments";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const RECORD = "aws:route53/record:Record";
const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";

interface WebAclRule {
    name: string;
    statement: {
        managedRuleGroupStatement: aws.types.input.wafv2.WebAclRuleStatementManagedRuleGroupStatement;
    };
}

interface Behaviour {
    pathPattern?: string;
    targetOriginId: string;
    allowedMethods: string[];
    cachePolicyId: string;
    originRequestPolicyId?: string;
    viewerProtocolPolicy: string;
    responseHeadersPolicyId: string;
    functionAssociations?: { eventType: string; functionArn: string }[];
    compress: boolean;
}

function behaviours(distribution: RegisteredResource): Behaviour[] {
    return [
        distribution.inputs.defaultCacheBehavior as Behaviour,
        ...(distribution.inputs.orderedCacheBehaviors as Behaviour[]),
    ];
}

/** The example of the component's page. */
function largeBodies(args: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
    if (args.name !== "shop-edge-web-acl") {
        return undefined;
    }
    const props = args.props as aws.wafv2.WebAclArgs & { rules: WebAclRule[] };
    for (const rule of props.rules) {
        if (rule.name === "common") {
            rule.statement.managedRuleGroupStatement.ruleActionOverrides = [
                { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
            ];
        }
    }
    return { props, opts: args.opts };
}

describe("EdgeDistribution", () => {
    let shop: ProgramPreview;
    let downloads: ProgramPreview;
    let distribution: RegisteredResource;

    before(async () => {
        shop = await previewEdge({ ...shopArgs, alarmTopicArns: [TOPIC] });
        downloads = await previewEdge(downloadArgs, "dl-edge");
        distribution = one(shop, DISTRIBUTION);
    });

    describe("as a whole", () => {
        it("registers without warnings and without a look-up", () => {
            for (const preview of [shop, downloads]) {
                expect(preview.error).to.equal(undefined);
                expect(preview.messages).to.deep.equal([]);
                expect(preview.invokes).to.deep.equal([]);
            }
        });

        it("gives every resource a parent within the component and a name that begins with the component's", () => {
            const component = one(shop, "meridian:index:EdgeDistribution");
            const family = new Set([component.urn]);
            for (const resource of shop.resources) {
                if (family.has(resource.parent)) {
                    family.add(resource.urn);
                    expect(resource.name).to.match(/^shop-edge-/);
                }
            }
            const strangers = shop.resources
                .filter(({ type, urn }) => /^(aws|meridian):/.test(type) && !family.has(urn))
                .map(({ type, name }) => `${type} ${name}`);
            expect(strangers).to.deep.equal([]);
        });

        it("hands the program's provider to every resource", () => {
            const provider = one(shop, "pulumi:providers:aws");
            const awsResources = shop.resources.filter(({ type }) => type.startsWith("aws:"));
            expect(awsResources).to.have.length.greaterThan(50);
            for (const { name, provider: reference } of awsResources) {
                expect(reference.startsWith(`${provider.urn}::`), name).to.equal(true);
            }
        });

        it("keeps all that belongs to CloudFront in us-east-1, and the buckets in their own regions", () => {
            const regions = (...types: string[]): unknown[] => [
                ...new Set(types.flatMap((type) => ofType(shop, type).map(({ inputs }) => inputs.region))),
            ];
            expect(
                regions(
                    "aws:acm/certificate:Certificate",
                    "aws:acm/certificateValidation:CertificateValidation",
                    "aws:wafv2/webAcl:WebAcl",
                    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
                    "aws:cloudwatch/logGroup:LogGroup",
                    "aws:cloudwatch/logDeliverySource:LogDeliverySource",
                    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
                    "aws:cloudwatch/logDelivery:LogDelivery",
                    "aws:cloudwatch/metricAlarm:MetricAlarm",
                ),
            ).to.deep.equal(["us-east-1"]);
            for (const resource of shop.resources.filter(({ type }) => type.startsWith("aws:s3/"))) {
                const expected = resource.name.includes("-replica") ? "eu-west-1" : "eu-central-1";
                // The replication's configuration belongs to the bucket that is copied.
                const region = resource.name === "shop-edge-replication" ? "eu-central-1" : expected;
                expect(resource.inputs.region, resource.name).to.equal(region);
            }
        });

        it("names an ARN of another region nowhere but in what is in another region", () => {
            const us = /arn:aws:[a-z0-9-]+:us-[a-z]+-\d:/;
            for (const { type, name, inputs } of shop.resources.filter(({ custom }) => custom)) {
                const arn = us.exec(JSON.stringify(inputs))?.[0];
                const allowed =
                    inputs.region === "us-east-1" ||
                    type === DISTRIBUTION ||
                    // The log deliveries that may write to the bucket.
                    name === "shop-edge-logs-policy";
                expect(arn === undefined || allowed, `${name}: ${arn ?? ""}`).to.equal(true);
            }
        });

        it("has outputs that are all there, and are registered exactly", () => {
            expect(Object.keys(shop.outputs).sort()).to.deep.equal([
                "certificateArn",
                "distributionArn",
                "distributionDomainName",
                "distributionHostedZoneId",
                "distributionId",
                "logBucketName",
                "logDeliverySourceName",
                "replicaBucketName",
                "staticBucketArn",
                "staticBucketName",
                "staticKeyArn",
                "url",
                "webAclArn",
                "webAclLogGroupName",
                "webAclMetricName",
                "webAclName",
            ]);
            expect(one(shop, "meridian:index:EdgeDistribution").outputs).to.deep.equal(shop.outputs);
            expect(shop.outputs).to.include({
                distributionArn: distribution.outputs.arn,
                distributionId: distribution.id,
                distributionHostedZoneId: "Z2FDTNDATAQYW2",
                url: "https://eu.shop.example.com",
                webAclMetricName: "eu-shop-example-com",
            });
            expect(shop.outputs.certificateArn).to.match(/^arn:aws:acm:us-east-1:111122223333:certificate\//);
            expect(shop.outputs.staticBucketName).to.match(/^shop-edge-static-bucket-[0-9a-f]{7}$/);
        });

        it("protects what cannot be made again: buckets and keys", () => {
            const stateful = [...ofType(shop, "aws:s3/bucket:Bucket"), ...ofType(shop, "aws:kms/key:Key")];
            expect(stateful.filter(({ protect }) => !protect).map(({ name }) => name)).to.deep.equal([]);
            expect(stateful).to.have.length(8);
        });

        it("lets go of everything when deletion protection is off", async () => {
            const preview = await previewEdge({ ...shopArgs, deletionProtection: false });
            expect(preview.resources.filter(({ protect }) => protect)).to.deep.equal([]);
            for (const { inputs, name } of ofType(preview, "aws:s3/bucket:Bucket")) {
                expect(inputs.forceDestroy, name).to.equal(true);
            }
        });

        it("can exist several times in one account: names that AWS wants unique come from the domain or at random", () => {
            const fixed = ["aws:cloudwatch/logGroup:LogGroup"];
            for (const { inputs, name, type } of shop.resources.filter(({ type: token }) =>
                token.startsWith("aws:"),
            )) {
                if (typeof inputs.name === "string" && !fixed.includes(type) && type !== RECORD) {
                    expect(inputs.name, name).to.match(/-[0-9a-f]{7}$/);
                }
            }
            expect(one(shop, "aws:cloudwatch/logGroup:LogGroup").inputs.name).to.equal(
                "aws-waf-logs-edge-eu-shop-example-com",
            );
        });
    });

    describe("the distribution", () => {
        it("speaks HTTP/3, IPv6 and modern TLS under its own names", () => {
            expect(distribution.inputs).to.deep.include({
                enabled: true,
                aliases: ["eu.shop.example.com", "de.shop.example.com"],
                httpVersion: "http2and3",
                isIpv6Enabled: true,
                priceClass: "PriceClass_All",
                defaultRootObject: "index.html",
                restrictions: { geoRestriction: { restrictionType: "none" } },
            });
            expect(distribution.inputs.viewerCertificate).to.deep.equal({
                acmCertificateArn: shop.outputs.certificateArn,
                sslSupportMethod: "sni-only",
                minimumProtocolVersion: "TLSv1.2_2021",
            });
        });

        it("uses the certificate only once it is validated", () => {
            const validation = one(shop, "aws:acm/certificateValidation:CertificateValidation");
            expect(distribution.dependencies).to.include(validation.urn);
            expect(one(shop, "aws:acm/certificate:Certificate").inputs).to.deep.include({
                domainName: "eu.shop.example.com",
                subjectAlternativeNames: ["de.shop.example.com"],
            });
        });

        it("makes no certificate when it is given one", async () => {
            const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1b2c";
            const preview = await previewEdge({ ...shopArgs, certificateArn });
            expect(ofType(preview, "aws:acm/certificate:Certificate")).to.deep.equal([]);
            expect(at(one(preview, DISTRIBUTION).inputs, "viewerCertificate.acmCertificateArn")).to.equal(
                certificateArn,
            );
            expect(preview.outputs.certificateArn).to.equal(certificateArn);
        });

        it("answers dynamic paths from the application: every method, everything forwarded, nothing cached", () => {
            const [byDefault] = behaviours(distribution);
            expect(byDefault).to.include({
                targetOriginId: "dynamic",
                cachePolicyId: MANAGED_POLICIES.cachingDisabled,
                originRequestPolicyId: MANAGED_POLICIES.allViewer,
            });
            expect(byDefault?.allowedMethods).to.have.members([
                "GET",
                "HEAD",
                "OPTIONS",
                "PUT",
                "PATCH",
                "POST",
                "DELETE",
            ]);
        });

        it("uses the origin group for reading alone, and keeps the viewer's Host from S3", () => {
            const fromGroup = behaviours(distribution).filter(
                ({ targetOriginId }) => targetOriginId === "static",
            );
            expect(fromGroup.map(({ pathPattern }) => pathPattern)).to.deep.equal([
                "/maintenance/*",
                "/static/*",
                "/assets/*",
            ]);
            for (const behaviour of fromGroup) {
                expect(behaviour.allowedMethods).to.have.members(["GET", "HEAD", "OPTIONS"]);
                expect(behaviour).not.to.have.property("originRequestPolicyId");
                expect(behaviour.cachePolicyId).to.equal(MANAGED_POLICIES.cachingOptimized);
            }
        });

        it("caches nothing but static paths, so that no page with personal data stays at the edge", () => {
            for (const preview of [shop, downloads]) {
                for (const { cachePolicyId, targetOriginId } of behaviours(one(preview, DISTRIBUTION))) {
                    const uncached = cachePolicyId === MANAGED_POLICIES.cachingDisabled;
                    expect(uncached).to.equal(targetOriginId !== "static");
                }
            }
        });

        it("asks for HTTPS, compresses and sets security headers on every path", () => {
            const headers = one(shop, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
            for (const behaviour of behaviours(distribution)) {
                expect(behaviour).to.include({
                    viewerProtocolPolicy: "redirect-to-https",
                    compress: true,
                    responseHeadersPolicyId: headers.id,
                });
            }
        });

        it("runs the index function on static paths where it is wanted, and never before the application", async () => {
            const FUNCTION = "aws:cloudfront/function:Function";
            expect(ofType(shop, FUNCTION)).to.deep.equal([]);
            const preview = await previewEdge({ ...shopArgs, rewriteDirectoryIndexes: true });
            const functionArn = one(preview, FUNCTION).outputs.arn;
            for (const { functionAssociations, targetOriginId } of behaviours(one(preview, DISTRIBUTION))) {
                expect(functionAssociations).to.deep.equal(
                    targetOriginId === "static" ? [{ eventType: "viewer-request", functionArn }] : undefined,
                );
            }
            expect(one(preview, FUNCTION).inputs).to.include({ runtime: "cloudfront-js-2.0", publish: true });
            const plain = await previewEdge({ ...downloadArgs, rewriteDirectoryIndexes: false });
            expect(ofType(plain, FUNCTION)).to.deep.equal([]);
        });

        it("shows the maintenance page with status 503 when the origins fail, and soon asks again", () => {
            expect(distribution.inputs.customErrorResponses).to.deep.equal(
                [502, 503, 504].map((errorCode) => ({
                    errorCode,
                    responseCode: 503,
                    responsePagePath: "/maintenance/index.html",
                    errorCachingMinTtl: 5,
                })),
            );
        });

        it("has three origins, of which S3's two are reached through Origin Access Control alone", () => {
            const accessControl = one(shop, "aws:cloudfront/originAccessControl:OriginAccessControl");
            expect(accessControl.inputs).to.include({
                originAccessControlOriginType: "s3",
                signingBehavior: "always",
                signingProtocol: "sigv4",
            });
            const bucket = (name: string) =>
                one(shop, "aws:s3/bucket:Bucket", name).outputs.bucketRegionalDomainName;
            const patience = { connectionAttempts: 2, connectionTimeout: 5 };
            const s3 = { ...patience, originAccessControlId: accessControl.id };
            expect(distribution.inputs.origins).to.deep.equal([
                { ...s3, originId: "static-primary", domainName: bucket("shop-edge-static-bucket") },
                { ...s3, originId: "static-replica", domainName: bucket("shop-edge-static-replica-bucket") },
                {
                    ...patience,
                    originId: "dynamic",
                    domainName: "origin-eu.shop.example.com",
                    customHeaders: [{ name: "x-meridian-origin-eu", value: "open-sesame" }],
                    customOriginConfig: {
                        httpPort: 80,
                        httpsPort: 443,
                        originProtocolPolicy: "https-only",
                        originSslProtocols: ["TLSv1.2"],
                        originReadTimeout: 30,
                        originKeepaliveTimeout: 30,
                    },
                },
            ]);
            expect(bucket("shop-edge-static-bucket")).to.match(
                /^shop-edge-static-bucket-[0-9a-f]{7}\.s3\.eu-central-1\.amazonaws\.com$/,
            );
        });

        it("goes to the replica when the region fails or refuses, not for what is merely missing", () => {
            expect(distribution.inputs.originGroups).to.deep.equal([
                {
                    originId: "static",
                    members: [{ originId: "static-primary" }, { originId: "static-replica" }],
                    failoverCriteria: { statusCodes: [403, 500, 502, 503, 504] },
                },
            ]);
        });

        it("puts Origin Shield before the bucket alone", async () => {
            const preview = await previewEdge({ ...shopArgs, originShieldRegion: "eu-central-1" });
            const origins = one(preview, DISTRIBUTION).inputs.origins as Record<string, unknown>[];
            expect(origins.map(({ originId, originShield }) => [originId, originShield])).to.deep.equal([
                ["static-primary", { enabled: true, originShieldRegion: "eu-central-1" }],
                ["static-replica", undefined],
                ["dynamic", undefined],
            ]);
        });

        it("takes price class, countries, root object and static paths as told", async () => {
            const preview = await previewEdge({
                ...shopArgs,
                priceClass: PriceClass.Class100,
                geoRestriction: { type: GeoRestrictionType.Whitelist, countries: ["DE", "AT"] },
                defaultRootObject: "home",
                staticPaths: ["/img/*"],
            });
            const { inputs } = one(preview, DISTRIBUTION);
            expect(inputs).to.deep.include({
                priceClass: "PriceClass_100",
                defaultRootObject: "home",
                restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["DE", "AT"] } },
            });
            expect(at(inputs, "orderedCacheBehaviors[1].pathPattern")).to.equal("/img/*");
        });

        it("keeps the origin's headers secret, in its own state and in the component's", async () => {
            for (const value of ["open-sesame", pulumi.secret("open-sesame")]) {
                const preview = await previewEdge({
                    ...shopArgs,
                    dynamicOrigin: { domainName: "origin.example.com", headers: [{ name: "x-a", value }] },
                });
                const edge = one(preview, DISTRIBUTION).state;
                expect(at(edge.inputs, "origins[2].customHeaders[0]")).to.deep.equal({
                    name: "x-a",
                    value: "[secret]",
                });
                expect(edge.additionalSecretOutputs).to.deep.equal(["origins"]);
                const component = one(preview, "meridian:index:EdgeDistribution").state;
                expect(at(component.inputs, "dynamicOrigin.headers[0].value")).to.equal("[secret]");
                expect(JSON.stringify(preview.resources.map(({ state }) => state))).not.to.include(
                    "open-sesame",
                );
            }
        });
    });

    describe("without an application", () => {
        it("answers every path from the static site, with index pages", () => {
            const edge = one(downloads, DISTRIBUTION);
            expect(edge.inputs.orderedCacheBehaviors).to.deep.equal([]);
            const [byDefault] = behaviours(edge);
            expect(byDefault).to.include({
                targetOriginId: "static",
                cachePolicyId: MANAGED_POLICIES.cachingOptimized,
            });
            expect(byDefault?.allowedMethods).to.have.members(["GET", "HEAD", "OPTIONS"]);
            expect(byDefault?.functionAssociations).to.have.length(1);
            expect(
                (edge.inputs.origins as { originId: string }[]).map(({ originId }) => originId),
            ).to.deep.equal(["static-primary", "static-replica"]);
        });

        it("has no alarm on an application's latency, and no rule that lets writing through", () => {
            const names = ofType(downloads, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
            expect(names).to.have.members(["dl-edge-server-errors", "dl-edge-blocked-requests"]);
            expect(JSON.stringify(one(downloads, "aws:wafv2/webAcl:WebAcl").inputs.rules)).not.to.include(
                "POST",
            );
        });
    });

    describe("the response headers", () => {
        it("are those that browsers' preload lists and scanners ask for", () => {
            const { inputs } = one(shop, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
            expect(inputs.securityHeadersConfig).to.deep.include({
                strictTransportSecurity: {
                    accessControlMaxAgeSec: 63_072_000,
                    includeSubdomains: true,
                    preload: true,
                    override: true,
                },
                contentTypeOptions: { override: true },
                frameOptions: { frameOption: "DENY", override: true },
                referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
            });
            expect(at(inputs, "customHeadersConfig.items[0].header")).to.equal("Permissions-Policy");
        });

        it("leave a Content-Security-Policy of the application's own in place, else set the one given", async () => {
            const contentSecurityPolicy = "default-src 'none'";
            const preview = await previewEdge({ ...shopArgs, contentSecurityPolicy });
            const { inputs } = one(preview, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
            expect(at(inputs, "securityHeadersConfig.contentSecurityPolicy")).to.deep.equal({
                contentSecurityPolicy,
                override: false,
            });
        });

        it("do not tell viewers which key and account encrypt the site", () => {
            const { inputs } = one(shop, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
            const items = at(inputs, "removeHeadersConfig.items") as { header: string }[];
            expect(items.map(({ header }) => header)).to.include(
                "x-amz-server-side-encryption-aws-kms-key-id",
            );
            // Amazon CloudFront Developer Guide, "Quotas": headers that a policy may remove.
            expect(items).to.have.length.at.most(10);
        });
    });

    describe("the web ACL", () => {
        it("is CloudFront's, and attached by the distribution itself", () => {
            const acl = one(shop, "aws:wafv2/webAcl:WebAcl");
            expect(acl.inputs).to.deep.include({ scope: "CLOUDFRONT", defaultAction: { allow: {} } });
            expect(at(acl.inputs, "visibilityConfig.metricName")).to.equal("eu-shop-example-com");
            expect(distribution.inputs.webAclId).to.equal(acl.outputs.arn);
            expect(ofType(shop, "aws:wafv2/webAclAssociation:WebAclAssociation")).to.deep.equal([]);
        });

        it("logs what it blocked or counted, without credentials, encrypted, for a year", () => {
            const acl = one(shop, "aws:wafv2/webAcl:WebAcl");
            const logs = one(shop, "aws:cloudwatch/logGroup:LogGroup");
            const logging = one(shop, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
            const key = one(shop, "aws:kms/key:Key", "shop-edge-web-acl-logs-key");
            expect(logs.inputs).to.include({ retentionInDays: 365, kmsKeyId: key.outputs.arn });
            expect(key.inputs.region).to.equal("us-east-1");
            expect(logging.inputs).to.deep.include({
                resourceArn: acl.outputs.arn,
                logDestinationConfigs: [logs.outputs.arn],
                redactedFields: [
                    { singleHeader: { name: "authorization" } },
                    { singleHeader: { name: "cookie" } },
                ],
            });
            expect(at(logging.inputs, "loggingFilter.defaultBehavior")).to.equal("DROP");
            expect(at(logging.inputs, "loggingFilter.filters[0]")).to.deep.equal({
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                conditions: [
                    { actionCondition: { action: "BLOCK" } },
                    { actionCondition: { action: "COUNT" } },
                ],
            });
        });
    });

    describe("the alarms", () => {
        const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

        it("tell the topics of failing requests, of slow origins and of a surge of blocked requests", () => {
            const alarms = ofType(shop, ALARM).map(({ inputs }) => [
                inputs.namespace,
                inputs.metricName,
                inputs.statistic ?? inputs.extendedStatistic,
                inputs.threshold,
            ]);
            expect(alarms).to.have.deep.members([
                ["AWS/CloudFront", "5xxErrorRate", "Average", 5],
                ["AWS/CloudFront", "OriginLatency", "p99", 3000],
                ["AWS/WAFV2", "BlockedRequests", "Sum", 1000],
            ]);
            for (const { inputs, name } of ofType(shop, ALARM)) {
                expect(inputs.alarmActions, name).to.deep.equal([TOPIC]);
                expect(inputs.treatMissingData, name).to.equal("notBreaching");
            }
        });

        it("watch this distribution and this web ACL", () => {
            expect(one(shop, ALARM, "shop-edge-server-errors").inputs.dimensions).to.deep.equal({
                DistributionId: distribution.id,
                Region: "Global",
            });
            expect(one(shop, ALARM, "shop-edge-blocked-requests").inputs.dimensions).to.deep.equal({
                WebACL: "eu-shop-example-com",
                Rule: "ALL",
            });
        });

        it("have their additional metrics turned on", () => {
            const metrics = one(shop, "aws:cloudfront/monitoringSubscription:MonitoringSubscription");
            expect(metrics.inputs.distributionId).to.equal(distribution.id);
            expect(
                at(
                    metrics.inputs,
                    "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus",
                ),
            ).to.equal("Enabled");
        });

        it("ring at the thresholds given", async () => {
            const preview = await previewEdge({
                ...shopArgs,
                alarmThresholds: {
                    serverErrorPercent: 1.5,
                    originLatencyMilliseconds: 800,
                    blockedRequestsPerFiveMinutes: 50,
                },
            });
            const thresholds = ofType(preview, ALARM).map(
                ({ name, inputs }) => `${name} ${String(inputs.threshold)}`,
            );
            expect(thresholds).to.have.members([
                "shop-edge-server-errors 1.5",
                "shop-edge-origin-latency 800",
                "shop-edge-blocked-requests 50",
            ]);
        });
    });

    describe("the records", () => {
        const aliases = (preview: ProgramPreview) =>
            ofType(preview, RECORD).filter(({ inputs }) => inputs.aliases !== undefined);

        it("point every domain name at the distribution, for IPv4 and IPv6", () => {
            expect(
                aliases(shop).map(({ inputs }) => `${String(inputs.name)} ${String(inputs.type)}`),
            ).to.have.members([
                "eu.shop.example.com A",
                "eu.shop.example.com AAAA",
                "de.shop.example.com A",
                "de.shop.example.com AAAA",
            ]);
            for (const { inputs } of aliases(shop)) {
                expect(inputs.zoneId).to.equal("Z0123456789EXAMPLE0AB");
                expect(inputs.aliases).to.deep.equal([
                    {
                        name: distribution.outputs.domainName,
                        zoneId: "Z2FDTNDATAQYW2",
                        evaluateTargetHealth: false,
                    },
                ]);
            }
        });

        it("keep their names when a domain name is added before them", async () => {
            const preview = await previewEdge({
                ...shopArgs,
                domainNames: ["www.shop.example.com", ...shopArgs.domainNames],
            });
            const urns = aliases(preview).map(({ urn }) => urn);
            expect(urns).to.include.members(aliases(shop).map(({ urn }) => urn));
        });

        it("are left to others when told so", async () => {
            const preview = await previewEdge({ ...shopArgs, createDnsRecords: false });
            expect(aliases(preview)).to.deep.equal([]);
        });
    });

    describe("Shield Advanced", () => {
        it("is used only when asked for, and never subscribed to", async () => {
            const PROTECTION = "aws:shield/protection:Protection";
            expect(ofType(shop, PROTECTION)).to.deep.equal([]);
            const preview = await previewEdge({ ...shopArgs, shieldAdvanced: true });
            expect(one(preview, PROTECTION).inputs.resourceArn).to.equal(
                one(preview, DISTRIBUTION).outputs.arn,
            );
            expect(ofType(preview, "aws:shield/subscription:Subscription")).to.deep.equal([]);
        });
    });

    it("is open to Pulumi's transforms, its children by their documented names", async () => {
        const preview = await previewProgram(() => {
            new EdgeDistribution("shop-edge", shopArgs, {
                providers: [testProvider()],
                transforms: [largeBodies],
            });
        });
        const rules = one(preview, "aws:wafv2/webAcl:WebAcl").inputs.rules as { name: string }[];
        expect(
            at(
                rules.find(({ name }) => name === "common"),
                "statement.managedRuleGroupStatement.ruleActionOverrides",
            ),
        ).to.deep.equal([{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }]);
        const roles = childrenOf(preview, one(preview, "meridian:index:EdgeDistribution")).map(({ name }) =>
            name.slice("shop-edge-".length),
        );
        expect([...new Set(roles)].sort()).to.deep.equal([
            "a-de.shop.example.com",
            "a-eu.shop.example.com",
            "aaaa-de.shop.example.com",
            "aaaa-eu.shop.example.com",
            "access-logs",
            "blocked-requests",
            "certificate",
            "distribution",
            "logs",
            "maintenance-page",
            "metrics",
            "origin-access",
            "origin-latency",
            "replica-s3-logs",
            "replication",
            "response-headers",
            "s3-logs",
            "server-errors",
            "static",
            "static-policy",
            "static-replica",
            "static-replica-policy",
            "web-acl",
            "web-acl-logging",
            "web-acl-logs",
        ]);
    });

    it("writes policies that are JSON of the current grammar and name nobody by a star but to refuse", () => {
        const documents = shop.resources.flatMap(({ name, inputs }) =>
            ["policy", "assumeRolePolicy"].flatMap((property) =>
                inputs[property] === undefined ? [] : [[name, json(inputs[property])] as const],
            ),
        );
        expect(documents).to.have.length(3 + 5 + 2);
        for (const [name, document] of documents) {
            const { Version, Statement } = document as {
                Version: string;
                Statement: { Effect: string; Principal?: unknown; Sid: string }[];
            };
            expect(Version, name).to.equal("2012-10-17");
            for (const { Effect, Principal, Sid } of Statement) {
                expect(JSON.stringify(Principal ?? "") === '"*"', `${name} ${Sid}`).to.equal(
                    Effect === "Deny",
                );
            }
        }
    });

    describe("with a private balancer", () => {
        it("reaches it as a VPC origin over TLS, and not over the internet", async () => {
            const arn =
                "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/0123456789abcdef";
            const preview = await previewEdge({
                ...shopArgs,
                dynamicOrigin: { domainName: "origin-eu.shop.example.com", loadBalancerArn: arn },
            });
            const origin = one(preview, "aws:cloudfront/vpcOrigin:VpcOrigin");
            expect(origin.inputs).to.deep.include({
                vpcOriginEndpointConfig: {
                    name: "shop-edge-vpc-origin",
                    arn,
                    httpPort: 80,
                    httpsPort: 443,
                    originProtocolPolicy: "https-only",
                    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
                },
            });
            const dynamic = (one(preview, DISTRIBUTION).inputs.origins as { originId: string }[]).find(
                ({ originId }) => originId === "dynamic",
            );
            expect(dynamic).to.deep.equal({
                connectionAttempts: 2,
                connectionTimeout: 5,
                originId: "dynamic",
                domainName: "origin-eu.shop.example.com",
                customHeaders: [],
                vpcOriginConfig: {
                    vpcOriginId: origin.id,
                    originReadTimeout: 30,
                    originKeepaliveTimeout: 30,
                },
            });
        });
    });
});
