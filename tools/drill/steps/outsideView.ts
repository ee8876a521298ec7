/** How a region looks from outside AWS. */
import { type CheckerReport } from "../aws/ports";
import { isPassing, messageOf } from "../errors";
import { type Context } from "../engine/step";
import { inTime } from "../engine/wait";
import { type Answer, isWell } from "../outside";
import { type RegionTopology } from "../topology/types";

/** What somebody outside sees. */
export interface View {
    readonly colour: "green" | "red" | "unknown";
    /** What was seen, a phrase each. */
    readonly seen: readonly string[];
}

/**
 * The share of Route 53's checkers above which it calls an endpoint healthy.
 * Source: Route 53 Developer Guide, "How Amazon Route 53 determines whether a health check is healthy".
 */
const HEALTHY_SHARE = 0.18;

/** Requests of our own before a silence counts. */
const OWN_REQUESTS = 3;

const OWN_TIMEOUT_MILLISECONDS = 4000;

/** Route 53's API may be lost with us-east-1, and a failover has no time to find that out at leisure. */
const CHECKER_TIMEOUT_MILLISECONDS = 10_000;

/** What was looked at; what could not be is undefined. */
export interface Sight {
    readonly reports?: readonly CheckerReport[];
    /** Why Route 53 could not be asked. */
    readonly reportsMissing?: string;
    /** Answers to requests of our own to the region's health path. */
    readonly own: readonly Answer[];
    /** Answers to writes through the application, where that was tried. */
    readonly writes?: readonly Answer[];
}

/**
 * Puts together what was seen.
 *
 * Route 53's checkers look from many places, so their word goes before our own, which may be a matter of our own
 * network. Ours counts where theirs cannot be had: their API is in us-east-1, which may be the region that is lost.
 * Writes that all fail make a region red whatever its health path says, since that path may not touch the database.
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
        seen.push(`Route 53's checkers are unknown (${sight.reportsMissing ?? "no report"})`);
        if (sight.own.length > 0) {
            colour = ownGood > 0 ? "green" : "red";
        }
    }
    if (sight.own.length > 0) {
        seen.push(
            `${ownGood} of ${sight.own.length} own requests are answered well${why(sight.own, isWell)}`,
        );
    }
    if (sight.writes !== undefined && sight.writes.length > 0) {
        const isWritten = ({ status }: Answer): boolean => status === 200;
        const written = sight.writes.filter(isWritten).length;
        seen.push(`${written} of ${sight.writes.length} writes succeed${why(sight.writes, isWritten)}`);
        if (written === 0) {
            colour = "red";
        }
    }
    return { colour, seen };
}

function why(answers: readonly Answer[], isGood: (answer: Answer) => boolean): string {
    const bad = answers.findLast((answer) => !isGood(answer));
    return bad === undefined ? "" : ` (${bad.error ?? `HTTP ${bad.status ?? 0}`})`;
}

/** Looks at a region from outside; with `writes`, also whether the application writes. */
export async function viewOf(
    context: Pick<Context, "aws" | "clock" | "outside" | "signal" | "topology">,
    region: RegionTopology,
    options: { readonly writes?: boolean } = {},
): Promise<View> {
    const [checkers, own, writes] = await Promise.all([
        checkersOf(context, region),
        ownRequests(context, region),
        options.writes === true ? writeRequests(context) : undefined,
    ]);
    return judgeView({ ...checkers, own, ...(writes === undefined ? {} : { writes }) });
}

async function checkersOf(
    { aws, clock }: Pick<Context, "aws" | "clock">,
    { healthCheckId }: RegionTopology,
): Promise<Pick<Sight, "reports" | "reportsMissing">> {
    if (healthCheckId === undefined) {
        return { reportsMissing: "the region has no health check" };
    }
    try {
        const reports = await inTime(aws.checkerReports(healthCheckId), CHECKER_TIMEOUT_MILLISECONDS, clock);
        return reports === undefined
            ? { reportsMissing: `no answer within ${CHECKER_TIMEOUT_MILLISECONDS / 1000} s` }
            : { reports };
    } catch (error) {
        if (!isPassing(error)) {
            throw error;
        }
        return { reportsMissing: messageOf(error) };
    }
}

async function ownRequests(
    context: Pick<Context, "clock" | "outside" | "signal" | "topology">,
    region: RegionTopology,
): Promise<Answer[]> {
    const ask = (): Promise<Answer> => context.outside.get(region.healthUrl, OWN_TIMEOUT_MILLISECONDS);
    return repeatUntil(context, ask, isWell);
}

async function writeRequests(
    context: Pick<Context, "clock" | "outside" | "signal" | "topology">,
): Promise<Answer[]> {
    const { clock, outside, topology } = context;
    const { probe } = topology;
    if (probe === undefined) {
        return [];
    }
    const write = (): Promise<Answer> =>
        outside.post(probe.url, JSON.stringify({ marker: clock.now() }), probe.timeoutMilliseconds);
    return repeatUntil(context, write, ({ status }) => status === 200);
}

/** Tries a few times, until one is good. */
async function repeatUntil(
    { clock, signal, topology }: Pick<Context, "clock" | "signal" | "topology">,
    attempt: () => Promise<Answer>,
    isGood: (answer: Answer) => boolean,
): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (answers.length < OWN_REQUESTS && !signal.aborted) {
        if (answers.length > 0) {
            await clock.sleep(Math.min(topology.pollSeconds, 2) * 1000, signal);
        }
        const answer = await attempt();
        answers.push(answer);
        if (isGood(answer)) {
            break;
        }
    }
    return answers;
}
