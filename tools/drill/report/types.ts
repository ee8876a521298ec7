/** What a run ends with, for people and for machines. */
import { type Conclusion } from "../engine/runbook";
import { type RunResult } from "../engine/runner";
import { type Verdict } from "../probe/types";

/** A report. */
export interface Report {
    readonly verb: string;
    readonly environment: string;
    /** What the run was about. */
    readonly subject: string;
    readonly dryRun: boolean;
    /** The journal's id. */
    readonly run: string;
    readonly operator: string;
    readonly began: string;
    readonly ended: string;
    readonly outcome: RunResult["outcome"];
    readonly verdict: Verdict;
    readonly reasons: readonly string[];
    /** What stopped nothing and somebody must look at. */
    readonly warnings: readonly string[];
    readonly figures: Conclusion["figures"];
    readonly phases: readonly ReportedPhase[];
    readonly afterwards: readonly string[];
    /** What went wrong, and what to do about it. */
    readonly error?: { readonly message: string; readonly hint?: string };
    /** Whether the run was interrupted and taken up again. */
    readonly resumed: boolean;
}

/** A phase in a report. */
export interface ReportedPhase {
    readonly id: string;
    readonly title: string;
    readonly state: string;
    /** Undefined for what was not reached. */
    readonly seconds?: number;
    readonly began?: string;
    readonly detail?: string;
}
