import { BatchProcessor, type EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, DynamoDBRecord, KinesisStreamRecord, SQSBatchResponse, SQSRecord } from "aws-lambda";
import * as v from "valibot";

import { answeredWithin } from "./answeredWithin";
import { messageOf } from "./errors";
import { errorForLog, type Observation } from "./observation";
import { wrongParts } from "./validation";

/** What can never be worked upon, however often it is tried. */
export class Poison extends Error {
    override readonly name = "Poison";
}

/** A message's JSON. */
export function jsonOf(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        throw new Poison("the message is no JSON");
    }
}

/** What a schema makes of what came. What is not as described is poison. */
export function orPoison<S extends v.GenericSchema>(
    schema: S,
    value: unknown,
    what: string,
): v.InferOutput<S> {
    const result = v.safeParse(schema, value);
    if (!result.success) {
        throw new Poison(`${what}: wrong or missing ${wrongParts(result.issues)}`);
    }
    return result.output;
}

type Record_ = SQSRecord & DynamoDBRecord & KinesisStreamRecord;

/**
 * Works on each record of a batch by itself, and answers which have failed: Lambda brings those again, and only those of a queue, or
 * all from the first of them on of a stream.
 */
export async function eachOf<R extends SQSRecord | DynamoDBRecord | KinesisStreamRecord>(
    type: (typeof EventType)[keyof typeof EventType],
    event: { Records: readonly R[] },
    context: Context,
    observed: Observation,
    work: (record: R) => Promise<void>,
): Promise<SQSBatchResponse> {
    observed.logger.addContext(context);
    const processor = new BatchProcessor(type);
    try {
        const answer = await processPartialResponse(
            event as unknown as { Records: Record_[] },
            async (record: Record_) => {
                try {
                    await work(record as unknown as R);
                } catch (error) {
                    observed.logger.warn("a record failed", { error: errorForLog(error) });
                    throw error;
                }
            },
            processor,
            // Lambda would take it for a failure of the function itself, and bring back what is poisoned without end.
            { context, throwOnFullBatchFailure: false },
        );
        observed.count("Records", event.Records.length);
        observed.count("FailedRecords", answer.batchItemFailures.length);
        return answer;
    } finally {
        observed.metrics.publishStoredMetrics();
    }
}

let client: SQSClient | undefined;

/** The queue service, which one environment of Lambda connects to once for all of its calls. */
export function queues(): SQSClient {
    return (client ??= new SQSClient({
        maxAttempts: 4,
        requestHandler: answeredWithin(3000),
    }));
}

// What attributes of messages may hold is a part of the message's size; a cause says what is needed in a line.
const CAUSE_MAX = 500;

/**
 * Works on a message. What is poison goes to the dead letters at once, with its cause: by redrive it would come there after many
 * attempts, and without one.
 */
export async function orBury(
    record: SQSRecord,
    deadLetterQueueUrl: string,
    observed: Observation,
    work: () => Promise<void>,
): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!(error instanceof Poison)) {
            throw error;
        }
        await queues().send(
            new SendMessageCommand({
                QueueUrl: deadLetterQueueUrl,
                MessageBody: record.body,
                MessageAttributes: {
                    cause: { DataType: "String", StringValue: messageOf(error).slice(0, CAUSE_MAX) },
                    sourceMessageId: { DataType: "String", StringValue: record.messageId },
                },
            }),
        );
        observed.count("PoisonedMessages");
        observed.logger.error("a message is buried", {
            error: errorForLog(error),
            messageId: record.messageId,
        });
    }
}
