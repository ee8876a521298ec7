/** Drives a runbook: finds out whether a run is to be resumed, locks, runs the steps and reports. */
import { type Aws } from "./aws/ports";
import { type Clock, isoTime } from "../shared/clock";
import { DrillError, InterruptedError, messageOf, RefusedError } from "./errors";
import { type Head, type Holder } from "./engine/holder";
import { Journal, type Keeping, type Operator, outcomeOf, unfinishedJournals } from "./engine/journal";
import { type JournalStore } from "./engine/journalStore";
import { acquireLock, type Lock, runsElsewhere, seeLocks, type Sights } from "./engine/lock";
import { type Conclusion, NothingToDo, plainConclusion, type VerbOptions } from "./engine/runbook";
import {
    type Checkpoint,
    dryRun,
    rollBack,
    type Runner,
    type RunResult,
    runSteps,
    warner,
    WARNINGS,
    warningsOf,
} from "./engine/runner";
import { type Context, type Step } from "./engine/step";
import { memoryJournalStore } from "./engine/memoryStore";
import { type Outside } from "./outside";
import { type AttemptStore } from "./probe/attemptStore";
import { Probe } from "./probe/probe";
import { type Report } from "./report/types";
import { type AnyRunbook } from "./runbooks";
import { type StackFactory } from "./stacks";
import { isFigure } from "./steps/probing";
import { regionProbeUrls, requireRegion, type Topology } from "./topology/types";

/** How a run is to be gone about. */
export interface DriveOptions {
    readonly dryRun: boolean;
    readonly rollback: boolean;
    /** Gives up an unfinished run instead of going on with it. */
    readonly fresh: boolean;
    readonly breakLock: boolean;
}

/** The world that a run works in. */
export interface World {
    readonly topology: Topology;
    readonly aws: Aws;
    readonly outside: Outside;
    readonly clock: Clock;
    readonly journals: JournalStore;
    readonly attempts: AttemptStore;
    readonly operator: Operator;
    readonly stacks: StackFactory;
    readonly command: Context["command"];
    readonly confirm: Context["confirm"];
    /** Keeps lines beside the report of a run: see `Context.keep`. */
    readonly keep: (run: string, suffix: string, lines: string, isFirst: boolean) => string;
    readonly log: (line: string) => void;
    /** Says stop when somebody interrupts. */
    readonly signal: AbortSignal;
    /** For tests. */
    readonly checkpoint?: Checkpoint;
}

/** Drives a runbook to its report. Undefined when there was nothing to do. */
export async function drive(
    runbook: AnyRunbook,
    verbOptions: VerbOptions,
    options: DriveOptions,
    world: World,
): Promise<Report | undefined> {
    const { clock, journals, log, operator, topology } = world;
    const unfinished = unfinishedRuns(world);
    const regions = topology.regions.map(({ region }) => region);
    const sights: Sights = options.dryRun
        ? new Map()
        : await seeLocks(world.aws, clock, topology.environment, regions);
    const decided = await decide(runbook, verbOptions, options, world, { unfinished, sights });
    if (decided === undefined) {
        return undefined;
    }
    const { params, takesOver } = decided;
    const steps = runbook.steps(params, topology);
    const keeping: Keeping = { goesOn: runbook.isUrgent === true, warn: log };
    const journal = openJournal(runbook, options, world, decided, keeping);
    if (takesOver.length > 0) {
        journal.set(
            TAKES_OVER,
            takesOver.map(({ id }) => id),
        );
    }
    for (const [key, value] of Object.entries(runbook.said?.(verbOptions) ?? {})) {
        if ((journal.get(key) ?? null) !== (value ?? null)) {
            journal.set(key, value ?? null);
        }
    }
    log(headline(runbook, params, options, journal, decided.resume));
    if (options.dryRun) {
        const result = await dryRun(steps, runnerOf(world, journal, true));
        return reportOf({ runbook, params, options, world, journal, result }, dryConclusion(result));
    }
    const lockRegion = requireRegion(topology, runbook.lockRegion(params)).region;
    const head = (): Head => headOf(journal, steps);
    let lock: Lock;
    try {
        lock = await acquireLock({
            aws: world.aws,
            clock,
            environment: topology.environment,
            regions,
            required: runbook.isUrgent === true ? [] : [lockRegion],
            verb: runbook.verb,
            journal: journal.id,
            operator,
            head: head(),
            about: lockRegion,
            takesOver: takesOver.map(({ id }) => id),
            hasEnded: (id) => outcomeOf(journals, id) !== undefined,
            breakLock: options.breakLock,
            inheritsFromDead: runbook.verb === "failover",
            sights,
            log: runbook.isUrgent === true ? warner(journal, log) : log,
        });
    } catch (error) {
        // A run that never had the lock changed nothing; one that is resumed still has what it changed before.
        if (decided.resume === undefined) {
            journal.close("refused");
        }
        throw error;
    }
    world.checkpoint?.("lock", "effected");
    for (const other of takesOver) {
        log(`Giving up the unfinished run ${other.id}.`);
        Journal.resume(journals, clock, other.id, operator, { goesOn: true, warn: log }).close("given-up");
    }
    const report = await runAndConclude({
        runbook,
        params,
        options,
        world,
        journal,
        steps,
        onLock: { assure: () => lock.renew(head()), onChange: () => lock.tell(head()) },
    });
    if (report.outcome !== "halfway") {
        // In this order: a journal that is still open is taken up again, a lock that is left over is in everybody's way.
        await lock.release();
        world.checkpoint?.("release", "effected");
        journal.close(report.outcome);
    }
    return report;
}

