/** Storage, messages, code, and what is seen of them. */
import { type ModelContext, type ModelTable, byArn, lowerCase, named, settingOf, withId } from "../model";
import { type Properties } from "../../types";

/** A queue's or topic's name ends `.fifo` when it keeps the order. */
function fifo(property: string): (name: string, inputs: Properties) => string {
    return (name, inputs) => (inputs[property] === true ? `${name}.fifo` : name);
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
    "bucketAccelerateConfiguration:BucketAccelerateConfiguration",
    "bucketAcl:BucketAcl",
    "bucketCorsConfiguration:BucketCorsConfiguration",
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketLogging:BucketLogging",
    "bucketMetric:BucketMetric",
    "bucketNotification:BucketNotification",
    "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "bucketOwnershipControls:BucketOwnershipControls",
    "bucketPolicy:BucketPolicy",
    "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "bucketReplicationConfig:BucketReplicationConfig",
    "bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "bucketVersioning:BucketVersioning",
    "bucketWebsiteConfiguration:BucketWebsiteConfiguration",
].map((type) => [`aws:s3/${type}`, settingOf("bucket")] as const);

const OBJECT = {
    id: "{in:key}",
    autoName: false,
    arn: "arn:{partition}:s3:::{in:bucket}/{in:key}",
    outputs: { etag: "{hex:32}", versionId: "{az:32}" },
} as const;

function subscriptionArn({ text, uuid }: ModelContext): string | undefined {
    const topic = text("topic");
    return topic === undefined ? undefined : `${topic}:${uuid()}`;
}

