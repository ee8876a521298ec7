/** What `status` finds. */

/**
 * How something stands.
 *
 * - `ok`: as it should be.
 * - `warn`: a failover would work, but somebody should look.
 * - `bad`: a failover would not work, or not well.
 * - `unknown`: it could not be asked.
 */
export type FindingState = "ok" | "warn" | "bad" | "unknown";

/** One thing that was looked at. */
export interface Finding {
    /** Key of the region; left out for what is of all regions. */
    readonly region?: string;
    readonly subject: string;
    readonly state: FindingState;
    readonly text: string;
    /** The same for machines. */
    readonly data?: unknown;
}

/** Whether a failover would work tonight. */
export type Readiness = "READY" | "NOT READY" | "UNKNOWN";

/** What of the findings bears on a failover, a sentence each. */
export interface FailoverOutlook {
    /** What it would not get past. */
    readonly stops: readonly string[];
    /** What would take time, or leave the region that takes over weaker than it should be. */
    readonly slows: readonly string[];
    /** The same of one that goes by the plan of ARC Region switch, beside the above; left out where there is none. */
    readonly byPlan?: { readonly stops: readonly string[]; readonly slows: readonly string[] };
}

/** Everything that `status` says. */
export interface StatusReport {
    readonly environment: string;
    readonly at: string;
    /** Key of the region that writes; undefined when nobody could be asked, or it is none of the topology's. */
    readonly writer?: string;
    readonly verdict: Readiness;
    /** For each region that does not write, whether a failover to it would work. */
    readonly targets: Readonly<Record<string, Readiness>>;
    /** The same regions: what would stop and slow a failover. */
    readonly failover: Readonly<Record<string, FailoverOutlook>>;
    /** What is called for now. */
    readonly advice: readonly string[];
    readonly findings: readonly Finding[];
}
