import { expect } from "chai";
import { generateKeyPairSync } from "node:crypto";

import {
    type DownloadsDistributionArgs,
    VersionPlace,
} from "../../../../components/edge/downloadsDistribution/downloadsDistribution";
import { MANAGED_POLICIES } from "../../../../components/edge/distribution/policies";
import {
    previewDownloads,
    UPDATES_BALANCER,
    updatesArgs,
} from "../../../support/components/distributionArguments";
import { pathsOf, problemsIn } from "../../../support/components/problems";
import { at, json, ofType, one, type ProgramPreview } from "../../../support/preview";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const POLICY = "aws:cloudfront/cachePolicy:CachePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FUNCTION = "aws:cloudfront/function:Function";
const STORE = "aws:cloudfront/keyValueStore:KeyValueStore";
const VALUE = "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey";
const BUCKET = "aws:s3/bucket:Bucket";
const KEY = "aws:cloudfront/publicKey:PublicKey";
const GROUP = "aws:cloudfront/keyGroup:KeyGroup";
const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";

const pem = generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).publicKey;

const signed: Partial<DownloadsDistributionArgs> = {
    contents: [
        { name: "manifests", pathPatterns: ["/updates/*.json"], lifetimeSeconds: 60 },
        { name: "versions", pathPatterns: ["/updates/*"], lifetimeSeconds: 3600, signed: true },
    ],
    publicKeys: { "2026-a": pem, "2026-b": pem },
};

interface Behaviour {
    pathPattern?: string;
    targetOriginId: string;
    allowedMethods: string[];
    cachePolicyId: string;
    originRequestPolicyId: string;
    trustedKeyGroups?: string[];
    functionAssociations?: object[];
    compress: boolean;
    viewerProtocolPolicy: string;
}

const ordered = (preview: ProgramPreview): Behaviour[] =>
    one(preview, DISTRIBUTION).inputs["orderedCacheBehaviors"] as Behaviour[];

const keyParts = (preview: ProgramPreview): unknown[] =>
    ofType(preview, POLICY).map(({ inputs }) => [
        at(inputs, "parametersInCacheKeyAndForwardedToOrigin.headersConfig"),
        at(inputs, "parametersInCacheKeyAndForwardedToOrigin.queryStringsConfig"),
    ]);

