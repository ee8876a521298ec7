/** The lines of a journal. */

/** Who runs the drill. */
export interface Operator {
    readonly name: string;
    readonly host: string;
    readonly pid: number;
}

/** What became of a step. */
export type StepState = "started" | "done" | "skipped" | "failed" | "undone";

/**
 * How a run ended. `halfway` is not among them: such a journal stays open, and the next run takes it up.
 *
 * - `done`: every step is done.
 * - `refused`: nothing was changed.
 * - `failed`: something failed, and nothing that the run made is left.
 * - `rolled-back`: what was changed is as it was.
 * - `given-up`: the operator started afresh, or failed over, instead of resuming.
 */
export type Outcome = "done" | "refused" | "failed" | "rolled-back" | "given-up";

/** The first line. */
export interface Opened {
    readonly kind: "opened";
    readonly at: string;
    readonly id: string;
    readonly verb: string;
    readonly environment: string;
    /** What the run is about, in the form that its runbook gave; a resumed run keeps it. */
    readonly params: Readonly<Record<string, unknown>>;
    readonly operator: Operator;
}

/** A line of a journal. */
export type Entry =
    | Opened
    | { readonly kind: "resumed"; readonly at: string; readonly operator: Operator }
    | { readonly kind: "fact"; readonly at: string; readonly key: string; readonly value: unknown }
    | {
          readonly kind: "step";
          readonly at: string;
          readonly step: string;
          readonly state: StepState;
          readonly detail?: string;
      }
    | { readonly kind: "note"; readonly at: string; readonly text: string }
    | { readonly kind: "closed"; readonly at: string; readonly outcome: Outcome };
