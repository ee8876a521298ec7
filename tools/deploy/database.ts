/** Where the database is written, and bringing that home before it is taken apart. */
import { type Clock, showDuration } from "../shared/clock";
import { RefusedError } from "./errors";
import { type EnvironmentSettings } from "./settings";

/** A cluster of the global database. */
export interface Member {
    readonly arn: string;
    readonly region: string;
    readonly clusterIdentifier: string;
    readonly isWriter: boolean;
}

/** The global database as AWS describes it. */
export interface GlobalDatabase {
    /** Such as `available` or `switching-over`. */
    readonly status: string;
    readonly accountId: string;
    readonly members: readonly Member[];
}

/** What a deployment asks of Amazon RDS. */
export interface DatabasePort {
    /** The global database; undefined when there is none. Asks the regions in turn until one answers. */
    find(identifier: string, regions: readonly string[]): Promise<GlobalDatabase | undefined>;
    /** Begins a switchover, in which no data is lost. */
    switchover(identifier: string, region: string, targetArn: string): Promise<void>;
    /** Names of the snapshots and retained backups of a cluster. */
    backupsOf(region: string, clusterIdentifier: string): Promise<readonly string[]>;
}

/** What has to be done about the writer before the database is taken apart. */
export type Homecoming =
    | { readonly kind: "none"; readonly because: string }
    | { readonly kind: "switchover"; readonly from: Member; readonly to: Member };

/**
 * Decides whether the founding region must take the writer back. AWS deletes neither the last instance nor the
 * cluster of a writer that others follow, and the others' clusters are in the global stack, which goes first.
 *
 * @throws {@link RefusedError} when the database is in a state in which it cannot be decided.
 */
export function homecoming(
    database: GlobalDatabase | undefined,
    settings: EnvironmentSettings,
    stateHasDatabase: boolean,
): Homecoming {
    const { founding, globalClusterIdentifier: name } = settings;
    if (database === undefined) {
        if (stateHasDatabase) {
            throw new RefusedError(
                `the global stack's state has the global database ${name}, and AWS does not know it. Either this is ` +
                    `another account's login (the stacks are account ${settings.accountId}'s), or it was deleted by ` +
                    "hand: then run pulumi refresh on the global stack first",
            );
        }
        return { kind: "none", because: "there is no global database" };
    }
    if (database.accountId !== settings.accountId) {
        throw new RefusedError(
            `the login is for account ${database.accountId}, and the stacks are account ${settings.accountId}'s`,
        );
    }
    const writer = database.members.find(({ isWriter }) => isWriter);
    const home = database.members.find(
        ({ clusterIdentifier }) => clusterIdentifier === founding.clusterIdentifier,
    );
    if (database.status !== "available") {
        throw new RefusedError(
            `the global database ${name} is ${database.status}; try again when it is available`,
        );
    }
    if (writer === undefined) {
        return { kind: "none", because: `no cluster of ${name} writes` };
    }
    if (writer === home) {
        return { kind: "none", because: `${founding.region}, where the database was founded, writes` };
    }
    if (home === undefined) {
        if (database.members.length === 1) {
            return {
                kind: "none",
                because: `${writer.clusterIdentifier} is the only cluster of ${name}, so nothing follows it`,
            };
        }
        throw new RefusedError(
            `${writer.clusterIdentifier} in ${writer.region} writes and the founding cluster ` +
                `${founding.clusterIdentifier} is no member of ${name}, so it cannot take over: detach the clusters ` +
                "that follow (aws rds remove-from-global-cluster) and try again",
        );
    }
    return { kind: "switchover", from: writer, to: home };
}

/** How long a switchover may take. AWS names minutes; catching up may take longer under load. */
const HOMECOMING_TIMEOUT_MILLISECONDS = 30 * 60 * 1000;
const POLL_MILLISECONDS = 10_000;

/** Brings the writer home, and returns when it is there. Calling it again while it is under way only waits. */
export async function bringHome(
    port: DatabasePort,
    settings: EnvironmentSettings,
    world: { readonly clock: Clock; readonly signal: AbortSignal; readonly say: (text: string) => void },
): Promise<void> {
    const { globalClusterIdentifier: name, founding } = settings;
    const regions = regionsFirst(settings);
    const deadline = world.clock.now() + HOMECOMING_TIMEOUT_MILLISECONDS;
    let asked = false;
    let seen = "";
    while (world.clock.now() < deadline) {
        if (world.signal.aborted) {
            throw new Error(`stopped while ${name} was being switched over; AWS goes on with it`);
        }
        const database = await port.find(name, regions);
        const writer = database?.members.find(({ isWriter }) => isWriter);
        const now = `${database?.status ?? "gone"}, written in ${writer?.region ?? "no region"}`;
        if (now !== seen) {
            world.say(`${name} is ${now}`);
            seen = now;
        }
        if (database === undefined) {
            throw new Error(`the global database ${name} disappeared`);
        }
        if (database.status === "available") {
            const next = homecoming(database, settings, true);
            if (next.kind === "none") {
                return;
            }
            if (!asked) {
                // AWS takes the order in the region that writes.
                await port.switchover(name, next.from.region, next.to.arn);
                asked = true;
                continue;
            }
        }
        await world.clock.sleep(POLL_MILLISECONDS, world.signal);
    }
    throw new Error(
        `waited ${showDuration(HOMECOMING_TIMEOUT_MILLISECONDS)} for ${founding.region} to write; last seen: ${seen}. ` +
            "Nothing has been destroyed. Look at the global database in the RDS console, and run the command again",
    );
}

/** The regions to ask, the founding one first. */
export function regionsFirst({ founding, regions }: EnvironmentSettings): readonly string[] {
    return [...new Set([founding.region, ...regions.map(({ region }) => region)])];
}
