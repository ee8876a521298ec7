/** Whether a failover is called for: the primary is lost as seen from outside, and the target could take over. */
import { isPassing, messageOf, NoEffectError, RefusedError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type Look, waitFor } from "../engine/wait";
import { clusterArn } from "../topology/types";
import { viewOf } from "./outsideView";
import { accountProblems, fleetProblems, instanceProblems } from "./preflight";
import { type ChangeRequest, regionsOf } from "./roles";
import { targetFleetsFact } from "./scaling";
import { clusterOf, globalIn, writerOf } from "./state";
import { isMoving } from "./switching";

/** Refuses a failover that would lose data for nothing. */
export function failoverGuard(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    return {
        id: `${request.scope}guard`,
        title: "Guard",
        kind: "check",
        why:
            `A failover loses what was not sent yet, so it is refused unless the primary is red as seen from outside ` +
            "(by Route 53's checkers, or by our own requests where these cannot be asked, or because every write through " +
            "the application fails) and the target is green. Nothing here depends on the primary's region.",
        byHand: [
            "aws route53 get-health-check-status --health-check-id <the primary's>",
            `curl -i ${source.healthUrl}`,
            `curl -i ${target.healthUrl}`,
        ].join("\n"),
        timeoutSeconds: 180,
        looksAgain: true,
        // Resumed after AWS had heard of the failover: there is nothing left to guard.
        isDone: (context) => isMoving(context, target),
        describe: () => `look from outside whether ${source.key} is lost and ${target.key} is well`,
        run: async (context) => {
            const account = await accountProblems(context, target);
            const problems =
                account.length > 0
                    ? account
                    : (
                          await Promise.all([
                              primaryProblems(context, request),
                              targetProblems(context, request),
                          ])
                      ).flat();
            if (problems.length > 0) {
                throw new RefusedError(
                    problems,
                    "While the primary answers, `npm run drill -- switchover` moves the writer without loss.",
                );
            }
            return expectedLoss(context, request);
        },
    };
}

async function primaryProblems(context: Context, request: ChangeRequest): Promise<string[]> {
    const { source } = regionsOf(request);
    // A marker is harmless, but it is written, and a dry run writes nothing.
    const look = await viewOf(context, source, { writes: !context.dryRun });
    const isUntried = context.dryRun && context.topology.probe !== undefined;
    const seen = isUntried ? [...look.seen, "no write is tried in a dry run"] : look.seen;
    const { colour } = look;
    context.log(`${source.key}: ${colour}: ${seen.join("; ")}`);
    return colour === "red"
        ? []
        : [`${source.key} is ${colour} as seen from outside, and not red: ${seen.join("; ")}`];
}

async function targetProblems(context: Context, request: ChangeRequest): Promise<string[]> {
    const { source, target } = regionsOf(request);
    const { topology } = context;
    const { colour, seen } = await viewOf(context, target);
    context.log(`${target.key}: ${colour}: ${seen.join("; ")}`);
    const found =
        colour === "green" ? [] : [`${target.key} is ${colour} as seen from outside: ${seen.join("; ")}`];
    const database = await globalIn(context, target);
    const writer = writerOf(topology, database);
    if (writer?.key !== source.key) {
        found.push(`${writer?.key ?? "a cluster that the topology lacks"} writes now, and not ${source.key}`);
    }
    const arn = clusterArn(topology, target);
    if (!database.members.some(({ clusterArn: other }) => other === arn)) {
        found.push(`${target.clusterIdentifier} is no member of the global database`);
    }
    const { status } = await clusterOf(context, target);
    if (status !== "available") {
        found.push(`the cluster in ${target.key} is ${status}, and not available`);
    }
    // What this run asked for itself may still be starting.
    const isGrowing = context.facts.get(targetFleetsFact(request)) !== undefined;
    return [
        ...found,
        ...(await instanceProblems(context, target)),
        ...(isGrowing ? [] : await fleetProblems(context, target)),
    ];
}

/** What the last measurement says would be lost. */
async function expectedLoss({ aws, clock }: Context, request: ChangeRequest): Promise<string> {
    const { target } = regionsOf(request);
    try {
        const lag = await aws.in(target.region).observe.replicationLag(target.clusterIdentifier);
        return lag === undefined
            ? "how much would be lost is not known: CloudWatch has no measurement of the lag"
            : `${target.key} was ${Math.round(lag.milliseconds)} ms behind ` +
                  `${Math.round((clock.now() - lag.at) / 1000)} s ago: about that much is lost`;
    } catch (error) {
        if (!isPassing(error)) {
            throw error;
        }
        return `how much would be lost is not known: ${messageOf(error)}`;
    }
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
            const { clock, signal, timeoutSeconds, topology } = context;
            try {
                return await waitFor({
                    what: `${source.key} to be red as seen from outside`,
                    timeoutSeconds,
                    pollSeconds: topology.pollSeconds,
                    clock,
                    signal,
                    onSeen: context.log,
                    hint: "",
                    look: async (): Promise<Look<string>> => {
                        const { colour, seen } = await viewOf(context, source, { writes: true });
                        const text = `${colour}: ${seen.join("; ")}`;
                        return colour === "red" ? { done: true, value: text } : { done: false, seen: text };
                    },
                });
            } catch (error) {
                if (signal.aborted) {
                    throw error;
                }
                throw new NoEffectError(
                    `the fault never took effect: ${messageOf(error)}`,
                    "Look at the command of fault.strike in the drill's settings.",
                );
            }
        },
    };
}
