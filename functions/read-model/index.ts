/**
 * Keeps the read model of orders as the orders are. From the stream of the orders' table, by DynamoDB itself or by way of Kinesis:
 * the latter keeps no order and may tell twice, which the versions put right.
 *
 * Environment: `ORDER_VIEWS_TABLE`.
 */
import { EventType } from "@aws-lambda-powertools/batch";
import type {
    Context,
    DynamoDBRecord,
    DynamoDBStreamEvent,
    KinesisStreamEvent,
    KinesisStreamRecord,
    SQSBatchResponse,
} from "aws-lambda";
import * as v from "valibot";

import { type OrderView } from "../orders/views";
import { eachOf, Poison } from "../shared/batches";
import { isConditionFailure, tables } from "../shared/dynamo";
import { required } from "../shared/environment";
import { observation } from "../shared/observation";
import { itemOf } from "../shared/streams";

/** What the view takes from an order. */
const ORDER = v.object({
    customerId: v.string(),
    orderId: v.string(),
    status: v.picklist(["PLACED", "PAID", "SHIPPED", "CANCELLED"]),
    version: v.number(),
    currency: v.string(),
    totalMinor: v.number(),
    lines: v.array(v.unknown()),
    createdAt: v.string(),
    updatedAt: v.string(),
});

const observed = observation("read-model");
const TableName = required("ORDER_VIEWS_TABLE");

/** Lambda's entry. */
export async function handler(
    event: DynamoDBStreamEvent | KinesisStreamEvent,
    context: Context,
): Promise<SQSBatchResponse> {
    return isKinesis(event)
        ? eachOf(EventType.KinesisDataStreams, event, context, observed, (record) => keep(changeIn(record)))
        : eachOf(EventType.DynamoDBStreams, event, context, observed, keep);
}

function isKinesis(event: DynamoDBStreamEvent | KinesisStreamEvent): event is KinesisStreamEvent {
    return event.Records.some((record) => "kinesis" in record);
}

/** The change that DynamoDB has put into a stream of Kinesis. */
function changeIn({ kinesis }: KinesisStreamRecord): DynamoDBRecord {
    try {
        return JSON.parse(Buffer.from(kinesis.data, "base64").toString("utf8")) as DynamoDBRecord;
    } catch {
        throw new Poison("a record is no change of a table");
    }
}

/** Writes the view of an order, where it is not there yet or is older. Orders are never deleted; the table's other items are no orders. */
async function keep({ eventName, dynamodb }: DynamoDBRecord): Promise<void> {
    if (eventName === "REMOVE" || dynamodb?.Keys?.["sk"]?.S !== "ORDER") {
        return;
    }
    const result = v.safeParse(ORDER, itemOf(dynamodb.NewImage));
    if (!result.success) {
        throw new Poison("a change is of no order");
    }
    const { lines, ...order } = result.output;
    const view: OrderView = { ...order, lineCount: lines.length };
    try {
        await tables().put({
            TableName,
            Item: view,
            ConditionExpression: "attribute_not_exists(#version) OR #version < :version",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":version": view.version },
        });
        observed.count("ViewsWritten");
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        observed.count("ViewsOutdated");
    }
}
