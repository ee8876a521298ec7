import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    bucketName,
    flag,
    input,
    jurisdiction,
    region,
    required,
    tags,
    textOf,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given, type Refusal } from "../shared/argumentTable";
import { EncryptionKey } from "../security/encryptionKey";
import { checkNameLength } from "../shared/names";
import { type BucketPolicyStatement, checkBucketName, SecureBucket } from "../security/secureBucket";
import { mergeTags, type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";
import { POINT_IN_TIME_DAYS_MAX, tablePolicy } from "./tablePolicy";

/** Arguments of PersonalDataStore. */
export interface PersonalDataStoreArgs {
    /** The AWS region that the data never leaves. */
    region: string;
    /** The AWS account that owns the data: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Whose law the data is under, such as `EU` or a country's code: the value of the tag `jurisdiction`. */
    jurisdiction: string;
    /** Name of the bucket of the same region that takes the access logs. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** Whether Pulumi and DynamoDB refuse to delete the data. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. They may not contradict the two that are set here. */
    tags?: TagsInput;
}

/**
 * Where one region keeps personal data: a DynamoDB table and a bucket under a key that exists in this region alone,
 * with no replica anywhere.
 *
 * The table is keyed by `pk` and `sk`, both text. An item with a number in `expiresAt` (seconds since 1970) is deleted
 * after that time. What was erased lingers in point-in-time recovery and in replaced object versions for 35 days at most.
 *
 * Children: `<name>-key` (an EncryptionKey), `<name>-table`, `<name>-table-policy`, `<name>-files` (a SecureBucket).
 */
export class PersonalDataStore extends pulumi.ComponentResource {
    /** Name of the table. */
    readonly tableName: pulumi.Output<string>;
    /** ARN of the table. */
    readonly tableArn: pulumi.Output<string>;
    /** Name of the bucket. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket. */
    readonly bucketArn: pulumi.Output<string>;
    /** ARN of the key. Who reads the data needs it beside the table and the bucket. */
    readonly keyArn: pulumi.Output<string>;

    constructor(name: string, args: PersonalDataStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:PersonalDataStore", name, args, opts);
        const tags = mergeTags(args.tags, ownTags(args.jurisdiction));
        const deletionProtection = args.deletionProtection ?? true;

        const key = new EncryptionKey(
            `${name}-key`,
            {
                description: `Personal data of ${args.jurisdiction} in ${args.region}`,
                region: args.region,
                accountId: args.accountId,
                // A key that cannot be replicated: a copy of the data elsewhere could not be read there.
                multiRegion: false,
                deletionProtection,
                tags,
            },
            { parent: this },
        );
        const table = makeTable(this, name, args, key, tags, deletionProtection);
        const files = makeFiles(this, name, args, key, tags, deletionProtection);

        this.tableName = table.name;
        this.tableArn = table.arn;
        this.bucketName = files.policyReady;
        this.bucketArn = files.bucketArn;
        this.keyArn = key.keyArn;
        this.registerOutputs({
            tableName: this.tableName,
            tableArn: this.tableArn,
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            keyArn: this.keyArn,
        });
    }
}

function ownTags(jurisdiction: string): Record<string, string> {
    return { "data-classification": "pii", jurisdiction };
}

const ARGUMENTS: ArgumentTable<PersonalDataStoreArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    jurisdiction: required(jurisdiction()),
    accessLogBucket: input(bucketName()),
    deletionProtection: flag(),
    tags: { ...tags(), judge: ownTagsKept },
};

/** The store's own tags are what they are. */
function ownTagsKept(value: unknown, args: Given): Refusal[] {
    const given = value as Readonly<Record<string, unknown>>;
    return Object.entries(ownTags(textOf(args.jurisdiction)))
        .filter(([tag, own]) => typeof given[tag] === "string" && given[tag] !== own)
        .map(([tag, own]) => ({
            at: `.${tag}`,
            shown: given[tag],
            allowed: `nothing or ${own}`,
            remedy: "The policies on data residency go by this tag",
        }));
}

function validate(name: string, given: PersonalDataStoreArgs): PersonalDataStoreArgs {
    const problems = new Problems("meridian:index:PersonalDataStore", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${name}-files-bucket`, "aws:s3/bucket:Bucket");
    problems.throwIfAny();
    return args;
}

function makeTable(
    parent: PersonalDataStore,
    name: string,
    args: PersonalDataStoreArgs,
    key: EncryptionKey,
    tags: TagsInput,
    deletionProtection: boolean,
): aws.dynamodb.Table {
    const table = new aws.dynamodb.Table(
        `${name}-table`,
        {
            region: args.region,
            billingMode: "PAY_PER_REQUEST",
            hashKey: "pk",
            rangeKey: "sk",
            attributes: [
                { name: "pk", type: "S" },
                { name: "sk", type: "S" },
            ],
            ttl: { enabled: true, attributeName: "expiresAt" },
            serverSideEncryption: { enabled: true, kmsKeyArn: key.keyArn },
            pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: POINT_IN_TIME_DAYS_MAX },
            deletionProtectionEnabled: deletionProtection,
            tags,
        },
        // The only copy there is, by design.
        { parent, protect: deletionProtection },
    );
    tablePolicy(
        `${name}-table-policy`,
        { region: args.region, accountId: args.accountId, tableArn: table.arn },
        parent,
    );
    return table;
}

function makeFiles(
    parent: PersonalDataStore,
    name: string,
    args: PersonalDataStoreArgs,
    key: EncryptionKey,
    tags: TagsInput,
    deletionProtection: boolean,
): SecureBucket {
    return new SecureBucket(
        `${name}-files`,
        {
            region: args.region,
            accountId: args.accountId,
            kmsKeyArn: key.keyArn,
            // As long as the table can be taken back to, and no longer: erasing somebody's data must come to an end.
            lifecycle: { noncurrentExpireAfterDays: POINT_IN_TIME_DAYS_MAX },
            policyStatements: residencyStatements(args.accountId),
            deletionProtection,
            tags,
            ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
        },
        { parent },
    );
}

function residencyStatements(accountId: pulumi.Input<string>): BucketPolicyStatement[] {
    return [
        {
            Sid: "DenyOtherAccounts",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Paths: ["", "/*"],
            Condition: {
                StringNotEquals: { "aws:PrincipalAccount": accountId },
                BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
            },
        },
        {
            // Whoever wants a copy elsewhere has to remove this first, and cannot say that it was an oversight.
            Sid: "DenyReplication",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:PutReplicationConfiguration", "s3:GetObjectVersionForReplication"],
            Paths: ["", "/*"],
        },
    ];
}
