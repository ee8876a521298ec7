import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { RECOVERY_TIER_TAG, RecoveryTier } from "../../operations";
import { asSetting } from "../../shared/replacement";
import { SecureBucket } from "../../security/secureBucket";
import { makeAccessLogBucket, readableBy } from "../distribution/buckets";
import { mergeTags, type TagsInput } from "../../shared/tags";

/** What the static site's buckets depend on. */
export interface StaticSiteArgs {
    accountId: pulumi.Input<string>;
    region: string;
    /** Where the replica is; undefined for none. */
    replicaRegion: string | undefined;
    /** Takes the access logs of the bucket in the home region. */
    accessLogBucket: pulumi.Input<string>;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The static site: a bucket, its replica in another region, and CloudFront's way to both. */
export interface StaticSite {
    primary: SecureBucket;
    /** The key of the home region. It also serves for the access logs. */
    key: EncryptionKey;
    accessControl: aws.cloudfront.OriginAccessControl;
    /** Left out where the site has no replica. */
    copy?: StaticReplica;
}

/** The replica of a static site. */
export interface StaticReplica {
    region: string;
    bucket: SecureBucket;
    /** What keeps it up to date. */
    replication: aws.s3.BucketReplicationConfig;
}

// A deployment that went wrong is noticed within weeks; until then its predecessor can be brought back.
const KEEP_REPLACED_VERSIONS_DAYS = 30;

/** Makes the bucket and its replica, if any. Only `allowDistribution` then opens them to CloudFront. */
export function makeStaticSite(parent: pulumi.Resource, name: string, args: StaticSiteArgs): StaticSite {
    const { accountId, region, replicaRegion, deletionProtection, tags } = args;
    const key = new EncryptionKey(
        `${name}-static`,
        {
            region,
            accountId,
            description: `Static site and access logs of ${name}`,
            services: [KeyUser.CloudFront, KeyUser.LogDelivery],
            deletionProtection,
            tags,
        },
        { parent },
    );
    const replica = replicaRegion === undefined ? undefined : makeReplica(parent, name, args, replicaRegion);
    const primary = siteBucket(parent, `${name}-static`, args, {
        region,
        kmsKeyArn: key.keyArn,
        accessLogBucket: args.accessLogBucket,
        // The replica stands in for it at once; without one it is deployed again when everything else runs.
        tags: {
            [RECOVERY_TIER_TAG]: replicaRegion === undefined ? RecoveryTier.Third : RecoveryTier.First,
        },
    });

    const accessControl = new aws.cloudfront.OriginAccessControl(
        `${name}-origin-access`,
        {
            description: `${name} to its static site`,
            originAccessControlOriginType: "s3",
            signingBehavior: "always",
            signingProtocol: "sigv4",
        },
        { parent },
    );
    if (replica === undefined || replicaRegion === undefined) {
        return { primary, key, accessControl };
    }
    const replication = replicate(parent, name, { primary, key, ...replica, ...args, replicaRegion });
    return {
        primary,
        key,
        accessControl,
        copy: { region: replicaRegion, bucket: replica.replica, replication },
    };
}

/** The bucket in the other region, with its key and its own access logs. */
function makeReplica(
    parent: pulumi.Resource,
    name: string,
    args: StaticSiteArgs,
    region: string,
): { replica: SecureBucket; replicaKey: EncryptionKey } {
    // A key of its own, no replica of the first: S3 treats a multi-Region key as two anyway.
    const replicaKey = new EncryptionKey(
        `${name}-static-replica`,
        {
            region,
            accountId: args.accountId,
            description: `Replica of the static site of ${name}`,
            services: [KeyUser.CloudFront],
            deletionProtection: args.deletionProtection,
            tags: args.tags,
        },
        { parent },
    );
    const logs = makeAccessLogBucket(parent, `${name}-replica-s3-logs`, { ...args, region });
    const replica = siteBucket(parent, `${name}-static-replica`, args, {
        region,
        kmsKeyArn: replicaKey.keyArn,
        accessLogBucket: logs.policyReady,
        tags: {},
    });
    return { replica, replicaKey };
}

function siteBucket(
    parent: pulumi.Resource,
    bucketName: string,
    { accountId, deletionProtection, tags }: StaticSiteArgs,
    own: {
        region: string;
        kmsKeyArn: pulumi.Output<string>;
        accessLogBucket: pulumi.Input<string>;
        tags: Record<string, string>;
    },
): SecureBucket {
    return new SecureBucket(
        bucketName,
        {
            ...own,
            accountId,
            // Content is deployed and deleted by name: no object expires, replaced versions do.
            lifecycle: { noncurrentExpireAfterDays: KEEP_REPLACED_VERSIONS_DAYS },
            // The policy names the distribution, which needs the buckets first.
            callerAttachesPolicy: true,
            deletionProtection,
            tags: mergeTags(own.tags, tags, { "data-classification": "public" }),
        },
        { parent },
    );
}

/** Attaches the policies by which this one distribution, and nobody else from outside, reads the site's buckets. */
export function allowDistribution(
    parent: pulumi.Resource,
    name: string,
    site: StaticSite,
    distribution: aws.cloudfront.Distribution,
    region: string,
): void {
    const attach = (role: string, bucket: SecureBucket, place: string): aws.s3.BucketPolicy =>
        new aws.s3.BucketPolicy(
            `${name}-${role}-policy`,
            {
                region: place,
                bucket: bucket.policyReady,
                policy: readableBy(distribution, bucket.bucketArn),
            },
            asSetting({ parent }),
        );
    attach("static", site.primary, region);
    if (site.copy !== undefined) {
        attach("static-replica", site.copy.bucket, site.copy.region);
    }
}

interface ReplicationArgs extends StaticSiteArgs {
    replicaRegion: string;
    primary: SecureBucket;
    replica: SecureBucket;
    key: EncryptionKey;
    replicaKey: EncryptionKey;
}

function replicate(
    parent: pulumi.Resource,
    name: string,
    args: ReplicationArgs,
): aws.s3.BucketReplicationConfig {
    const { primary, replica, replicaKey } = args;
    const role = new aws.iam.Role(
        `${name}-replication`,
        {
            description: `Lets S3 copy the static site of ${name} to ${args.replicaRegion}`,
            assumeRolePolicy: serviceTrust("s3.amazonaws.com", args.accountId, primary.bucketArn),
            tags: args.tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-replication`,
        { role: role.name, policy: replicationPolicy(args) },
        { parent },
    );
    return new aws.s3.BucketReplicationConfig(
        `${name}-replication`,
        {
            region: args.region,
            bucket: primary.policyReady,
            role: role.arn,
            rules: [
                {
                    id: "everything",
                    priority: 0,
                    status: "Enabled",
                    filter: { prefix: "" },
                    // The replica also forgets what was taken off the site.
                    deleteMarkerReplication: { status: "Enabled" },
                    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                    destination: {
                        // The replica must be versioned before it may be named here.
                        bucket: pulumi.interpolate`arn:aws:s3:::${replica.policyReady}`,
                        encryptionConfiguration: { replicaKmsKeyId: replicaKey.keyArn },
                        // Replication Time Control takes 15 minutes, no other value.
                        replicationTime: { status: "Enabled", time: { minutes: 15 } },
                        metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                    },
                },
            ],
        },
        asSetting({
            parent,
            // What is written before the role may copy is never copied.
            dependsOn: [policy],
        }),
    );
}

function replicationPolicy(args: ReplicationArgs): pulumi.Output<string> {
    const { primary, replica, key, replicaKey, region, replicaRegion } = args;
    const viaS3 = (of: string) => ({ StringEquals: { "kms:ViaService": `s3.${of}.amazonaws.com` } });
    return policyDocument([
        {
            Sid: "ReadReplicationRules",
            Effect: "Allow",
            Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            Resource: primary.bucketArn,
        },
        {
            Sid: "ReadVersions",
            Effect: "Allow",
            Action: [
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionTagging",
            ],
            Resource: pulumi.interpolate`${primary.bucketArn}/*`,
        },
        {
            Sid: "WriteReplicas",
            Effect: "Allow",
            Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
            Resource: pulumi.interpolate`${replica.bucketArn}/*`,
        },
        {
            Sid: "DecryptSource",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: key.keyArn,
            Condition: viaS3(region),
        },
        {
            Sid: "EncryptReplicas",
            Effect: "Allow",
            // GenerateDataKey for the bucket key, Encrypt for objects without one.
            Action: ["kms:Encrypt", "kms:GenerateDataKey"],
            Resource: replicaKey.keyArn,
            Condition: viaS3(replicaRegion),
        },
    ]);
}
