/** Runs the command line. */
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { type Aws } from "../aws/ports";
import { type Clock, isoTime } from "../../shared/clock";
import { drive, unfinishedRuns, type World } from "../drive";
import { DrillError, messageOf, RefusedError, UsageError } from "../errors";
import { Journal, LOOKING_VERB, type Operator } from "../engine/journal";
import { fileJournalStore } from "../engine/journalStore";
import { type Checkpoint } from "../engine/runner";
import { type Context } from "../engine/step";
import { type Outside } from "../outside";
import { fileAttemptStore } from "../probe/attemptStore";
import { renderReport } from "../report/markdown";
import { type Report } from "../report/types";
import { keepPrivately, keepReport } from "../report/write";
import { RUNBOOKS, runbookOf } from "../runbooks";
import { type StackFactory } from "../stacks";
import { collectStatus } from "../status/collect";
import { renderStatus } from "../status/render";
import { loadTopology, type StackReader } from "../topology/load";
import { type Topology } from "../topology/types";
import { renderTraffic, traffic, TRAFFIC_VERB } from "../traffic";
import { type Call, parseCall } from "./args";
import { usage } from "./usage";

/** Exit statuses. */
export const EXIT = { fine: 0, failed: 1, usage: 2, inconclusive: 3 } as const;

/** What the command line needs of the world around it. */
export interface Surroundings {
    readonly stdout: (text: string) => void;
    readonly stderr: (text: string) => void;
    readonly projectDirectory: string;
    readonly clock: Clock;
    /** Made when it is needed: a wrong call is answered without loading the SDK. */
    readonly aws: () => Promise<Aws>;
    readonly outside: Outside;
    readonly stacks: StackFactory;
    readonly readStacks: StackReader;
    readonly command: Context["command"];
    /** Asks the operator; undefined where nobody could answer. */
    readonly ask?: (question: string) => Promise<string>;
    readonly signal: AbortSignal;
    readonly operator?: Operator;
    readonly checkpoint?: Checkpoint;
}

/** Runs a call. The exit status. */
export async function main(argv: readonly string[], around: Surroundings): Promise<number> {
    try {
        const call = parseCall(argv);
        if (call.help) {
            around.stdout(usage());
            return EXIT.fine;
        }
        return await run(call, around);
    } catch (error) {
        if (!(error instanceof DrillError)) {
            throw error;
        }
        around.stderr(`error: ${error.message.trim()}\n`);
        if (error.hint !== undefined && error.hint !== "") {
            around.stderr(`${error.hint}\n`);
        }
        if (error instanceof UsageError) {
            around.stderr("`npm run drill -- --help` shows how it is called.\n");
            return EXIT.usage;
        }
        return EXIT.failed;
    }
}

async function run(call: Call, around: Surroundings): Promise<number> {
    const log = (line: string): void => {
        (call.json ? around.stderr : around.stdout)(`${line}\n`);
    };
    const topology = await loadTopology({
        environment: call.environment,
        ...(call.topologyFile === undefined ? {} : { file: call.topologyFile }),
        ...(call.probeUrl === undefined ? {} : { probeUrl: call.probeUrl }),
        stateDirectory: call.stateDirectory,
        projectDirectory: around.projectDirectory,
        cached: call.cached,
        inHaste: runbookOf(call.verb)?.isUrgent === true || call.verb === TRAFFIC_VERB,
        readStacks: around.readStacks,
        log,
    });
    refuseOneRegion(call.verb, topology);
    const world = await worldOf(call, around, topology, log);
    if (call.verb === TRAFFIC_VERB) {
        return runTraffic(call, world, around);
    }
    return call.verb === "status" ? runStatus(call, world, around) : runVerb(call, world, around);
}

/** Failing over takes two. */
function refuseOneRegion(verb: string, { environment, regions }: Topology): void {
    const [only, ...others] = regions;
    if (only !== undefined && others.length === 0 && runbookOf(verb)?.inOneRegion !== true) {
        const useful = RUNBOOKS.filter(({ inOneRegion }) => inOneRegion === true).map(
            (runbook) => runbook.verb,
        );
        throw new RefusedError(
            [`${environment} has ${only.key} (${only.region}) alone, so there is nothing to fail over to`],
            `Of the drill's verbs, ${useful.join(", ")} works there.`,
        );
    }
}