/** The runs of this environment that began on this machine, and that nobody has finished or given up. */
export function unfinishedRuns({ clock, journals, log, topology }: World): readonly Journal[] {
    return unfinishedJournals(journals, clock, log).filter(
        ({ opened }) => opened.environment === topology.environment,
    );
}

/** Opens the journal of a run: a new one, its own of before, or that of another machine. */
function openJournal(
    runbook: AnyRunbook,
    options: DriveOptions,
    world: World,
    { params, resume }: Decision,
    keeping: Keeping,
): Journal {
    const { clock, journals, operator, topology } = world;
    const header = { verb: runbook.verb, environment: topology.environment, params, operator };
    if (options.dryRun) {
        return Journal.begin(memoryJournalStore(), clock, header);
    }
    if (resume === undefined) {
        return Journal.begin(journals, clock, header, keeping);
    }
    if ("own" in resume) {
        return Journal.resume(journals, clock, resume.own.id, operator, keeping);
    }
    const { head, journal: id, operator: first } = resume.told;
    const told = { at: head.began, id, ...header, operator: first };
    const facts = { ...head.facts, ...(head.warnings === undefined ? {} : { [WARNINGS]: head.warnings }) };
    return Journal.adopt(journals, clock, { ...told, facts, steps: head.steps }, operator, keeping);
}

/** How far a run has come, for other machines. */
function headOf(journal: Journal, steps: readonly Step[]): Head {
    const { [WARNINGS]: warnings, ...facts } = journal.facts();
    const states = steps.flatMap(({ id }) => {
        const state = journal.stateOf(id);
        return state === undefined ? [] : [[id, state] as const];
    });
    return {
        began: journal.opened.at,
        params: journal.opened.params,
        passed: steps
            .filter(({ id, pointOfNoReturn }) => pointOfNoReturn === true && journal.wasBegun(id))
            .map(({ id }) => id),
        steps: Object.fromEntries(states),
        facts: Object.fromEntries(Object.entries(facts).filter(([fact]) => !isFigure(fact))),
        ...(warnings === undefined ? {} : { warnings }),
    };
}

/** The fact that names the unfinished runs that a run gives up. */
const TAKES_OVER = "takes-over";

/** A lock that another machine took, with what is needed to go on with its run. */
type Told = Holder & { readonly head: Head };

/** The unfinished run that is gone on with: of this machine, or told by the lock. */
type Resume = { readonly own: Journal } | { readonly told: Told };