export const PLATFORM_TABLE: ModelTable = {
    ...Object.fromEntries(BUCKET_SETTINGS),
    "aws:s3/bucket:Bucket": {
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
    "aws:s3/bucketObject:BucketObject": OBJECT,
    "aws:s3/bucketObjectv2:BucketObjectv2": OBJECT,
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": withId("{account}"),
    "aws:s3/accessPoint:AccessPoint": byArn("accesspoint/{name}", { nameLength: 50 }),
    "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": withId(
        "{account}:{hex:8}",
        "arn:{partition}:s3::{account}:accesspoint/{hex:13}.mrap",
    ),
    "aws:ecr/repository:Repository": named("repository/{name}", {
        nameLength: 256,
        shapeName: lowerCase,
        outputs: { registryId: "{account}", repositoryUrl: "{account}.dkr.ecr.{region}.{dns}/{name}" },
    }),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": settingOf("repository", {
        outputs: { registryId: "{account}" },
    }),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": settingOf("repository", {
        outputs: { registryId: "{account}" },
    }),
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": withId("{account}"),
    "aws:efs/fileSystem:FileSystem": withId("fs-0{hex:16}", "file-system/{id}", {
        outputs: { dnsName: "{id}.efs.{region}.{dns}" },
    }),
    "aws:efs/mountTarget:MountTarget": withId("fsmt-0{hex:16}"),
    "aws:efs/accessPoint:AccessPoint": withId("fsap-0{hex:16}", "access-point/{id}"),
    "aws:sns/topic:Topic": byArn("{name}", {
        nameLength: 256,
        shapeName: fifo("fifoTopic"),
        outputs: { owner: "{account}", beginningArchiveTime: "" },
    }),
    "aws:sns/topicPolicy:TopicPolicy": settingOf("arn", { outputs: { owner: "{account}" } }),
    "aws:sns/topicSubscription:TopicSubscription": {
        id: subscriptionArn,
        autoName: false,
        outputs: { arn: "{id}", ownerId: "{account}", pendingConfirmation: false },
    },
    "aws:sqs/queue:Queue": {
        id: "https://sqs.{region}.{dns}/{account}/{name}",
        arn: "{name}",
        nameLength: 80,
        shapeName: fifo("fifoQueue"),
        outputs: { url: "{id}" },
    },
    "aws:sqs/queuePolicy:QueuePolicy": settingOf("queueUrl"),
    "aws:sqs/redrivePolicy:RedrivePolicy": settingOf("queueUrl"),
    "aws:lambda/function:Function": named("function:{name}", {
        nameLength: 64,
        outputs: {
            invokeArn:
                "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/arn:{partition}:lambda:{region}:{account}:function:{name}/invocations",
            qualifiedArn: "arn:{partition}:lambda:{region}:{account}:function:{name}:$LATEST",
            version: "$LATEST",
            lastModified: "2024-01-01T00:00:00.000+0000",
        },
    }),
    "aws:lambda/alias:Alias": {
        id: "arn:{partition}:lambda:{region}:{account}:function:{in:functionName}:{name}",
        outputs: { arn: "{id}" },
    },
    "aws:lambda/permission:Permission": { nameProperty: "statementId", nameLength: 100 },
    "aws:lambda/invocation:Invocation": withId("{in:functionName}_$LATEST_{hex:32}"),
    "aws:lambda/eventSourceMapping:EventSourceMapping": withId("{uuid}", "event-source-mapping:{id}", {
        outputs: { uuid: "{id}" },
    }),
    "aws:lambda/layerVersion:LayerVersion": byArn("layer:{in:layerName}:1", {
        autoName: false,
        outputs: { version: "1" },
    }),
    "aws:lambda/functionUrl:FunctionUrl": settingOf("functionName", {
        outputs: { functionUrl: "https://{az:32}.lambda-url.{region}.on.aws/" },
    }),
    "aws:scheduler/schedule:Schedule": named("schedule/default/{name}", {
        id: "default/{name}",
        nameLength: 64,
    }),
    "aws:scheduler/scheduleGroup:ScheduleGroup": named("schedule-group/{name}", { nameLength: 64 }),
    "aws:sfn/stateMachine:StateMachine": byArn("stateMachine:{name}", { nameLength: 80 }),
    "aws:kinesis/stream:Stream": byArn("stream/{name}", { nameLength: 128 }),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": byArn(
        "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
        {
            nameLength: 64,
        },
    ),
    "aws:cloudwatch/logGroup:LogGroup": named("log-group:{name}", { nameLength: 512 }),
    "aws:cloudwatch/logStream:LogStream": named("log-group:{in:logGroupName}:log-stream:{name}", {
        nameLength: 512,
    }),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": named(undefined, { nameLength: 512 }),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { id: "cwlsf-{09:10}", nameLength: 512 },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { nameProperty: "policyName" },
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": { nameProperty: "policyName" },
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": settingOf("logGroupName"),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": named("delivery-source:{name}", {
        nameLength: 60,
        outputs: { service: "cloudfront" },
    }),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": named("delivery-destination:{name}", {
        nameLength: 60,
    }),
    "aws:cloudwatch/logDelivery:LogDelivery": withId("{az:16}", "delivery:{id}"),
    "aws:cloudwatch/queryDefinition:QueryDefinition": {
        id: "{uuid}",
        nameLength: 255,
        outputs: { queryDefinitionId: "{id}" },
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": named("alarm:{name}", { nameLength: 255 }),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": named("alarm:{name}", {
        nameProperty: "alarmName",
        nameLength: 255,
    }),
    "aws:cloudwatch/dashboard:Dashboard": {
        nameProperty: "dashboardName",
        nameLength: 255,
        outputs: { dashboardArn: "arn:{partition}:cloudwatch::{account}:dashboard/{name}" },
    },
    "aws:cloudwatch/eventBus:EventBus": named("event-bus/{name}", { nameLength: 256 }),
    "aws:cloudwatch/eventRule:EventRule": {
        id: ({ text, physicalName }) => {
            const bus = text("eventBusName");
            return bus === undefined || bus === "default" ? physicalName : `${bus}/${physicalName}`;
        },
        arn: "rule/{id}",
        nameLength: 64,
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
        id: ({ text, physicalName }) => `${text("rule") ?? "rule"}-${text("targetId") ?? physicalName}`,
        nameProperty: "targetId",
        nameLength: 64,
    },
    "aws:cloudwatch/eventConnection:EventConnection": named("connection/{name}/{uuid}", { nameLength: 64 }),
    "aws:cloudwatch/eventApiDestination:EventApiDestination": named("api-destination/{name}/{uuid}", {
        nameLength: 64,
    }),
    "aws:synthetics/canary:Canary": named("canary:{name}", { nameLength: 21, shapeName: lowerCase }),
    "aws:xray/group:Group": byArn("group/{in:groupName}/{AZ:52}", {
        nameProperty: "groupName",
        nameLength: 32,
    }),
    "aws:xray/samplingRule:SamplingRule": named("sampling-rule/{name}", {
        nameProperty: "ruleName",
        nameLength: 32,
    }),
    "aws:backup/vault:Vault": named("backup-vault:{name}", {
        nameLength: 50,
        outputs: { recoveryPoints: 0 },
    }),
    "aws:backup/plan:Plan": {
        id: "{uuid}",
        arn: "backup-plan:{id}",
        nameLength: 50,
        outputs: { version: "{az:48}" },
    },
    "aws:backup/selection:Selection": { id: "{uuid}", nameLength: 50 },
    "aws:backup/vaultPolicy:VaultPolicy": settingOf("backupVaultName"),
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": settingOf("backupVaultName"),
    "aws:budgets/budget:Budget": { id: "{account}:{name}", arn: "budget/{name}", nameLength: 100 },
    "aws:ecs/cluster:Cluster": byArn("cluster/{name}", { nameLength: 255 }),
    "aws:ecs/service:Service": byArn("service/{name}", { nameLength: 255 }),
    "aws:ecs/taskDefinition:TaskDefinition": {
        id: "{in:family}",
        autoName: false,
        arn: "task-definition/{in:family}:1",
        outputs: {
            revision: 1,
            arnWithoutRevision: "arn:{partition}:ecs:{region}:{account}:task-definition/{in:family}",
        },
    },
    "aws:codebuild/project:Project": byArn("project/{name}", { nameLength: 150 }),
    "aws:codepipeline/pipeline:Pipeline": byArn("{name}", { nameLength: 100 }),
    "aws:codedeploy/application:Application": {
        id: "{uuid}:{name}",
        arn: "application:{name}",
        nameLength: 100,
    },
    "aws:codestarconnections/connection:Connection": byArn(
        "arn:{partition}:codestar-connections:{region}:{account}:connection/{uuid}",
    ),
    "aws:athena/workgroup:Workgroup": named("workgroup/{name}", { nameLength: 128 }),
    "aws:glue/catalogDatabase:CatalogDatabase": {
        id: "{account}:{name}",
        arn: "database/{name}",
        shapeName: lowerCase,
    },
};