async function worldOf(
    call: Call,
    around: Surroundings,
    topology: Topology,
    log: (line: string) => void,
): Promise<World> {
    const { ask, checkpoint, clock, command, outside, signal, stacks } = around;
    const own = around.operator ?? { name: userInfo().username, host: hostname(), pid: process.pid };
    return {
        topology,
        aws: await around.aws(),
        outside,
        clock,
        journals: fileJournalStore(join(call.stateDirectory, "journal")),
        attempts: fileAttemptStore(join(call.stateDirectory, "probe"), log),
        operator: call.operator === undefined ? own : { ...own, name: call.operator },
        stacks,
        command,
        confirm: (question, word) => confirm(call, ask, question, word),
        keep: (run, suffix, lines, isFirst) =>
            keepPrivately(join(reportDirectory(call), `${run}.${suffix}`), lines, isFirst),
        log,
        signal,
        ...(checkpoint === undefined ? {} : { checkpoint }),
    };
}

async function confirm(
    call: Call,
    ask: Surroundings["ask"],
    question: string,
    word: string,
): Promise<boolean> {
    if (call.yes) {
        return true;
    }
    if (ask === undefined) {
        throw new RefusedError([`nobody can be asked to ${question}`], "Say --yes, or run it in a terminal.");
    }
    return (await ask(`This will ${question}. Type ${word} to go on: `)).trim() === word;
}

async function runVerb(call: Call, world: World, around: Surroundings): Promise<number> {
    const runbook = runbookOf(call.verb);
    if (runbook === undefined) {
        throw new UsageError(`there is no verb ${call.verb}`);
    }
    const report = await drive(runbook, call.options, call.drive, world);
    if (report === undefined) {
        return EXIT.fine;
    }
    const markdown = renderReport(report);
    // Printed first: whatever becomes of the files, it is said.
    around.stdout(call.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${markdown}`);
    keepReport(reportDirectory(call), report.run, markdown, report, world.log);
    return exitOf(report);
}

function reportDirectory({ reportDirectory: given, stateDirectory }: Call): string {
    return given ?? join(stateDirectory, "reports");
}

function exitOf({ outcome, verdict }: Report): number {
    if (outcome === "rolled-back") {
        return EXIT.fine;
    }
    if (verdict === "INCONCLUSIVE") {
        return EXIT.inconclusive;
    }
    return verdict === "PASS" && outcome === "done" ? EXIT.fine : EXIT.failed;
}

async function runTraffic(call: Call, world: World, around: Surroundings): Promise<number> {
    if (call.drive.rollback) {
        throw new UsageError("traffic is turned back by --on");
    }
    const { region } = call.options;
    const states = await traffic(
        {
            dryRun: call.drive.dryRun,
            ...(region === undefined ? {} : { region }),
            ...(call.turn === undefined ? {} : { turn: call.turn }),
        },
        world,
    );
    around.stdout(call.json ? `${JSON.stringify(states, null, 2)}\n` : renderTraffic(states));
    return EXIT.fine;
}

async function runStatus(call: Call, world: World, around: Surroundings): Promise<number> {
    const { clock, journals, operator, topology } = world;
    if (call.drive.rollback) {
        throw new UsageError("status changes nothing, so there is nothing to roll back");
    }
    world.log(
        `Looking at ${topology.regions.map(({ key, region }) => `${key} (${region})`).join(", ")}; nothing is changed.`,
    );
    if (call.drive.dryRun) {
        return EXIT.fine;
    }
    const unfinished = unfinishedRuns(world);
    const header = { verb: LOOKING_VERB, environment: topology.environment, params: {}, operator };
    const journal = Journal.begin(journals, clock, header, { goesOn: true, warn: world.log });
    const report = await collectStatus(
        world,
        unfinished.map(({ id, opened }) => ({ id, at: opened.at })),
    );
    journal.note(report.verdict);
    journal.close("done");
    const table = renderStatus(report);
    around.stdout(call.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${table}`);
    keepReport(
        reportDirectory(call),
        journal.id,
        `# status (${topology.environment}): ${report.verdict}\n\n\`\`\`text\n${table}\`\`\`\n`,
        { ...report, began: journal.opened.at, ended: isoTime(clock.now()) },
        world.log,
    );
    return { READY: EXIT.fine, "NOT READY": EXIT.failed, UNKNOWN: EXIT.inconclusive }[report.verdict];
}

/** Words an error that nobody expected. */
export function unexpected(error: unknown): string {
    return error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error);
}
