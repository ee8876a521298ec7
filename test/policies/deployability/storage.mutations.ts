import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const BUCKET = "aws:s3/bucket:Bucket";
const ACL = "aws:s3/bucketAcl:BucketAcl";
const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const LOGGING = "aws:s3/bucketLogging:BucketLogging";
const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";
const TABLE = "aws:dynamodb/table:Table";
const TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica";

function bucket(name: string, region = "us-east-1"): FixtureResource {
    return { type: BUCKET, name, inputs: { bucket: `meridian-${name}`, region } };
}

const withAcl: readonly FixtureResource[] = [
    bucket("open"),
    {
        type: OWNERSHIP,
        name: "open-ownership",
        inputs: { bucket: refTo(BUCKET, "open"), rule: { objectOwnership: "BucketOwnerPreferred" } },
    },
    {
        type: ACL,
        name: "open-acl",
        inputs: { bucket: refTo(BUCKET, "open"), acl: "private", region: refTo(OWNERSHIP, "open-ownership") },
    },
];

const notified: readonly FixtureResource[] = [
    bucket("inbox"),
    {
        type: PERMISSION,
        name: "inbox-permission",
        inputs: {
            action: "lambda:InvokeFunction",
            function: refTo(FUNCTION, "shop-db-rotation"),
            principal: "s3.amazonaws.com",
            sourceArn: "arn:aws:s3:::meridian-inbox",
        },
    },
    {
        type: NOTIFICATION,
        name: "inbox-notification",
        inputs: {
            bucket: refTo(BUCKET, "inbox"),
            lambdaFunctions: [
                { lambdaFunctionArn: refTo(FUNCTION, "shop-db-rotation"), events: ["s3:ObjectCreated:*"] },
            ],
            region: refTo(PERMISSION, "inbox-permission"),
        },
    },
];

const locked: readonly FixtureResource[] = [
    { type: BUCKET, name: "vault", inputs: { bucket: "meridian-vault", objectLockEnabled: true } },
    {
        type: LOCK,
        name: "vault-lock",
        inputs: {
            bucket: refTo(BUCKET, "vault"),
            rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } },
        },
    },
];

/** A table with a replica. */
const global: readonly FixtureResource[] = [
    {
        type: TABLE,
        name: "global",
        inputs: {
            name: "global",
            attributes: [{ name: "pk", type: "S" }],
            billingMode: "PAY_PER_REQUEST",
            hashKey: "pk",
            region: "us-east-1",
            replicas: [{ regionName: "eu-central-1" }],
            streamEnabled: true,
            streamViewType: "NEW_AND_OLD_IMAGES",
        },
    },
];

/** A table with replicas of their own. */
const separate: readonly FixtureResource[] = [
    {
        type: TABLE,
        name: "orders",
        inputs: {
            name: "orders",
            attributes: [{ name: "pk", type: "S" }],
            billingMode: "PAY_PER_REQUEST",
            hashKey: "pk",
            region: "us-east-1",
            streamEnabled: true,
            streamViewType: "NEW_AND_OLD_IMAGES",
        },
        options: { ignoreChanges: ["replicas"] },
    },
    ...["eu-central-1", "ap-southeast-2"].map((region, index): FixtureResource => ({
        type: TABLE_REPLICA,
        name: index === 0 ? "second" : "third",
        inputs: { globalTableArn: refTo(TABLE, "orders"), region },
    })),
];

