import { expect } from "chai";

import { LOG_FIELDS } from "../../../../components/edge/distribution/logs";
import { maintenanceHtml } from "../../../../components/edge/edgeDistribution/maintenancePage";
import {
    at,
    json,
    ofType,
    one,
    type ProgramPreview,
    type RegisteredResource,
} from "../../../support/preview";
import { previewEdge, shopArgs } from "../../../support/components/distributionArguments";

const BUCKET = "aws:s3/bucket:Bucket";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const KEY = "aws:kms/key:Key";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const LOGGING = "aws:s3/bucketLogging:BucketLogging";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

interface Statement {
    Sid: string;
    Effect: string;
    Principal?: unknown;
    Action: string | string[];
    Resource: string | string[];
    Condition?: Record<string, Record<string, unknown>>;
}

function statements(document: unknown): Statement[] {
    return (json(document) as { Statement: Statement[] }).Statement;
}

function allowed(policy: RegisteredResource): Statement[] {
    return statements(policy.inputs.policy).filter(({ Effect }) => Effect === "Allow");
}

function nameOf(preview: ProgramPreview, role: string): string {
    const { bucket } = one(preview, BUCKET, `shop-edge-${role}-bucket`).outputs;
    if (typeof bucket !== "string") {
        throw new Error(`the preview made up no name for the bucket ${role}`);
    }
    return bucket;
}

