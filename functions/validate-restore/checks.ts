import { type Patience, waitFor } from "../shared/waiting";
import { type Check, type Verdict } from "./validation";

/** A database cluster, as far as a check looks. */
export interface RestoredCluster {
    status: string;
    engine: string;
    engineVersion: string;
    masterUsername: string;
    encrypted: boolean;
}

/** Tells of database clusters; undefined of one that is not there. */
export type DescribeCluster = (arn: string) => Promise<RestoredCluster | undefined>;

/** A table, as far as a check looks. */
export interface RestoredTable {
    status: string;
    /** Names and types of the key's attributes, in order. */
    key: string;
    /** The number of items, hours old at times. */
    itemCount: number;
}

/** Tells of tables. */
export interface Tables {
    /** Undefined of one that is not there. */
    describe: (arn: string) => Promise<RestoredTable | undefined>;
    /** Whether a table has an item now that can be read. */
    hasItem: (arn: string) => Promise<boolean>;
}

/** An object of a bucket. */
export interface RestoredObject {
    key: string;
    bytes: number;
}

/** Tells of buckets. */
export interface Buckets {
    /** Some of a bucket's objects. */
    list: (bucket: string) => Promise<RestoredObject[]>;
    /** Reads an object's first byte, which takes the right to decrypt it. */
    touch: (bucket: string, key: string) => Promise<void>;
}

const good = (message: string): Verdict => ({ good: true, message });
const bad = (message: string): Verdict => ({ good: false, message });

/**
 * A restored cluster is to be available and encrypted, of the same engine and with the same master user as the one
 * that was backed up. It has no instance, so there is nothing to sign in to.
 */
export function clusterCheck(describe: DescribeCluster, patience: Patience): Check {
    return async ({ arn, sourceArn }) => {
        let last = "missing";
        const cluster = await waitFor(
            async () => {
                const found = await describe(arn);
                last = found?.status ?? "missing";
                return last === "available" ? found : undefined;
            },
            patience,
            () => `the restored cluster is ${last} and not available`,
        );
        if (!cluster.encrypted) {
            return bad("the restored cluster is not encrypted");
        }
        const source = sourceArn === undefined ? undefined : await describe(sourceArn);
        if (source === undefined) {
            return good(`the cluster is available with ${cluster.engine} ${cluster.engineVersion}`);
        }
        for (const [what, restored, original] of [
            ["the engine", cluster.engine, source.engine],
            ["the major version", majorOf(cluster), majorOf(source)],
            ["the master user", cluster.masterUsername, source.masterUsername],
        ] as const) {
            if (restored !== original) {
                return bad(`${what} of the restored cluster is ${restored}, and the original's ${original}`);
            }
        }
        return good(
            `the cluster is available with ${cluster.engine} ${cluster.engineVersion}, like the original`,
        );
    };
}

function majorOf({ engineVersion }: RestoredCluster): string {
    return engineVersion.split(".")[0] ?? "";
}

/** A restored table is to be active, with the original's key, and with an item where the original has any. */
export function tableCheck(tables: Tables, patience: Patience): Check {
    return async ({ arn, sourceArn }) => {
        let last = "missing";
        const table = await waitFor(
            async () => {
                const found = await tables.describe(arn);
                last = found?.status ?? "missing";
                return last === "ACTIVE" ? found : undefined;
            },
            patience,
            () => `the restored table is ${last} and not ACTIVE`,
        );
        const source = sourceArn === undefined ? undefined : await tables.describe(sourceArn);
        if (source !== undefined && source.key !== table.key) {
            return bad(`the key of the restored table is ${table.key}, and the original's ${source.key}`);
        }
        if (await tables.hasItem(arn)) {
            return good("the table is active and can be read");
        }
        return source !== undefined && source.itemCount > 0
            ? bad(`the restored table is empty, and the original has ${source.itemCount} items`)
            : good("the table is active, and empty like the original");
    };
}

/** How many objects are read: enough to meet a wrong key, few enough to cost nothing. */
const SAMPLE = 5;

/** A restored bucket is to hold objects where the backup does, and they are to be readable. */
export function bucketCheck(buckets: Buckets): Check {
    return async ({ arn, bytes }) => {
        const bucket = arn.split(":::")[1] ?? "";
        const objects = await buckets.list(bucket);
        if (objects.length === 0) {
            return bytes > 0
                ? bad(`the restored bucket is empty, and the backup has ${bytes} bytes`)
                : good("the bucket is there, and empty like the backup");
        }
        const readable = objects.filter((object) => object.bytes > 0).slice(0, SAMPLE);
        for (const { key } of readable) {
            await buckets.touch(bucket, key);
        }
        return good(`the bucket holds objects, and ${readable.length} of them were read`);
    };
}