export const mutants: readonly Mutant[] = [
    {
        rule: "s3-acl-ownership",
        title: "ACLs that are off",
        fixture: withAcl,
        change: (stack) => {
            stack.set(stack.find(OWNERSHIP, "open-ownership"), "rule.objectOwnership", "BucketOwnerEnforced");
        },
        message: "which has ACLs off",
    },
    {
        rule: "s3-acl-ownership",
        title: "an ACL that does not wait",
        fixture: withAcl,
        change: (stack) => {
            stack.unset(stack.find(ACL, "open-acl"), "region");
            stack.set(stack.find(OWNERSHIP, "open-ownership"), "rule.objectOwnership", "ObjectWriter");
        },
        message: "without waiting for its ownership controls",
    },
    {
        rule: "s3-policy-order",
        title: "a policy that does not wait",
        fixture: [
            bucket("plain"),
            {
                type: BLOCK,
                name: "plain-block",
                inputs: { bucket: refTo(BUCKET, "plain"), blockPublicAcls: true },
            },
            {
                type: POLICY,
                name: "plain-policy",
                inputs: { bucket: refTo(BUCKET, "plain"), policy: "{}", region: refTo(BLOCK, "plain-block") },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find(POLICY, "plain-policy"), "region");
        },
        decidedBy: "relations",
        message: "is set at the same time as the BucketPublicAccessBlock plain-block of the bucket plain",
    },
    {
        rule: "s3-one-configuration",
        title: "a second lifecycle",
        change: (stack) => {
            const lifecycle = stack.find(LIFECYCLE);
            const second = stack.add({ type: LIFECYCLE, name: "second", inputs: lifecycle.inputs });
            stack.refer(second, "bucket", stack.find(BUCKET));
        },
        decidedBy: "relations",
        message: "configures the same bucket as",
    },
    {
        rule: "s3-replication-versioning",
        title: "a target without versioning",
        change: (stack) => {
            const replication = stack.find(REPLICATION);
            const target = replication.propertyDependencies["rules"]!.find((urn) => urn.includes(BUCKET))!;
            const name = target.slice(target.lastIndexOf("::") + 2);
            const versioning = stack
                .all(VERSIONING)
                .find((each) => each.propertyDependencies["bucket"]?.includes(target));
            if (versioning === undefined) {
                throw new Error(`${name} has no versioning`);
            }
            stack.set(versioning, "versioningConfiguration.status", "Suspended");
        },
        message: "which has no versioning",
    },
    {
        rule: "s3-replication-rules",
        title: "a filter without markers",
        fixture: [
            {
                type: REPLICATION,
                name: "to-nowhere",
                inputs: {
                    bucket: "meridian-source",
                    role: "arn:aws:iam::111122223333:role/replication",
                    rules: [
                        {
                            id: "all",
                            status: "Enabled",
                            filter: { prefix: "" },
                            deleteMarkerReplication: { status: "Disabled" },
                            destination: { bucket: "arn:aws:s3:::meridian-target" },
                        },
                    ],
                },
            },
        ],
        change: (stack) => {
            const replication = stack.find(REPLICATION, "to-nowhere");
            stack.unset(replication, "rules[0].deleteMarkerReplication");
            stack.set(replication, "rules[0].status", "on");
        },
        message: 'with status "on"',
    },
    {
        rule: "s3-replication-rules",
        title: "encrypted objects without a key for them",
        change: (stack) => {
            const replication = stack.find(REPLICATION);
            const rules = replication.inputs["rules"] as Record<string, unknown>[];
            const { sourceSelectionCriteria, ...rest } = rules[0]!;
            const added = stack.add({
                type: REPLICATION,
                name: "half-encrypted",
                inputs: { ...replication.inputs, bucket: "meridian-half", rules: [rest] },
            });
            if (sourceSelectionCriteria === undefined) {
                throw new Error(`${added.name} never had encrypted objects`);
            }
        },
        message: "with replicaKmsKeyId and without sseKmsEncryptedObjects",
    },
    {
        rule: "s3-replication-rules",
        title: "a bucket's name for its ARN",
        change: (stack) => {
            stack.set(stack.find(REPLICATION), "rules[0].destination.bucket", "meridian-target");
        },
        message: "which is not the ARN of a bucket",
    },
    {
        rule: "s3-lifecycle-days",
        title: "infrequent access after a week",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].transitions[0].days", 7);
        },
        message: "with STANDARD_IA after 7 days",
    },
    {
        rule: "s3-lifecycle-days",
        title: "a transition soon after the other",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].transitions[1].days", 45);
        },
        message: "less than 30 after STANDARD_IA",
    },
    {
        rule: "s3-lifecycle-days",
        title: "an end before a transition",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].expiration", { days: 60 });
        },
        message: "that ends after 60 days, and goes to GLACIER after 90",
    },
    {
        rule: "s3-lifecycle-filters",
        title: "an id twice",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].id", "expire");
        },
        message: 'with the id "expire"',
    },
    {
        rule: "s3-lifecycle-filters",
        title: "two conditions that are not joined",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].filter", {
                prefix: "logs/",
                objectSizeGreaterThan: 1024,
            });
        },
        message: "with a filter of objectSizeGreaterThan and prefix",
    },
    {
        rule: "s3-encryption-key",
        title: "a key for S3's own encryption",
        change: (stack) => {
            stack.set(
                stack.find(ENCRYPTION, /logs-targets/),
                "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
                "alias/shop",
            );
        },
        message: 'with sseAlgorithm "AES256" and kmsMasterKeyId',
    },
    {
        rule: "s3-log-target",
        title: "a target of another region",
        fixture: [
            bucket("from"),
            bucket("to"),
            {
                type: LOGGING,
                name: "from-logging",
                inputs: {
                    bucket: refTo(BUCKET, "from"),
                    targetBucket: refTo(BUCKET, "to"),
                    targetPrefix: "s3/",
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(BUCKET, "to"), "region", "eu-central-1");
        },
        message: "is for a bucket in us-east-1 and writes to to of eu-central-1",
    },
    {
        rule: "s3-notification-permission",
        title: "a notification that does not wait",
        fixture: notified,
        change: (stack) => {
            stack.unset(stack.find(NOTIFICATION, "inbox-notification"), "region");
        },
        decidedBy: "relations",
        message: "notifies shop-db-rotation without waiting",
    },
    {
        rule: "s3-object-lock",
        title: "a bucket without it",
        fixture: locked,
        change: (stack) => {
            stack.set(stack.find(BUCKET, "vault"), "objectLockEnabled", false);
        },
        message: "which has neither objectLockEnabled nor versioning",
    },
    {
        rule: "s3-object-lock",
        title: "days and years",
        fixture: locked,
        change: (stack) => {
            stack.set(stack.find(LOCK, "vault-lock"), "rule.defaultRetention.years", 1);
        },
        message: 'has mode "GOVERNANCE" for days and years',
    },
    {
        rule: "dynamodb-attributes",
        title: "an attribute without use",
        change: (stack) => {
            stack.set(stack.find(TABLE), "attributes[2]", { name: "expiresAt", type: "N" });
        },
        message: "defines expiresAt and uses it in no key",
    },
    {
        rule: "dynamodb-attributes",
        title: "a key without its attribute",
        change: (stack) => {
            stack.set(stack.find(TABLE), "rangeKey", "createdAt");
        },
        message: "uses createdAt in a key and does not define it",
    },
    {
        rule: "dynamodb-attributes",
        title: "no attributes at all",
        change: (stack) => {
            stack.unset(stack.find(TABLE), "attributes");
        },
        message: "uses pk, sk in a key and does not define it",
    },
    {
        rule: "dynamodb-attributes",
        title: "no key",
        fixture: global,
        change: (stack) => {
            stack.unset(stack.find(TABLE, "global"), "hashKey");
            stack.unset(stack.find(TABLE, "global"), "attributes");
        },
        decidedBy: "structure",
        message: "has no hashKey",
    },
    {
        rule: "dynamodb-attributes",
        title: "a type in words",
        change: (stack) => {
            stack.set(stack.find(TABLE), "attributes[0].type", "String");
        },
        message: 'has the attribute "pk" of type "String"',
    },
    {
        rule: "dynamodb-billing",
        title: "capacity of a table on demand",
        change: (stack) => {
            stack.set(stack.find(TABLE), "readCapacity", 5);
        },
        message: "has billingMode PAY_PER_REQUEST and readCapacity 5",
    },
    {
        rule: "dynamodb-billing",
        title: "the default mode without capacity",
        change: (stack) => {
            stack.unset(stack.find(TABLE), "billingMode");
        },
        message: "has billingMode PROVISIONED and writeCapacity 0",
    },
    {
        rule: "dynamodb-replicas",
        title: "a replica at home",
        fixture: global,
        change: (stack) => {
            stack.set(stack.find(TABLE, "global"), "replicas[0].regionName", "us-east-1");
            stack.relate(stack.find(TABLE, "global"), "replicas", stack.find("pulumi:providers:aws"));
        },
        message: "has replicas[0] in us-east-1, where the table is already",
    },
    {
        rule: "dynamodb-replicas",
        title: "a replica without a key",
        fixture: global,
        change: (stack) => {
            stack.set(stack.find(TABLE, "global"), "serverSideEncryption", {
                enabled: true,
                kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3",
            });
            stack.relate(stack.find(TABLE, "global"), "replicas", stack.find("pulumi:providers:aws"));
        },
        message: "has replicas[0] without a key",
    },
    {
        rule: "dynamodb-replicas",
        title: "a stream of keys alone",
        fixture: global,
        change: (stack) => {
            stack.set(stack.find(TABLE, "global"), "streamViewType", "KEYS_ONLY");
            stack.relate(stack.find(TABLE, "global"), "streamViewType", stack.find("pulumi:providers:aws"));
            stack.relate(stack.find(TABLE, "global"), "replicas", stack.find("pulumi:providers:aws"));
        },
        message: 'a stream with "KEYS_ONLY"',
    },
    {
        rule: "dynamodb-replicas",
        title: "replicas in two ways",
        fixture: global,
        change: (stack) => {
            stack.add({
                type: TABLE_REPLICA,
                name: "third",
                inputs: { globalTableArn: refTo(TABLE, "global"), region: "ap-southeast-2" },
            });
        },
        decidedBy: "relations",
        message: "has replicas, and third besides.",
    },
    {
        rule: "dynamodb-replicas",
        title: "a replica of its own at home",
        fixture: separate,
        change: (stack) => {
            stack.set(stack.find(TABLE_REPLICA, "second"), "region", "us-east-1");
        },
        message: "is in us-east-1, where its table is already",
    },
    {
        rule: "dynamodb-replicas",
        title: "two replicas of their own in one region",
        fixture: separate,
        change: (stack) => {
            stack.set(stack.find(TABLE_REPLICA, "third"), "region", "eu-central-1");
        },
        message: "is in eu-central-1, and so is second, a replica of the same table",
    },
    {
        rule: "dynamodb-replicas",
        title: "a replica at home of a table elsewhere, by its provider",
        fixture: [
            {
                type: TABLE_REPLICA,
                name: "far",
                inputs: {
                    globalTableArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders",
                },
            },
        ],
        change: (stack) => {
            stack.set(
                stack.find(TABLE_REPLICA, "far"),
                "globalTableArn",
                "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
            );
        },
        message: "is in us-east-1, where its table is already",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "s3-lifecycle-days",
        title: "infrequent access after a month",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].transitions[1].days", 60);
        },
    },
    ...[
        ["restored from another", { restoreSourceName: "orders", restoreToLatestTime: true }],
        [
            "restored from another region's",
            { restoreSourceTableArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders" },
        ],
        [
            "restored from a backup",
            { restoreBackupArn: "arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/01" },
        ],
        ["imported", { importTable: { inputFormat: "ION", s3BucketSource: { bucket: "orders" } } }],
    ].map(([how, source]): Accepted => ({
        rule: "dynamodb-attributes",
        title: `a table that is ${how as string}`,
        change: (stack) => {
            stack.add({
                type: TABLE,
                name: "copied",
                inputs: { name: "copied", billingMode: "PAY_PER_REQUEST", ...(source as object) },
            });
        },
    })),
    {
        rule: "dynamodb-attributes",
        title: "an attribute that an index uses",
        change: (stack) => {
            stack.set(stack.find(TABLE), "attributes[2]", { name: "owner", type: "S" });
            stack.set(stack.find(TABLE), "globalSecondaryIndexes", [
                { name: "by-owner", keySchemas: [{ attributeName: "owner", keyType: "HASH" }] },
            ]);
        },
    },
];
