/** What watches over a system, keeps it and tells of it: messages, logs, alarms, backups, keys and the rest. */
import { inputOf, isGiven } from "../../../../framework/items";
import { type Member } from "../../../../framework/stackView";
import { flag, list, number, object, objects, text } from "../../../../framework/subject";
import { type Bill } from "../bill";
import { HOURS } from "../priceTable";
import { type Meter, type Meters, monthly } from "./meter";

const CLOUDWATCH = "AmazonCloudWatch";
const GUARDDUTY = "AmazonGuardDuty";
const KINESIS = "AmazonKinesis";

/** An alarm is paid by the metrics that it looks at. Source: Amazon CloudWatch Pricing, "Alarms". */
function alarm(bill: Bill, member: Member): void {
    const queries = objects(inputOf(member, "metricQueries"));
    const metrics = queries.filter((query) => isGiven(query, "metric")).length;
    const model = text(inputOf(member, "thresholdMetricId"));
    // A band of what is expected is looked at by its two edges beside the metric itself.
    const count = Math.max(1, metrics) + (model === undefined || model === "" ? 0 : 2);
    const period = Math.min(
        number(inputOf(member, "period")) ?? 60,
        ...queries.map((query) => number(object(query.metric).period) ?? 60),
    );
    bill.fixed(CLOUDWATCH, period < 60 ? "alarm high resolution" : "alarm standard", count);
}

const key: Meter = (bill) => {
    bill.fixed("AWSKMS", "key", 1);
    bill.used("AWSKMS", "requests, symmetric", "kms.requests");
};

function stream(bill: Bill, member: Member): void {
    const hours = number(inputOf(member, "retentionPeriod")) ?? 24;
    if (text(object(inputOf(member, "streamModeDetails")).streamMode) === "ON_DEMAND") {
        bill.hourly(KINESIS, "on-demand stream");
        bill.used(KINESIS, "on-demand data in", "kinesis.gbIn");
        bill.used(KINESIS, "on-demand data out", "kinesis.gbOut");
        if (hours > 24) {
            bill.used(KINESIS, "on-demand extended retention", "kinesis.retainedGb");
        }
        return;
    }
    const shards = number(inputOf(member, "shardCount")) ?? 1;
    bill.hourly(KINESIS, "shard", shards);
    bill.used(KINESIS, "PUT payload units (25 KB)", "kinesis.putUnits");
    if (hours > 24) {
        bill.hourly(KINESIS, "extended retention (to 7 days)", shards);
    }
    if (hours > 7 * 24) {
        bill.used(KINESIS, "long-term retention", "kinesis.retainedGb");
    }
}

function machine(bill: Bill, member: Member): void {
    if (text(inputOf(member, "type")) === "EXPRESS") {
        bill.used("AWSStepFunctions", "Express requests", "stepFunctions.expressRequests");
        bill.used("AWSStepFunctions", "Express duration", "stepFunctions.expressGbSeconds");
    } else {
        bill.used("AWSStepFunctions", "Standard transitions", "stepFunctions.transitions");
    }
}

function detector(bill: Bill): void {
    bill.used(GUARDDUTY, "CloudTrail management events", "guardduty.managementEvents");
    bill.used(GUARDDUTY, "VPC flow and DNS logs", "guardduty.flowLogGb");
}

function detectorFeature(bill: Bill, member: Member): void {
    const name = text(inputOf(member, "name")) ?? "";
    if (text(inputOf(member, "status")) !== "ENABLED") {
        return;
    }
    if (name === "S3_DATA_EVENTS") {
        bill.used(GUARDDUTY, "S3 data events", "guardduty.s3Events");
    } else if (name === "LAMBDA_NETWORK_LOGS") {
        bill.used(GUARDDUTY, "Lambda protection", "guardduty.lambdaGb");
    } else {
        bill.gap(name, "usage", "There is no key for what this protection looks at.");
    }
}