interface Decision {
    readonly params: Record<string, unknown>;
    readonly resume?: Resume;
    /** Unfinished runs that this one gives up. */
    readonly takesOver: readonly Journal[];
}

/** What is known of earlier runs. */
interface Earlier {
    readonly unfinished: readonly Journal[];
    readonly sights: Sights;
}

/** Whether to go on with an unfinished run, to refuse because of one, or to begin. */
async function decide(
    runbook: AnyRunbook,
    verbOptions: VerbOptions,
    options: DriveOptions,
    world: World,
    earlier: Earlier,
): Promise<Decision | undefined> {
    const { unfinished } = earlier;
    const own = unfinished.filter(({ opened }) => opened.verb === runbook.verb);
    const candidate = own.find(({ id, opened }) => canGoOn(runbook, opened.params, id, world));
    const told = own.length === 0 ? toldRun(runbook, options, world, earlier.sights) : undefined;
    if (options.rollback) {
        return rollbackOf(runbook, candidate, told);
    }
    runbook.demand?.(verbOptions);
    if (!options.fresh) {
        if (
            candidate !== undefined &&
            isSame(runbook, verbOptions, candidate.opened.params, world.topology)
        ) {
            const given = candidate.get(TAKES_OVER);
            const takesOver = unfinished.filter(({ id }) => Array.isArray(given) && given.includes(id));
            return { params: { ...candidate.opened.params }, resume: { own: candidate }, takesOver };
        }
        if (told !== undefined && isSame(runbook, verbOptions, told.head.params, world.topology)) {
            return { params: { ...told.head.params }, resume: { told }, takesOver: [] };
        }
    }
    // On the day that a region is lost, nobody should have to finish yesterday's rehearsal first.
    const mayGiveUp = options.fresh || options.dryRun || runbook.verb === "failover";
    if (unfinished.length > 0 && !mayGiveUp) {
        throw new RefusedError(
            unfinished.map(({ id, opened }) => `${id} is unfinished since ${opened.at}`),
            "Run its command again to go on, or with --rollback; or give it up by saying --fresh now.",
        );
    }
    try {
        const params = await runbook.prepare({ ...world, options: verbOptions });
        return { params, takesOver: options.dryRun ? [] : unfinished };
    } catch (error) {
        if (error instanceof NothingToDo) {
            world.log(error.message);
            return undefined;
        }
        throw error;
    }
}

/**
 * The run of this verb that began on another machine, or in another directory of this one, where it may be taken: its
 * process is no more, or the operator says so.
 */
function toldRun(runbook: AnyRunbook, options: DriveOptions, world: World, sights: Sights): Told | undefined {
    const { journals, operator, topology } = world;
    const found = topology.regions.flatMap(({ key, region }): (Told & { readonly at: string })[] => {
        const sight = sights.get(region);
        const holder = sight !== undefined && "holder" in sight ? sight.holder : undefined;
        if (holder?.head === undefined || holder.verb !== runbook.verb) {
            return [];
        }
        const mayBeTaken = options.breakLock || !runsElsewhere(operator, holder.operator);
        return mayBeTaken &&
            outcomeOf(journals, holder.journal) === undefined &&
            canGoOn(runbook, holder.head.params, holder.journal, world)
            ? [{ ...holder, head: holder.head, at: key }]
            : [];
    });
    // The region that the run is about knows most.
    return found.find(({ at, head }) => runbook.lockRegion({ ...head.params }) === at) ?? found[0];
}

/** Whether a run can be gone on with. What it is about may be damaged, or of a topology that is no more. */
function canGoOn(
    runbook: AnyRunbook,
    params: Readonly<Record<string, unknown>>,
    run: string,
    { log, topology }: World,
): boolean {
    try {
        runbook.steps({ ...params }, topology);
        requireRegion(topology, runbook.lockRegion({ ...params }));
        return true;
    } catch (error) {
        log(`WARNING: the unfinished run ${run} cannot be gone on with: ${messageOf(error)}`);
        return false;
    }
}