describe("the static site of EdgeDistribution", () => {
    let preview: ProgramPreview;

    const bucketName = (name: string): string => nameOf(preview, name);
    const keyArn = (name: string): unknown => one(preview, KEY, `shop-edge-${name}-key`).outputs.arn;

    before(async () => {
        preview = await previewEdge(shopArgs);
    });

    it("is open to its own distribution alone, for reading objects and for learning what is missing", () => {
        const distribution = one(preview, "aws:cloudfront/distribution:Distribution").outputs.arn;
        for (const role of ["static", "static-replica"]) {
            const bucket = `arn:aws:s3:::${bucketName(role)}`;
            expect(allowed(one(preview, POLICY, `shop-edge-${role}-policy`)), role).to.deep.equal(
                [
                    { Sid: "DistributionReadsObjects", Action: "s3:GetObject", Resource: [`${bucket}/*`] },
                    { Sid: "DistributionLearnsWhatIsMissing", Action: "s3:ListBucket", Resource: [bucket] },
                ].map((statement) => ({
                    ...statement,
                    Effect: "Allow",
                    Principal: { Service: "cloudfront.amazonaws.com" },
                    Condition: { StringEquals: { "AWS:SourceArn": distribution } },
                })),
            );
        }
    });

    it("refuses requests without TLS in every bucket", () => {
        const policies = ofType(preview, POLICY);
        expect(policies).to.have.length(ofType(preview, BUCKET).length);
        for (const { inputs, name } of policies) {
            const denied = statements(inputs.policy).filter(({ Effect }) => Effect === "Deny");
            expect(JSON.stringify(denied), name).to.include('"aws:SecureTransport":"false"');
        }
    });

    it("is made before the distribution, and opened to it after", () => {
        const distribution = one(preview, "aws:cloudfront/distribution:Distribution");
        const dependencies = distribution.dependencies.join("\n");
        for (const role of ["static", "static-replica"]) {
            expect(dependencies).to.include(`::shop-edge-${role}-bucket`);
            const policy = one(preview, POLICY, `shop-edge-${role}-policy`);
            expect(policy.dependencies).to.include(distribution.urn);
            // S3 refuses to change both at the same time.
            expect(policy.dependencies.join("\n")).to.include(`::shop-edge-${role}-public-access`);
        }
    });

    it("is encrypted with a key of each region, which CloudFront may use for this account's distributions", () => {
        for (const role of ["static", "static-replica"]) {
            expect(
                at(one(preview, ENCRYPTION, `shop-edge-${role}-encryption`).inputs, "rules[0]"),
            ).to.deep.equal({
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn(role) },
                bucketKeyEnabled: true,
            });
            const key = one(preview, KEY, `shop-edge-${role}-key`);
            const cloudFront = statements(key.inputs.policy).find(
                ({ Principal }) => JSON.stringify(Principal) === '{"Service":"cloudfront.amazonaws.com"}',
            );
            expect(cloudFront?.Action).to.deep.equal(["kms:Decrypt"]);
            expect(cloudFront?.Condition).to.deep.equal({
                ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*" },
            });
            expect(key.inputs.enableKeyRotation).to.equal(true);
        }
        expect(one(preview, KEY, "shop-edge-static-replica-key").inputs.region).to.equal("eu-west-1");
    });

    it("is copied whole, deletions too, within a quarter of an hour and measured", () => {
        const replication = one(preview, REPLICATION);
        expect(replication.inputs).to.deep.include({
            region: "eu-central-1",
            bucket: bucketName("static"),
            rules: [
                {
                    id: "everything",
                    priority: 0,
                    status: "Enabled",
                    filter: { prefix: "" },
                    deleteMarkerReplication: { status: "Enabled" },
                    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                    destination: {
                        bucket: `arn:aws:s3:::${bucketName("static-replica")}`,
                        encryptionConfiguration: { replicaKmsKeyId: keyArn("static-replica") },
                        replicationTime: { status: "Enabled", time: { minutes: 15 } },
                        metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                    },
                },
            ],
        });
    });

    it("is copied only once both buckets keep versions and the role may copy", () => {
        const dependencies = one(preview, REPLICATION).dependencies.join("\n");
        for (const name of ["shop-edge-static-versioning", "shop-edge-static-replica-versioning"]) {
            expect(dependencies).to.include(`::${name}`);
            expect(at(one(preview, VERSIONING, name).inputs, "versioningConfiguration.status")).to.equal(
                "Enabled",
            );
        }
        expect(dependencies).to.include(one(preview, "aws:iam/rolePolicy:RolePolicy").urn);
    });

    it("is copied by a role that S3 alone assumes, for this bucket alone, with no right on anything else", () => {
        const role = one(preview, "aws:iam/role:Role");
        const source = `arn:aws:s3:::${bucketName("static")}`;
        const replica = `arn:aws:s3:::${bucketName("static-replica")}`;
        const trust = statements(role.inputs.assumeRolePolicy);
        expect(trust).to.have.length(1);
        expect(trust[0]?.Principal).to.deep.equal({ Service: "s3.amazonaws.com" });
        expect(trust[0]?.Condition).to.deep.include({ ArnLike: { "aws:SourceArn": source } });
        const rights = statements(one(preview, "aws:iam/rolePolicy:RolePolicy").inputs.policy);
        expect(rights.map(({ Action, Resource }) => [Resource, ...[Action].flat()])).to.deep.equal([
            [source, "s3:GetReplicationConfiguration", "s3:ListBucket"],
            [
                `${source}/*`,
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionTagging",
            ],
            [`${replica}/*`, "s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
            [keyArn("static"), "kms:Decrypt"],
            [keyArn("static-replica"), "kms:Encrypt", "kms:GenerateDataKey"],
        ]);
        expect(rights.slice(3).map(({ Condition }) => Condition)).to.deep.equal([
            { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
            { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        ]);
    });

    it("holds the maintenance page, uploaded once it is copied to the replica too", () => {
        const page = one(preview, "aws:s3/bucketObjectv2:BucketObjectv2");
        expect(page.inputs).to.deep.include({
            region: "eu-central-1",
            bucket: bucketName("static"),
            key: "maintenance/index.html",
            content: maintenanceHtml(),
            contentType: "text/html; charset=utf-8",
            contentLanguage: "en",
            cacheControl: "public, max-age=300, s-maxage=86400",
        });
        expect(page.dependencies).to.include(one(preview, REPLICATION).urn);
    });

    it("drops replaced versions after a month, and no current object ever", () => {
        for (const role of ["static", "static-replica"]) {
            const rules = one(preview, LIFECYCLE, `shop-edge-${role}-lifecycle`).inputs.rules as {
                expiration?: unknown;
                noncurrentVersionExpiration?: { noncurrentDays: number };
            }[];
            expect(rules.filter(({ expiration }) => expiration !== undefined)).to.deep.equal([]);
            expect(rules.flatMap((rule) => rule.noncurrentVersionExpiration ?? [])).to.deep.equal([
                { noncurrentDays: 30 },
            ]);
        }
    });

    it("is tagged as public, and as one that a replica stands in for, beside the tags given", async () => {
        const tagged = await previewEdge({ ...shopArgs, tags: { team: "web" } });
        const tagsOf = (role: string): unknown => one(tagged, BUCKET, `shop-edge-${role}-bucket`).inputs.tags;
        expect(tagsOf("static")).to.deep.equal({
            team: "web",
            "data-classification": "public",
            "recovery-tier": "1",
        });
        expect(tagsOf("static-replica")).to.deep.equal({ team: "web", "data-classification": "public" });
        expect(one(tagged, "aws:cloudfront/distribution:Distribution").inputs.tags).to.deep.equal({
            team: "web",
        });
    });
});

describe("the logs of EdgeDistribution", () => {
    let preview: ProgramPreview;

    const bucketName = (name: string): string => nameOf(preview, name);

    before(async () => {
        preview = await previewEdge(shopArgs);
    });

    it("go to a bucket of the home region by CloudFront's current delivery, set up in us-east-1", () => {
        const distribution = one(preview, "aws:cloudfront/distribution:Distribution");
        const source = one(preview, "aws:cloudwatch/logDeliverySource:LogDeliverySource");
        const destination = one(preview, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination");
        const delivery = one(preview, "aws:cloudwatch/logDelivery:LogDelivery");
        expect(source.inputs).to.include({ logType: "ACCESS_LOGS", resourceArn: distribution.outputs.arn });
        expect(destination.inputs).to.deep.include({
            outputFormat: "json",
            deliveryDestinationConfiguration: {
                destinationResourceArn: `arn:aws:s3:::${bucketName("logs")}`,
            },
        });
        expect(delivery.inputs).to.deep.include({
            deliverySourceName: source.outputs.name,
            deliveryDestinationArn: destination.outputs.arn,
            recordFields: LOG_FIELDS,
            s3DeliveryConfigurations: [
                { suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}", enableHiveCompatiblePath: false },
            ],
        });
        // The old kind needs a bucket with ACLs.
        expect(distribution.inputs).not.to.have.property("loggingConfig");
        for (const { inputs } of [source, destination]) {
            // Amazon CloudWatch Logs API Reference, PutDeliverySource and PutDeliveryDestination.
            expect(inputs.name).to.match(/^[\w-]{1,60}$/);
        }
    });

    it("keep out what is private or secret: cookies and query strings", () => {
        expect(LOG_FIELDS).not.to.include("cs(Cookie)");
        expect(LOG_FIELDS).not.to.include("cs-uri-query");
        expect(new Set(LOG_FIELDS)).to.have.property("size", LOG_FIELDS.length);
    });

    it("may be written by this account's deliveries in us-east-1, once the bucket says so", () => {
        const bucket = `arn:aws:s3:::${bucketName("logs")}`;
        const policy = one(preview, POLICY, "shop-edge-logs-policy");
        expect(allowed(policy)).to.deep.equal([
            {
                Sid: "CloudFrontWritesAccessLogs",
                Effect: "Allow",
                Principal: { Service: "delivery.logs.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: [`${bucket}/AWSLogs/111122223333/*`],
                Condition: {
                    StringEquals: {
                        "s3:x-amz-acl": "bucket-owner-full-control",
                        "aws:SourceAccount": "111122223333",
                    },
                    ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111122223333:delivery-source:*" },
                },
            },
        ]);
        const destination = one(preview, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination");
        expect(destination.dependencies).to.include(policy.urn);
    });

    it("are encrypted with the home region's key, which lets the delivery use it", () => {
        const key = one(preview, KEY, "shop-edge-static-key");
        expect(
            at(
                one(preview, ENCRYPTION, "shop-edge-logs-encryption").inputs,
                "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
            ),
        ).to.equal(key.outputs.arn);
        expect(JSON.stringify(statements(key.inputs.policy))).to.include("delivery.logs.amazonaws.com");
    });

    it("are archived after 90 days and deleted after the retention, or only deleted when it is short", async () => {
        const rules = (of: ProgramPreview) =>
            (
                one(of, LIFECYCLE, "shop-edge-logs-lifecycle").inputs.rules as Record<string, unknown>[]
            ).flatMap(({ transitions, expiration }) => transitions ?? expiration ?? []);
        expect(rules(preview)).to.deep.equal([{ days: 90, storageClass: "GLACIER" }, { days: 365 }]);
        const short = await previewEdge({ ...shopArgs, logRetentionDays: 30 });
        expect(rules(short)).to.deep.equal([{ days: 30 }]);
        expect(one(short, "aws:cloudwatch/logGroup:LogGroup").inputs.retentionInDays).to.equal(30);
    });

    it("stay in their region: nothing but the static site is copied", () => {
        expect(ofType(preview, REPLICATION).map(({ inputs }) => inputs.bucket)).to.deep.equal([
            bucketName("static"),
        ]);
    });

    it("of the buckets go to a bucket of the same region, without a key, which S3 could not use", () => {
        expect(
            Object.fromEntries(
                ofType(preview, LOGGING).map(({ name, inputs }) => [name, inputs.targetBucket]),
            ),
        ).to.deep.equal({
            "shop-edge-static-logging": bucketName("s3-logs"),
            "shop-edge-logs-logging": bucketName("s3-logs"),
            "shop-edge-static-replica-logging": bucketName("replica-s3-logs"),
        });
        for (const name of ["s3-logs", "replica-s3-logs"]) {
            expect(
                at(
                    one(preview, ENCRYPTION, `shop-edge-${name}-encryption`).inputs,
                    "rules[0].applyServerSideEncryptionByDefault",
                ),
            ).to.deep.equal({ sseAlgorithm: "AES256" });
            expect(allowed(one(preview, POLICY, `shop-edge-${name}-policy`))).to.deep.equal([
                {
                    Sid: "S3WritesAccessLogs",
                    Effect: "Allow",
                    Principal: { Service: "logging.s3.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: [`arn:aws:s3:::${bucketName(name)}/*`],
                    Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
                },
            ]);
        }
    });

    it("of the buckets go to the bucket given, where there is one", async () => {
        const given = await previewEdge({ ...shopArgs, accessLogBucket: "archive-eu" });
        const targets = Object.fromEntries(
            ofType(given, LOGGING).map(({ name, inputs }) => [name, inputs.targetBucket]),
        );
        expect(targets).to.include({
            "shop-edge-static-logging": "archive-eu",
            "shop-edge-logs-logging": "archive-eu",
        });
        expect(targets["shop-edge-static-replica-logging"]).not.to.equal("archive-eu");
        expect(ofType(given, BUCKET).map(({ name }) => name)).not.to.include("shop-edge-s3-logs-bucket");
    });
});

describe("the static site of EdgeDistribution without a replica", () => {
    it("is one bucket in one region, which static paths come from", async () => {
        const { replicaRegion, ...alone } = shopArgs;
        expect(replicaRegion).to.equal("eu-west-1");
        const preview = await previewEdge(alone);
        expect(preview.error).to.equal(undefined);
        expect(
            preview.resources.filter(({ name }) => name.includes("replica")).map(({ name }) => name),
        ).to.deep.equal([]);
        expect(ofType(preview, REPLICATION)).to.deep.equal([]);
        expect(ofType(preview, POLICY).map(({ name }) => name)).to.include("shop-edge-static-policy");
        const { inputs } = one(preview, "aws:cloudfront/distribution:Distribution");
        const origins = (inputs.origins as { originId: string }[]).map(({ originId }) => originId);
        expect(origins).to.deep.equal(["static-primary", "dynamic"]);
        expect(inputs).not.to.have.property("originGroups");
        const targets = (inputs.orderedCacheBehaviors as { targetOriginId: string }[]).map(
            ({ targetOriginId }) => targetOriginId,
        );
        expect(new Set([...targets, at(inputs, "defaultCacheBehavior.targetOriginId")])).to.deep.equal(
            new Set(["static-primary", "dynamic"]),
        );
        expect(preview.outputs.staticBucketName).to.equal(nameOf(preview, "static"));
        expect(preview.outputs.replicaBucketName).to.equal(undefined);
        // It is deployed again, when everything else runs again.
        expect(at(one(preview, BUCKET, "shop-edge-static-bucket").inputs, "tags.recovery-tier")).to.equal(
            "3",
        );
    });
});
