/** How a region looks: from outside AWS, and by what RDS says of its database. */
import { type CheckerReport } from "../aws/ports";
import { AwsCallError, isPassing, messageOf } from "../errors";
import { type Context } from "../engine/step";
import { inTime } from "../engine/wait";
import { type Answer, isWell, showAnswer } from "../outside";
import { isWritten, writeMarker } from "../probe/marker";
import { type RegionTopology } from "../topology/types";
import { type DatabaseWord, judgeDatabase } from "./databaseStates";

/** What somebody outside sees. */
export interface View {
    readonly colour: "green" | "red" | "unknown";
    /** What was seen, a phrase each. */
    readonly seen: readonly string[];
    /** Why what AWS was asked for could not be seen. */
    readonly unseen: readonly string[];
}

/**
 * The share of Route 53's checkers above which it calls an endpoint healthy.
 * Source: Route 53 Developer Guide, "How Amazon Route 53 determines whether a health check is healthy".
 */
const HEALTHY_SHARE = 0.18;

/** Requests of our own before a silence counts. */
const OWN_REQUESTS = 3;

/** Between two of them. */
const PAUSE_MILLISECONDS = 2000;

const OWN_TIMEOUT_MILLISECONDS = 3000;

/**
 * The longest that a look through AWS's API may take. Route 53's may be lost with us-east-1, and the region's own with
 * the region, and a failover has no time to find that out at leisure.
 */
export const LOOK_MILLISECONDS = 6000;

/** What was looked at; what could not be is undefined. */
export interface Sight {
    readonly reports?: readonly CheckerReport[];
    /** Why Route 53 could not be asked. */
    readonly reportsMissing?: string;
    /** Answers to requests of our own to the region's health path. */
    readonly own: readonly Answer[];
    /** Answers to writes through the application, where that was tried. */
    readonly writes?: readonly Answer[];
    /** What RDS says of the region's database, where it was asked; or why it did not answer. */
    readonly database?: DatabaseWord | { readonly missing: string };
}

/**
 * Puts together what was seen.
 *
 * Route 53's checkers look from many places, so their word goes before our own, which may be a matter of our own
 * network. Ours counts where theirs cannot be had: their API is in us-east-1, which may be the region that is lost.
 * Writes that all fail make a region red whatever its health path says, since that path may not touch the database. So
 * does RDS's word that the database is down, unless a write has just gone through. That RDS does not answer says nothing:
 * its API is not the database.
 */
export function judgeView(sight: Sight): View {
    const seen: string[] = [];
    const ownGood = sight.own.filter(isWell).length;
    let colour: View["colour"] = "unknown";
    if (sight.reports !== undefined && sight.reports.length > 0) {
        const healthy = sight.reports.filter((report) => report.healthy).length;
        colour = healthy / sight.reports.length > HEALTHY_SHARE ? "green" : "red";
        seen.push(`${healthy} of ${sight.reports.length} Route 53 checkers say healthy`);
    } else {
        seen.push(
            `Route 53's checkers are unknown (${sight.reportsMissing ?? "none is configured, or none has reported"})`,
        );
        if (sight.own.length > 0) {
            colour = ownGood > 0 ? "green" : "red";
        }
    }
    if (sight.own.length > 0) {
        seen.push(
            `${ownGood} of ${sight.own.length} own requests are answered well${why(sight.own, isWell)}`,
        );
    }
    let written = 0;
    if (sight.writes !== undefined && sight.writes.length > 0) {
        written = sight.writes.filter(isWritten).length;
        seen.push(`${written} of ${sight.writes.length} writes succeed${why(sight.writes, isWritten)}`);
        if (written === 0) {
            colour = "red";
        }
    }
    if (sight.database !== undefined) {
        const { database } = sight;
        seen.push(
            "missing" in database ? `RDS does not say (${database.missing})` : `RDS says: ${database.text}`,
        );
        if ("service" in database && database.service === "down" && written === 0) {
            colour = "red";
        }
    }
    const unseen = [
        ...(sight.reportsMissing === undefined
            ? []
            : [`what Route 53's checkers see is not known: ${sight.reportsMissing}`]),
        ...(sight.database !== undefined && "missing" in sight.database
            ? [`what RDS says of its database is not known: ${sight.database.missing}`]
            : []),
    ];
    return { colour, seen, unseen };
}

function why(answers: readonly Answer[], isGood: (answer: Answer) => boolean): string {
    const bad = answers.findLast((answer) => !isGood(answer));
    return bad === undefined ? "" : ` (${showAnswer(bad)})`;
}

