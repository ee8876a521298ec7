import { messageOf } from "../shared/errors";
import { type BulkTools, type Operation, write } from "./bulk";
import {
    type AttributeValue,
    documentOf,
    type DocumentForm,
    idOf,
    isExpired,
    type Item,
    versionOf,
} from "./items";

/** A change of a table, as its stream has it. */
export interface StreamRecord {
    eventName?: string;
    dynamodb?: {
        Keys?: Record<string, AttributeValue>;
        NewImage?: Record<string, AttributeValue>;
        OldImage?: Record<string, AttributeValue>;
        SequenceNumber?: string;
        /** Seconds since 1970. */
        ApproximateCreationDateTime?: number;
    };
}

/** Which changes are to be tried again: Lambda begins anew with the first of them. */
export interface BatchAnswer {
    batchItemFailures: { itemIdentifier: string }[];
}

/** What loading works with. */
export interface LoaderTools {
    bulk: BulkTools;
    form: DocumentForm;
    /** Milliseconds since 1970. */
    now: () => number;
    /** Tells the function's log what is going on. */
    log: (message: string) => void;
}

/** What a change asks for, and where in the stream it stands. */
interface Change extends Operation {
    sequence: string;
}

/**
 * Writes changes into the index. Of several changes of one item the last alone is written.
 *
 * @returns The changes that OpenSearch does not take. All that come after them in the batch have been written: to try them
 * again does no harm.
 */
export async function loadChanges(
    records: readonly StreamRecord[],
    tools: LoaderTools,
): Promise<BatchAnswer> {
    const changes: Change[] = [];
    const unreadable: string[] = [];
    for (const record of records) {
        try {
            changes.push(changeOf(record, tools));
        } catch (error) {
            const sequence = sequenceOf(record);
            tools.log(`the change ${sequence} cannot be read: ${messageOf(error)}`);
            unreadable.push(sequence);
        }
    }
    // A map keeps the place of the first that was set under a name, and here the last is meant.
    const last = new Map<string, Change>();
    for (const change of changes) {
        last.delete(change.id);
        last.set(change.id, change);
    }
    const { written, outdated, failures } = await write([...last.values()], tools.bulk);
    for (const { operation, reason } of failures) {
        tools.log(`OpenSearch does not take the change ${operation.sequence}: ${reason}`);
    }
    tools.log(
        `${records.length} changes: ${written} written, ${outdated} older than what is there, ${failures.length + unreadable.length} failed`,
    );
    const failed = new Set([...unreadable, ...failures.map(({ operation }) => operation.sequence)]);
    return {
        batchItemFailures: records
            .map(sequenceOf)
            .filter((sequence) => failed.has(sequence))
            .map((itemIdentifier) => ({ itemIdentifier })),
    };
}

function changeOf(record: StreamRecord, { form, now }: LoaderTools): Change {
    const { Keys, NewImage, OldImage, ApproximateCreationDateTime: seconds } = record.dynamodb ?? {};
    if (Keys === undefined) {
        throw new Error("it has no keys");
    }
    const change = { sequence: sequenceOf(record), id: idOf(Keys, form) };
    // TTL deletes like anybody else: the record differs in who did it, and that makes no difference here.
    if (record.eventName === "REMOVE") {
        return { ...change, version: removalVersion(OldImage, seconds, form), document: undefined };
    }
    if (NewImage === undefined) {
        throw new Error("it has no new image; the table's stream must show new images");
    }
    return {
        ...change,
        version:
            form.versionAttribute === undefined
                ? timeVersion(seconds)
                : versionOf(NewImage, form.versionAttribute),
        document: isExpired(NewImage, form, now()) ? undefined : documentOf(NewImage, form),
    };
}

/** The version of a deletion: beyond that of what is deleted. */
function removalVersion(
    old: Item | undefined,
    seconds: number | undefined,
    { versionAttribute }: DocumentForm,
): bigint {
    if (versionAttribute === undefined) {
        return timeVersion(seconds);
    }
    if (old === undefined) {
        throw new Error(
            "it has no old image; with a version attribute the table's stream must show old images",
        );
    }
    return versionOf(old, versionAttribute) + 1n;
}

/**
 * The time of a change as its version, in milliseconds. The stream's sequence numbers will not do: they have up to 40
 * digits, and OpenSearch's versions 63 bits.
 */
function timeVersion(seconds: number | undefined): bigint {
    if (seconds === undefined) {
        throw new Error("it has no time");
    }
    return BigInt(Math.floor(seconds * 1000));
}

function sequenceOf({ dynamodb }: StreamRecord): string {
    const sequence = dynamodb?.SequenceNumber;
    if (sequence === undefined) {
        throw new Error("a change has no sequence number: this is no stream of DynamoDB's");
    }
    return sequence;
}
