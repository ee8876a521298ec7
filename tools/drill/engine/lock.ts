/**
 * One operator at a time.
 *
 * The lock is an SSM parameter that is exchanged atomically (`register.ts`). It is taken in every region that answers,
 * in one order everywhere, and must be had in the region that the run needs: so two runs that aim at different regions
 * shut each other out, and the loss of a region stops neither. With it lies the head of the run's journal, so that any
 * machine can go on with the run.
 */
import { randomUUID } from "node:crypto";
import { type Aws, type ParameterPort } from "../aws/ports";
import { type Clock, isoTime, showDuration } from "../../shared/clock";
import { DrillError, isPassing, messageOf, RefusedError } from "../errors";
import { type Operator } from "./entries";
import { freeValue, type Head, heldValue, type Holder, readHolder } from "./holder";
import { exchange, look } from "./register";
import { inTime } from "./wait";

/** What was seen of the lock in a region: who holds it, nobody, or that the region could not be asked. */
export type Sight = { readonly holder: Holder | undefined } | { readonly silent: string };

/** What was seen of the lock, by AWS region. */
export type Sights = ReadonlyMap<string, Sight>;

/** What to lock. */
export interface LockRequest {
    readonly aws: Aws;
    readonly clock: Clock;
    readonly environment: string;
    /** AWS regions in which the lock is wanted. */
    readonly regions: readonly string[];
    /** AWS regions in which it must be had. Where there is none, what keeps it from being had anywhere is a warning. */
    readonly required: readonly string[];
    readonly verb: string;
    readonly journal: string;
    readonly operator: Operator;
    /** How far the run has come. */
    readonly head: Head;
    /** The AWS region that the run is about: there lies how far it has come since. */
    readonly about: string;
    /** Journals whose lock this run takes over. */
    readonly takesOver: readonly string[];
    /** Whether a journal is known to have ended: a lost region may still hold its lock. */
    readonly hasEnded: (journal: string) => boolean;
    /** Takes it whoever holds it. */
    readonly breakLock: boolean;
    /** Takes it from any process of this host that is no more. */
    readonly inheritsFromDead: boolean;
    /** What was seen before: a region that did not answer then is not waited for once more. */
    readonly sights?: Sights;
    readonly log: (line: string) => void;
}

/** A lock that is held. */
export interface Lock {
    /**
     * Makes sure that it is still this run's, and writes beside it how far the run has come.
     *
     * @throws RefusedError when somebody else has it now.
     */
    renew(head: Head): Promise<void>;
    /** Writes how far the run has come, where that can be done soon. */
    tell(head: Head): Promise<void>;
    /** Gives it back wherever it is still this run's. What goes wrong is said and stops nothing. */
    release(): Promise<void>;
}

/** The parameter's name. */
export function lockName(environment: string): string {
    return `/meridian/${environment}/drill/lock`;
}

/** A region that need not be waited for may be lost. */
const SIGHT_MILLISECONDS = 4000;

/** The same for the writes that follow, in a region that has answered before. */
const OTHER_REGION_MILLISECONDS = 8000;

/** Looks at the lock in all regions at once. */
export async function seeLocks(
    aws: Aws,
    clock: Clock,
    environment: string,
    regions: readonly string[],
): Promise<Sights> {
    const entries = regions.map(async (region): Promise<readonly [string, Sight]> => {
        try {
            const work = readLock(aws, region, environment).then((holder) => ({ holder }));
            const seen = await inTime(work, SIGHT_MILLISECONDS, clock);
            return [region, seen ?? { silent: `no answer within ${SIGHT_MILLISECONDS / 1000} s` }];
        } catch (error) {
            return [region, { silent: messageOf(error) }];
        }
    });
    return new Map(await Promise.all(entries));
}

/**
 * Takes the lock.
 *
 * @throws RefusedError that names who holds it, and since when.
 */
export async function acquireLock(request: LockRequest): Promise<Lock> {
    const taking = new Taking(request);
    await taking.take();
    return taking;
}

class Taking implements Lock {
    private readonly name: string;
    private readonly since: string;
    private readonly token = randomUUID();
    private readonly taken: string[] = [];
    private mine: Holder;
    private canTell = true;

    constructor(private readonly request: LockRequest) {
        const { clock, environment, head, journal, operator, verb } = request;
        this.name = lockName(environment);
        this.since = isoTime(clock.now());
        this.mine = { journal, verb, operator, since: this.since, token: this.token, head };
    }

