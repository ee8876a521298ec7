/** Steps as data: what a runbook is made of, so that a reader, the runner and the documentation see the same. */
import { type Aws } from "../aws/ports";
import { type Clock } from "../../shared/clock";
import { type Outside } from "../outside";
import { type ProbeWatch } from "../probe/types";
import { type StackFactory } from "../stacks";
import { type Topology } from "../topology/types";
import { type Facts } from "./journal";

/**
 * What kind of step it is.
 *
 * - `check` looks, asks or refuses, and changes nothing: a dry run makes it too.
 * - `change` changes something.
 * - `wait` waits until AWS has done what was asked.
 * - `measure` takes figures.
 * - `cleanup` takes away what the run made. It runs even when a step before it failed.
 */
export type StepKind = "check" | "change" | "wait" | "measure" | "cleanup";

/** What a step works with. */
export interface Context {
    readonly topology: Topology;
    readonly aws: Aws;
    /** The world as somebody outside AWS sees it. */
    readonly outside: Outside;
    readonly clock: Clock;
    /** What the run has learnt and must remember over an interruption. */
    readonly facts: Facts;
    /** Says stop when the step's time is up or somebody interrupts. */
    readonly signal: AbortSignal;
    /** The step's own limit. */
    readonly timeoutSeconds: number;
    /** Names what this run makes; the journal's id. */
    readonly runId: string;
    readonly dryRun: boolean;
    /** Asks the operator to type a word; true when they did, or when nobody is to be asked. */
    readonly confirm: (question: string, word: string) => Promise<boolean>;
    readonly log: (line: string) => void;
    /** Says what stops nothing and somebody must know: at once, in the journal and in the report. */
    readonly warn: (text: string) => void;
    /**
     * Keeps lines in a file beside the report that its owner alone may read, in the place of what it had where they are
     * the first. The file's name.
     */
    readonly keep: (suffix: string, lines: string, isFirst: boolean) => string;
    /** The probe that watches this run. */
    readonly probe?: ProbeWatch;
    /** Throw-away stacks. */
    readonly stacks: StackFactory;
    /** Runs a command, and throws when it fails. A signal ends it, with all that it has started, and only then throws. */
    readonly command: (words: readonly string[], signal?: AbortSignal) => Promise<void>;
}

/** A call of AWS that a step makes, for the table of the runbook. */
export interface Ask {
    /** As IAM names the action, such as `rds:FailoverGlobalCluster`. */
    readonly action: string;
    /** Whose region it goes to: `target`, `home` for the one that wrote before, or an AWS region. */
    readonly where: string;
    /** What becomes of the failover when it is not answered; left out where the promotion needs the answer. */
    readonly without?: string;
}

/** What undoes a step, when a run is rolled back. */
export interface Undo {
    /** What undoing does, for the runbook. */
    readonly title: string;
    readonly run: (context: Context) => Promise<void>;
}

/** One step of a runbook. */
export interface Step {
    /** Stable name, unique in its runbook: journals refer to it. */
    readonly id: string;
    readonly title: string;
    readonly kind: StepKind;
    /** Why, and what to mind; for the runbook. */
    readonly why: string;
    /** The same by hand: a command of the AWS CLI, for when this tool cannot be run. */
    readonly byHand?: string;
    readonly timeoutSeconds: number;
    /** What it is about to do here and now. */
    readonly describe: (context: Context) => Promise<string> | string;
    /** Whether AWS is already as this step would make it. An interrupted run that is resumed asks this first. */
    readonly isDone?: (context: Context) => Promise<boolean>;
    /** Does it; may say in a line what came of it. */
    readonly run: (context: Context) => Promise<string | undefined>;
    readonly undo?: Undo;
    /** Once begun, the way is forward: a run that got here cannot be rolled back. */
    readonly pointOfNoReturn?: boolean;
    /**
     * Whether AWS has really begun what this point of no return asks for, and what it shows; waits until that is
     * certain. Asked before anything is undone, whatever the journal says. Left out: the journal decides.
     */
    readonly isTaken?: (context: Context) => Promise<{ readonly taken: boolean; readonly seen: string }>;
    /**
     * Id of the point of no return whose effect this step waits for. A run that is resumed goes back to that point
     * when AWS shows that it was not taken after all.
     */
    readonly awaits?: string;
    /**
     * Whether a run that is resumed takes this step again, although it is done, until the next point of no return is
     * behind it: what it found may not be so any more.
     */
    readonly looksAgain?: boolean;
    /**
     * Whether the step begins from what steps before it changed: a dry run describes it alone, since what there is now
     * says nothing about it.
     */
    readonly afterChange?: boolean;
    /**
     * Whether the step does not decide what the run is for: when it fails, that is a warning in the report, and the run
     * goes on.
     */
    readonly aside?: boolean;
    /** The calls of AWS that it makes, for those steps of which the runbook says it. */
    readonly asks?: readonly Ask[];
    /** The cleanup step that takes away what this step made. */
    readonly cleanedBy?: string;
}
