import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../security/dataClassification";
import { type Permission, permissionsOf, viaService } from "../security/permissions";
import { checkBucketName, SecureBucket } from "../security/secureBucket";
import { type BucketLifecycle, LIFECYCLE } from "../security/bucketLifecycle";
import {
    accountId,
    bucketName,
    flag,
    input,
    isCount,
    jurisdiction,
    keyArn,
    list,
    once,
    region,
    required,
    tags,
    textWhere,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { checkNameLength } from "../shared/names";
import { asSetting } from "../shared/replacement";
import { mergeTags, type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of UserStorage. */
export interface UserStorageArgs {
    /** The AWS region of the bucket. */
    region: string;
    /** The AWS account that owns the bucket: 12 digits. */
    accountId: pulumi.Input<string>;
    /** ARN of the key that encrypts objects, in the bucket's region. */
    kmsKeyArn: pulumi.Input<string>;
    /** Whose law what users keep is under, such as `EU` or a country's code: the value of the tag `jurisdiction`. */
    jurisdiction: string;
    /**
     * Origins of the pages whose scripts reach the bucket, such as `https://app.example.com`, 1 to 100 of them. No page does
     * when left out; an application outside of a browser needs none.
     */
    allowedOrigins?: string[];
    /** Whether these may be `http://localhost` with a port too, for development. False when left out. */
    allowLocalhost?: boolean;
    /** Whether EventBridge is told of each object. False when left out. */
    eventNotifications?: boolean;
    /** How long objects stay and where they move. Left out, they stay for ever, move to Intelligent-Tiering after 30 days, and replaced versions go after 35. */
    lifecycle?: BucketLifecycle;
    /** Name of the bucket of the same region that takes this one's access logs. No access logs when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** Whether Pulumi refuses to delete the bucket. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. `data-classification` is `pii`. */
    tags?: TagsInput;
}

/**
 * Where each user keeps files: a bucket with a folder for every identity of an identity pool, which alone reads, writes
 * and lists it, by the AWS SDK and with the credentials that the pool gives.
 *
 * Children: `<name>-files` (a SecureBucket), `<name>-cors`, `<name>-events`.
 */
export class UserStorage extends pulumi.ComponentResource {
    /** Name of the bucket. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket. */
    readonly bucketArn: pulumi.Output<string>;
    /**
     * What each identity may do: read, write, delete and list what is under its own id. For `permissions` of an
     * identity pool or of a group.
     */
    readonly ownFolderPermissions: pulumi.Output<Permission[]>;
    /** What reads objects of every user, such as a function that looks at images. */
    readonly readPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: UserStorageArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:UserStorage", name, args, opts);

        const files = new SecureBucket(
            `${name}-files`,
            {
                region: args.region,
                accountId: args.accountId,
                kmsKeyArn: args.kmsKeyArn,
                // As long as the program's other personal data: erasing somebody's must come to an end.
                lifecycle: { noncurrentExpireAfterDays: 35, ...args.lifecycle },
                deletionProtection: args.deletionProtection ?? true,
                tags: mergeTags(
                    { jurisdiction: args.jurisdiction },
                    classified(DataClassification.Personal, args.tags),
                ),
                ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
            },
            { parent: this },
        );
        letPagesIn(this, name, args, files);
        if (args.eventNotifications === true) {
            new aws.s3.BucketNotification(
                `${name}-events`,
                { region: args.region, bucket: files.bucketName, eventbridge: true },
                asSetting({ parent: this }),
            );
        }

        this.bucketName = files.policyReady;
        this.bucketArn = files.bucketArn;
        this.ownFolderPermissions = ownFolderPermissions(args, files.bucketArn);
        this.readPermissions = readPermissions(args, files.bucketArn);
        this.registerOutputs({
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            ownFolderPermissions: this.ownFolderPermissions,
            readPermissions: this.readPermissions,
        });
    }
}

// Amazon S3 API Reference, CORSRule: a rule takes so many.
const ORIGINS_MAX = 100;

const ARGUMENTS: ArgumentTable<UserStorageArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    kmsKeyArn: required(input(keyArn())),
    jurisdiction: required(jurisdiction()),
    allowedOrigins: list(
        once(
            textWhere(
                (origin, args) => isOrigin(origin, args.allowLocalhost === true),
                (args) =>
                    args.allowLocalhost === true
                        ? "https:// and a host, or http://localhost and a port, without a path or wildcards"
                        : "https:// and a host, without a path or wildcards",
                { kind: "an origin" },
            ),
            "each origin once",
        ),
        "a list of origins",
        unless((origins) => isCount(origins, 1, ORIGINS_MAX), `1 to ${ORIGINS_MAX} origins`),
    ),
    allowLocalhost: flag(),
    eventNotifications: flag(),
    lifecycle: LIFECYCLE,
    accessLogBucket: input(bucketName()),
    deletionProtection: flag(),
    tags: tags(),
};