describe("DownloadsDistribution", () => {
    let plain: ProgramPreview;
    let full: ProgramPreview;
    before(async () => {
        plain = await previewDownloads();
        full = await previewDownloads({
            ...updatesArgs,
            ...signed,
            balancer: { domainName: "lb.example.com", headers: [{ name: "x-from", value: "edge" }] },
            failoverBalancer: {
                loadBalancerArn: UPDATES_BALANCER.replace("eu-central-1", "us-east-1").replace(
                    "/app/",
                    "/net/",
                ),
            },
            objectStore: true,
            createDnsRecords: false,
            originShieldRegion: "eu-west-1",
            alarmTopicArns: [TOPIC],
            alarmThresholds: { cacheHitPercent: 95, clientErrorPercent: 3 },
            deletionProtection: false,
        });
    });

    describe("before a balancer that is given by its ARN", () => {
        it("asks it over TLS by the name that AWS gave it, through one shield beside it", () => {
            expect(plain.invokes.map(({ token, args }) => [token, args])).to.deep.equal([
                ["aws:lb/getLoadBalancer:getLoadBalancer", { arn: UPDATES_BALANCER, region: "eu-central-1" }],
            ]);
            expect(one(plain, DISTRIBUTION).inputs["origins"]).to.deep.equal([
                {
                    connectionAttempts: 2,
                    connectionTimeout: 5,
                    originId: "balancer",
                    domainName: "updates-0123456789abcdef.eu-central-1.elb.amazonaws.com",
                    customHeaders: [],
                    customOriginConfig: {
                        httpPort: 80,
                        httpsPort: 443,
                        originProtocolPolicy: "https-only",
                        originSslProtocols: ["TLSv1.2"],
                        originReadTimeout: 30,
                        originKeepaliveTimeout: 30,
                    },
                    originShield: { enabled: true, originShieldRegion: "eu-central-1" },
                },
            ]);
            expect(one(plain, DISTRIBUTION).inputs).not.to.have.property("originGroups");
        });

        it("has no shield where CloudFront has none in that region", async () => {
            const abroad = await previewDownloads({
                ...updatesArgs,
                region: "eu-north-1",
                balancer: { domainName: "lb.example.com" },
            });
            expect(at(one(abroad, DISTRIBUTION).inputs, "origins[0]")).not.to.have.property("originShield");
        });

        it("keeps versions for a year and manifests for a minute, by their paths alone", () => {
            const policies = ofType(plain, POLICY);
            expect(
                policies.map(({ name, inputs }) => [
                    name,
                    inputs["minTtl"],
                    inputs["defaultTtl"],
                    inputs["maxTtl"],
                ]),
            ).to.deep.equal([
                ["updates-manifests", 60, 60, 60],
                ["updates-versions", 31536000, 31536000, 31536000],
            ]);
            const nothing = [{ headerBehavior: "none" }, { queryStringBehavior: "none" }];
            expect(keyParts(plain)).to.deep.equal([nothing, nothing]);
            expect(
                ordered(plain).map(({ pathPattern, cachePolicyId }) => [
                    pathPattern,
                    policies.find(({ id }) => id === cachePolicyId)?.name,
                ]),
            ).to.deep.equal([
                ["/updates/*.json", "updates-manifests"],
                ["/downloads/*.json", "updates-manifests"],
                ["/updates/*", "updates-versions"],
                ["/downloads/*", "updates-versions"],
            ]);
        });

        it("hands the viewer's host on, or neither the balancer's certificate nor its rules fit", () => {
            for (const behaviour of ordered(plain)) {
                expect(behaviour).to.deep.include({
                    targetOriginId: "balancer",
                    allowedMethods: ["GET", "HEAD", "OPTIONS"],
                    viewerProtocolPolicy: "redirect-to-https",
                    originRequestPolicyId: MANAGED_POLICIES.hostHeaderOnly,
                    compress: false,
                });
                expect(behaviour).not.to.have.any.keys("trustedKeyGroups", "functionAssociations");
            }
        });

        it("lets everything else through as before, uncached", () => {
            expect(one(plain, DISTRIBUTION).inputs["defaultCacheBehavior"]).to.deep.include({
                targetOriginId: "balancer",
                allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                cachePolicyId: MANAGED_POLICIES.cachingDisabled,
                originRequestPolicyId: MANAGED_POLICIES.allViewer,
                responseHeadersPolicyId: MANAGED_POLICIES.securityHeaders,
            });
        });

        it("makes nothing of what leads to a bucket, and nothing for signatures", () => {
            for (const type of [FUNCTION, STORE, VALUE, KEY, GROUP]) {
                expect(ofType(plain, type), type).to.deep.equal([]);
            }
            expect(ofType(plain, BUCKET).map(({ name }) => name)).to.have.members([
                "updates-logs-bucket",
                "updates-s3-logs-bucket",
            ]);
            expect(plain.outputs).to.deep.include({ publishPermissions: [], weightPermissions: [] });
            expect(plain.outputs).not.to.have.any.keys("objectBucketName", "keyValueStoreArn");
        });

        it("counts devices that do not say what they are, and does not block them", () => {
            const acl = one(plain, "aws:wafv2/webAcl:WebAcl");
            expect(acl.inputs["scope"]).to.equal("CLOUDFRONT");
            const rules = acl.inputs["rules"] as { name: string; statement: object }[];
            expect(rules.find(({ name }) => name === "common")?.statement).to.deep.equal({
                managedRuleGroupStatement: {
                    vendorName: "AWS",
                    name: "AWSManagedRulesCommonRuleSet",
                    ruleActionOverrides: [{ name: "NoUserAgent_HEADER", actionToUse: { count: {} } }],
                },
            });
            expect(rules.map(({ name }) => name)).not.to.include("sensitive-rate-limit");
            expect(
                at(
                    rules.find(({ name }) => name === "rate-limit"),
                    "statement.rateBasedStatement.limit",
                ),
            ).to.equal(20000);
        });

        it("rings in us-east-1 when the balancer gets more than it was sized for", () => {
            const alarms = ofType(plain, ALARM);
            expect(alarms.map(({ name }) => name)).to.have.members([
                "updates-server-errors",
                "updates-origin-latency",
                "updates-blocked-requests",
                "updates-cache-hits",
                "updates-client-errors",
            ]);
            for (const alarm of alarms) {
                expect(alarm.inputs["region"], alarm.name).to.equal("us-east-1");
            }
            const hits = one(plain, ALARM, "updates-cache-hits");
            expect(hits.inputs).to.deep.include({ comparisonOperator: "LessThanThreshold", threshold: 80 });
            expect(at(hits.inputs, "metricQueries[2].expression")).to.equal(
                "IF(FILL(requests, 0) > 1000, rate)",
            );
            const subscription = one(plain, "aws:cloudfront/monitoringSubscription:MonitoringSubscription");
            expect(hits.dependencies).to.include(subscription.urn);
        });

        it("answers for its names over HTTP/3 and IPv6, from TLS 1.2 on", () => {
            expect(one(plain, DISTRIBUTION).inputs).to.deep.include({
                aliases: ["updates.example.com"],
                httpVersion: "http2and3",
                isIpv6Enabled: true,
            });
            expect(at(one(plain, DISTRIBUTION).inputs, "viewerCertificate.minimumProtocolVersion")).to.equal(
                "TLSv1.2_2021",
            );
            expect(
                ofType(plain, "aws:route53/record:Record")
                    .filter(({ inputs }) => inputs["aliases"] !== undefined)
                    .map(({ name }) => name),
            ).to.have.members(["updates-a-updates.example.com", "updates-aaaa-updates.example.com"]);
            expect(
                ofType(full, "aws:route53/record:Record").every(({ inputs }) => !inputs["aliases"]),
            ).to.equal(true);
        });
    });

    describe("with a bucket beside it", () => {
        it("fetches from the second balancer what neither the first nor the bucket gives", () => {
            const { origins, originGroups } = one(full, DISTRIBUTION).inputs as {
                origins: { originId: string; domainName: string; customHeaders: object[] }[];
                originGroups: object[];
            };
            expect(origins.map(({ originId, domainName }) => [originId, domainName])).to.deep.equal([
                ["balancer", "lb.example.com"],
                ["failover", "updates-0123456789abcdef.elb.us-east-1.amazonaws.com"],
            ]);
            expect(origins[0]?.customHeaders).to.deep.equal([{ name: "x-from", value: "edge" }]);
            expect(originGroups).to.deep.equal([
                {
                    originId: "downloads",
                    members: [{ originId: "balancer" }, { originId: "failover" }],
                    failoverCriteria: { statusCodes: [403, 404, 500, 502, 503, 504] },
                },
            ]);
            for (const { targetOriginId } of ordered(full)) {
                expect(targetOriginId).to.equal("downloads");
            }
            expect(at(one(full, DISTRIBUTION).inputs, "defaultCacheBehavior.targetOriginId")).to.equal(
                "balancer",
            );
        });

        it("asks the balancer itself once more where there is no other one", async () => {
            const alone = await previewDownloads({ ...updatesArgs, objectStore: true });
            expect(
                (one(alone, DISTRIBUTION).inputs["origins"] as { domainName: string }[]).map(
                    ({ domainName }) => domainName,
                ),
            ).to.deep.equal(Array(2).fill("updates-0123456789abcdef.eu-central-1.elb.amazonaws.com"));
            const failover = await previewDownloads({
                ...updatesArgs,
                failoverBalancer: { domainName: "lb.example.net" },
            });
            expect(
                at(one(failover, DISTRIBUTION).inputs, "originGroups[0].failoverCriteria.statusCodes"),
            ).to.deep.equal([500, 502, 503, 504]);
        });

        it("runs the function on downloads alone, and gives it the bucket and a weight of nothing", () => {
            const run = one(full, FUNCTION);
            expect(run.inputs).to.deep.include({
                runtime: "cloudfront-js-2.0",
                publish: true,
                keyValueStoreAssociations: [one(full, STORE).outputs["arn"]],
            });
            for (const { functionAssociations } of ordered(full)) {
                expect(functionAssociations).to.deep.equal([
                    { eventType: "viewer-request", functionArn: run.outputs["arn"] },
                ]);
            }
            expect(one(full, DISTRIBUTION).inputs["defaultCacheBehavior"]).not.to.have.property(
                "functionAssociations",
            );
            const objects = one(full, VALUE, "updates-origin-objects");
            expect(json(objects.inputs["value"])).to.deep.equal({
                domainName: one(full, BUCKET, "updates-objects-bucket").outputs["bucketRegionalDomainName"],
                place: "Path",
            });
            const weight = one(full, VALUE, "updates-origin-weight");
            expect(weight.inputs).to.deep.include({ key: "weight", value: "0" });
            expect(weight.ignoreChanges).to.deep.equal(["value"]);
            expect(weight.dependencies).to.include(objects.urn);
        });

        it("lets this distribution read the bucket, and says what publishers and movers need", () => {
            const policy = one(full, "aws:s3/bucketPolicy:BucketPolicy", "updates-objects-policy");
            const statements = (json(policy.inputs["policy"]) as { Statement: { Sid: string }[] }).Statement;
            expect(statements.find(({ Sid }) => Sid === "DistributionReadsObjects")).to.deep.include({
                Principal: { Service: "cloudfront.amazonaws.com" },
                Action: "s3:GetObject",
                Condition: {
                    StringEquals: { "AWS:SourceArn": one(full, DISTRIBUTION).outputs["arn"] },
                },
            });
            const store = one(full, STORE).outputs["arn"];
            expect(full.outputs["keyValueStoreArn"]).to.equal(store);
            expect(full.outputs["weightPermissions"]).to.deep.equal([
                {
                    sid: "MoveDownloads",
                    actions: [
                        "cloudfront-keyvaluestore:DescribeKeyValueStore",
                        "cloudfront-keyvaluestore:GetKey",
                        "cloudfront-keyvaluestore:PutKey",
                    ],
                    resources: [store],
                },
            ]);
            const bucket = `arn:aws:s3:::${String(full.outputs["objectBucketName"])}`;
            expect(
                (full.outputs["publishPermissions"] as { resources: string[] }[]).map(
                    ({ resources }) => resources,
                ),
            ).to.deep.equal([
                [bucket],
                [`${bucket}/*`],
                [one(full, "aws:kms/key:Key", "updates-buckets-key").outputs["arn"]],
            ]);
        });

        it("rings when the function fails, by the thresholds that were given", () => {
            const failures = one(full, ALARM, "updates-function-errors");
            expect(at(failures.inputs, "metricQueries[0].metric.dimensions")).to.deep.equal({
                FunctionName: one(full, FUNCTION).outputs["name"],
                Region: "Global",
            });
            expect(failures.inputs["alarmActions"]).to.deep.equal([TOPIC]);
            expect(one(full, ALARM, "updates-cache-hits").inputs["threshold"]).to.equal(95);
            expect(one(full, ALARM, "updates-client-errors").inputs["threshold"]).to.equal(3);
        });
    });

    it("lets signed contents through for viewers with a signature of any of the keys", () => {
        const keys = ofType(full, KEY);
        expect(keys.map(({ name, inputs }) => [name, inputs["encodedKey"]])).to.deep.equal([
            ["updates-2026-a", pem],
            ["updates-2026-b", pem],
        ]);
        expect(one(full, GROUP).inputs["items"]).to.deep.equal(keys.map(({ id }) => id));
        expect(ordered(full).map(({ trustedKeyGroups }) => trustedKeyGroups)).to.deep.equal([
            undefined,
            [one(full, GROUP).id],
        ]);
    });

    it("tells versions apart by a header or a parameter, and by nothing else of the request", async () => {
        const header = await previewDownloads({
            ...updatesArgs,
            versionKey: { place: VersionPlace.Header, name: "x-version" },
        });
        const byHeader = [
            { headerBehavior: "whitelist", headers: { items: ["x-version"] } },
            { queryStringBehavior: "none" },
        ];
        expect(keyParts(header)).to.deep.equal([byHeader, byHeader]);
        const query = await previewDownloads({
            ...updatesArgs,
            objectStore: true,
            versionKey: { place: VersionPlace.QueryString, name: "version" },
        });
        const byQuery = [
            { headerBehavior: "none" },
            { queryStringBehavior: "whitelist", queryStrings: { items: ["version"] } },
        ];
        expect(keyParts(query)).to.deep.equal([byQuery, byQuery]);
        expect(json(one(query, VALUE, "updates-origin-objects").inputs["value"])).to.deep.include({
            place: "QueryString",
            name: "version",
        });
    });

    describe("refuses", () => {
        const problemsOf = async (change: object, name?: string): Promise<string[]> =>
            problemsIn(await previewDownloads({ ...updatesArgs, ...change }, name));

        it("a balancer of no name, of two, and what is none", async () => {
            expect(await problemsOf({ balancer: {} })).to.deep.equal([
                "balancer.domainName is not given; allowed: a host name, or loadBalancerArn in its place",
            ]);
            expect(
                await problemsOf({
                    failoverBalancer: { domainName: "lb.example.com", loadBalancerArn: UPDATES_BALANCER },
                }),
            ).to.deep.equal([
                'failoverBalancer.domainName is "lb.example.com"; allowed: nothing beside loadBalancerArn. ' +
                    "A balancer is known by one of the two",
            ]);
            for (const balancer of [
                { domainName: "updates.example.com" },
                { domainName: "LB" },
                { loadBalancerArn: UPDATES_BALANCER.replace("/app/", "/gwy/") },
                { loadBalancerArn: "updates" },
            ]) {
                expect(pathsOf(await problemsOf({ balancer }))).to.deep.equal([
                    `balancer.${Object.keys(balancer)[0] ?? ""}`,
                ]);
            }
        });

        it("keys of versions that would fill the cache or are none", async () => {
            const of = async (place: VersionPlace, name?: string): Promise<string[]> =>
                pathsOf(await problemsOf({ versionKey: { place, ...(name === undefined ? {} : { name }) } }));
            expect(await of(VersionPlace.Path)).to.deep.equal([]);
            expect(await of(VersionPlace.Path, "v")).to.deep.equal(["versionKey.name"]);
            expect(await of(VersionPlace.Header)).to.deep.equal(["versionKey.name"]);
            expect(await of(VersionPlace.Header, "a".repeat(63))).to.deep.equal([]);
            for (const name of ["X-Version", "a".repeat(64), "user-agent", "range", "host"]) {
                expect(await of(VersionPlace.Header, name), name).to.deep.equal(["versionKey.name"]);
            }
            expect(await of(VersionPlace.QueryString, "Version_1.x")).to.deep.equal([]);
            expect(await of(VersionPlace.QueryString, "a b")).to.deep.equal(["versionKey.name"]);
        });

        it("contents that CloudFront would not take, or of which one would never be asked", async () => {
            const content = { name: "all", pathPatterns: ["/updates/*"], lifetimeSeconds: 60 };
            const of = async (...contents: object[]): Promise<string[]> =>
                pathsOf(await problemsOf({ contents }));
            const patterns = (count: number): object => ({
                ...content,
                pathPatterns: Array.from({ length: count }, (_, index) => `/updates/${index}/*`),
            });
            expect(await of()).to.deep.equal(["contents"]);
            expect(await of(patterns(24))).to.deep.equal([]);
            expect(await of(patterns(25))).to.deep.equal(["contents"]);
            expect(await of({ ...content, pathPatterns: [] })).to.deep.equal(["contents[0].pathPatterns"]);
            for (const path of ["updates/*", "/*", "/", "/a b"]) {
                expect(await of({ ...content, pathPatterns: [path] }), path).to.deep.equal([
                    "contents[0].pathPatterns[0]",
                ]);
            }
            expect(await of(content, content)).to.deep.equal([
                "contents[1].name",
                "contents[1].pathPatterns[0]",
            ]);
            expect(await of({ ...content, name: "-" })).to.deep.equal(["contents[0].name"]);
            for (const lifetimeSeconds of [0, 31536001, 1.5]) {
                expect(await of({ ...content, lifetimeSeconds })).to.deep.equal([
                    "contents[0].lifetimeSeconds",
                ]);
            }
            for (const lifetimeSeconds of [1, 31536000]) {
                expect(await of({ ...content, lifetimeSeconds })).to.deep.equal([]);
            }
        });

        it("signed contents without a key, keys without one, more than five and none in PEM", async () => {
            const keys = (count: number): Record<string, string> =>
                Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, pem]));
            const contents = signed.contents;
            expect(await problemsOf({ contents })).to.deep.equal([
                "publicKeys is not given; allowed: 1 to 5 public keys with a signed content",
            ]);
            expect(await problemsOf({ publicKeys: keys(1) })).to.deep.equal([
                'publicKeys is "given"; allowed: nothing while no content is signed',
            ]);
            expect(await problemsOf({ contents, publicKeys: keys(5) })).to.deep.equal([]);
            expect(pathsOf(await problemsOf({ contents, publicKeys: keys(6) }))).to.deep.equal([
                "publicKeys",
            ]);
            expect(pathsOf(await problemsOf({ contents, publicKeys: {} }))).to.deep.equal(["publicKeys"]);
            expect(pathsOf(await problemsOf({ contents, publicKeys: { a: "key" } }))).to.deep.equal([
                'publicKeys["a"]',
            ]);
        });

        it("all that is wrong at once, and names that leave its children no room", async () => {
            expect(
                pathsOf(
                    await problemsOf(
                        {
                            region: "x",
                            domainNames: [],
                            originShieldRegion: "eu-north-1",
                            alarmTopicArns: ["arn:aws:sns:eu-central-1:111122223333:alarms"],
                            alarmThresholds: { cacheHitPercent: 0, clientErrorPercent: 101 },
                        },
                        "Updates",
                    ),
                ),
            ).to.have.members([
                "name",
                "region",
                "domainNames",
                "originShieldRegion",
                "alarmTopicArns[0]",
                "alarmThresholds.cacheHitPercent",
                "alarmThresholds.clientErrorPercent",
            ]);
            expect(await problemsOf({}, "a".repeat(40))).to.deep.equal([]);
            expect(pathsOf(await problemsOf({}, "a".repeat(41)))).to.deep.equal(["name"]);
        });
    });
});
