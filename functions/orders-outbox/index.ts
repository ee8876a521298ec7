/**
 * Tells of what happened to orders: events that were written together with the orders, in the order of the table's stream.
 *
 * Environment: `EVENT_BUS_NAME` or `QUEUE_URL`, where they go.
 *
 * An event is told once or more often: what fails comes again, and with it what came after it in the batch. Who listens knows doubles
 * by `eventId`.
 */
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";

import { EVENT_PREFIX, type OrderEvent } from "../orders/order";
import { answeredWithin } from "../shared/answeredWithin";
import { queues } from "../shared/batches";
import { oneOf } from "../shared/environment";
import { errorForLog, observation } from "../shared/observation";
import { itemOf } from "../shared/streams";

const SOURCE = "meridian.orders";
/** Both services take ten in a call. */
const CHUNK = 10;

const observed = observation("orders-outbox");
const [busName, queueUrl] = oneOf("EVENT_BUS_NAME", "QUEUE_URL");
const bus = new EventBridgeClient({
    maxAttempts: 4,
    requestHandler: answeredWithin(5000),
});

/** An event, and where in the stream it is. */
interface Waiting {
    sequence: string;
    type: string;
    event: OrderEvent;
}

/** Lambda's entry. */
export async function handler(
    { Records }: DynamoDBStreamEvent,
    context: Context,
): Promise<DynamoDBBatchResponse> {
    observed.logger.addContext(context);
    const failed = new Set<string>();
    const waiting = Records.filter(isOutbox).flatMap((record) => {
        try {
            return [waitingOf(record)];
        } catch (error) {
            observed.logger.error("an event cannot be read", { error: errorForLog(error) });
            failed.add(sequenceOf(record));
            return [];
        }
    });
    for (let first = 0; first < waiting.length; first += CHUNK) {
        const refused = await tell(waiting.slice(first, first + CHUNK));
        refused.forEach((sequence) => failed.add(sequence));
        if (refused.length > 0) {
            // They come again, and so does all that follows. Later events had better not be told before them.
            break;
        }
    }
    observed.count("EventsFailed", failed.size);
    observed.metrics.publishStoredMetrics();
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Events are written once and then only deleted, by TTL. */
function isOutbox({ eventName, dynamodb }: DynamoDBRecord): boolean {
    return eventName === "INSERT" && (dynamodb?.Keys?.["sk"]?.S ?? "").startsWith(EVENT_PREFIX);
}

function waitingOf(record: DynamoDBRecord): Waiting {
    const { type, event } = itemOf(record.dynamodb?.NewImage) as { type: string; event: OrderEvent };
    return { sequence: sequenceOf(record), type, event };
}

function sequenceOf({ dynamodb }: DynamoDBRecord): string {
    return dynamodb?.SequenceNumber ?? "";
}

/** Tells up to ten events. Returns those that failed, by their place in the stream. */
async function tell(chunk: readonly Waiting[]): Promise<string[]> {
    try {
        return await (queueUrl === undefined ? put(chunk) : send(chunk, queueUrl));
    } catch (error) {
        observed.logger.warn("events were not taken", { error: errorForLog(error), count: chunk.length });
        return chunk.map(({ sequence }) => sequence);
    }
}

async function put(chunk: readonly Waiting[]): Promise<string[]> {
    const { Entries = [] } = await bus.send(
        new PutEventsCommand({
            Entries: chunk.map(({ type, event }) => ({
                EventBusName: busName,
                Source: SOURCE,
                DetailType: type,
                Time: new Date(event.occurredAt),
                Detail: JSON.stringify(event),
            })),
        }),
    );
    return chunk
        .filter((_, position) => {
            const code = Entries[position]?.ErrorCode;
            if (code !== undefined) {
                observed.logger.warn("an event was not taken", { code });
            }
            return code !== undefined;
        })
        .map(({ sequence }) => sequence);
}

async function send(chunk: readonly Waiting[], url: string): Promise<string[]> {
    const { Failed = [] } = await queues().send(
        new SendMessageBatchCommand({
            QueueUrl: url,
            Entries: chunk.map(({ type, event }, position) => ({
                Id: String(position),
                MessageBody: JSON.stringify({ source: SOURCE, "detail-type": type, detail: event }),
                MessageAttributes: { type: { DataType: "String", StringValue: type } },
            })),
        }),
    );
    for (const { Code } of Failed) {
        observed.logger.warn("an event was not taken", { code: Code ?? "unknown" });
    }
    const positions = new Set(Failed.map(({ Id }) => Number(Id)));
    return chunk.filter((_, position) => positions.has(position)).map(({ sequence }) => sequence);
}
