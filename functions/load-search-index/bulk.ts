import { type Answer, type Ask, errorType, isPassing, parsed } from "../shared/openSearch";

/** What is to be done with one document. */
export interface Operation {
    id: string;
    version: bigint;
    /** The document; undefined to delete it. */
    document: Record<string, unknown> | undefined;
}

/** An operation that OpenSearch does not take, and why. */
export interface Failure<O extends Operation = Operation> {
    operation: O;
    /** OpenSearch's name of the error. */
    reason: string;
}

/** What became of operations. */
export interface Outcome<O extends Operation = Operation> {
    /** How many are done. */
    written: number;
    /** How many had nothing to do, because the index has something newer. */
    outdated: number;
    failures: Failure<O>[];
}

/** What writing works with. */
export interface BulkTools {
    ask: Ask;
    index: string;
    /** How often operations are sent that OpenSearch has no time for. */
    attempts: number;
    /** Lets time pass before another attempt. */
    pause: (attempt: number) => Promise<void>;
}

// OpenSearch's own advice is 5 to 15 MiB; small instances take requests of 10 MiB.
const BYTES_MAX = 5 * 1024 * 1024;

/**
 * Writes documents, each only where the index has nothing newer: OpenSearch compares the version that it is given, and keeps
 * that of what it deletes for a while.
 *
 * @throws Error where OpenSearch refuses all of it, or has no answer in the end.
 */
export async function write<O extends Operation>(
    operations: readonly O[],
    tools: BulkTools,
): Promise<Outcome<O>> {
    const outcome: Outcome<O> = { written: 0, outdated: 0, failures: [] };
    for (const chunk of chunksOf(operations)) {
        await writeChunk(chunk, tools, outcome);
    }
    return outcome;
}

function chunksOf<O extends Operation>(operations: readonly O[]): O[][] {
    const chunks: O[][] = [];
    let bytes = Infinity;
    for (const operation of operations) {
        const length = Buffer.byteLength(linesOf(operation));
        if (bytes + length > BYTES_MAX) {
            chunks.push([]);
            bytes = 0;
        }
        bytes += length;
        chunks.at(-1)?.push(operation);
    }
    return chunks;
}

/** The lines of one operation. The version is written by hand: it may have more digits than a number holds. */
function linesOf({ id, version, document }: Operation): string {
    const action = document === undefined ? "delete" : "index";
    // Of the same version the later request counts: within a second, the stream's order is all that is known.
    const line = `{"${action}":{"_id":${JSON.stringify(id)},"version":${version},"version_type":"external_gte"}}\n`;
    return document === undefined ? line : `${line}${JSON.stringify(document)}\n`;
}

async function writeChunk<O extends Operation>(
    chunk: readonly O[],
    tools: BulkTools,
    outcome: Outcome<O>,
): Promise<void> {
    let open = chunk;
    for (let attempt = 1; open.length > 0; attempt += 1) {
        if (attempt > 1) {
            await tools.pause(attempt - 1);
        }
        const isLast = attempt >= tools.attempts;
        open = await send(open, tools, outcome, isLast);
    }
}

/** Sends operations once. Returns those to send again. */
async function send<O extends Operation>(
    operations: readonly O[],
    { ask, index }: BulkTools,
    outcome: Outcome<O>,
    isLast: boolean,
): Promise<readonly O[]> {
    let answer;
    try {
        answer = await ask({
            method: "POST",
            path: `/${index}/_bulk`,
            contentType: "application/x-ndjson",
            body: operations.map(linesOf).join(""),
        });
    } catch (error) {
        // No answer in time, or the node went. What was written all the same is written once more, to no effect.
        if (isLast) {
            throw error;
        }
        return operations;
    }
    if (isPassing(answer.status) && !isLast) {
        return operations;
    }
    const again: O[] = [];
    resultsOf(answer, operations.length).forEach((result, position) => {
        const operation = operations[position] as O;
        const verdict = verdictOf(result);
        if (verdict === "Passing" && !isLast) {
            again.push(operation);
        } else if (verdict === "Outdated") {
            outcome.outdated += 1;
        } else if (verdict === "Done") {
            outcome.written += 1;
        } else {
            outcome.failures.push({ operation, reason: reasonOf(result) });
        }
    });
    return again;
}

interface Result {
    status: number;
    error?: { type?: string };
}

/** What an answer says of each operation, in their order. */
function resultsOf(answer: Answer, expected: number): Result[] {
    if (answer.status !== 200) {
        throw new Error(`OpenSearch refuses: status ${answer.status}, ${errorType(answer.text)}`);
    }
    const items = (parsed(answer.text) as { items?: Record<string, Result>[] } | undefined)?.items;
    const results = (items ?? []).flatMap((item) => Object.values(item));
    if (results.length !== expected) {
        throw new Error(`OpenSearch answers for ${results.length} operations of ${expected}`);
    }
    return results;
}

function verdictOf({ status, error }: Result): "Done" | "Outdated" | "Passing" | "Refused" {
    if (status === 409) {
        return "Outdated";
    }
    // What is to be deleted and is not there is as it should be. An index that is not there is not.
    if ((status >= 200 && status <= 299) || (status === 404 && error === undefined)) {
        return "Done";
    }
    return isPassing(status) ? "Passing" : "Refused";
}

function reasonOf({ status, error }: Result): string {
    return error?.type ?? `status ${status}`;
}
