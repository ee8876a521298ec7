/**
 * Keeps a record of each image in the users' folders: `<identity id>/<name>`. Events of S3 come by EventBridge, directly or by way of a
 * queue, in any order and more than once.
 *
 * Environment: `IMAGES_TABLE`; `KEY_PREFIX`, what stands before the identity's folder (nothing).
 */
import { EventType } from "@aws-lambda-powertools/batch";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as v from "valibot";

import { answeredWithin } from "../shared/answeredWithin";
import { eachOf, jsonOf, orBury, orPoison } from "../shared/batches";
import { nowSeconds, nowText } from "../shared/clock";
import { isConditionFailure, tables } from "../shared/dynamo";
import { optional, required } from "../shared/environment";
import { errorForLog, observation } from "../shared/observation";

/** EventBridge has an object's key as it is; S3's own notifications have it encoded. */
const CHANGE = v.object({
    source: v.literal("aws.s3"),
    "detail-type": v.picklist(["Object Created", "Object Deleted"]),
    detail: v.object({
        bucket: v.object({ name: v.string() }),
        object: v.object({
            key: v.string(),
            size: v.optional(v.number()),
            etag: v.optional(v.string()),
            sequencer: v.pipe(v.string(), v.regex(/^[0-9A-Fa-f]{1,64}$/)),
        }),
    }),
});

type Change = v.InferOutput<typeof CHANGE>;

// Longer than an event of an earlier change may be late.
const TOMBSTONE_SECONDS = 7 * 86_400;

const observed = observation("image-records");
const TableName = required("IMAGES_TABLE");
const prefix = optional("KEY_PREFIX") ?? "";
const store = new S3Client({
    maxAttempts: 4,
    requestHandler: answeredWithin(5000),
});

/** Lambda's entry. */
export async function handler(
    event: SQSEvent | Change,
    context: Context,
): Promise<SQSBatchResponse | undefined> {
    if ("Records" in event) {
        return eachOf(EventType.SQS, event, context, observed, (record) =>
            orBury(record, required("DEAD_LETTER_QUEUE_URL"), observed, () => keep(jsonOf(record.body))),
        );
    }
    observed.logger.addContext(context);
    try {
        await keep(event);
        return undefined;
    } catch (error) {
        observed.logger.error("a change failed", { error: errorForLog(error) });
        throw error;
    } finally {
        observed.metrics.publishStoredMetrics();
    }
}

async function keep(event: unknown): Promise<void> {
    const change = orPoison(CHANGE, event, "no change of an object");
    const place = placeOf(change.detail.object.key);
    if (place === undefined) {
        observed.count("ObjectsElsewhere");
        return;
    }
    try {
        await (change["detail-type"] === "Object Created" ? record(place, change) : forget(place, change));
        observed.count("ImagesRecorded");
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        // Something later is known of the object.
        observed.count("ChangesOutdated");
    }
}

/** Whose image an object is, and its name; undefined for what is in no user's folder. */
function placeOf(key: string): { identityId: string; name: string } | undefined {
    const rest = key.startsWith(prefix) ? key.slice(prefix.length) : "";
    const slash = rest.indexOf("/");
    const identityId = rest.slice(0, Math.max(0, slash));
    const name = rest.slice(slash + 1);
    return identityId === "" || name === "" ? undefined : { identityId, name };
}

/** A sequencer as texts compare: S3 compares them with zeros behind the shorter one. */
function comparable(sequencer: string): string {
    return sequencer.toUpperCase().padEnd(64, "0");
}

const IS_LATER = "attribute_not_exists(sequencer) OR sequencer < :sequencer";

async function record(
    place: { identityId: string; name: string },
    { detail: { bucket, object } }: Change,
): Promise<void> {
    const contentType = await typeOf(bucket.name, object.key);
    await tables().update({
        TableName,
        Key: place,
        UpdateExpression:
            "SET #size = :size, contentType = :contentType, etag = :etag, sequencer = :sequencer, updatedAt = :now " +
            "REMOVE deletedAt, expiresAt",
        ConditionExpression: IS_LATER,
        ExpressionAttributeNames: { "#size": "size" },
        ExpressionAttributeValues: {
            ":size": object.size ?? 0,
            ":contentType": contentType,
            ":etag": object.etag ?? "",
            ":sequencer": comparable(object.sequencer),
            ":now": nowText(),
        },
    });
}

/** The type that the object was stored with. It may be gone by now, which its own event will tell. */
async function typeOf(Bucket: string, Key: string): Promise<string> {
    try {
        const { ContentType } = await store.send(new HeadObjectCommand({ Bucket, Key }));
        return ContentType ?? "application/octet-stream";
    } catch (error) {
        if (error instanceof Error && (error.name === "NotFound" || error.name === "NoSuchKey")) {
            return "application/octet-stream";
        }
        throw error;
    }
}

/** A record is not deleted at once: an earlier event that comes late would bring it back. */
async function forget(
    place: { identityId: string; name: string },
    { detail: { object } }: Change,
): Promise<void> {
    const now = nowText();
    await tables().update({
        TableName,
        Key: place,
        UpdateExpression:
            "SET deletedAt = :now, sequencer = :sequencer, updatedAt = :now, expiresAt = :expiresAt " +
            "REMOVE #size, contentType, etag",
        ConditionExpression: IS_LATER,
        ExpressionAttributeNames: { "#size": "size" },
        ExpressionAttributeValues: {
            ":now": now,
            ":sequencer": comparable(object.sequencer),
            ":expiresAt": nowSeconds() + TOMBSTONE_SECONDS,
        },
    });
}
