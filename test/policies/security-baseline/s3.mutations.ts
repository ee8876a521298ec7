import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const BUCKET = "aws:s3/bucket:Bucket";
const PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ACCOUNT_ACCESS = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const LOGGING = "aws:s3/bucketLogging:BucketLogging";
const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const OBJECT_LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

const twin = refTo("aws:s3/bucketV2:BucketV2", "twin");

/** A bucket made of the deprecated twins of the types. */
const twins: readonly FixtureResource[] = [
    { type: "aws:s3/bucketV2:BucketV2", name: "twin", inputs: { bucket: "twin-of-a-bucket" } },
    {
        type: "aws:s3/bucketVersioningV2:BucketVersioningV2",
        name: "twin",
        inputs: { bucket: twin, versioningConfiguration: { status: "Enabled" } },
    },
    {
        type: "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
        name: "twin",
        inputs: {
            bucket: twin,
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms:dsse" } }],
        },
    },
    {
        type: "aws:s3/bucketLoggingV2:BucketLoggingV2",
        name: "twin",
        inputs: {
            bucket: twin,
            targetBucket: refTo(BUCKET, "shop-logs-targets-bucket"),
            targetPrefix: "twin/",
        },
    },
    {
        type: "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
        name: "twin",
        inputs: {
            bucket: twin,
            rules: [{ status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } }],
        },
    },
    {
        type: PUBLIC_ACCESS,
        name: "twin",
        inputs: {
            bucket: twin,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
    },
    {
        type: POLICY,
        name: "twin",
        inputs: {
            bucket: twin,
            policy: {
                Version: "2012-10-17",
                Statement: {
                    Effect: "Deny",
                    Principal: { AWS: "*" },
                    Action: "s3:*",
                    Resource: "*",
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            },
        },
    },
];

/** A bucket that says inline what has resources of its own nowadays. */
const inline: readonly FixtureResource[] = [
    {
        type: BUCKET,
        name: "inline",
        inputs: {
            bucket: "inline-bucket",
            versioning: { enabled: true },
            serverSideEncryptionConfiguration: {
                rule: {
                    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" },
                    bucketKeyEnabled: true,
                },
            },
            logging: { targetBucket: "shop-logs", targetPrefix: "inline/" },
            lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }],
            policy: JSON.stringify(tlsOnly("inline-bucket")),
        },
    },
    {
        type: PUBLIC_ACCESS,
        name: "inline",
        inputs: {
            bucket: refTo(BUCKET, "inline"),
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
    },
];

function tlsOnly(bucket: string, statement: object = {}): object {
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
                ...statement,
            },
        ],
    };
}

