/** What the probe records, and what is measured from it. */

/** The verdict that a run ends with. */
export type Verdict = "PASS" | "FAIL" | "INCONCLUSIVE";

/** A marker that was written through the application, or was tried to be. */
export interface Attempt {
    /** The marker: a number that only grows. */
    readonly marker: number;
    /** When it was sent. */
    readonly sentAt: number;
    /** When the answer came, or the attempt was given up. */
    readonly endedAt: number;
    /** Whether the application said that the marker is written. */
    readonly acknowledged: boolean;
    /** What was answered instead. */
    readonly error?: string;
}

/** What the probe saw of a part of a run. */
export interface ProbeRecord {
    readonly attempts: readonly Attempt[];
    /** The markers that the application has now. Undefined when it could not be asked. */
    readonly kept?: readonly number[];
    /** Milliseconds between two attempts, as they should be. */
    readonly intervalMilliseconds: number;
}

/** A time in which writes failed. */
export interface Outage {
    /** When the first write that failed was sent. */
    readonly from: number;
    /** When the first good write after it was acknowledged; undefined while none was. */
    readonly to?: number;
    readonly failed: number;
}

/** The figures of a part of a run. */
export interface Measurement {
    readonly attempts: number;
    readonly acknowledged: number;
    readonly failed: number;
    readonly outages: readonly Outage[];
    /** From the first failed write to the first good one after it; 0 when none failed, undefined when none came. */
    readonly rtoSeconds?: number;
    /** How far back the lost writes reach; 0 when none is lost, undefined when the markers could not be read. */
    readonly rpoSeconds?: number;
    /** Markers that were acknowledged and are not there. */
    readonly lost: readonly number[];
    /** The longest time without any attempt. */
    readonly longestGapSeconds: number;
}

/** What a measurement is held against. */
export interface Judgement {
    readonly verdict: Verdict;
    /** Why, a sentence each. */
    readonly reasons: readonly string[];
}

/** A probe that runs beside the steps. */
export interface ProbeWatch {
    /** The number of attempts acknowledged in a row until now. */
    goodInARow(): number;
    /** When the first of them was sent; undefined when the last attempt failed. */
    goodSince(): number | undefined;
    /** What was seen since a time, with what the application has now. */
    record(since: number): Promise<ProbeRecord>;
    /** The error of the newest attempt, when it failed. */
    lastError(): string | undefined;
}
