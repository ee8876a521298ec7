import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

import { required } from "../shared/environment";
import { askDomain } from "../shared/openSearch";
import { sleep } from "../shared/waiting";
import { type BulkTools } from "./bulk";
import { fill, type FillAnswer, type FillRequest } from "./fill";
import { type DocumentForm } from "./items";
import { type BatchAnswer, loadChanges, type LoaderTools, type StreamRecord } from "./stream";

/** Changes from a table's stream, or the order to read a part of the table. */
export interface LoaderEvent {
    Records?: StreamRecord[];
    fill?: FillRequest;
}

const ANSWER_MILLISECONDS = 30_000;

// Half a second, then twice as long each time: half a minute in all. After that Lambda tries again later.
const ATTEMPTS = 7;
const FIRST_PAUSE_MILLISECONDS = 500;

function pause(attempt: number): Promise<void> {
    const longest = FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1);
    // Calls that were turned away together must not come back together.
    return sleep(longest * (0.5 + Math.random() / 2));
}

function optionalList(name: string): string[] | undefined {
    const text = process.env[name];
    return text === undefined ? undefined : (JSON.parse(text) as string[]);
}

function makeTools(): LoaderTools {
    const bulk: BulkTools = {
        ask: askDomain(ANSWER_MILLISECONDS),
        index: required("INDEX_NAME"),
        attempts: ATTEMPTS,
        pause,
    };
    const form: DocumentForm = {
        keyAttributes: JSON.parse(required("KEY_ATTRIBUTES")) as string[],
        attributes: optionalList("ATTRIBUTES"),
        versionAttribute: process.env["VERSION_ATTRIBUTE"],
        expiryAttribute: process.env["EXPIRY_ATTRIBUTE"],
    };
    return {
        bulk,
        form,
        now: () => Date.now(),
        log: (message) => {
            console.log(message);
        },
    };
}

let made: LoaderTools | undefined;

/** The tools, which one environment of Lambda makes once for all of its calls. */
function tools(): LoaderTools {
    return (made ??= makeTools());
}

/** Keeps a search index as a table is. Called by Lambda for the table's stream, and by people to fill the index. */
export async function handler(
    event: LoaderEvent,
    context: { getRemainingTimeInMillis: () => number },
): Promise<BatchAnswer | FillAnswer> {
    if (event.Records !== undefined) {
        return loadChanges(event.Records, tools());
    }
    if (event.fill === undefined) {
        throw new Error("the event has neither Records nor fill");
    }
    return fill(event.fill, {
        ...tools(),
        dynamo: new DynamoDBClient({}),
        tableName: required("TABLE_NAME"),
        remaining: () => context.getRemainingTimeInMillis(),
    });
}
