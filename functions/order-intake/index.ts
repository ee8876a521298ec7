/**
 * Starts the workflow of each order that was placed. The queue before it takes what comes all at once.
 *
 * Environment: `STATE_MACHINE_ARN`, `DEAD_LETTER_QUEUE_URL` for messages that no attempt can help.
 */
import { EventType } from "@aws-lambda-powertools/batch";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as v from "valibot";

import { answeredWithin } from "../shared/answeredWithin";
import { eachOf, jsonOf, orBury, orPoison } from "../shared/batches";
import { required } from "../shared/environment";
import { ID_PATTERN } from "../shared/ids";
import { observation } from "../shared/observation";
import { CURRENCY, text, whole } from "../shared/validation";

/** As EventBridge's rule or the outbox puts it into the queue. */
const PLACED = v.object({
    "detail-type": v.literal("OrderPlaced"),
    detail: v.object({
        orderId: v.pipe(v.string(), v.regex(ID_PATTERN)),
        customerId: text(1, 128),
        currency: CURRENCY,
        totalMinor: whole(0, Number.MAX_SAFE_INTEGER),
    }),
});

const observed = observation("order-intake");
const stateMachineArn = required("STATE_MACHINE_ARN");
const deadLetterQueueUrl = required("DEAD_LETTER_QUEUE_URL");
const workflows = new SFNClient({
    maxAttempts: 4,
    requestHandler: answeredWithin(5000),
});

/** Lambda's entry. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
    return eachOf(EventType.SQS, event, context, observed, (record: SQSRecord) =>
        orBury(record, deadLetterQueueUrl, observed, () => start(record.body)),
    );
}

async function start(body: string): Promise<void> {
    const { detail: input } = orPoison(PLACED, jsonOf(body), "the message is no OrderPlaced");
    try {
        await workflows.send(
            // An order has one run: its name is the order's, and a name is taken once within 90 days.
            new StartExecutionCommand({ stateMachineArn, name: input.orderId, input: JSON.stringify(input) }),
        );
        observed.count("WorkflowsStarted");
    } catch (error) {
        if (!(error instanceof Error && error.name === "ExecutionAlreadyExists")) {
            throw error;
        }
        observed.count("WorkflowsRepeated");
    }
}
