import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** What a cluster or an instance is told of its end. */
export interface LastSnapshot {
    skipFinalSnapshot: boolean;
    finalSnapshotIdentifier?: pulumi.Output<string>;
}

/**
 * How a database is to be deleted, should it come to that: after a last snapshot, whose name `<prefix>-final-snapshot`
 * makes up, unless that is skipped.
 */
export function lastSnapshot(
    prefix: string,
    identifier: string,
    skipFinalSnapshot: boolean,
    parent: pulumi.Resource,
): LastSnapshot {
    if (skipFinalSnapshot) {
        return { skipFinalSnapshot };
    }
    // A name that is fixed would be taken when the database is destroyed a second time.
    const suffix = new random.RandomId(`${prefix}-final-snapshot`, { byteLength: 4 }, { parent });
    return {
        skipFinalSnapshot,
        finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final-${suffix.hex}`,
    };
}

/** The same of a database of RDS, which has automated backups to think of. */
export function lastSnapshotOfRds(...given: Parameters<typeof lastSnapshot>) {
    const last = lastSnapshot(...given);
    return {
        ...last,
        // The last snapshot holds one moment; the backups hold every second, for as long as they are kept.
        deleteAutomatedBackups: last.skipFinalSnapshot,
    };
}
