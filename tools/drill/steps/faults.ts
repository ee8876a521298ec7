/** Takes the region that writes away for a rehearsal, and gives it back. */
import { DrillError, messageOf, WaitTimeoutError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { inTime } from "../engine/wait";
import { type FaultTopology } from "../topology/types";
import { type ChangeRequest, regionsOf } from "./roles";

/** How long a command that is told to end may take to do so, before it is said that it has not. */
const ENDING_MILLISECONDS = 20_000;

/** Commands that have not ended, by the part that they are of. */
const underWay = new WeakMap<ChangeRequest, Promise<unknown>>();

function faultOf({ topology }: Pick<Context, "topology">): FaultTopology {
    if (topology.fault === undefined) {
        throw new DrillError(
            "a rehearsal of a failover needs commands that take the primary away and give it back",
            "Give fault.strike and fault.heal in the drill's settings: see docs/drill.md.",
        );
    }
    return topology.fault;
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
            "A failover can only be rehearsed against a fault. The command is yours: an AWS FIS experiment, for instance. " +
            "One that takes longer than its limit is ended, with all that it has started, before the fault is healed.",
        timeoutSeconds: 600,
        cleanedBy: `${request.scope}heal`,
        describe: (context) => `run ${faultOf(context).strike.join(" ")}`,
        run: async (context) => {
            const { clock, facts, signal, timeoutSeconds } = context;
            const stop = new AbortController();
            const onStop = (): void => {
                stop.abort();
            };
            signal.addEventListener("abort", onStop, { once: true });
            if (signal.aborted) {
                onStop();
            }
            if (facts.get(strikingFact(request)) === true) {
                facts.set(`${request.scope}strike-lost`, true);
            }
            facts.set(strikingFact(request), true);
            const words = faultOf(context).strike;
            const running = context.command(words, stop.signal).then(
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
            signal.removeEventListener("abort", onStop);
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
        },
    };
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
        describe: (context) => `run ${faultOf(context).heal.join(" ")}`,
        run: async (context) => {
            const ending = underWay.get(request);
            if (ending !== undefined) {
                await inTime(ending, ENDING_MILLISECONDS, context.clock);
            }
            const loose = looseStrike(context, request);
            await context.command(faultOf(context).heal);
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
    return isLoose
        ? `The fault may still come: the end of \`${topology.fault?.strike.join(" ") ?? "fault.strike"}\` was not seen. Look ` +
              "whether it is still at work, end it, and run the command of fault.heal again."
        : undefined;
}