function rollbackOf(runbook: AnyRunbook, own: Journal | undefined, told: Told | undefined): Decision {
    if (own !== undefined) {
        return { params: { ...own.opened.params }, resume: { own }, takesOver: [] };
    }
    if (told !== undefined) {
        return { params: { ...told.head.params }, resume: { told }, takesOver: [] };
    }
    throw new RefusedError(
        [`there is no unfinished run of ${runbook.verb} to roll back`],
        "Where it began on a machine that is gone, say --break-lock as well: what is needed lies beside the lock.",
    );
}

/** Whether a call means the run that is unfinished: what was said agrees with it, what was not said does not matter. */
function isSame(
    runbook: AnyRunbook,
    options: VerbOptions,
    params: Readonly<Record<string, unknown>>,
    topology: Topology,
): boolean {
    const named = (value: string | undefined, key: unknown): boolean =>
        value === undefined ||
        value === key ||
        topology.regions.some((region) => region.key === key && region.region === value);
    const list = (value: readonly string[] | undefined, own: unknown): boolean =>
        value === undefined || JSON.stringify(value) === JSON.stringify(own);
    // Who leaves the plan out goes without it from now on.
    const isSameWay = (): boolean => (options.byPlan === true) === (params["byPlan"] === true);
    const checks: Readonly<Record<string, () => boolean>> = {
        switchover: () => named(options.to, params["to"]) && isSameWay(),
        failover: () => named(options.to, params["to"]) && isSameWay(),
        failback: () => named(options.to, params["to"]),
        rehearse: () => named(options.to, params["to"]) && list(options.parts, params["parts"]),
        "restore-test": () =>
            named(options.region, params["region"]) &&
            (options.vault === "next" && options.resource === undefined
                ? true
                : (options.resource ?? "Aurora") === params["resource"]) &&
            (options.vault ?? "own") === kindOfVault(params) &&
            (options.source ?? "backup") === params["source"],
        missing: () => named(options.region, params["region"]),
        upgrade: () => options.version === params["version"],
    };
    return checks[runbook.verb]?.() ?? false;
}

/** What a restore test was told of the vault: its name is there where it is not the region's own. */
function kindOfVault({ turn, vault }: Readonly<Record<string, unknown>>): string {
    return vault === undefined ? "own" : turn === undefined ? "copies" : "next";
}

function headline(
    runbook: AnyRunbook,
    params: Record<string, unknown>,
    options: DriveOptions,
    journal: Journal,
    resumed: Resume | undefined,
): string {
    const what = `${runbook.verb} ${runbook.subject(params)}`;
    if (options.dryRun) {
        return `Dry run: ${what}. Nothing is changed.`;
    }
    if (options.rollback) {
        return `Rolling back ${what}, journal ${journal.id}.`;
    }
    if (resumed === undefined) {
        return `${what}, journal ${journal.id}.`;
    }
    const { host, name } = journal.opened.operator;
    return `Going on with ${what}, journal ${journal.id}${"told" in resumed ? `, which ${name} began on ${host}` : ""}.`;
}

interface Drive {
    readonly runbook: AnyRunbook;
    readonly params: Record<string, unknown>;
    readonly options: DriveOptions;
    readonly world: World;
    readonly journal: Journal;
}

async function runAndConclude(
    drive: Drive & {
        readonly steps: readonly Step[];
        readonly onLock: Required<Pick<Runner, "assure" | "onChange">>;
    },
): Promise<Report> {
    const { journal, onLock, options, params, runbook, steps, world } = drive;
    const { probe: target } = world.topology;
    const probe =
        runbook.needsProbe && target !== undefined && !options.rollback
            ? new Probe({
                  target,
                  regionUrls: regionProbeUrls(world.topology),
                  outside: world.outside,
                  clock: world.clock,
                  keep: (attempt) => {
                      world.attempts.keep(journal.id, attempt);
                  },
                  earlier: world.attempts.read(journal.id),
              })
            : undefined;
    const runner = { ...runnerOf(world, journal, false, probe), ...onLock };
    if (!options.rollback) {
        world.log("What will be done:");
        steps.forEach(({ title }, index) => {
            world.log(`  ${index + 1}. ${title}`);
        });
    }
    probe?.start();
    let result: RunResult;
    let conclusion: Conclusion;
    try {
        result = options.rollback ? await rollBack(steps, runner) : await runSteps(steps, runner);
        conclusion = options.rollback
            ? rolledBack(result)
            : await runbook.conclude(params, contextOf(runner), result);
    } finally {
        await probe?.stop();
    }
    return reportOf({ ...drive, result }, withFailure(conclusion, result));
}

