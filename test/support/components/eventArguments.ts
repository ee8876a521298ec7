/** Arguments of the components that hand messages and events on, which are fine: the least, and all of them. */
import {
    type EventBusArgs,
    EventStreamMode,
    type EventStreamArgs,
    EventTargetType,
    FifoThroughputLimit,
    FilterPolicyScope,
    type QueueArgs,
    QueueSenderService,
    type TopicArgs,
    TopicSubscriptionProtocol,
    type WorkflowArgs,
    WorkflowType,
} from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

/** The ARN of something in the tests' account and region. */
export const arnHere = (service: string, resource: string): string =>
    `arn:aws:${service}:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`;

export const EVENT_KEY = arnHere("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab");
export const EVENT_ALARMS = arnHere("sns", "alarms");

const least = { region: TEST_REGION, accountId: TEST_ACCOUNT, kmsKeyArn: EVENT_KEY };
const rest = { alarmTopicArns: [EVENT_ALARMS], tags: { project: "shop" } };

export const leastQueue: QueueArgs = least;
export const fullQueue = {
    ...least,
    queueName: "orders",
    fifoQueue: true,
    contentBasedDeduplication: true,
    fifoThroughputLimit: FifoThroughputLimit.PerQueue,
    kmsDataKeyReusePeriodSeconds: 600,
    visibilityTimeoutSeconds: 360,
    messageRetentionSeconds: 86_400,
    maxMessageSize: 1_048_576,
    delaySeconds: 5,
    receiveWaitTimeSeconds: 10,
    maxReceiveCount: 3,
    senders: [{ service: QueueSenderService.Sns, sourceArn: arnHere("sns", "orders.fifo") }],
    oldestMessageAlarmSeconds: 600,
    ...rest,
} satisfies Required<QueueArgs>;

export const leastTopic: TopicArgs = least;
export const fullTopic = {
    ...least,
    topicName: "orders",
    fifoTopic: true,
    contentBasedDeduplication: true,
    archiveRetentionDays: 30,
    subscriptions: {
        packing: {
            protocol: TopicSubscriptionProtocol.Sqs,
            endpointArn: arnHere("sqs", "packing.fifo"),
            filterPolicy: '{"kind":["parcel"]}',
            filterPolicyScope: FilterPolicyScope.MessageBody,
            rawMessageDelivery: false,
            fifoQueue: true,
        },
    },
    publishers: [{ service: "events.amazonaws.com", sourceArn: arnHere("events", "rule/shop/orders") }],
    deliveryLogs: true,
    logRetentionDays: 30,
    ...rest,
} satisfies Required<TopicArgs>;

export const leastBus: EventBusArgs = least;
export const fullBus = {
    ...least,
    busName: "shop-events",
    description: "What happens in the shop",
    archiveRetentionDays: 30,
    archiveEventPattern: '{"source":[{"prefix":"shop."}]}',
    publisherAccountIds: ["444455556666"],
    rules: {
        placed: {
            description: "Orders that were placed",
            eventPattern: '{"source":["shop.orders"],"detail-type":["OrderPlaced"]}',
            enabled: true,
            targets: {
                queue: {
                    type: EventTargetType.Queue,
                    arn: arnHere("sqs", "receipts.fifo"),
                    messageGroupId: "orders",
                    maximumEventAgeSeconds: 3600,
                    maximumRetryAttempts: 10,
                },
                stream: {
                    type: EventTargetType.Stream,
                    arn: arnHere("kinesis", "stream/orders"),
                    inputPath: "$.detail",
                    partitionKeyPath: "$.detail.orderId",
                    kmsKeyArn: EVENT_KEY,
                },
                function: {
                    type: EventTargetType.Function,
                    arn: arnHere("lambda", "function:orders:live"),
                    input: '{"kind":"placed"}',
                },
            },
        },
    },
    ...rest,
} satisfies Required<EventBusArgs>;

export const leastStream: EventStreamArgs = least;
export const fullStream = {
    ...least,
    streamName: "clicks",
    streamMode: EventStreamMode.Provisioned,
    shardCount: 4,
    retentionPeriodHours: 48,
    maxRecordSizeKib: 2048,
    consumerNames: ["reports"],
    iteratorAgeAlarmSeconds: 60,
    deletionProtection: true,
    ...rest,
} satisfies Required<EventStreamArgs>;

/** A definition that is fine. */
export const CALL_ONE = {
    Comment: "Calls one function",
    QueryLanguage: "JSONata",
    TimeoutSeconds: 60,
    StartAt: "Call",
    States: {
        Call: {
            Type: "Task",
            Resource: "arn:aws:states:::lambda:invoke",
            Arguments: { FunctionName: "${Function}", Payload: "{% $states.input %}" },
            End: true,
        },
    },
};

export const leastWorkflow: WorkflowArgs = {
    ...least,
    definition: JSON.stringify(CALL_ONE),
    substitutions: { Function: arnHere("lambda", "function:orders:live") },
};
export const fullWorkflow = {
    ...leastWorkflow,
    substitutions: { Function: arnHere("lambda", "function:orders:live") },
    workflowName: "orders",
    workflowType: WorkflowType.Express,
    permissions: [
        [
            {
                sid: "CallFunction",
                actions: ["lambda:InvokeFunction"],
                resources: [arnHere("lambda", "function:orders:live")],
            },
        ],
    ],
    logExecutionData: true,
    logRetentionDays: 30,
    aliasName: "current",
    ...rest,
} satisfies Required<WorkflowArgs>;
