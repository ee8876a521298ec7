/**
 * What the carrier tells of shipments. It signs what it sends; who may call otherwise is not checked here.
 *
 * Environment: `SHIPMENTS_TABLE`, `CARRIER_SECRET_ARN` (the key of the signatures, or JSON with `signingKey`); what all APIs have, see
 * `shared/http.ts`.
 */
import * as v from "valibot";

import { required } from "../shared/environment";
import { api, json } from "../shared/http";
import { ID_PATTERN } from "../shared/ids";
import { observation } from "../shared/observation";
import { conflict, notFound } from "../shared/problems";
import { secretValue } from "../shared/secrets";
import { bodyOf, pathOf, text } from "../shared/validation";
import { isConditionFailure, tables } from "../shared/dynamo";
import { nowText } from "../shared/clock";
import { type Shipment } from "../shipping/shipments";
import { fail, succeed } from "../shipping/tasks";
import { requireSignature } from "./signature";

const SHIPMENT_ID = v.object({
    shipmentId: v.pipe(v.string(), v.regex(ID_PATTERN, "must be a shipment's id")),
});

const NEWS = v.variant("status", [
    v.strictObject({ status: v.literal("ACCEPTED"), trackingNumber: text(1, 100) }),
    v.strictObject({ status: v.literal("REFUSED"), reason: text(1, 200) }),
]);

type News = v.InferOutput<typeof NEWS>;

const observed = observation("shipping-callback");

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.post("/shipments/:shipmentId/events", async ({ req, params }) => {
        await requireSignature(req.clone(), await secretValue(required("CARRIER_SECRET_ARN"), "signingKey"));
        const { shipmentId } = pathOf(params, SHIPMENT_ID);
        const news = await bodyOf(req, NEWS);
        const shipment = await decide(shipmentId, news);
        // Written first: where the workflow cannot be told just now, the carrier calls again and finds its own answer.
        const waited = shipment.taskToken !== undefined && (await tell(shipment.taskToken, shipmentId, news));
        if (!waited) {
            observed.count("NobodyWaited");
        }
        return json(200, { shipmentId, status: shipment.status });
    });
});

/** The shipment with the carrier's answer, which it may give more than once, but not another one. */
async function decide(shipmentId: string, news: News): Promise<Shipment> {
    const TableName = required("SHIPMENTS_TABLE");
    try {
        const { Attributes } = await tables().update({
            TableName,
            Key: { shipmentId },
            UpdateExpression:
                "SET #status = :status, updatedAt = :now, " +
                (news.status === "ACCEPTED" ? "trackingNumber = :detail" : "reason = :detail"),
            ConditionExpression: "#status = :requested",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
                ":status": news.status,
                ":requested": "REQUESTED",
                ":now": nowText(),
                ":detail": news.status === "ACCEPTED" ? news.trackingNumber : news.reason,
            },
            ReturnValues: "ALL_NEW",
        });
        return Attributes as Shipment;
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        const { Item } = await tables().get({ TableName, Key: { shipmentId }, ConsistentRead: true });
        if (Item === undefined) {
            throw notFound("shipment");
        }
        const shipment = Item as Shipment;
        if (shipment.status !== news.status) {
            throw conflict("ShipmentDecided", `The shipment is ${shipment.status}.`);
        }
        return shipment;
    }
}

function tell(taskToken: string, shipmentId: string, news: News): Promise<boolean> {
    return news.status === "ACCEPTED"
        ? succeed(taskToken, { shipmentId, trackingNumber: news.trackingNumber })
        : fail(taskToken, news.reason);
}
