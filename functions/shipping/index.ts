/**
 * The workflow's steps with the carrier: a request, whose answer comes by `shipping-callback` with the task's token, and its
 * cancellation. Each may be made more than once.
 *
 * Environment: `SHIPMENTS_TABLE`, `CARRIER_QUEUE_URL`, where requests to the carrier go.
 *
 * Errors by name: `ShipmentRefused`; `InvalidStep`.
 */
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import * as v from "valibot";

import { queues } from "../shared/batches";
import { nowSeconds, nowText } from "../shared/clock";
import { isConditionFailure, tables } from "../shared/dynamo";
import { required } from "../shared/environment";
import { ID_PATTERN } from "../shared/ids";
import { observation } from "../shared/observation";
import { step } from "../shared/steps";
import { text } from "../shared/validation";
import { type CarrierCommand, type Shipment, type ShipmentStatus } from "./shipments";
import { SHIPMENT_REFUSED, succeed } from "./tasks";

const ORDER_ID = v.pipe(v.string(), v.regex(ID_PATTERN));

const STEP = v.variant("operation", [
    v.object({ operation: v.literal("start"), orderId: ORDER_ID, taskToken: text(1, 2048) }),
    v.object({ operation: v.literal("cancel"), orderId: ORDER_ID }),
]);

// As long as a workflow may run at most, and somebody may ask about it.
const KEPT_SECONDS = 400 * 86_400;

const observed = observation("shipping");

/** A shipment that will not be. */
class ShipmentRefused extends Error {
    override readonly name = SHIPMENT_REFUSED;
}

/** Lambda's entry. */
export function handler(
    event: unknown,
    context: Context,
): Promise<{ shipmentId: string; status: ShipmentStatus }> {
    return step(observed, STEP, event, context, async (asked) => {
        const shipment =
            asked.operation === "start"
                ? await start(asked.orderId, asked.taskToken)
                : await cancel(asked.orderId);
        return { shipmentId: shipment.shipmentId, status: shipment.status };
    });
}

async function start(shipmentId: string, taskToken: string): Promise<Shipment> {
    const shipment = await write(
        { shipmentId, status: "REQUESTED", taskToken, updatedAt: nowText(), expiresAt: expiry() },
        ["REQUESTED"],
    );
    switch (shipment.status) {
        case "REQUESTED":
            // After the write: the answer may come at once. A request that is made twice has the same id.
            await tellCarrier({ type: "RequestShipment", shipmentId, orderId: shipmentId });
            return shipment;
        case "ACCEPTED":
            // The step is made again after the carrier's answer, with another token that nobody else would answer.
            await succeed(taskToken, { shipmentId, trackingNumber: shipment.trackingNumber ?? "" });
            return shipment;
        default:
            throw new ShipmentRefused(`the shipment is ${shipment.status}`);
    }
}

async function cancel(shipmentId: string): Promise<Shipment> {
    // Where there is none there will be none: a late request finds it cancelled.
    const shipment = await write(
        { shipmentId, status: "CANCELLED", updatedAt: nowText(), expiresAt: expiry() },
        ["REQUESTED", "ACCEPTED", "CANCELLED"],
    );
    if (shipment.status === "CANCELLED") {
        await tellCarrier({ type: "CancelShipment", shipmentId, orderId: shipmentId });
    }
    return shipment;
}

/** Writes a shipment where there is none, or one with one of these statuses. Returns what is there. */
async function write(shipment: Shipment, over: readonly ShipmentStatus[]): Promise<Shipment> {
    const TableName = required("SHIPMENTS_TABLE");
    try {
        await tables().put({
            TableName,
            Item: shipment,
            ConditionExpression: `attribute_not_exists(shipmentId) OR #status IN (${over.map((_, n) => `:status${n}`).join(", ")})`,
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: Object.fromEntries(over.map((status, n) => [`:status${n}`, status])),
        });
        return shipment;
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        const { Item } = await tables().get({
            TableName,
            Key: { shipmentId: shipment.shipmentId },
            ConsistentRead: true,
        });
        return Item as Shipment;
    }
}

function expiry(): number {
    return nowSeconds() + KEPT_SECONDS;
}

async function tellCarrier(command: CarrierCommand): Promise<void> {
    await queues().send(
        new SendMessageCommand({
            QueueUrl: required("CARRIER_QUEUE_URL"),
            MessageBody: JSON.stringify(command),
        }),
    );
}