function withStatement(bucket: string, statement: object): string {
    const document = tlsOnly(bucket) as { Statement: object[] };
    return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

export const mutants: readonly Mutant[] = [
    {
        rule: "s3-bucket-public-access-block",
        title: "a bucket without a public access block",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(PUBLIC_ACCESS, "shop-edge-static-public-access"));
        },
        message: "has no public access block.",
    },
    ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map(
        (flag): Mutant => ({
            rule: "s3-bucket-public-access-block",
            title: `a public access block without ${flag}`,
            change: (stack) => {
                stack.unset(stack.find(PUBLIC_ACCESS, "shop-pii-files-public-access"), flag);
            },
            message: `in which ${flag} is not true.`,
        }),
    ),
    {
        rule: "s3-bucket-public-access-block",
        title: "an account whose buckets may have public policies",
        change: (stack) => {
            stack.set(stack.find(ACCOUNT_ACCESS), "blockPublicPolicy", false);
        },
        message: "lets the account's buckets be public: blockPublicPolicy is not true.",
    },
    {
        rule: "s3-bucket-tls-only",
        title: "a bucket without a policy",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(POLICY, "shop-pii-files-policy"));
        },
        message: "has no bucket policy",
    },
    {
        rule: "s3-bucket-tls-only",
        title: "a policy that speaks of TLS 1.2 alone",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-pii-files-policy"),
                "policy",
                JSON.stringify(
                    tlsOnly("files", { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
                ),
            );
        },
        message: "does not deny requests without TLS.",
    },
    {
        rule: "s3-bucket-tls-only",
        title: "a policy that denies on the objects alone",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-pii-files-policy"),
                "policy",
                JSON.stringify(tlsOnly("files", { Resource: "arn:aws:s3:::files/*" })),
            );
        },
    },
    {
        rule: "s3-bucket-tls-only",
        title: "a policy that denies one role",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-pii-files-policy"),
                "policy",
                JSON.stringify(
                    tlsOnly("files", { Principal: { AWS: "arn:aws:iam::111122223333:role/shop" } }),
                ),
            );
        },
    },
    {
        rule: "s3-bucket-tls-only",
        title: "an inline policy that denies reading alone",
        fixture: inline,
        change: (stack) => {
            stack.set(
                stack.find(BUCKET, "inline"),
                "policy",
                JSON.stringify(tlsOnly("inline-bucket", { Action: "s3:GetObject" })),
            );
        },
    },
    {
        rule: "s3-bucket-encryption",
        title: "S3's own keys",
        change: (stack) => {
            stack.set(stack.find(ENCRYPTION, "shop-pii-files-encryption"), "rules", [
                { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
            ]);
        },
        message: 'sseAlgorithm is "AES256".',
    },
    {
        rule: "s3-bucket-encryption",
        title: "what AWS does by itself",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(ENCRYPTION, "shop-edge-logs-encryption"));
        },
    },
    {
        rule: "s3-bucket-encryption",
        title: "no bucket key",
        change: (stack) => {
            stack.unset(
                stack.find(ENCRYPTION, "shop-baseline-trail-store-encryption"),
                "rules[0].bucketKeyEnabled",
            );
        },
        message: "bucketKeyEnabled is not given.",
    },
    {
        rule: "s3-bucket-encryption",
        title: "AWS's key, where it has to be the customer's",
        config: { customerKey: true },
        change: (stack) => {
            stack.unset(
                stack.find(ENCRYPTION, "shop-pii-files-encryption"),
                "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
            );
        },
        message: "kmsMasterKeyId is not given.",
    },
    {
        rule: "s3-bucket-versioning",
        title: "suspended versioning of the twin type",
        fixture: twins,
        change: (stack) => {
            stack.set(
                stack.find("aws:s3/bucketVersioningV2:BucketVersioningV2"),
                "versioningConfiguration.status",
                "Suspended",
            );
        },
    },
    {
        rule: "s3-bucket-versioning",
        title: "inline versioning that is off",
        fixture: inline,
        change: (stack) => {
            stack.unset(stack.find(BUCKET, "inline"), "versioning");
        },
    },
    {
        rule: "s3-bucket-access-logging",
        title: "a bucket without access logs",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(LOGGING, "shop-pii-files-logging"));
        },
    },
    {
        rule: "s3-bucket-acls",
        title: "ownership that lets ACLs count",
        change: (stack) => {
            stack.set(
                stack.find(OWNERSHIP, "shop-edge-static-ownership"),
                "rule.objectOwnership",
                "BucketOwnerPreferred",
            );
        },
        message: 'objectOwnership is "BucketOwnerPreferred".',
    },
    {
        rule: "s3-bucket-acls",
        title: "an ACL of a bucket",
        change: (stack) => {
            stack.add({
                type: "aws:s3/bucketAcl:BucketAcl",
                name: "acl",
                inputs: { bucket: refTo(BUCKET, "shop-edge-static-bucket"), acl: "public-read" },
            });
        },
        message: 'sets the ACL "public-read".',
    },
    {
        rule: "s3-bucket-acls",
        title: "inline grants",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-edge-static-bucket"), "grants", [
                {
                    type: "Group",
                    permissions: ["READ"],
                    uri: "http://acs.amazonaws.com/groups/global/AllUsers",
                },
            ]);
        },
    },
    {
        rule: "s3-bucket-lifecycle",
        title: "a bucket without rules",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(LIFECYCLE, "shop-pii-files-lifecycle"));
        },
        message: "has no lifecycle rule in force.",
    },
    {
        rule: "s3-bucket-lifecycle",
        title: "rules that are all switched off",
        fixture: twins,
        change: (stack) => {
            stack.set(
                stack.find("aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"),
                "rules[0].status",
                "Disabled",
            );
        },
        message: "has no lifecycle rule in force.",
    },
    {
        rule: "s3-bucket-lifecycle",
        title: "unfinished uploads that stay for a month",
        change: (stack) => {
            stack.set(
                stack.find(LIFECYCLE, "shop-logs-targets-lifecycle"),
                "rules[0].abortIncompleteMultipartUpload.daysAfterInitiation",
                30,
            );
        },
        message: "clears unfinished uploads of all objects after 7 days.",
    },
    {
        rule: "s3-bucket-lifecycle",
        title: "unfinished uploads that are cleared below a prefix alone",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, "shop-logs-targets-lifecycle"), "rules[0].filter.prefix", "s3/");
        },
    },
    {
        rule: "s3-bucket-lifecycle",
        title: "an inline rule that clears no uploads",
        fixture: inline,
        change: (stack) => {
            stack.set(stack.find(BUCKET, "inline"), "lifecycleRules", [
                { enabled: true, expiration: { days: 30 } },
            ]);
        },
    },
    {
        rule: "s3-bucket-replication",
        title: "a bucket of the site without a copy",
        decidedBy: "relations",
        change: (stack) => {
            stack.unset(stack.find(BUCKET, "shop-edge-static-bucket"), "tags");
            stack.remove(stack.find(REPLICATION));
        },
        message: "does not replicate.",
    },
    {
        rule: "s3-bucket-replication",
        title: "a replication that is switched off",
        change: (stack) => {
            stack.set(stack.find(REPLICATION), "rules[0].status", "Disabled");
        },
        message: "has no replication rule in force.",
    },
    {
        rule: "s3-bucket-replication",
        title: "a copy in the same region",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-edge-static-replica-bucket"), "region", "us-east-1");
        },
        message: 'replicates to "shop-edge-static-replica-bucket", which is in the same region.',
    },
    {
        rule: "s3-bucket-replication",
        title: "a classification that asks for it",
        fixture: twins,
        change: (stack) => {
            stack.set(stack.find("aws:s3/bucketV2:BucketV2"), "tags", { "data-classification": "public" });
        },
    },
    {
        rule: "s3-bucket-object-lock",
        title: "a trail that can be deleted",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(OBJECT_LOCK));
        },
        message: "has no object lock.",
    },
    {
        rule: "s3-bucket-object-lock",
        title: "a lock without a retention",
        change: (stack) => {
            stack.unset(stack.find(OBJECT_LOCK), "rule");
        },
        message: "without a default retention",
    },
    {
        rule: "s3-bucket-object-lock",
        title: "a bucket of backups",
        fixture: twins,
        change: (stack) => {
            stack.set(stack.find("aws:s3/bucketV2:BucketV2"), "tags", { purpose: "backup" });
        },
    },
    {
        rule: "s3-bucket-policy-public",
        title: "a policy that lets anybody read",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-edge-static-policy"),
                "policy",
                withStatement("static", {
                    Sid: "Site",
                    Effect: "Allow",
                    Principal: "*",
                    Action: "s3:GetObject",
                    Resource: "arn:aws:s3:::static/*",
                }),
            );
        },
        message: 'statement "Site" allows s3:GetObject to everyone.',
    },
    {
        rule: "s3-bucket-policy-public",
        title: "a policy that lets everybody in but one",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-edge-static-policy"),
                "policy",
                withStatement("static", {
                    Effect: "Allow",
                    NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" },
                    NotAction: "s3:DeleteObject",
                    Resource: "arn:aws:s3:::static/*",
                }),
            );
        },
        message: "statement 1 allows everything but s3:DeleteObject to everyone.",
    },
    {
        rule: "s3-bucket-policy-public",
        title: "an inline policy that lets anybody write over TLS",
        fixture: inline,
        change: (stack) => {
            stack.set(
                stack.find(BUCKET, "inline"),
                "policy",
                withStatement("inline-bucket", {
                    Effect: "Allow",
                    Principal: { AWS: ["*"] },
                    Action: "s3:PutObject",
                    Resource: "arn:aws:s3:::inline-bucket/*",
                    Condition: { Bool: { "aws:SecureTransport": "true" } },
                }),
            );
        },
    },
    {
        rule: "s3-bucket-force-destroy",
        title: "a bucket that goes with its objects",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-pii-files-bucket"), "forceDestroy", true);
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "s3-bucket-encryption",
        title: "S3's own keys in a bucket that its policy opens to access logs",
        fixture: twins,
        change: (stack) => {
            stack.set(
                stack.find(
                    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
                ),
                "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
                "AES256",
            );
            stack.set(
                stack.find(POLICY, "twin"),
                "policy",
                withStatement("twin", {
                    Effect: "Allow",
                    Principal: { Service: "logging.s3.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: "arn:aws:s3:::twin/*",
                }),
            );
        },
    },
    {
        rule: "s3-bucket-tls-only",
        title: "a policy of the twin type as an object",
        fixture: twins,
        change: (stack) => {
            stack.set(stack.find(POLICY, "twin"), "policy", tlsOnly("twin"));
        },
    },
    {
        rule: "s3-bucket-replication",
        title: "personal data that stays",
        change: (stack) => {
            for (const name of ["shop-edge-static-bucket", "shop-edge-static-replica-bucket"]) {
                stack.set(stack.find(BUCKET, name), "tags", { "data-classification": "pii" });
            }
            stack.remove(stack.find(REPLICATION));
        },
    },
    {
        rule: "s3-bucket-policy-public",
        title: "anybody of the organisation",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-edge-static-policy"),
                "policy",
                withStatement("static", {
                    Effect: "Allow",
                    Principal: "*",
                    Action: "s3:GetObject",
                    Resource: "arn:aws:s3:::static/*",
                    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
                }),
            );
        },
    },
    {
        rule: "s3-bucket-versioning",
        title: "inline versioning that is computed, beside its resource",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-pii-files-bucket"), "versioning", UNKNOWN);
        },
    },
    {
        rule: "s3-bucket-versioning",
        title: "a resource that names the bucket",
        change: (stack) => {
            stack.set(
                stack.find(VERSIONING, "shop-pii-files-versioning"),
                "expectedBucketOwner",
                "111122223333",
            );
        },
    },
];
