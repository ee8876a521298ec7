import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { type SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";
import { type Catalog } from "./catalog";
import { EVENTS_PREFIX } from "./columns";

/** What queries are run with. */
export interface QueryPlace {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly catalog: Catalog;
    readonly events: SecureBucket;
    readonly results: SecureBucket;
}

const RESULTS_PREFIX = "results/";

/** Makes the workgroup in which events are queried: with a limit, and with results nowhere but in its own bucket. */
export function createWorkgroup(
    name: string,
    place: QueryPlace,
    settings: { maxGigabytes: number; deletionProtection: boolean; tags: TagsInput },
    parent: pulumi.Resource,
): aws.athena.Workgroup {
    return new aws.athena.Workgroup(
        `${name}-workgroup`,
        {
            region: place.region,
            description: `Queries of the events of ${name}`,
            // Its history keeps a workgroup from being deleted, and is worth nothing without it.
            forceDestroy: !settings.deletionProtection,
            configuration: {
                enforceWorkgroupConfiguration: true,
                publishCloudwatchMetricsEnabled: true,
                bytesScannedCutoffPerQuery: settings.maxGigabytes * 1024 ** 3,
                engineVersion: { selectedEngineVersion: "Athena engine version 3" },
                resultConfiguration: {
                    outputLocation: pulumi.interpolate`s3://${place.results.policyReady}/${RESULTS_PREFIX}`,
                    expectedBucketOwner: place.accountId,
                    encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: place.kmsKeyArn },
                },
            },
            tags: settings.tags,
        },
        { parent },
    );
}

/** What it takes to query the events. */
export function queryPermissions(
    { region, kmsKeyArn, catalog, events, results }: QueryPlace,
    workgroup: aws.athena.Workgroup,
): pulumi.Output<Permission[]> {
    const both = [events.bucketArn, results.bucketArn];
    return permissionsOf([
        {
            sid: "RunQueries",
            actions: [
                "athena:BatchGetQueryExecution",
                "athena:GetQueryExecution",
                "athena:GetQueryResults",
                "athena:GetWorkGroup",
                "athena:ListQueryExecutions",
                "athena:StartQueryExecution",
                "athena:StopQueryExecution",
            ],
            resources: [workgroup.arn],
        },
        {
            sid: "ReadCatalogue",
            actions: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
            resources: catalog.arns,
        },
        { sid: "FindBuckets", actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: both },
        {
            sid: "ReadEvents",
            actions: ["s3:GetObject"],
            resources: [pulumi.interpolate`${events.bucketArn}/${EVENTS_PREFIX}*`],
        },
        {
            sid: "KeepResults",
            actions: [
                "s3:AbortMultipartUpload",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ],
            resources: [pulumi.interpolate`${results.bucketArn}/${RESULTS_PREFIX}*`],
        },
        {
            sid: "UseKeyOfEvents",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [kmsKeyArn],
            conditions: [viaService("s3", region)],
        },
    ]);
}