    async take(): Promise<void> {
        const { log, regions, required, sights } = this.request;
        // The same order for everybody: of two operators, the first in the first region has it in all.
        for (const region of [...regions].sort()) {
            const sight = sights?.get(region);
            if (sight !== undefined && "silent" in sight && !required.includes(region)) {
                log(`No lock in ${region}: ${sight.silent}`);
                continue;
            }
            try {
                const holder = await this.takeInTime(region);
                if (holder === "silent") {
                    log(`No lock in ${region}: no answer within ${OTHER_REGION_MILLISECONDS / 1000} s`);
                } else if (holder === undefined) {
                    this.taken.push(region);
                } else {
                    throw refusal(this.request, region, holder);
                }
            } catch (error) {
                const isNeeded = required.length > 0 && (!isPassing(error) || required.includes(region));
                if (error instanceof RefusedError || isNeeded) {
                    await this.release();
                    throw error;
                }
                log(`No lock in ${region}: ${messageOf(error)}`);
            }
        }
        if (this.taken.length === 0) {
            log("No lock anywhere: make sure that nobody else is at it.");
        }
    }

    async renew(head: Head): Promise<void> {
        const { clock, log, required } = this.request;
        this.mine = { ...this.mine, head };
        await Promise.all(
            this.taken.map(async (region) => {
                const work = this.assure(region).then((holder) => ({ holder }));
                try {
                    const found = required.includes(region)
                        ? await work
                        : await inTime(work, OTHER_REGION_MILLISECONDS, clock);
                    if (found === undefined) {
                        log(`The lock in ${region} could not be looked at: no answer`);
                    } else if (found.holder !== undefined) {
                        throw lost(this.request, region, found.holder);
                    }
                } catch (error) {
                    if (error instanceof RefusedError || required.includes(region)) {
                        throw error;
                    }
                    log(`The lock in ${region} could not be looked at: ${messageOf(error)}`);
                }
            }),
        );
    }

    /** Who else has the lock in a region; it is written anew where the run is told of, and where it is gone. */
    private async assure(region: string): Promise<Holder | undefined> {
        if (region !== this.request.about) {
            const holder = readHolder((await look(this.parametersOf(region), this.name)).value);
            if (holder !== undefined) {
                return holder.token === this.token ? undefined : holder;
            }
        }
        return this.takeIn(region, isOwn);
    }

    async tell(head: Head): Promise<void> {
        const { about, clock, log } = this.request;
        if (!this.canTell || !this.taken.includes(about)) {
            return;
        }
        this.mine = { ...this.mine, head };
        try {
            const done = await inTime(
                this.takeIn(about, isOwn).then(() => true),
                SIGHT_MILLISECONDS,
                clock,
            );
            this.canTell = done === true;
        } catch (error) {
            this.canTell = false;
            log(`How far the run has come could not be written beside the lock: ${messageOf(error)}`);
        }
    }

    async release(): Promise<void> {
        const { clock, log, regions } = this.request;
        // Everywhere: a region that did not answer now may have been locked by this run before it was interrupted.
        await Promise.all(
            regions.map(async (region) => {
                let problem = "";
                for (let left = this.taken.includes(region) ? RELEASE_ATTEMPTS : 1; left > 0; left -= 1) {
                    try {
                        const done = await inTime(this.releaseIn(region), OTHER_REGION_MILLISECONDS, clock);
                        if (done === true) {
                            return;
                        }
                        problem = "no answer";
                    } catch (error) {
                        problem = messageOf(error);
                    }
                    if (left > 1) {
                        await clock.sleep(RELEASE_PAUSE_MILLISECONDS);
                    }
                }
                log(
                    `The lock in ${region} could not be given back: ${problem}. By hand: ` +
                        `aws ssm delete-parameter --region ${region} --name ${this.name}`,
                );
            }),
        );
    }

    private async takeInTime(region: string): Promise<Holder | "silent" | undefined> {
        const { clock, required } = this.request;
        const mayTake = (holder: Holder): boolean => isTakeable(this.request, holder);
        const work = this.takeIn(region, mayTake).then((holder) => ({ holder }));
        if (required.includes(region)) {
            return (await work).holder;
        }
        const found = await inTime(work, OTHER_REGION_MILLISECONDS, clock, ({ holder }) => {
            // It was taken after all, when the run had gone on without it. Fails unheard, as whatever is late.
            if (holder === undefined) {
                this.releaseIn(region).catch(() => undefined);
            }
        });
        return found === undefined ? "silent" : found.holder;
    }