function trail(bill: Bill, member: Member): void {
    // The first trail's copy of management events is free.
    const watches =
        list(inputOf(member, "eventSelectors")).length +
            list(inputOf(member, "advancedEventSelectors")).length >
        0;
    if (watches) {
        bill.used("AWSCloudTrail", "data events", "cloudtrail.dataEvents");
    }
    if (list(inputOf(member, "insightSelectors")).length > 0) {
        bill.gap("Insights events", "usage", "There is no key for the events that Insights looks at.");
    }
}

function build(bill: Bill, member: Member): void {
    const environment = object(inputOf(member, "environment"));
    const size = (text(environment.computeType) ?? "").replace("BUILD_GENERAL1_", "").toLowerCase();
    const kind = text(environment.type) === "ARM_CONTAINER" ? "Linux ARM" : "Linux x86";
    bill.used("AWSCodeBuild", `general1.${size} ${kind}`, "codebuild.minutes");
}

function pipeline(bill: Bill, member: Member): void {
    // AWS's default is V1.
    if (text(inputOf(member, "pipelineType")) === "V2") {
        bill.used("AWSCodePipeline", "V2 action execution", "codepipeline.minutes");
    } else {
        bill.fixed("AWSCodePipeline", "V1 active pipeline", 1);
    }
}

const PLANS: Readonly<Record<string, string>> = { ESSENTIALS: "Essentials", LITE: "Lite", PLUS: "Plus" };

function users(bill: Bill, member: Member): void {
    // AWS's default is Essentials.
    const plan = text(inputOf(member, "userPoolTier")) ?? "ESSENTIALS";
    bill.used("AmazonCognito", `${PLANS[plan] ?? plan} MAU`, "cognito.activeUsers");
}

/** Something by use for which the table has nothing. */
const unpriced =
    (name: string, reason: string): Meter =>
    (bill) => {
        bill.gap(name, "usage", reason);
    };

const NO_PRICE = "The table has no price for it.";

