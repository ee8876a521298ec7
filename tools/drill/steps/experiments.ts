/** Strikes with an experiment of AWS FIS, and ends it. */
import { type Experiment } from "../aws/ports";
import { AwsCallError, NoEffectError } from "../errors";
import { insist } from "../engine/insist";
import { type Context } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { type ChangeRequest, regionsOf } from "./roles";

/** Source: AWS FIS API Reference, ExperimentState; what is none of these is over, or about to be. */
const COMING = ["pending", "initiating"];

const OVER = ["completed", "stopped", "failed", "cancelled"];

const LOOK_AT_LOG = "Look at the experiment in the console of AWS FIS: it names the action or the alarm.";

/** The same for a run that is resumed: AWS FIS takes it for one experiment. */
function tokenOf({ runId }: Context, { scope }: ChangeRequest): string {
    return `${runId}/${scope}strike`;
}

function idFact({ scope }: ChangeRequest): string {
    return `${scope}experiment`;
}

function show({ id, reason, status }: Experiment): string {
    return `the experiment ${id} is ${status}${reason === undefined ? "" : ` (${reason})`}`;
}

/**
 * Starts the experiment, once in a run, and waits until it runs.
 *
 * @param onStarted Told when AWS FIS has answered.
 * @throws NoEffectError when it was stopped or failed before.
 */
export async function startExperiment(
    context: Context,
    request: ChangeRequest,
    templateId: string,
    onStarted: () => void,
): Promise<string> {
    const { aws, facts } = context;
    const { region } = regionsOf(request).source;
    const { experiments } = aws.in(region);
    const id = await facts.remember(idFact(request), () =>
        insist(context, { what: `an experiment of ${templateId}`, hint: LOOK_AT_LOG }, async () => {
            const started = await experiments.start(templateId, tokenOf(context, request));
            return started.id;
        }),
    );
    onStarted();
    return waitInStep(context, {
        what: `the experiment ${id} of ${templateId} to run`,
        hint: `It is stopped before the fault is healed. ${LOOK_AT_LOG}`,
        look: async (): Promise<Look<string>> => {
            const found = await experiments.experiment(id);
            if (found.status === "running" || found.status === "completed") {
                return { done: true, value: show(found) };
            }
            if (!COMING.includes(found.status)) {
                throw new NoEffectError(`the fault never took effect: ${show(found)}`, LOOK_AT_LOG);
            }
            return { done: false, seen: show(found) };
        },
    });
}

/**
 * Stops the experiment of the run and waits until it has ended; one that ended by an alarm or failed is remembered.
 *
 * @returns How it ended; undefined where AWS FIS has none of this run.
 */
export async function stopExperiment(context: Context, request: ChangeRequest): Promise<string | undefined> {
    const { aws, facts } = context;
    const { region } = regionsOf(request).source;
    const { experiments } = aws.in(region);
    const hint = `Stop it by hand: \`aws fis stop-experiment --region ${region} --id <id>\`.`;
    const id =
        (facts.get(idFact(request)) as string | undefined) ??
        // Started, perhaps, by a call whose answer did not come.
        (
            await insist(context, { what: "the question what runs", hint }, () =>
                experiments.find(tokenOf(context, request)),
            )
        )?.id;
    if (id === undefined) {
        return undefined;
    }
    return waitInStep(context, {
        what: `the experiment ${id} to end`,
        hint,
        look: async (): Promise<Look<string>> => {
            const found = await experiments.experiment(id);
            noteOwnEnd(context, request, found);
            if (OVER.includes(found.status)) {
                return { done: true, value: show(found) };
            }
            if (found.status !== "stopping") {
                facts.set(`${request.scope}stop-asked`, true);
                await stopUnlessOver(() => experiments.stop(id));
            }
            return { done: false, seen: show(found) };
        },
    });
}

/** AWS FIS refuses to stop what has just ended; the next look shows it. */
async function stopUnlessOver(stop: () => Promise<void>): Promise<void> {
    try {
        await stop();
    } catch (error) {
        if (!(error instanceof AwsCallError && error.code === "ValidationException")) {
            throw error;
        }
    }
}

function endFact({ scope }: ChangeRequest): string {
    return `${scope}experiment-broken`;
}

function noteOwnEnd({ facts }: Context, request: ChangeRequest, found: Experiment): void {
    const isBroken =
        found.status === "failed" ||
        (["stopping", "stopped", "cancelled"].includes(found.status) &&
            facts.get(`${request.scope}stop-asked`) !== true);
    if (isBroken) {
        facts.set(endFact(request), `before the drill stopped it, ${show(found)}`);
    }
}

/** What is to be said of an experiment that failed or was stopped by somebody else; undefined where none was. */
export function brokenExperiment(
    { facts }: Pick<Context, "facts">,
    request: ChangeRequest,
): string | undefined {
    return facts.get(endFact(request)) as string | undefined;
}
