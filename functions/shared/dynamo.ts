import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
    DeleteCommand,
    type DeleteCommandInput,
    type DeleteCommandOutput,
    DynamoDBDocumentClient,
    GetCommand,
    type GetCommandInput,
    type GetCommandOutput,
    PutCommand,
    type PutCommandInput,
    type PutCommandOutput,
    QueryCommand,
    type QueryCommandInput,
    type QueryCommandOutput,
    ScanCommand,
    type ScanCommandInput,
    type ScanCommandOutput,
    TransactWriteCommand,
    type TransactWriteCommandInput,
    UpdateCommand,
    type UpdateCommandInput,
    type UpdateCommandOutput,
} from "@aws-sdk/lib-dynamodb";

import { answeredWithin } from "./answeredWithin";
import { optional, required } from "./environment";

/** What DynamoDB and DAX both do with items. */
export interface ItemStore {
    get(input: GetCommandInput): Promise<GetCommandOutput>;
    query(input: QueryCommandInput): Promise<QueryCommandOutput>;
    scan(input: ScanCommandInput): Promise<ScanCommandOutput>;
    put(input: PutCommandInput): Promise<PutCommandOutput>;
    update(input: UpdateCommandInput): Promise<UpdateCommandOutput>;
    delete(input: DeleteCommandInput): Promise<DeleteCommandOutput>;
}

// A call of a few milliseconds that has no answer after this long will have none. The SDK then tries again.
const ANSWER_MILLISECONDS = 2000;
const ATTEMPTS = 4;

let client: DynamoDBClient | undefined;
let documentClient: DynamoDBDocumentClient | undefined;

/** DynamoDB, which one environment of Lambda connects to once for all of its calls. */
export function database(): DynamoDBClient {
    return (client ??= new DynamoDBClient({
        maxAttempts: ATTEMPTS,
        requestHandler: answeredWithin(ANSWER_MILLISECONDS),
    }));
}

/** The same, with items as plain values. */
export function documents(): DynamoDBDocumentClient {
    return (documentClient ??= DynamoDBDocumentClient.from(database(), {
        marshallOptions: { removeUndefinedValues: true },
    }));
}

/** The tables themselves. */
export function tables(): ItemStore {
    const to = documents();
    return {
        get: (input) => to.send(new GetCommand(input)),
        query: (input) => to.send(new QueryCommand(input)),
        scan: (input) => to.send(new ScanCommand(input)),
        put: (input) => to.send(new PutCommand(input)),
        update: (input) => to.send(new UpdateCommand(input)),
        delete: (input) => to.send(new DeleteCommand(input)),
    };
}

let cache: Promise<ItemStore> | undefined;

/**
 * The tables by way of DAX where there is one, else the tables themselves. Single items are fresh when they were written by
 * the same way; what a query or scan found stays as it was until its time is over.
 */
export function cachedTables(): Promise<ItemStore> {
    return (cache ??= connect());
}

async function connect(): Promise<ItemStore> {
    const endpoint = optional("DAX_ENDPOINT");
    if (endpoint === undefined) {
        return tables();
    }
    // Loading DAX's client takes longer than all else, so only who has DAX does it.
    const { DaxDocument } = await import("@amazon-dax-sdk/lib-dax");
    return new DaxDocument({
        endpoint,
        region: required("AWS_REGION"),
        // Of the client's own accord it would wait for a minute, longer than a function runs.
        requestTimeout: ANSWER_MILLISECONDS,
        maxRetries: ATTEMPTS - 1,
    });
}

const THROTTLES = new Set([
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "TransactionInProgressException",
    "TimeoutError",
    "InternalServerError",
    "ServiceUnavailable",
]);

/** Whether an error says that the same call may succeed later. */
export function isPassing(error: unknown): boolean {
    if (!(error instanceof Error)) {
        return false;
    }
    return (
        THROTTLES.has(error.name) || (refusedParts(error) ?? []).some((code) => REFUSED_FOR_LOAD.has(code))
    );
}

/** Whether a write was refused because its condition does not hold. */
export function isConditionFailure(error: unknown): boolean {
    return error instanceof Error && error.name === "ConditionalCheckFailedException";
}

const REFUSED_FOR_LOAD = new Set(["ProvisionedThroughputExceeded", "ThrottlingError"]);
const REFUSED_FOR_OTHERS = new Set(["ConditionalCheckFailed", "TransactionConflict"]);

/** Why a transaction was refused: a code for each of its parts, in order; undefined where that is not what happened. */
function refusedParts(error: Error): readonly string[] | undefined {
    if (error.name !== "TransactionCanceledException") {
        return undefined;
    }
    const { CancellationReasons } = error as { CancellationReasons?: readonly { Code?: string }[] };
    return (CancellationReasons ?? []).map(({ Code }) => Code ?? "None");
}

/**
 * Writes several items, all or none.
 *
 * @returns False where a condition does not hold, or somebody else is writing one of them: what it was decided upon has changed.
 */
export async function writeTogether(
    TransactItems: NonNullable<TransactWriteCommandInput["TransactItems"]>,
): Promise<boolean> {
    try {
        await documents().send(new TransactWriteCommand({ TransactItems }));
        return true;
    } catch (error) {
        const codes = error instanceof Error ? refusedParts(error) : undefined;
        if (codes?.some((code) => REFUSED_FOR_OTHERS.has(code))) {
            return false;
        }
        throw error;
    }
}
