import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    anything,
    bucketName,
    flag,
    flagWhere,
    input,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    numberIn,
    object,
    region,
    required,
    tags,
    textLike,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { type BucketLifecycle, LIFECYCLE_PARTS, lifecycleRules } from "./bucketLifecycle";
import { bucketPolicyDocument, type BucketPolicyStatement } from "./bucketPolicy";
import { checkNameLength } from "../shared/names";
import { asSetting } from "../shared/replacement";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

export { type BucketLifecycle } from "./bucketLifecycle";
export { bucketPolicyDocument, type BucketPolicyStatement } from "./bucketPolicy";

/** Arguments of SecureBucket. */
export interface SecureBucketArgs {
    /** The AWS region of the bucket. It may be another than the provider's. */
    region: string;
    /** The AWS account that owns the bucket: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts objects, in the bucket's region. Left out, S3's own keys do (SSE-S3), which
     * is the only thing that load balancers and S3's access logs can write to.
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** Whether replaced and deleted objects are kept as versions. True when left out. */
    versioning?: boolean;
    /** Name of the bucket of the same region that takes this one's access logs. No access logs when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** Prefix of the access logs' keys, ending in a slash. `s3/<name>/` when left out. */
    accessLogPrefix?: string;
    /**
     * How long objects stay and where they move. Left out, they stay for ever and move to Intelligent-Tiering
     * after 30 days; replaced versions go after 90 days.
     */
    lifecycle?: BucketLifecycle;
    /** Who else may do what, beside the roles of this account. Nobody when left out. */
    policyStatements?: BucketPolicyStatement[];
    /**
     * True when the caller attaches the bucket's policy itself, because a statement names a resource that needs
     * the bucket first (a CloudFront distribution). Write it with `bucketPolicyDocument`. False when left out.
     */
    callerAttachesPolicy?: boolean;
    /**
     * For how many days nobody can delete or overwrite a version without the permission
     * s3:BypassGovernanceRetention (Object Lock, governance mode). It can be set only when the bucket is made. No lock
     * when left out. Buckets that take S3's own access logs or AWS Config's snapshots must have none.
     */
    objectLockDays?: number;
    /** Whether Pulumi refuses to delete the bucket. True when left out. */
    deletionProtection?: boolean;
    /** Whether deleting the bucket deletes its objects. The opposite of `deletionProtection` when left out. */
    forceDestroy?: boolean;
    /** Tags of the bucket, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * A private S3 bucket: no public access, no ACLs, encrypted, versioned, TLS 1.2 at least, with a life cycle.
 *
 * Children: `<name>-bucket`, `<name>-public-access`, `<name>-ownership`, `<name>-encryption`,
 * `<name>-versioning`, `<name>-object-lock`, `<name>-lifecycle`, `<name>-logging`, `<name>-policy`.
 */
export class SecureBucket extends pulumi.ComponentResource {
    /** Name of the bucket. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket. */
    readonly bucketArn: pulumi.Output<string>;
    /** Host name of the bucket in its region, as CloudFront's origin takes it. */
    readonly bucketRegionalDomainName: pulumi.Output<string>;
    /**
     * Name of the bucket, known only once its policy, ownership, public access block and versioning are in
     * force. Give it to what checks on creation whether it may write (load balancers, trails, replication).
     */
    readonly policyReady: pulumi.Output<string>;

    constructor(name: string, args: SecureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:SecureBucket", name, args, opts);

        const bucket = makeBucket(this, name, args);
        const guards = [...guardBucket(this, name, args, bucket), ...versionBucket(this, name, args, bucket)];

        this.bucketName = bucket.bucket;
        this.bucketArn = arnOf(bucket);
        this.bucketRegionalDomainName = bucket.bucketRegionalDomainName;
        this.policyReady = pulumi
            .all([bucket.bucket, pulumi.all(guards.map((guard) => guard.id))])
            .apply(([bucketName]) => bucketName);
        this.registerOutputs({
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            bucketRegionalDomainName: this.bucketRegionalDomainName,
            policyReady: this.policyReady,
        });
    }
}

const ARGUMENTS: ArgumentTable<SecureBucketArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    kmsKeyArn: input(keyArn()),
    versioning: flagWhere((versioning, args) => versioning || !isGiven(args.objectLockDays), "true", {
        remedy: "Object Lock works on versions",
    }),
    accessLogBucket: input(bucketName()),
    accessLogPrefix: textLike(/^[^/].*\/$/, "a text that ends in a slash and does not begin with one"),
    lifecycle: object<BucketLifecycle>({
        ...LIFECYCLE_PARTS,
        noncurrentExpireAfterDays: leftOutWhile(
            (args) => args.versioning === false,
            () => ({
                allowed: "nothing while versioning is false",
                remedy: "Remove it or set versioning to true",
            }),
            LIFECYCLE_PARTS.noncurrentExpireAfterDays,
        ),
    }),
    policyStatements: leftOutWhile(
        (args) => args.callerAttachesPolicy === true,
        () => ({
            shown: "given",
            allowed: "nothing while callerAttachesPolicy is true",
            remedy: "A bucket has one policy; put the statements into the one that you attach",
        }),
        list(anything("a statement"), "a list of statements"),
    ),
    callerAttachesPolicy: flag(),
    // Amazon S3 User Guide, "Object Lock considerations": the longest retention is 100 years.
    objectLockDays: numberIn({ min: 1, max: 36500, step: 1 }),
    deletionProtection: flag(),
    forceDestroy: flag(),
    tags: tags(),
};

