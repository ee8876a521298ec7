import { type DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";

import { messageOf } from "../shared/errors";
import { type Operation, write } from "./bulk";
import { type AttributeValue, documentOf, idOf, isExpired, type Item, versionOf } from "./items";
import { type LoaderTools } from "./stream";

/** Which part of the table to read, and from where on. */
export interface FillRequest {
    /** Which of the parts: from 0 on. */
    segment: number;
    /** How many parts there are; each may be read by a call of its own at the same time. */
    totalSegments: number;
    /** Where the call before left off. The part's beginning when left out. */
    startKey?: Record<string, AttributeValue>;
}

/** What a call has done, and what to call with next. */
export interface FillAnswer {
    segment: number;
    totalSegments: number;
    /** Documents that were written. */
    written: number;
    /** Items of which the index had something newer, or whose time is over. */
    passedOver: number;
    /** Items that OpenSearch does not take; the log has why. */
    failed: number;
    /** What the next call is to be given; undefined when the part is done. */
    next?: { fill: FillRequest };
}

/** What filling works with. */
export interface FillTools extends LoaderTools {
    dynamo: Pick<DynamoDBClient, "send">;
    tableName: string;
    /** Milliseconds that the call has left. */
    remaining: () => number;
}

// Pages are a megabyte at most, so a page and its documents take seconds.
const ENOUGH_MILLISECONDS = 60_000;

/**
 * How much older than its reading an item is taken to be. The stream has whole seconds, and the clocks of DynamoDB and of
 * this function are not the same: what changed about when it was read must win.
 */
const MARGIN_MILLISECONDS = 60_000;

/** Reads a part of the table and writes it into the index, below whatever the stream has brought meanwhile. */
export async function fill(request: FillRequest, tools: FillTools): Promise<FillAnswer> {
    const { segment, totalSegments } = checked(request);
    const answer: FillAnswer = { segment, totalSegments, written: 0, passedOver: 0, failed: 0 };
    let startKey = request.startKey;
    do {
        const readAt = tools.now();
        const page = await tools.dynamo.send(
            new ScanCommand({
                TableName: tools.tableName,
                Segment: segment,
                TotalSegments: totalSegments,
                ConsistentRead: true,
                ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey as never }),
            }),
        );
        await writePage((page.Items ?? []) as unknown as Item[], readAt, tools, answer);
        startKey = page.LastEvaluatedKey as Record<string, AttributeValue> | undefined;
    } while (startKey !== undefined && tools.remaining() > ENOUGH_MILLISECONDS);
    return startKey === undefined
        ? answer
        : { ...answer, next: { fill: { segment, totalSegments, startKey } } };
}

function checked({ segment, totalSegments }: FillRequest): FillRequest {
    const isWhole = Number.isInteger(segment) && Number.isInteger(totalSegments);
    if (!isWhole || segment < 0 || segment >= totalSegments) {
        throw new Error(`there is no segment ${segment} of ${totalSegments}; they count from 0`);
    }
    return { segment, totalSegments };
}

async function writePage(
    items: readonly Item[],
    readAt: number,
    { form, bulk, log }: FillTools,
    answer: FillAnswer,
): Promise<void> {
    const operations: Operation[] = [];
    for (const item of items) {
        if (isExpired(item, form, readAt)) {
            answer.passedOver += 1;
            continue;
        }
        try {
            operations.push({
                id: idOf(item, form),
                version:
                    form.versionAttribute === undefined
                        ? BigInt(readAt - MARGIN_MILLISECONDS)
                        : versionOf(item, form.versionAttribute),
                document: documentOf(item, form),
            });
        } catch (error) {
            answer.failed += 1;
            log(`an item cannot be read: ${messageOf(error)}`);
        }
    }
    const { written, outdated, failures } = await write(operations, bulk);
    for (const { reason } of failures) {
        log(`OpenSearch does not take an item: ${reason}`);
    }
    answer.written += written;
    answer.passedOver += outdated;
    answer.failed += failures.length;
}