    /** Takes the lock in a region; who holds it, when that may not be taken from. */
    private async takeIn(region: string, mayTake: (holder: Holder) => boolean): Promise<Holder | undefined> {
        const parameters = this.parametersOf(region);
        for (let count = 0; count < MOST_EXCHANGES; count += 1) {
            const seen = await look(parameters, this.name);
            const holder = readHolder(seen.value);
            const isMine = holder?.token === this.token;
            if (holder !== undefined && !isMine && !mayTake(holder)) {
                return holder;
            }
            if (await exchange(parameters, this.name, seen, heldValue(this.mine))) {
                return undefined;
            }
        }
        throw new DrillError(
            `the lock in ${region} changes hands all the time`,
            "Somebody else is at it. Talk to them, and run the same command again.",
        );
    }

    private async releaseIn(region: string): Promise<true> {
        const parameters = this.parametersOf(region);
        const { clock } = this.request;
        for (let count = 0; count < MOST_EXCHANGES; count += 1) {
            const seen = await look(parameters, this.name);
            const holder = readHolder(seen.value);
            if (
                holder === undefined ||
                !this.isOurs(holder) ||
                (await exchange(parameters, this.name, seen, freeValue(holder, isoTime(clock.now()))))
            ) {
                return true;
            }
        }
        throw new DrillError(`it changes hands all the time`);
    }

    /** Taken by this process, or by one that ran the same journal before it and is no more. */
    private isOurs(holder: Holder): boolean {
        const { journal, operator } = this.request;
        return (
            holder.token === this.token ||
            (holder.journal === journal && !runsElsewhere(operator, holder.operator))
        );
    }

    private parametersOf(region: string): ParameterPort {
        return this.request.aws.in(region).parameters;
    }
}

/** Others who write at the same moment are few. */
const MOST_EXCHANGES = 10;

const RELEASE_ATTEMPTS = 3;
const RELEASE_PAUSE_MILLISECONDS = 1000;

/** Who else has it is not asked to give it back. */
function isOwn(): boolean {
    return false;
}

function isTakeable(request: LockRequest, holder: Holder): boolean {
    if (request.breakLock || request.hasEnded(holder.journal)) {
        return true;
    }
    const ours = holder.journal === request.journal || request.takesOver.includes(holder.journal);
    return (ours || request.inheritsFromDead) && !runsElsewhere(request.operator, holder.operator);
}

/** Whether the process that took the lock may still be at work: another host cannot tell. */
export function runsElsewhere(own: Operator, other: Operator): boolean {
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

/** For how long a lock has been held. */
export function heldFor({ since }: Holder, now: number): string {
    return showDuration(Math.max(0, now - Date.parse(since)));
}

/** A holder in a few words. */
export function showHolder({ head, journal, operator: { host, name, pid }, verb }: Holder): string {
    const passed = head?.passed ?? [];
    return (
        `${verb}, journal ${journal}, by ${name} on ${host} (process ${pid})` +
        (passed.length === 0 ? "" : `; it has begun ${passed.join(", ")}`)
    );
}

function refusal(request: LockRequest, region: string, holder: Holder): RefusedError {
    const { host, name, pid } = holder.operator;
    const age = heldFor(holder, request.clock.now());
    const passed = holder.head?.passed ?? [];
    return new RefusedError(
        [
            `${name} on ${host} (process ${pid}) holds the lock in ${region} since ${holder.since}, for ${age}: ` +
                `${holder.verb}, journal ${holder.journal}` +
                (passed.length === 0 ? "" : `, which has begun ${passed.join(", ")}`),
        ],
        "Talk to them. When that process is gone for good, look at the state with `npm run drill -- status` and run " +
            "this again with --break-lock: the same verb then goes on where that run stopped.",
    );
}

function lost({ clock }: LockRequest, region: string, holder: Holder): RefusedError {
    const age = heldFor(holder, clock.now());
    return new RefusedError(
        [`somebody else has taken the lock in ${region}, ${age} ago: ${showHolder(holder)}`],
        "Leave it to them, or talk to them. This run goes no further.",
    );
}

/** Who holds the lock in a region; undefined when nobody does. */
export async function readLock(aws: Aws, region: string, environment: string): Promise<Holder | undefined> {
    return readHolder((await look(aws.in(region).parameters, lockName(environment))).value);
}