/** A run that was taken back did nothing that could be judged. */
function rolledBack(result: RunResult): Conclusion {
    return result.outcome === "rolled-back"
        ? {
              ...plainConclusion(result, []),
              verdict: "INCONCLUSIVE",
              reasons: ["what was changed is taken back, so there is nothing to judge"],
          }
        : plainConclusion(result, []);
}

/** A run that failed does not pass, whatever was measured before. */
function withFailure(conclusion: Conclusion, result: RunResult): Conclusion {
    if (result.error === undefined) {
        return conclusion;
    }
    const reasons = [...conclusion.reasons];
    if (!reasons.some((reason) => reason.includes(messageOf(result.error)))) {
        reasons.push(messageOf(result.error));
    }
    return { ...conclusion, reasons, verdict: conclusion.verdict === "PASS" ? "FAIL" : conclusion.verdict };
}

function dryConclusion(result: RunResult): Conclusion {
    return {
        ...plainConclusion(result, []),
        reasons: result.error === undefined ? ["every check is passed"] : [messageOf(result.error)],
    };
}

function runnerOf(world: World, journal: Journal, isDryRun: boolean, probe?: Probe): Runner {
    const { aws, checkpoint, clock, command, confirm, keep, log, outside, signal, stacks, topology } = world;
    return {
        journal,
        clock,
        signal,
        context: {
            topology,
            aws,
            outside,
            dryRun: isDryRun,
            confirm,
            keep: (suffix, lines, isFirst) => keep(journal.id, suffix, lines, isFirst),
            log,
            stacks,
            command,
            ...(probe === undefined ? {} : { probe }),
        },
        ...(checkpoint === undefined ? {} : { checkpoint }),
    };
}

/** What figures are taken with, after the last step. */
function contextOf({ clock, context, journal }: Runner): Context {
    return {
        ...context,
        warn: warner(journal, context.log),
        clock,
        facts: journal,
        runId: journal.id,
        signal: new AbortController().signal,
        timeoutSeconds: 120,
    };
}

function reportOf(drive: Drive & { readonly result: RunResult }, conclusion: Conclusion): Report {
    const { journal, options, params, result, runbook, world } = drive;
    const { error } = result;
    return {
        verb: runbook.verb,
        environment: world.topology.environment,
        subject: runbook.subject(params),
        dryRun: options.dryRun,
        run: journal.id,
        operator: `${world.operator.name} on ${world.operator.host}`,
        began: journal.opened.at,
        ended: isoTime(world.clock.now()),
        outcome: result.outcome,
        verdict: conclusion.verdict,
        reasons: conclusion.reasons,
        warnings: warningsOf(journal),
        figures: conclusion.figures,
        phases: result.phases.map(({ began, detail, ended, id, state, title }) => ({
            id,
            title,
            state,
            ...(began === undefined || ended === undefined ? {} : { seconds: (ended - began) / 1000 }),
            ...(began === undefined ? {} : { began: isoTime(began) }),
            ...(detail === undefined ? {} : { detail }),
        })),
        afterwards: conclusion.afterwards,
        ...(error === undefined ? {} : { error: wordedError(error) }),
        resumed: journal.wasResumed,
    };
}

function wordedError(error: unknown): { readonly message: string; readonly hint?: string } {
    const hint =
        error instanceof InterruptedError
            ? "Run the same command again to go on, or with --rollback."
            : error instanceof DrillError
              ? error.hint
              : undefined;
    return { message: messageOf(error), ...(hint === undefined || hint === "" ? {} : { hint }) };
}
