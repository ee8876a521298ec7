/** Storage, messages, code, and what is seen of them. */
import { type Context } from "../context";
import { type ModelTable, byArn, lowerCase, named, settingOf, withId } from "../model";
import { type Properties } from "../../types";

/** A queue's or topic's name ends `.fifo` when it keeps the order. */
function fifo(property: string): (name: string, inputs: Properties) => string {
    return (name, inputs) => (inputs[property] === true ? `${name}.fifo` : name);
}

/** An alias's ARN is that of the machine of its versions, with the alias's name behind it. */
function aliasOfMachine({ inputs, physicalName }: Context): string | undefined {
    const [first] = (inputs["routingConfigurations"] ?? []) as readonly {
        readonly stateMachineVersionArn?: unknown;
    }[];
    const version = first?.stateMachineVersionArn;
    return typeof version === "string" && version.startsWith("arn:")
        ? `${version.replace(/:\d+$/, "")}:${physicalName}`
        : undefined;
}

/** Hosted zones of S3 websites. Source: AWS General Reference, "Amazon S3 website endpoints". */
const WEBSITE_ZONES: Readonly<Record<string, string>> = {
    "us-east-1": "Z3AQBSTGFYJSTF",
    "us-east-2": "Z2O1EMRO9K5GLX",
    "us-west-1": "Z2F56UZL2M1ACD",
    "us-west-2": "Z3BJ6K6RIION7M",
    "eu-central-1": "Z21DNDUVLTQW6Q",
    "eu-west-1": "Z1BKCTXD74EZPE",
    "eu-west-2": "Z3GKZC51ZF0DB4",
    "eu-west-3": "Z3R1K369G5AVDG",
    "eu-north-1": "Z3BAZG2TWCNX0D",
};

/** Settings of buckets that are resources of their own, known by the bucket. */
const BUCKET_SETTINGS = [
    "BucketAccelerateConfiguration",
    "BucketAcl",
    "BucketCorsConfiguration",
    "BucketLifecycleConfiguration",
    "BucketLogging",
    "BucketMetric",
    "BucketNotification",
    "BucketObjectLockConfiguration",
    "BucketOwnershipControls",
    "BucketPolicy",
    "BucketPublicAccessBlock",
    "BucketReplicationConfig",
    "BucketRequestPaymentConfiguration",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
    "BucketWebsiteConfiguration",
].map((name) => [`s3.${name}`, settingOf("bucket")] as const);

const OBJECT = {
    id: "{in:key}",
    autoName: false,
    arn: "arn:{partition}:s3:::{in:bucket}/{in:key}",
    outputs: { etag: "{hex:32}", versionId: "{az:32}" },
} as const;

function subscriptionArn({ text, uuid }: Context): string | undefined {
    const topic = text("topic");
    return topic === undefined ? undefined : `${topic}:${uuid()}`;
}

/** A function that publishes versions has the first one when it is made. */
function versionOf(inputs: Properties): string {
    return inputs.publish === true ? "1" : "$LATEST";
}