/** What a look needs. */
type Looker = Pick<Context, "aws" | "clock" | "outside" | "signal" | "topology">;

/**
 * Looks at a region; with `writes`, also whether the application writes, and with `database`, what RDS says. Takes no
 * longer than `LOOK_MILLISECONDS` and the probe's own time limit and some seconds.
 */
export async function viewOf(
    context: Looker,
    region: RegionTopology,
    options: { readonly writes?: boolean; readonly database?: boolean } = {},
): Promise<View> {
    const [checkers, own, writes, database] = await Promise.all([
        checkersOf(context, region),
        ownRequests(context, region),
        options.writes === true ? writeRequests(context) : undefined,
        options.database === true ? databaseWord(context, region) : undefined,
    ]);
    return judgeView({
        ...checkers,
        own,
        ...(writes === undefined ? {} : { writes }),
        ...(database === undefined ? {} : { database }),
    });
}

/** An answer of AWS, or why there is none, and whether that may be gone by the next look. */
export type LookedUp<T> = { readonly value: T } | { readonly missing: string; readonly passes: boolean };

/** Asks AWS for what is only looked at: it stops nothing, whatever becomes of it, and takes no longer than a look may. */
export async function lookUp<T>(
    { clock }: Pick<Context, "clock">,
    question: () => Promise<T>,
): Promise<LookedUp<T>> {
    try {
        const found = await inTime(
            question().then((value) => ({ value })),
            LOOK_MILLISECONDS,
            clock,
        );
        return found ?? { missing: `no answer within ${LOOK_MILLISECONDS / 1000} s`, passes: true };
    } catch (error) {
        if (!(error instanceof AwsCallError)) {
            throw error;
        }
        return { missing: messageOf(error), passes: isPassing(error) };
    }
}

async function checkersOf(
    context: Looker,
    { healthCheckId }: RegionTopology,
): Promise<Pick<Sight, "reports" | "reportsMissing">> {
    if (healthCheckId === undefined) {
        return {};
    }
    const found = await lookUp(context, () => context.aws.checkerReports(healthCheckId));
    return "missing" in found ? { reportsMissing: found.missing } : { reports: found.value };
}

/** What RDS says of a region's database. */
export async function databaseWord(
    context: Pick<Context, "aws" | "clock">,
    { clusterIdentifier, region }: RegionTopology,
): Promise<DatabaseWord | { readonly missing: string }> {
    const { database } = context.aws.in(region);
    const [cluster, instances] = await Promise.all([
        lookUp(context, () => database.cluster(clusterIdentifier)),
        lookUp(context, () => database.instances(clusterIdentifier)),
    ]);
    if ("missing" in cluster) {
        return cluster;
    }
    return "missing" in instances
        ? instances
        : judgeDatabase(clusterIdentifier, cluster.value, instances.value);
}

async function ownRequests(context: Looker, region: RegionTopology): Promise<Answer[]> {
    const ask = (): Promise<Answer> => context.outside.get(region.healthUrl, OWN_TIMEOUT_MILLISECONDS);
    return repeatUntil(context, ask, isWell);
}

async function writeRequests(context: Looker): Promise<Answer[]> {
    const { clock, outside, topology } = context;
    const { probe } = topology;
    if (probe === undefined) {
        return [];
    }
    const write = (): Promise<Answer> =>
        writeMarker(outside, probe.url, clock.now(), probe.timeoutMilliseconds);
    return repeatUntil(context, write, isWritten);
}

/** Tries a few times, until one is good. The next try does not wait for one that is not answered. */
async function repeatUntil(
    { clock, signal, topology }: Looker,
    attempt: () => Promise<Answer>,
    isGood: (answer: Answer) => boolean,
): Promise<Answer[]> {
    const pause = Math.min(topology.pollSeconds * 1000, PAUSE_MILLISECONDS);
    const tried: Promise<Answer>[] = [];
    const answered: Answer[] = [];
    while (tried.length < OWN_REQUESTS && !signal.aborted) {
        const answer = attempt();
        tried.push(answer);
        const soon = await inTime(answer, pause, clock);
        if (soon === undefined) {
            continue;
        }
        answered.push(soon);
        if (isGood(soon)) {
            return answered;
        }
        if (tried.length < OWN_REQUESTS) {
            await clock.sleep(pause, signal);
        }
    }
    return Promise.all(tried);
}