function validate(name: string, given: SecureBucketArgs): SecureBucketArgs {
    const problems = new Problems("meridian:index:SecureBucket", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${name}-bucket`, "aws:s3/bucket:Bucket");
    problems.throwIfAny();
    return args;
}

/** Notes a component's name that a bucket cannot begin with. */
export function checkBucketName(problems: Problems, name: string): void {
    problems.check(
        /^[a-z0-9][a-z0-9-]*$/.test(name),
        "name",
        name,
        "lower-case letters, digits and hyphens, because the bucket is called after it",
    );
}

function makeBucket(parent: SecureBucket, name: string, args: SecureBucketArgs): aws.s3.Bucket {
    const deletionProtection = args.deletionProtection ?? true;
    return new aws.s3.Bucket(
        `${name}-bucket`,
        {
            region: args.region,
            forceDestroy: args.forceDestroy ?? !deletionProtection,
            ...(args.objectLockDays === undefined ? {} : { objectLockEnabled: true }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // A deleted bucket takes its objects along, and its name may go to somebody else.
        { parent, protect: deletionProtection },
    );
}

/**
 * The ARN of a bucket, which its name alone decides. A preview knows the name and not the output `arn`, so written
 * like this it shows what policies say, and policy packs can judge them before anything is made.
 */
function arnOf(bucket: aws.s3.Bucket): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:s3:::${bucket.bucket}`;
}

function guardBucket(
    parent: SecureBucket,
    name: string,
    args: SecureBucketArgs,
    bucket: aws.s3.Bucket,
): pulumi.CustomResource[] {
    const common = { region: args.region, bucket: bucket.bucket };
    const publicAccess = new aws.s3.BucketPublicAccessBlock(
        `${name}-public-access`,
        {
            ...common,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        asSetting({ parent }),
    );
    const ownership = new aws.s3.BucketOwnershipControls(
        `${name}-ownership`,
        { ...common, rule: { objectOwnership: "BucketOwnerEnforced" } },
        // One at a time: S3 answers changes of the same bucket's access settings that meet with OperationAborted.
        asSetting({ parent, dependsOn: [publicAccess] }),
    );
    const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
        `${name}-encryption`,
        {
            ...common,
            rules: [
                args.kmsKeyArn === undefined
                    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
                    : {
                          applyServerSideEncryptionByDefault: {
                              sseAlgorithm: "aws:kms",
                              kmsMasterKeyId: args.kmsKeyArn,
                          },
                          // One call to KMS per bucket and while, not one per object.
                          bucketKeyEnabled: true,
                      },
            ],
        },
        asSetting({ parent }),
    );
    if (args.accessLogBucket !== undefined) {
        new aws.s3.BucketLogging(
            `${name}-logging`,
            {
                ...common,
                targetBucket: args.accessLogBucket,
                targetPrefix: args.accessLogPrefix ?? `s3/${name}/`,
            },
            asSetting({ parent }),
        );
    }
    if (args.callerAttachesPolicy === true) {
        return [publicAccess, ownership, encryption];
    }
    const policy = new aws.s3.BucketPolicy(
        `${name}-policy`,
        { ...common, policy: bucketPolicyDocument(arnOf(bucket), args.policyStatements ?? []) },
        // The same as for ownership above.
        asSetting({ parent, dependsOn: [publicAccess, ownership] }),
    );
    return [publicAccess, ownership, encryption, policy];
}

function versionBucket(
    parent: SecureBucket,
    name: string,
    args: SecureBucketArgs,
    bucket: aws.s3.Bucket,
): pulumi.CustomResource[] {
    const common = { region: args.region, bucket: bucket.bucket };
    const versioned = args.versioning ?? true;
    const versioning = versioned
        ? [
              new aws.s3.BucketVersioning(
                  `${name}-versioning`,
                  { ...common, versioningConfiguration: { status: "Enabled" } },
                  asSetting({ parent }),
              ),
          ]
        : [];
    if (args.objectLockDays !== undefined) {
        new aws.s3.BucketObjectLockConfiguration(
            `${name}-object-lock`,
            { ...common, rule: { defaultRetention: { mode: "GOVERNANCE", days: args.objectLockDays } } },
            // S3 takes a default retention for a versioned bucket alone.
            asSetting({ parent, dependsOn: versioning }),
        );
    }
    new aws.s3.BucketLifecycleConfiguration(
        `${name}-lifecycle`,
        { ...common, rules: lifecycleRules(args.lifecycle ?? {}, versioned) },
        // A rule about replaced versions means nothing to a bucket that does not have them yet.
        asSetting({ parent, dependsOn: versioning }),
    );
    return versioning;
}