export const PLATFORM_TABLE: ModelTable = {
    ...Object.fromEntries(BUCKET_SETTINGS),
    "s3.Bucket": {
        nameProperty: "bucket",
        nameLength: 63,
        shapeName: lowerCase,
        arn: "arn:{partition}:s3:::{name}",
        outputs: {
            bucketDomainName: "{name}.s3.{dns}",
            bucketRegionalDomainName: "{name}.s3.{region}.{dns}",
            bucketRegion: "{region}",
            hostedZoneId: ({ region }) => WEBSITE_ZONES[region],
        },
    },
    "s3.BucketObject": OBJECT,
    "s3.BucketObjectv2": OBJECT,
    "s3.AccountPublicAccessBlock": withId("{account}"),
    "s3.AccessPoint": byArn("accesspoint/{name}", { nameLength: 50 }),
    "s3control.MultiRegionAccessPoint": withId(
        "{account}:{hex:8}",
        "arn:{partition}:s3::{account}:accesspoint/{hex:13}.mrap",
    ),
    "ecr.Repository": named("repository/{name}", {
        nameLength: 256,
        shapeName: lowerCase,
        outputs: { registryId: "{account}", repositoryUrl: "{account}.dkr.ecr.{region}.{dns}/{name}" },
    }),
    "ecr.LifecyclePolicy": settingOf("repository", { outputs: { registryId: "{account}" } }),
    "ecr.RepositoryPolicy": settingOf("repository", { outputs: { registryId: "{account}" } }),
    "ecr.ReplicationConfiguration": withId("{account}"),
    "efs.FileSystem": withId("fs-0{hex:16}", "file-system/{id}", {
        outputs: { dnsName: "{id}.efs.{region}.{dns}" },
    }),
    "efs.MountTarget": withId("fsmt-0{hex:16}"),
    "efs.AccessPoint": withId("fsap-0{hex:16}", "access-point/{id}"),
    "sns.Topic": byArn("{name}", {
        nameLength: 256,
        shapeName: fifo("fifoTopic"),
        outputs: { owner: "{account}", beginningArchiveTime: "" },
    }),
    "sns.TopicPolicy": settingOf("arn", { outputs: { owner: "{account}" } }),
    "sns.TopicSubscription": {
        id: subscriptionArn,
        autoName: false,
        outputs: { arn: "{id}", ownerId: "{account}", pendingConfirmation: false },
    },
    "sqs.Queue": {
        id: "https://sqs.{region}.{dns}/{account}/{name}",
        arn: "{name}",
        nameLength: 80,
        shapeName: fifo("fifoQueue"),
        outputs: { url: "{id}" },
    },
    "sqs.QueuePolicy": settingOf("queueUrl"),
    "sqs.RedrivePolicy": settingOf("queueUrl"),
    "sqs.RedriveAllowPolicy": settingOf("queueUrl"),
    "lambda.Function": named("function:{name}", {
        nameLength: 64,
        outputs: {
            invokeArn:
                "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/arn:{partition}:lambda:{region}:{account}:function:{name}/invocations",
            qualifiedArn: ({ fill, inputs }) =>
                fill(`arn:{partition}:lambda:{region}:{account}:function:{name}:${versionOf(inputs)}`),
            version: ({ inputs }) => versionOf(inputs),
            lastModified: "2024-01-01T00:00:00.000+0000",
        },
    }),
    "lambda.Alias": {
        id: "arn:{partition}:lambda:{region}:{account}:function:{in:functionName}:{name}",
        outputs: {
            arn: "{id}",
            invokeArn:
                "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{id}/invocations",
        },
    },
    "lambda.Permission": { nameProperty: "statementId", nameLength: 100 },
    "lambda.Invocation": withId("{in:functionName}_$LATEST_{hex:32}"),
    "lambda.EventSourceMapping": withId("{uuid}", "event-source-mapping:{id}", { outputs: { uuid: "{id}" } }),
    "lambda.LayerVersion": byArn("layer:{in:layerName}:1", { autoName: false, outputs: { version: "1" } }),
    "lambda.FunctionUrl": settingOf("functionName", {
        outputs: { functionUrl: "https://{az:32}.lambda-url.{region}.on.aws/" },
    }),
    "sfn.StateMachine": byArn("stateMachine:{name}", {
        nameLength: 80,
        outputs: {
            creationDate: "2024-01-01T00:00:00Z",
            revisionId: "{uuid:revision}",
            // The provider's own name for a machine without a version is its ARN.
            stateMachineVersionArn: ({ inputs, fill }) =>
                fill(
                    `arn:{partition}:states:{region}:{account}:stateMachine:{name}${inputs["publish"] === true ? ":1" : ""}`,
                ),
            status: "ACTIVE",
        },
    }),
    "sfn.Alias": {
        id: aliasOfMachine,
        nameLength: 80,
        outputs: { arn: "{id}", creationDate: "2024-01-01T00:00:00Z" },
    },
    "kinesis.Stream": byArn("stream/{name}", { nameLength: 128 }),
    "kinesis.StreamConsumer": {
        id: "{in:streamArn}/consumer/{name}:{09:10}",
        nameLength: 128,
        outputs: { arn: "{id}", creationTimestamp: "2024-01-01T00:00:00Z" },
    },
    "kinesis.FirehoseDeliveryStream": byArn(
        "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
        { nameLength: 64 },
    ),
    "cloudwatch.LogGroup": named("log-group:{name}", { nameLength: 512 }),
    "cloudwatch.LogStream": named("log-group:{in:logGroupName}:log-stream:{name}", { nameLength: 512 }),
    "cloudwatch.LogMetricFilter": named(undefined, { nameLength: 512 }),
    "cloudwatch.LogSubscriptionFilter": { id: "cwlsf-{09:10}", nameLength: 512 },
    "cloudwatch.LogResourcePolicy": { nameProperty: "policyName" },
    "cloudwatch.LogAccountPolicy": { nameProperty: "policyName" },
    "cloudwatch.LogDataProtectionPolicy": settingOf("logGroupName"),
    "cloudwatch.LogDeliverySource": named("delivery-source:{name}", {
        nameLength: 60,
        outputs: { service: "cloudfront" },
    }),
    "cloudwatch.LogDeliveryDestination": named("delivery-destination:{name}", { nameLength: 60 }),
    "cloudwatch.LogDelivery": withId("{az:16}", "delivery:{id}"),
    "cloudwatch.QueryDefinition": {
        id: "{uuid}",
        nameLength: 255,
        outputs: { queryDefinitionId: "{id}" },
    },
    "cloudwatch.MetricAlarm": named("alarm:{name}", { nameLength: 255 }),
    "cloudwatch.CompositeAlarm": named("alarm:{name}", { nameProperty: "alarmName", nameLength: 255 }),
    "cloudwatch.Dashboard": {
        nameProperty: "dashboardName",
        nameLength: 255,
        outputs: { dashboardArn: "arn:{partition}:cloudwatch::{account}:dashboard/{name}" },
    },
    "cloudwatch.EventBus": named("event-bus/{name}", { nameLength: 256 }),
    "cloudwatch.EventBusPolicy": settingOf("eventBusName"),
    "cloudwatch.EventArchive": named("archive/{name}", { nameLength: 48 }),
    "cloudwatch.EventRule": {
        id: ({ text, physicalName }) => {
            const bus = text("eventBusName");
            return bus === undefined || bus === "default" ? physicalName : `${bus}/${physicalName}`;
        },
        arn: "rule/{id}",
        nameLength: 64,
    },
    "cloudwatch.EventTarget": {
        id: ({ text, physicalName }) => `${text("rule") ?? "rule"}-${text("targetId") ?? physicalName}`,
        nameProperty: "targetId",
        nameLength: 64,
    },
    "cloudwatch.EventConnection": named("connection/{name}/{uuid}", { nameLength: 64 }),
    "cloudwatch.EventApiDestination": named("api-destination/{name}/{uuid}", { nameLength: 64 }),
    "synthetics.Canary": named("canary:{name}", { nameLength: 21, shapeName: lowerCase }),
    "arcregionswitch.Plan": byArn("arn:{partition}:arc-region-switch::{account}:plan/{name}:{az:6}", {
        nameLength: 32,
    }),
    "fis.ExperimentTemplate": withId("EXT{az:16}", "experiment-template/{id}"),
    "xray.Group": byArn("group/{in:groupName}/{AZ:52}", { nameProperty: "groupName", nameLength: 32 }),
    "xray.SamplingRule": named("sampling-rule/{name}", { nameProperty: "ruleName", nameLength: 32 }),
    "backup.Vault": named("backup-vault:{name}", { nameLength: 50, outputs: { recoveryPoints: 0 } }),
    "backup.Plan": {
        id: "{uuid}",
        arn: "backup-plan:{id}",
        nameLength: 50,
        outputs: { version: "{az:48}" },
    },
    "backup.Selection": { id: "{uuid}", nameLength: 50 },
    "backup.VaultPolicy": settingOf("backupVaultName"),
    "backup.VaultLockConfiguration": settingOf("backupVaultName"),
    "budgets.Budget": { id: "{account}:{name}", arn: "budget/{name}", nameLength: 100 },
    "codebuild.Project": byArn("project/{name}", { nameLength: 150 }),
    "codepipeline.Pipeline": byArn("{name}", { nameLength: 100 }),
    "codedeploy.Application": {
        id: "{uuid}:{name}",
        arn: "application:{name}",
        nameLength: 100,
    },
    "codestarconnections.Connection": byArn(
        "arn:{partition}:codestar-connections:{region}:{account}:connection/{uuid}",
    ),
    "athena.Workgroup": named("workgroup/{name}", { nameLength: 128 }),
    "glue.CatalogDatabase": {
        id: "{account}:{name}",
        arn: "database/{name}",
        shapeName: lowerCase,
    },
    "glue.CatalogTable": {
        id: "{account}:{in:databaseName}:{name}",
        arn: "table/{in:databaseName}/{name}",
        shapeName: lowerCase,
    },
};
