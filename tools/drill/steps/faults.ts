/** Takes the region that writes away for a rehearsal, and gives it back. */
import { CALL_TIMEOUT_MILLISECONDS } from "../aws/call";
import { AwsCallError, DrillError, messageOf, WaitTimeoutError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { templateOf } from "../topology/experiments";
import { inTime } from "../engine/wait";
import { type FaultCommands, type FaultExperiment, type FaultTopology } from "../topology/types";
import { startExperiment, stopExperiment } from "./experiments";
import { type ChangeRequest, regionsOf } from "./roles";

/** How long a command that is told to end may take to do so, before it is said that it has not. */
const ENDING_MILLISECONDS = 20_000;

/** The same for a call of AWS FIS that is on its way. */
const CALL_ENDING_MILLISECONDS = CALL_TIMEOUT_MILLISECONDS + 1000;

/** Commands that have not ended, by the part that they are of. */
const underWay = new WeakMap<ChangeRequest, Promise<unknown>>();

function faultOf({ topology }: Pick<Context, "topology">): FaultTopology {
    if (topology.fault === undefined) {
        throw new DrillError(
            "a rehearsal of a failover needs commands or an experiment that take the primary away and give it back",
            "Give fault.strike and fault.heal, or fault.experiment, in the drill's settings: see docs/drill.md.",
        );
    }
    return topology.fault;
}

function isExperiment(fault: FaultTopology): fault is FaultExperiment {
    return "experiment" in fault;
}

/** The fact that a strike has begun and nobody has seen its end. */
function strikingFact({ scope }: ChangeRequest): string {
    return `${scope}striking`;
}

/** Runs the command that takes the primary away. */
export function strike(request: ChangeRequest): Step {
    const { source } = regionsOf(request);
    return {
        id: `${request.scope}strike`,
        title: `Take ${source.key} away`,
        kind: "change",
        why:
            "A failover can only be rehearsed against a fault: a command of yours, or an experiment of AWS FIS. " +
            "One that takes longer than its limit is ended, with all that it has started, before the fault is healed.",
        timeoutSeconds: 600,
        cleanedBy: `${request.scope}heal`,
        describe: (context) => {
            const fault = faultOf(context);
            return isExperiment(fault)
                ? `start an experiment of ${templateOf(fault, source)} in ${source.region}, until it runs`
                : `run ${fault.strike.join(" ")}`;
        },
        run: async (context) => {
            const fault = faultOf(context);
            if (!isExperiment(fault)) {
                return strikeByCommand(context, request, fault);
            }
            const { facts } = context;
            facts.set(strikingFact(request), true);
            const started = startExperiment(context, request, templateOf(fault, source), () => {
                facts.set(strikingFact(request), false);
            });
            underWay.set(
                request,
                started.then(
                    () => undefined,
                    (error: unknown) => {
                        if (error instanceof AwsCallError && !error.unreachable) {
                            // AWS FIS said no.
                            facts.set(strikingFact(request), false);
                        }
                    },
                ),
            );
            return started;
        },
    };
}

async function strikeByCommand(
    context: Context,
    request: ChangeRequest,
    { strike: words }: FaultCommands,
): Promise<undefined> {
    const { clock, facts, signal, timeoutSeconds } = context;
    const stop = new AbortController();
    if (facts.get(strikingFact(request)) === true) {
        facts.set(`${request.scope}strike-lost`, true);
    }
    facts.set(strikingFact(request), true);
    const running = context.command(words, AbortSignal.any([signal, stop.signal])).then(
        () => ({ failure: undefined }),
        (error: unknown) => ({
            failure: error instanceof Error ? error : new DrillError(messageOf(error)),
        }),
    );
    const ended = running.then(() => {
        facts.set(strikingFact(request), false);
    });
    underWay.set(request, ended);
    const result = await inTime(running, timeoutSeconds * 1000, clock);
    if (result === undefined) {
        stop.abort();
        throw new WaitTimeoutError(
            `${words.join(" ")} took longer than its ${timeoutSeconds} s, and is ended before the fault is healed`,
            "Look at the command of fault.strike in the drill's settings, or give it longer: timeouts.strike.",
        );
    }
    if (result.failure !== undefined) {
        throw result.failure;
    }
    return undefined;
}

/** Runs the command that gives the region back, whatever went wrong. */
export function heal(request: ChangeRequest): Step {
    const { source } = regionsOf(request);
    return {
        id: `${request.scope}heal`,
        title: `Give ${source.key} back`,
        kind: "cleanup",
        why: "Also when a step before it failed: the fault must not outlive the rehearsal.",
        timeoutSeconds: 600,
        describe: (context) => {
            const fault = faultOf(context);
            return isExperiment(fault)
                ? `stop the experiment of ${templateOf(fault, source)} in ${source.region}, until it has ended`
                : `run ${fault.heal.join(" ")}`;
        },
        run: async (context) => {
            const fault = faultOf(context);
            const ending = underWay.get(request);
            if (ending !== undefined) {
                const patience = isExperiment(fault) ? CALL_ENDING_MILLISECONDS : ENDING_MILLISECONDS;
                await inTime(ending, patience, context.clock);
            }
            if (isExperiment(fault)) {
                const ended = await stopExperiment(context, request);
                if (ended !== undefined) {
                    context.facts.set(strikingFact(request), false);
                }
                return ended ?? looseStrike(context, request);
            }
            const loose = looseStrike(context, request);
            await context.command(fault.heal);
            return loose;
        },
    };
}

/** What is to be said of a strike whose end nobody has seen; undefined where there is none. */
export function looseStrike(
    { facts, topology }: Pick<Context, "facts" | "topology">,
    request: ChangeRequest,
): string | undefined {
    const isLoose = [strikingFact(request), `${request.scope}strike-lost`].some(
        (fact) => facts.get(fact) === true,
    );
    const { fault } = topology;
    if (!isLoose) {
        return undefined;
    }
    if (fault !== undefined && isExperiment(fault)) {
        const { region } = regionsOf(request).source;
        return (
            `The fault may still come: whether AWS FIS took up ${fault.experiment} was not seen. Look at the experiments ` +
            `of ${region}, and stop what runs: \`aws fis list-experiments --region ${region}\`.`
        );
    }
    return (
        `The fault may still come: the end of \`${fault?.strike.join(" ") ?? "fault.strike"}\` was not seen. Look ` +
        "whether it is still at work, end it, and run the command of fault.heal again."
    );
}
