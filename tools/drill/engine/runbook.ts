/** Runbooks: a verb's steps and what is to be said of them. */
import { type Aws } from "../aws/ports";
import { type Clock } from "../../shared/clock";
import { type Outside } from "../outside";
import { type Topology } from "../topology/types";
import { type Verdict } from "../probe/types";
import { type Context, type Step } from "./step";
import { type RunResult } from "./runner";

/** What a verb was called with, beside what all verbs take. */
export interface VerbOptions {
    readonly to?: string;
    readonly acceptDataLoss?: boolean;
    /** The operator's reason for saying that the region that writes is lost. */
    readonly primaryIsLost?: string;
    readonly parts?: readonly string[];
    readonly region?: string;
    readonly resource?: string;
    readonly vault?: string;
    readonly source?: string;
    readonly set?: readonly string[];
    readonly version?: string;
    readonly only?: string;
    readonly order?: readonly string[];
    readonly allowMajor?: boolean;
    /** Whether a plan of ARC Region switch makes the change. */
    readonly byPlan?: boolean;
    /** Whether the operator approves the plan's steps that wait for it. */
    readonly approve?: boolean;
}

/** What a runbook works with before there is a journal. */
export interface Preparation {
    readonly topology: Topology;
    readonly aws: Aws;
    readonly outside: Outside;
    readonly clock: Clock;
    readonly options: VerbOptions;
}

/** A line of figures in the report. */
export interface Figure {
    readonly name: string;
    readonly value: string;
    /** The same for machines. */
    readonly data?: unknown;
}

/** What a run comes to. */
export interface Conclusion {
    readonly verdict: Verdict;
    readonly reasons: readonly string[];
    readonly figures: readonly Figure[];
    /** What is left to be done by a person. */
    readonly afterwards: readonly string[];
}

/** A way to use a runbook, for the documentation. */
export interface Example<P> {
    readonly title: string;
    readonly params: P;
}

/** A verb. */
export interface Runbook<P extends object> {
    readonly verb: string;
    /** What it is for, in a sentence. */
    readonly purpose: string;
    /** When to use it, and when not. A paragraph each. */
    readonly notes: readonly string[];
    /** How it is called, as in the usage. */
    readonly usage: string;
    /**
     * Refuses a call that lacks what this verb is never done without; a resumed run is asked as well.
     *
     * @throws UsageError
     */
    demand?(options: VerbOptions): void;
    /**
     * Looks at the state of things and fixes what the run is about. A resumed run does not come here again.
     *
     * @throws NothingToDo when all is as it should become.
     */
    prepare(preparation: Preparation): Promise<P>;
    /** The steps. They depend on the topology and the parameters alone. */
    steps(params: P, topology: Topology): readonly Step[];
    /** What the run is about, in a few words: two runs about the same continue each other. */
    subject(params: P): string;
    /** Key of the region in which the lock must be had. */
    lockRegion(params: P): string;
    /**
     * Whether there is no time: what the stacks said last is taken when they are not soon to be had, and the lock is tried
     * for everywhere and needed nowhere, so that only somebody else's stops the run, and no disk does.
     */
    readonly isUrgent?: true;
    /**
     * What a call says that only holds while it runs, and that its journal must show; a run that is resumed without saying
     * it again has it no more.
     */
    said?(options: VerbOptions): Readonly<Record<string, unknown>>;
    /** Whether the probe writes markers meanwhile. */
    readonly needsProbe: boolean;
    /** Whether the verb is of use where there is one region alone. Left out: it is not. */
    readonly inOneRegion?: true;
    /** Figures and verdict. */
    conclude(params: P, context: Context, result: RunResult): Promise<Conclusion>;
    /** What the documentation shows the steps of. */
    readonly examples: readonly Example<P>[];
}

/** Everything is as the run would make it. */
export class NothingToDo extends Error {
    override readonly name = "NothingToDo";
}

/** What is to be said of what a run made, where it stopped before it had taken that away. */
export function leftOver({ outcome }: RunResult): string[] {
    return outcome === "halfway" ? ["what was made is not gone: run the same command again"] : [];
}

/** The conclusion of a run without figures of its own: it went through, or it did not. */
export function plainConclusion(result: RunResult, afterwards: readonly string[]): Conclusion {
    const isFine = result.outcome === "done";
    const beside = result.phases.filter(({ state }) => state === "failed").map(({ title }) => title);
    const reason =
        beside.length === 0 ? "every step is done" : `done, but for what stops nothing: ${beside.join(", ")}`;
    return {
        verdict: isFine ? "PASS" : "FAIL",
        reasons: isFine ? [reason] : [],
        figures: [],
        afterwards: isFine ? afterwards : [],
    };
}
