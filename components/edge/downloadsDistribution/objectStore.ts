import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { SecureBucket } from "../../security/secureBucket";
import { RECOVERY_TIER_TAG, RecoveryTier } from "../../operations";
import { asSetting } from "../../shared/replacement";
import { mergeTags, type TagsInput } from "../../shared/tags";
import { readableBy } from "../distribution/buckets";
import { type VersionKey } from "./args";

/** What the bucket of downloads, and the way there, depend on. */
export interface ObjectStoreArgs {
    accountId: pulumi.Input<string>;
    region: string;
    kmsKeyArn: pulumi.Input<string>;
    accessLogBucket: pulumi.Input<string>;
    versionKey: VersionKey;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The bucket of downloads, and what leads requests there. */
export interface ObjectStore {
    bucket: SecureBucket;
    /** The values that the function reads. */
    store: aws.cloudfront.KeyValueStore;
    function: aws.cloudfront.Function;
}

/** The key whose value says how many viewers in a hundred the bucket serves. */
const WEIGHT_KEY = "weight";

// A package that went out wrong is noticed within weeks; until then its predecessor can be brought back.
const KEEP_REPLACED_VERSIONS_DAYS = 30;

/** Makes them. Only `allowDistribution` then opens the bucket to CloudFront. */
export function makeObjectStore(parent: pulumi.Resource, name: string, args: ObjectStoreArgs): ObjectStore {
    const bucket = new SecureBucket(
        `${name}-objects`,
        {
            region: args.region,
            accountId: args.accountId,
            kmsKeyArn: args.kmsKeyArn,
            accessLogBucket: args.accessLogBucket,
            // Packages are put there and taken away by name: no object expires, replaced versions do.
            lifecycle: { noncurrentExpireAfterDays: KEEP_REPLACED_VERSIONS_DAYS },
            // The policy names the distribution, which is made after the bucket.
            callerAttachesPolicy: true,
            deletionProtection: args.deletionProtection,
            // Whom a package is for the distribution decides, and whoever built it puts it there again.
            tags: classified(
                DataClassification.Internal,
                mergeTags({ [RECOVERY_TIER_TAG]: RecoveryTier.Third }, args.tags),
            ),
        },
        { parent },
    );
    const store = new aws.cloudfront.KeyValueStore(
        `${name}-origin`,
        { comment: `Which origin the downloads of ${name} come from` },
        { parent },
    );
    const objects = new aws.cloudfront.KeyvaluestoreKey(
        `${name}-origin-objects`,
        {
            keyValueStoreArn: store.arn,
            key: "objects",
            value: pulumi.jsonStringify({
                domainName: bucket.bucketRegionalDomainName,
                // In one order, whoever writes the argument: another text would be another value.
                place: args.versionKey.place,
                ...(args.versionKey.name === undefined ? {} : { name: args.versionKey.name }),
            }),
        },
        asSetting({ parent }),
    );
    new aws.cloudfront.KeyvaluestoreKey(
        `${name}-origin-weight`,
        { keyValueStoreArn: store.arn, key: WEIGHT_KEY, value: "0" },
        asSetting({
            parent,
            // Whoever moves the traffic sets it, within seconds and without a deployment. From the first day on
            // it is theirs: put back by the next update, everything would go to the balancer again.
            ignoreChanges: ["value"],
            // A store takes one change at a time.
            dependsOn: [objects],
        }),
    );
    return {
        bucket,
        store,
        function: new aws.cloudfront.Function(
            `${name}-origin-weight`,
            {
                comment: `Moves the downloads of ${name} between origins`,
                runtime: "cloudfront-js-2.0",
                publish: true,
                code: originWeightCode(),
                keyValueStoreAssociations: [store.arn],
            },
            { parent },
        ),
    };
}

/** Source of the function that chooses the origin. */
export function originWeightCode(): string {
    return readFileSync(join(__dirname, "origin-weight.js"), "utf8");
}

/** Attaches the policy by which this one distribution, and nobody else from outside, reads the bucket. */
export function allowDistribution(
    parent: pulumi.Resource,
    name: string,
    { bucket }: ObjectStore,
    distribution: aws.cloudfront.Distribution,
    region: string,
): void {
    new aws.s3.BucketPolicy(
        `${name}-objects-policy`,
        { region, bucket: bucket.policyReady, policy: readableBy(distribution, bucket.bucketArn) },
        asSetting({ parent }),
    );
}

/** What publishers of downloads need. Nothing where there is no bucket. */
export function publishPermissions(
    { region, kmsKeyArn }: Pick<ObjectStoreArgs, "kmsKeyArn" | "region">,
    store: ObjectStore | undefined,
): pulumi.Output<Permission[]> {
    if (store === undefined) {
        return pulumi.output([]);
    }
    const { bucketArn } = store.bucket;
    return permissionsOf([
        { sid: "ListDownloads", actions: ["s3:ListBucket"], resources: [bucketArn] },
        {
            sid: "PublishDownloads",
            actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            resources: [pulumi.interpolate`${bucketArn}/*`],
        },
        {
            sid: "EncryptDownloads",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [kmsKeyArn],
            conditions: [viaService("s3", region)],
        },
    ]);
}

/** What those who move the traffic need. Nothing where there is nothing to move. */
export function weightPermissions(store: ObjectStore | undefined): pulumi.Output<Permission[]> {
    return store === undefined
        ? pulumi.output([])
        : permissionsOf([
              {
                  sid: "MoveDownloads",
                  actions: [
                      "cloudfront-keyvaluestore:DescribeKeyValueStore",
                      "cloudfront-keyvaluestore:GetKey",
                      "cloudfront-keyvaluestore:PutKey",
                  ],
                  resources: [store.store.arn],
              },
          ]);
}