function isOrigin(text: string, localhost: boolean): boolean {
    if (!URL.canParse(text) || text.includes("*")) {
        return false;
    }
    const { protocol, hostname, origin } = new URL(text);
    return (
        origin === text && (protocol === "https:" || (localhost && `${protocol}${hostname}` === LOCALHOST))
    );
}

const LOCALHOST = "http:localhost";

function validate(name: string, given: UserStorageArgs): UserStorageArgs {
    const problems = new Problems("meridian:index:UserStorage", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-files-bucket`, "aws:s3/bucket:Bucket");
    problems.throwIfAny();
    return args;
}

function letPagesIn(parent: UserStorage, name: string, args: UserStorageArgs, files: SecureBucket): void {
    if (args.allowedOrigins === undefined) {
        return;
    }
    new aws.s3.BucketCorsConfiguration(
        `${name}-cors`,
        {
            region: args.region,
            bucket: files.bucketName,
            corsRules: [
                {
                    allowedOrigins: args.allowedOrigins,
                    allowedMethods: ["GET", "HEAD", "PUT", "POST", "DELETE"],
                    allowedHeaders: ["*"],
                    // Without the first the SDK cannot finish an upload in parts.
                    exposeHeaders: ["ETag", "x-amz-request-id", "x-amz-version-id"],
                    maxAgeSeconds: 3600,
                },
            ],
        },
        asSetting({ parent }),
    );
}

/**
 * The id of the identity that asks, which IAM writes in its place when it judges a request: `<region>:<uuid>`, not the
 * user's `sub`. Source: IAM User Guide, "AWS global condition context keys"; Amazon Cognito Developer Guide, "Using
 * attributes for access control".
 */
const IDENTITY = "${cognito-identity.amazonaws.com:sub}";

function ownFolderPermissions(
    { region: where, kmsKeyArn }: UserStorageArgs,
    bucketArn: pulumi.Output<string>,
): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "UseOwnFolder",
            actions: [
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ],
            resources: [pulumi.interpolate`${bucketArn}/${IDENTITY}/*`],
        },
        {
            sid: "ListOwnFolder",
            actions: ["s3:ListBucket"],
            resources: [bucketArn],
            conditions: [{ operator: "StringLike", key: "s3:prefix", values: [`${IDENTITY}/*`] }],
        },
        useKey(where, kmsKeyArn, "UseFolderKey", ["kms:Decrypt", "kms:GenerateDataKey"]),
    ]);
}

function readPermissions(
    { region: where, kmsKeyArn }: UserStorageArgs,
    bucketArn: pulumi.Output<string>,
): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "ReadUserFiles",
            actions: ["s3:GetObject"],
            resources: [pulumi.interpolate`${bucketArn}/*`],
        },
        useKey(where, kmsKeyArn, "DecryptUserFiles", ["kms:Decrypt"]),
    ]);
}

function useKey(where: string, kmsKeyArn: pulumi.Input<string>, sid: string, actions: readonly string[]) {
    return { sid, actions, resources: [kmsKeyArn], conditions: [viaService("s3", where)] };
}
