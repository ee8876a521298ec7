import { BatchProcessor, type EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, DynamoDBRecord, KinesisStreamRecord, SQSBatchResponse, SQSRecord } from "aws-lambda";

import { messageOf } from "./errors";
import { errorForLog, type Observation } from "./observation";

/** What can never be worked upon, however often it is tried. */
export class Poison extends Error {
    override readonly name = "Poison";
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
        requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
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
