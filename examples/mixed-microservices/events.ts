import * as aws from "@pulumi/aws";

import {
    EventBus,
    type EventBusRule,
    EventStream,
    EventTargetType,
    FilterPolicyScope,
    Queue,
    QueueSenderService,
    Topic,
    TopicSubscriptionProtocol,
} from "../../components/messaging";
import { type RegionalFoundation } from "../../components/operations";
import { type MixedKeyRing } from "./keys";
import { type MixedSettings } from "./settings";
import { type MixedTables } from "./tables";

/** What parts of the system tell each other by. */
export interface MixedEvents {
    readonly bus: EventBus;
    /** Orders that were placed, for the workflow. */
    readonly intake: Queue;
    /** News of orders, for whoever subscribes. */
    readonly news: Topic;
    /** The same for the invoices, which take them when they have time. */
    readonly billing: Queue;
    /** Shipments to ask the carrier for. */
    readonly carrier: Queue;
    /** Changes of orders, by which the read model is kept; where orders are processed. */
    readonly changes?: EventStream;
}

const SOURCE = "meridian.orders";

/** Makes queues, topic, bus and stream. */
export function createEvents(
    settings: MixedSettings,
    { alarmTopicArn }: RegionalFoundation,
    keys: MixedKeyRing,
    { orders }: MixedTables,
    provider: aws.Provider,
): MixedEvents {
    const opts = { providers: [provider] };
    const { region, accountId, environment, logRetentionDays, processesOrders, deletionProtection } =
        settings;
    const place = {
        region,
        accountId,
        kmsKeyArn: keys.messages,
        alarmTopicArns: [alarmTopicArn],
        tags: { "data-classification": "confidential" },
    };
    const busName = `mixed-${environment}`;
    // What the rules will be called; they are made with the bus, after what they send to.
    const ruleArn = (key: string) =>
        `arn:aws:events:${region}:${accountId}:rule/${busName}/mixed-bus-${key}-*`;
    const intake = new Queue(
        "mixed-intake",
        {
            ...place,
            visibilityTimeoutSeconds: 180,
            senders: [{ service: QueueSenderService.EventBridge, sourceArn: ruleArn("placed") }],
        },
        opts,
    );
    const billing = new Queue(
        "mixed-billing",
        {
            ...place,
            senders: [
                {
                    service: QueueSenderService.Sns,
                    sourceArn: `arn:aws:sns:${region}:${accountId}:mixed-news-topic-*`,
                },
            ],
        },
        opts,
    );
    const carrier = new Queue("mixed-carrier", place, opts);
    const news = new Topic(
        "mixed-news",
        {
            ...place,
            logRetentionDays,
            publishers: [{ service: "events.amazonaws.com", sourceArn: ruleArn("news") }],
            subscriptions: {
                billing: {
                    protocol: TopicSubscriptionProtocol.Sqs,
                    endpointArn: billing.queueArn,
                    filterPolicy: JSON.stringify({ "detail-type": ["OrderPaid", "OrderCancelled"] }),
                    filterPolicyScope: FilterPolicyScope.MessageBody,
                },
            },
        },
        opts,
    );
    const bus = new EventBus(
        "mixed-bus",
        {
            ...place,
            busName,
            description: "What happens to orders",
            archiveRetentionDays: 90,
            rules: {
                placed: {
                    description: "Orders that were placed here, for the workflow",
                    eventPattern: pattern(region, ["OrderPlaced"]),
                    targets: { intake: { type: EventTargetType.Queue, arn: intake.queueArn } },
                },
                news: {
                    description: "What has become of orders, for whoever wants to know",
                    eventPattern: pattern(region, ["OrderPaid", "OrderShipped", "OrderCancelled"]),
                    targets: { topic: { type: EventTargetType.Topic, arn: news.topicArn } },
                },
                ...abroad(settings, busName),
            },
        },
        opts,
    );
    if (!processesOrders) {
        return { bus, intake, news, billing, carrier };
    }
    const changes = new EventStream(
        "mixed-changes",
        { ...place, retentionPeriodHours: 168, deletionProtection },
        opts,
    );
    new aws.dynamodb.KinesisStreamingDestination(
        "mixed-order-changes",
        {
            region,
            tableName: orders.name,
            streamArn: changes.streamArn,
            approximateCreationDateTimePrecision: "MICROSECOND",
        },
        { provider },
    );
    return { bus, intake, news, billing, carrier, changes };
}

/** Events that happened in this region: those that the other one hands on are for the archive. */
function pattern(region: string, detailTypes: string[]): string {
    return JSON.stringify({ region: [region], source: [SOURCE], "detail-type": detailTypes });
}

/** The second region hands its events on to the first, whose archive then has all of them. */
function abroad(
    { accountId, isPrimary, primaryRegion, region }: MixedSettings,
    busName: string,
): Record<string, EventBusRule> {
    return isPrimary
        ? {}
        : {
              abroad: {
                  description: "Events of this region, for the archive of the first",
                  eventPattern: JSON.stringify({ region: [region], source: [SOURCE] }),
                  targets: {
                      bus: {
                          type: EventTargetType.EventBus,
                          arn: `arn:aws:events:${primaryRegion}:${accountId}:event-bus/${busName}`,
                      },
                  },
              },
          };
}
