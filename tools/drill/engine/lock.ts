/**
 * One operator at a time.
 *
 * The lock is an SSM parameter that is created, never overwritten, so that of two operators one is told no. It is
 * taken in every region that answers, in one order everywhere, and must be had in the region that the run needs: so
 * two runs that aim at different regions shut each other out, and the loss of a region stops neither.
 */
import { type Aws } from "../aws/ports";
import { type Clock, isoTime, showDuration } from "../../shared/clock";
import { isPassing, messageOf, RefusedError } from "../errors";
import { type Operator } from "./journal";
import { inTime } from "./wait";

/** Who holds the lock. */
export interface Holder {
    readonly journal: string;
    readonly verb: string;
    readonly operator: Operator;
    readonly since: string;
}

/** What to lock. */
export interface LockRequest {
    readonly aws: Aws;
    readonly clock: Clock;
    readonly environment: string;
    /** AWS regions in which the lock is wanted. */
    readonly regions: readonly string[];
    /** AWS regions in which it must be had; none where the run would rather go without a lock than not at all. */
    readonly required: readonly string[];
    readonly verb: string;
    readonly journal: string;
    readonly operator: Operator;
    /** Journals whose lock this run takes over. */
    readonly takesOver: readonly string[];
    /** Whether a journal is known to have ended: a lost region may still hold its lock. */
    readonly hasEnded: (journal: string) => boolean;
    /** Takes it whoever holds it. */
    readonly breakLock: boolean;
    readonly log: (line: string) => void;
}

/** A lock that is held. */
export interface Lock {
    /** Gives it back wherever it is still this run's. */
    release(): Promise<void>;
}

/** The parameter's name. */
export function lockName(environment: string): string {
    return `/meridian/${environment}/drill/lock`;
}

/**
 * Takes the lock.
 *
 * @throws RefusedError that names who holds it, and since when.
 */
export async function acquireLock(request: LockRequest): Promise<Lock> {
    const name = lockName(request.environment);
    const taken: string[] = [];
    // The same order for everybody: of two operators, the first in the first region has it in all.
    for (const region of [...request.regions].sort()) {
        try {
            const holder = await acquireInTime(request, name, region);
            if (holder === "silent") {
                request.log(`No lock in ${region}: no answer within ${OTHER_REGION_MILLISECONDS / 1000} s`);
                continue;
            }
            if (holder !== undefined) {
                await release(request, name, taken);
                throw refusal(request, region, holder);
            }
            taken.push(region);
        } catch (error) {
            if (error instanceof RefusedError) {
                throw error;
            }
            // Where it is needed nowhere, nothing but another operator's lock is in the way.
            const stops =
                request.required.includes(region) || (request.required.length > 0 && !isPassing(error));
            if (stops) {
                await release(request, name, taken);
                throw error;
            }
            request.log(`No lock in ${region}: ${messageOf(error)}`);
        }
    }
    // Everywhere: a region that did not answer now may have been locked by this run before it was interrupted.
    return { release: () => release(request, name, request.regions) };
}

/** A region that must not be waited for may be lost. */
const OTHER_REGION_MILLISECONDS = 5000;

async function acquireInTime(
    request: LockRequest,
    name: string,
    region: string,
): Promise<Holder | "silent" | undefined> {
    const work = acquireIn(request, name, region).then((holder) => ({ holder }));
    if (request.required.includes(region)) {
        return (await work).holder;
    }
    const found = await inTime(work, OTHER_REGION_MILLISECONDS, request.clock, ({ holder }) => {
        // It was taken after all, when the run had gone on without it.
        if (holder === undefined) {
            void release(request, name, [region]);
        }
    });
    return found === undefined ? "silent" : found.holder;
}

/** Takes the lock in a region; who holds it, when it is somebody else. */
async function acquireIn(request: LockRequest, name: string, region: string): Promise<Holder | undefined> {
    const { parameters } = request.aws.in(region);
    const mine: Holder = {
        journal: request.journal,
        verb: request.verb,
        operator: request.operator,
        since: isoTime(request.clock.now()),
    };
    if (await parameters.create(name, JSON.stringify(mine))) {
        return undefined;
    }
    const holder = parseHolder(await parameters.read(name));
    if (holder === undefined || mayTake(request, holder)) {
        await parameters.replace(name, JSON.stringify(mine));
        return undefined;
    }
    return holder;
}

function mayTake(request: LockRequest, holder: Holder): boolean {
    if (request.breakLock || request.hasEnded(holder.journal)) {
        return true;
    }
    const ours = holder.journal === request.journal || request.takesOver.includes(holder.journal);
    return ours && !runsElsewhere(request.operator, holder.operator);
}

/** Whether the process that took the lock may still be at work: another host cannot tell. */
function runsElsewhere(own: Operator, other: Operator): boolean {
    if (other.host !== own.host) {
        return true;
    }
    return other.pid !== own.pid && isAlive(other.pid);
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // Somebody else's process may not be signalled, but it is there.
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

function refusal(request: LockRequest, region: string, holder: Holder): RefusedError {
    const { host, name, pid } = holder.operator;
    const age = showDuration(Math.max(0, request.clock.now() - Date.parse(holder.since)));
    return new RefusedError(
        [
            `${name} on ${host} (process ${pid}) holds the lock in ${region} since ${holder.since}, for ${age}: ` +
                `${holder.verb}, journal ${holder.journal}`,
        ],
        "Talk to them. When that process is gone for good, and its journal with it, look at the state with " +
            "`npm run drill -- status` and run this again with --break-lock.",
    );
}

async function release(request: LockRequest, name: string, regions: readonly string[]): Promise<void> {
    for (const region of regions) {
        try {
            const done = await inTime(
                releaseIn(request, name, region),
                OTHER_REGION_MILLISECONDS,
                request.clock,
            );
            if (done === undefined) {
                request.log(`The lock in ${region} could not be given back: no answer`);
            }
        } catch (error) {
            if (!isPassing(error) && request.required.length > 0) {
                throw error;
            }
            request.log(`The lock in ${region} could not be given back: ${messageOf(error)}`);
        }
    }
}

async function releaseIn(request: LockRequest, name: string, region: string): Promise<true> {
    const { parameters } = request.aws.in(region);
    if (parseHolder(await parameters.read(name))?.journal === request.journal) {
        await parameters.remove(name);
    }
    return true;
}

/** Who holds the lock in a region; undefined when nobody does. */
export async function readLock(aws: Aws, region: string, environment: string): Promise<Holder | undefined> {
    return parseHolder(await aws.in(region).parameters.read(lockName(environment)));
}

function parseHolder(text: string | undefined): Holder | undefined {
    if (text === undefined) {
        return undefined;
    }
    try {
        const value = JSON.parse(text) as Partial<Holder>;
        return typeof value.journal === "string" && value.operator !== undefined
            ? (value as Holder)
            : undefined;
    } catch {
        // Not written by this tool, so no run stands behind it.
        return undefined;
    }
}