export const operationsMeters: Meters = {
    "aws-native:cognito:UserPool": users,
    "aws-native:cognito:UserPoolReplica": unpriced("replicated users", NO_PRICE),
    "aws-native:personalize:DatasetGroup": unpriced("data, training and recommendations", NO_PRICE),
    // Source: AWS News Blog, "Introducing Amazon Application Recovery Controller Region switch".
    "aws:arcregionswitch/plan:Plan": monthly("arc-region-switch", "plan"),
    "aws:athena/workgroup:Workgroup": unpriced("data scanned by queries", NO_PRICE),
    "aws:backup/vault:Vault": (bill) => {
        bill.used("AWSBackup", "DynamoDB warm storage", "backup.dynamodbGb");
        bill.used("AWSBackup", "S3 warm storage", "backup.s3Gb");
        bill.used("AWSBackup", "cross-region copy", "backup.copiedGb");
        bill.gap("backups of databases and volumes", "usage", NO_PRICE);
    },
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": unpriced("what tests restore", NO_PRICE),
    "aws:cfg/recorder:Recorder": (bill) => {
        bill.used("AWSConfig", "configuration items (continuous)", "config.items");
    },
    "aws:cfg/rule:Rule": (bill) => {
        bill.used("AWSConfig", "rule evaluations", "config.evaluations");
    },
    "aws:cloudtrail/trail:Trail": trail,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": monthly(CLOUDWATCH, "alarm composite"),
    "aws:cloudwatch/dashboard:Dashboard": monthly(CLOUDWATCH, "dashboard"),
    "aws:cloudwatch/eventArchive:EventArchive": (bill) => {
        bill.used("AmazonEventBridge", "archive processing", "events.archivedGb");
        bill.used("AmazonEventBridge", "archive storage", "events.archivedGb");
    },
    "aws:cloudwatch/eventBus:EventBus": (bill) => {
        bill.used("AmazonEventBridge", "custom events", "events.custom");
    },
    "aws:cloudwatch/logDelivery:LogDelivery": unpriced("delivery of logs", NO_PRICE),
    "aws:cloudwatch/logGroup:LogGroup": (bill, member) => {
        const kind =
            text(inputOf(member, "logGroupClass")) === "INFREQUENT_ACCESS" ? "Infrequent Access" : "Standard";
        bill.used(CLOUDWATCH, `Logs ingestion, ${kind}`, "logs.gb");
        bill.used(CLOUDWATCH, "Logs storage", "logs.storedGb");
    },
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": monthly(CLOUDWATCH, "custom metrics"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:codebuild/project:Project": build,
    "aws:codepipeline/pipeline:Pipeline": pipeline,
    "aws:cognito/userPool:UserPool": users,
    "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination": unpriced(
        "change data capture",
        NO_PRICE,
    ),
    "aws:ec2/flowLog:FlowLog": unpriced("delivery of flow logs", NO_PRICE),
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": (bill, member) => {
        // What ECR scans by itself is free.
        if (text(inputOf(member, "scanType")) === "ENHANCED") {
            bill.gap("images scanned by Amazon Inspector", "usage", NO_PRICE);
        }
    },
    "aws:ecs/cluster:Cluster": (bill, member) => {
        const insights = objects(inputOf(member, "settings")).some(
            ({ name, value }) => text(name) === "containerInsights" && text(value) !== "disabled",
        );
        if (insights) {
            bill.used(CLOUDWATCH, "custom metrics", "metrics.custom");
        }
    },
    "aws:guardduty/detector:Detector": detector,
    "aws:guardduty/detectorFeature:DetectorFeature": detectorFeature,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (bill) => {
        bill.used("AmazonFirehose", "Direct PUT / KDS ingestion", "firehose.gb");
    },
    "aws:kinesis/stream:Stream": stream,
    "aws:kinesis/streamConsumer:StreamConsumer": unpriced("enhanced fan-out", NO_PRICE),
    "aws:kms/key:Key": key,
    "aws:kms/replicaKey:ReplicaKey": key,
    "aws:scheduler/schedule:Schedule": (bill) => {
        bill.used("AmazonEventBridge", "Scheduler invocations", "events.scheduled");
    },
    "aws:sesv2/emailIdentity:EmailIdentity": (bill) => {
        bill.used("AmazonSES", "a la carte outbound", "ses.emails");
    },
    "aws:sfn/stateMachine:StateMachine": machine,
    "aws:sns/topic:Topic": (bill, member) => {
        const kind = flag(inputOf(member, "fifoTopic")) === true ? "FIFO" : "Standard";
        bill.used("AmazonSNS", `${kind} publish`, "sns.publishes");
    },
    "aws:sns/topicSubscription:TopicSubscription": (bill, member) => {
        const protocol = text(inputOf(member, "protocol")) ?? "";
        if (protocol.startsWith("email")) {
            bill.used("AmazonSNS", "email delivery", "sns.emails");
        } else if (protocol !== "sqs" && protocol !== "lambda") {
            bill.gap(`delivery by ${protocol}`, "usage", "There is no key for how many there are.");
        }
    },
    "aws:sqs/queue:Queue": (bill, member) => {
        const kind = flag(inputOf(member, "fifoQueue")) === true ? "FIFO" : "Standard";
        bill.used("AmazonSQS", `${kind} requests`, "sqs.requests");
    },
    "aws:ssm/parameter:Parameter": (bill, member) => {
        if (text(inputOf(member, "tier")) === "Advanced") {
            bill.fixed("AWSSystemsManager", "advanced parameter", 1);
        }
    },
    "aws:synthetics/canary:Canary": (bill, member) => {
        const [, count = "", unit = ""] =
            /^rate\((\d+) (minute|hour)s?\)$/.exec(
                text(object(inputOf(member, "schedule")).expression) ?? "",
            ) ?? [];
        if (count === "") {
            bill.gap("runs", "fixed", "Only a schedule by a rate tells how often it runs.");
        } else {
            bill.fixed(CLOUDWATCH, "Synthetics canary", (HOURS * (unit === "hour" ? 1 : 60)) / Number(count));
        }
    },
};
