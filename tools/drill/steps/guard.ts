/** Whether a failover is called for: the primary is lost, and the target could take over. */
import { type GlobalDatabase } from "../aws/ports";
import { messageOf, NoEffectError, RefusedError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { type RegionTopology } from "../topology/types";
import { ASKS, PLAN_BESIDE } from "./asks";
import { showLag, lagOf } from "./lag";
import { databaseWord, lookUp, type View, viewOf } from "./outsideView";
import { accountProblems, fleetProblems, memberProblems, writerProblems } from "./preflight";
import { cancelByHand, isBesidePlan, openExecutions, showExecution } from "./planExecutions";
import { type ChangeRequest, regionsOf } from "./roles";
import { globalIn } from "./state";
import { hasMoved } from "./switching";

/** The fact that keeps the operator's reason for saying that the primary is lost. */
export const PRIMARY_IS_LOST = "primary-is-lost";

/**
 * Refuses a failover that would lose data for nothing, or that AWS could not make. Everything else that it finds is a
 * warning: it is better mended after the promotion than before.
 */
export function failoverGuard(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    return {
        id: `${request.scope}guard`,
        title: "Guard",
        kind: "check",
        why:
            "A failover loses what was not sent yet, so it is refused unless the primary is lost: red to Route 53's " +
            "checkers (or to our own requests where these cannot be asked), or no write through the application succeeds, " +
            "or RDS says that its database is down, or the operator says so with --primary-is-lost. It is refused as well " +
            "when the target is no connected member of the global database, or RDS says that its cluster is down. What " +
            "else is wrong, or cannot be found out within some seconds, is a warning.",
        byHand: [
            `aws rds describe-global-clusters --region ${target.region} --global-cluster-identifier ${request.topology.globalClusterIdentifier}`,
            "aws route53 get-health-check-status --health-check-id <the primary's>",
            `curl -i ${source.healthUrl}`,
            `aws rds describe-db-instances --region ${source.region} --filters Name=db-cluster-id,Values=${source.clusterIdentifier}`,
        ].join("\n"),
        timeoutSeconds: 180,
        looksAgain: true,
        asks: [...ASKS.guard, ...(isBesidePlan(request) ? [PLAN_BESIDE] : [])],
        // Resumed after AWS had heard of the failover: there is nothing left to guard.
        isDone: (context) => hasMoved(context, target),
        describe: () => `look whether ${source.key} is lost and ${target.key} could take over`,
        run: async (context) => {
            const problems = (
                await Promise.all([
                    accountOf(context, target),
                    primaryProblems(context, request),
                    targetProblems(context, request),
                    targetWarnings(context, target),
                    planWarnings(context, request),
                ])
            ).flat();
            if (problems.length > 0) {
                throw new RefusedError(
                    problems,
                    "While the primary answers, `npm run drill -- switchover` moves the writer without loss. If you know " +
                        `that ${source.key} is lost, say --primary-is-lost "<why>".`,
                );
            }
            return expectedLoss(context, target);
        },
    };
}

/** Somebody else's account ends it; whether it is cannot always be asked, and the database's own ARN says it too. */
async function accountOf(context: Context, target: RegionTopology): Promise<string[]> {
    const found = await lookUp(context, () => accountProblems(context, target));
    if ("missing" in found) {
        context.warn(`the account could not be asked for: ${found.missing}`);
        return [];
    }
    return found.value;
}

async function primaryProblems(context: Context, request: ChangeRequest): Promise<string[]> {
    const { source } = regionsOf(request);
    const said = context.facts.get(PRIMARY_IS_LOST);
    // A marker is harmless, but it is written, and a dry run writes nothing.
    const look = await viewOf(context, source, { writes: !context.dryRun, database: true });
    const isUntried = context.dryRun && context.topology.probe !== undefined;
    const seen = (isUntried ? [...look.seen, "no write is tried in a dry run"] : look.seen).join("; ");
    const { colour } = look;
    context.log(`${source.key}: ${colour}: ${seen}`);
    warnOfUnseen(context, source, look);
    if (typeof said === "string") {
        context.log(`${source.key} is lost, the operator says: ${said}`);
        if (colour !== "red") {
            context.warn(
                `${source.key} looks ${colour} (${seen}), and is lost by the operator's word: ${said}`,
            );
        }
        return [];
    }
    return colour === "red" ? [] : [`${source.key} is ${colour} as seen from outside, and not red: ${seen}`];
}

function warnOfUnseen({ warn }: Context, { key }: RegionTopology, { unseen }: View): void {
    for (const text of unseen) {
        warn(`${key}: ${text}`);
    }
}

/** What makes the promotion wrong or impossible. */
async function targetProblems(context: Context, request: ChangeRequest): Promise<string[]> {
    const { source, target } = regionsOf(request);
    const { topology } = context;
    const [database, word] = await Promise.all([shownIn(context, target), databaseWord(context, target)]);
    const found = [
        ...writerProblems(topology, database, source),
        ...memberProblems(topology, database, target, "it lacks what was written"),
    ];
    if ("missing" in word) {
        context.warn(`${target.key}'s database could not be looked at: ${word.missing}`);
    } else if (word.service === "down") {
        found.push(`the database in ${target.key} is down: ${word.text}`);
    } else if (word.service === "passes") {
        context.warn(
            `the database in ${target.key} is busy, so AWS may take the failover up late: ${word.text}`,
        );
    }
    return found;
}

/** The global database, which must be seen: nothing else says who writes, and who may. */
function shownIn(context: Context, target: RegionTopology): Promise<GlobalDatabase> {
    return waitInStep(context, {
        what: `RDS in ${target.region} to show the global database`,
        hint: "Without it nobody knows who writes. Look at AWS's health page, and run the same command again.",
        look: async () => ({ done: true as const, value: await globalIn(context, target) }),
    });
}

/** What ails the target beside its database. */
async function targetWarnings(context: Context, target: RegionTopology): Promise<never[]> {
    const [view, fleets] = await Promise.all([
        viewOf(context, target),
        lookUp(context, () => fleetProblems(context, target)),
    ]);
    context.log(`${target.key}: ${view.colour}: ${view.seen.join("; ")}`);
    warnOfUnseen(context, target, view);
    if (view.colour !== "green") {
        context.warn(`${target.key} is ${view.colour} as seen from outside: ${view.seen.join("; ")}`);
    }
    for (const problem of "missing" in fleets ? [fleets.missing] : fleets.value) {
        context.warn(problem);
    }
    return [];
}

/** A plan that is carried out at the same time would move the writer as well. */
async function planWarnings(context: Context, request: ChangeRequest): Promise<never[]> {
    if (isBesidePlan(request)) {
        const { target } = regionsOf(request);
        const { open, silent } = await openExecutions(context, [target]);
        silent.forEach((why) => {
            context.warn(`whether the plan is carried out at the same time is not known: ${why}`);
        });
        open.forEach((execution) => {
            context.warn(
                `${showExecution(execution)}, and may move the writer as well. Cancel it: ` +
                    cancelByHand(request.topology, execution),
            );
        });
    }
    return [];
}

/** What the last measurement says would be lost. */
async function expectedLoss(context: Context, target: RegionTopology): Promise<string> {
    const lag = await lookUp(context, () => lagOf(context, target));
    if ("missing" in lag) {
        context.warn(`how much is lost is not known: ${lag.missing}`);
        return "how much would be lost is not known";
    }
    return lag.value === undefined
        ? "how much would be lost is not known: CloudWatch has no measurement of the lag"
        : `${target.key} was ${showLag(lag.value)}: about that much is lost`;
}

/** For a rehearsal: waits until the fault is seen from outside. */
export function waitUntilRed(request: ChangeRequest): Step {
    const { source } = regionsOf(request);
    return {
        id: `${request.scope}wait-red`,
        title: `Wait until ${source.key} is red`,
        kind: "wait",
        why: "As on the real day: the health checks have to notice first. Without an effect there is nothing to judge.",
        timeoutSeconds: 300,
        describe: () => `until ${source.key} is red as seen from outside`,
        run: async (context) => {
            try {
                return await waitInStep(context, {
                    what: `${source.key} to be red as seen from outside`,
                    hint: "",
                    look: async (): Promise<Look<string>> => {
                        const { colour, seen } = await viewOf(context, source, {
                            writes: true,
                            database: true,
                        });
                        const text = `${colour}: ${seen.join("; ")}`;
                        return colour === "red" ? { done: true, value: text } : { done: false, seen: text };
                    },
                });
            } catch (error) {
                if (context.signal.aborted) {
                    throw error;
                }
                throw new NoEffectError(
                    `the fault never took effect: ${messageOf(error)}`,
                    "Look at fault.strike, or fault.experiment, in the drill's settings.",
                );
            }
        },
    };
}
