import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { nativeProvider } from "../../security/awsNative";
import { classified, DataClassification } from "../../security/dataClassification";
import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { type Permission } from "../../security/permissions";
import { SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";
import { bucketStatements, eventPermissions, makeServiceRole, recommendPermissions } from "./access";
import { type PersonalizationArgs } from "./args";
import { loadAwsNative } from "./awsNative";
import { makeDatasets } from "./datasets";
import { planFilters } from "./filters";
import { NOT_SERVED } from "./serving";
import { validate } from "./table";
import { planUses, type UsePlan } from "./uses";
import { makeWorkflows } from "./workflows";

export {
    type PersonalizationArgs,
    RecommendationDomain,
    type RecommendationFilter,
    type RecommendationSchemas,
    RecommendationUse,
} from "./args";

const TYPE = "meridian:index:Personalization";

/**
 * Recommendations by Amazon Personalize: similar items, search results in a user's order, items for a user.
 *
 * What costs nothing while nobody uses it is there at once: a dataset group with its datasets under a key of its own,
 * an event tracker, a solution for each use, and a bucket for files to import, `interactions/`, `items/` and `users/`.
 * What is trained, and what serves and costs by the hour, a workflow makes and takes away, since CloudFormation has no
 * resources for it. While nothing serves a use its parameter reads `none`, and whoever recommends shows what is popular.
 *
 * Needs the package @pulumi/aws-native, which nothing else in this package does. Its resources go by the provider of
 * `aws-native` among `providers`, which must be of the same region, or by one that the component makes for its region
 * and account.
 *
 * Children: `<name>-native` (the provider, unless one is given), `<name>-encryption` (an EncryptionKey), `<name>-data`
 * (a SecureBucket), `<name>-role` and `<name>-role-policy`, `<name>-group`, `<name>-<dataset>` and
 * `<name>-<dataset>-schema` for interactions, items and users, `<name>-tracker`, `<name>-<use>` for each solution,
 * `<name>-<use>-parameter`, and for each of `<name>-training` and `<name>-removal` the state machine with `-logs`,
 * `-role`, `-policy` and `-failed`; `<name>-schedule`, `<name>-schedule-role`, `<name>-schedule-policy`,
 * `<name>-schedule-dead-letters`, `<name>-schedule-failed`.
 */
export class Personalization extends pulumi.ComponentResource {
    /** ARN of the dataset group. */
    readonly datasetGroupArn: pulumi.Output<string>;
    /** Id of the event tracker: what PutEvents takes as `trackingId`. */
    readonly eventTrackerId: pulumi.Output<string>;
    /** Name of the bucket whose folders `interactions/`, `items/` and `users/` the workflow imports, as CSV files. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket. */
    readonly bucketArn: pulumi.Output<string>;
    /** ARN of the key of bucket, datasets and logs. Who writes files into the bucket needs it. */
    readonly keyArn: pulumi.Output<string>;
    /**
     * Names of the SSM parameters by use. Each holds the ARN of the campaign or recommender that serves the use, or the
     * word `none`.
     */
    readonly parameterNames: pulumi.Output<Record<string, string>>;
    /** ARNs of the filters by name. They are there once the workflow has run. */
    readonly filterArns: pulumi.Output<Record<string, string>>;
    /** ARN of the state machine that imports, trains and serves. It takes no input. */
    readonly workflowArn: pulumi.Output<string>;
    /** ARN of the state machine to run before the component is destroyed. It takes no input. */
    readonly removalWorkflowArn: pulumi.Output<string>;
    /** What whoever shows recommendations needs: to read the parameters, and to ask what they name. */
    readonly recommendPermissions: pulumi.Output<Permission[]>;
    /** What whoever tells of events needs. */
    readonly eventPermissions: pulumi.Output<Permission[]>;

    constructor(name: string, args: PersonalizationArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        const native = loadAwsNative(`${TYPE} "${name}"`);
        super(TYPE, name, args, opts);
        const deletionProtection = args.deletionProtection ?? true;
        const tags = args.tags ?? {};
        // What people looked at and bought, by their ids.
        const dataTags = classified(DataClassification.Confidential, tags);
        const uses = planUses(name, args);
        const filters = planFilters(name, args);

        const provider = nativeProvider(
            this,
            name,
            args,
            "aws-native:personalize:DatasetGroup",
            native.provider,
        );
        const key = new EncryptionKey(
            `${name}-encryption`,
            {
                region: args.region,
                accountId: args.accountId,
                description: `What ${name} recommends by`,
                services: [KeyUser.Personalize, KeyUser.CloudWatchLogs],
                deletionProtection,
                tags: dataTags,
            },
            { parent: this },
        );
        const bucket = new SecureBucket(
            `${name}-data`,
            {
                region: args.region,
                accountId: args.accountId,
                kmsKeyArn: key.keyArn,
                policyStatements: bucketStatements(args.accountId),
                deletionProtection,
                tags: dataTags,
                ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
            },
            { parent: this },
        );
        const roleArn = makeServiceRole(this, name, args, bucket, key, tags);
        const made = makeDatasets(
            { parent: this, name, args, native, provider, tags: dataTags },
            uses,
            key.keyArn,
            roleArn,
        );
        const parameters = uses.map((use) => makeParameter(this, name, args, use, tags));
        const workflows = makeWorkflows(
            { parent: this, args, key, bucketArn: bucket.bucketArn, tags },
            {
                name,
                bucketName: bucket.policyReady,
                roleArn,
                filters,
                minRequestsPerSecond: args.minRequestsPerSecond ?? 1,
                ...made,
            },
        );

        this.datasetGroupArn = made.datasetGroupArn;
        this.eventTrackerId = made.trackingId;
        this.bucketName = bucket.policyReady;
        this.bucketArn = bucket.bucketArn;
        this.keyArn = key.keyArn;
        this.parameterNames = byKey(uses.map(({ use }, index) => [use, parameters[index]?.name ?? ""]));
        this.filterArns = byKey(filters.map(({ key: filter, arn }) => [filter, arn]));
        this.workflowArn = workflows.training.arn;
        this.removalWorkflowArn = workflows.removal.arn;
        this.recommendPermissions = recommendPermissions(args, uses);
        this.eventPermissions = eventPermissions(args);
        this.registerOutputs({
            datasetGroupArn: this.datasetGroupArn,
            eventTrackerId: this.eventTrackerId,
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            keyArn: this.keyArn,
            parameterNames: this.parameterNames,
            filterArns: this.filterArns,
            workflowArn: this.workflowArn,
            removalWorkflowArn: this.removalWorkflowArn,
            recommendPermissions: this.recommendPermissions,
            eventPermissions: this.eventPermissions,
        });
    }
}

function makeParameter(
    parent: Personalization,
    name: string,
    { region }: PersonalizationArgs,
    { use, parameterName }: UsePlan,
    tags: TagsInput,
): aws.ssm.Parameter {
    return new aws.ssm.Parameter(
        `${name}-${use}-parameter`,
        {
            region,
            name: parameterName,
            description: `ARN of what gives recommendations for ${use}, or ${NOT_SERVED}`,
            type: "String",
            value: NOT_SERVED,
            tags,
        },
        // The workflow writes it.
        { parent, ignoreChanges: ["value"] },
    );
}

function byKey(
    entries: readonly (readonly [string, pulumi.Input<string>])[],
): pulumi.Output<Record<string, string>> {
    return pulumi.output(Object.fromEntries(entries) as Record<string, pulumi.Input<string>>);
}
