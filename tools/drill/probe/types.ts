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
    /** Key of the region whose own host it was sent to; left out of what viewers do, who use the world-wide one. */
    readonly through?: string;
    /** The region that took it, as the application named it: a key or an AWS region. */
    readonly takenBy?: string;
}

/** What the probe saw of a part of a run. */
export interface ProbeRecord {
    /** What was sent from the part's beginning to its end, through all hosts. */
    readonly attempts: readonly Attempt[];
    /** What the application had confirmed before the part began: a loss may reach further back than the part. */
    readonly confirmed?: readonly Attempt[];
    /** The markers that the application has now. Undefined when it could not be asked. */
    readonly kept?: readonly number[];
    /** Milliseconds between two attempts, as they should be. */
    readonly intervalMilliseconds: number;
    /** The change of the writer that the part is about; left out where there is none. */
    readonly change?: RoleChange;
}

/** A change of the writer, by the names that an application may give the regions. */
export interface RoleChange {
    readonly from: readonly string[];
    readonly to: readonly string[];
    /** When AWS had changed the roles, and writes went through again. */
    readonly settledAt?: number;
}

/** A time in which writes failed. */
export interface Outage {
    /** When the first write that failed was sent. */
    readonly from: number;
    /** When the first good write after it was acknowledged; undefined while writes had not recovered. */
    readonly to?: number;
    readonly failed: number;
}

/** The figures of a part of a run. Those of time and errors are of what went through the world-wide host. */
export interface Measurement {
    readonly attempts: number;
    readonly acknowledged: number;
    readonly failed: number;
    /** The share of the attempts that failed, from 0 to 1. */
    readonly errorRate: number;
    readonly outages: readonly Outage[];
    /** From the first failed write to the last recovery; 0 when none failed, undefined when it never came. */
    readonly rtoSeconds?: number;
    /** The least that it was, where the probe was not looking when writes came back; else the same. */
    readonly rtoAtLeastSeconds: number;
    /** The time in which writes failed, without the good ones in between. */
    readonly failedSeconds: number;
    /** How far back the lost writes reach; 0 when none is lost, undefined when the markers could not be read. */
    readonly rpoSeconds?: number;
    /** Whether it may be more: no marker that is kept was written before the losses. */
    readonly rpoIsAtLeast: boolean;
    /** Markers that were acknowledged and are not there. */
    readonly lost: readonly number[];
    /** The longest time without any attempt. */
    readonly longestGapSeconds: number;
    /** What each region's own host took. */
    readonly hosts: readonly HostCount[];
    /** How many markers each region took, by the name that the application gave; `""` where it gave none. */
    readonly takenBy: Readonly<Record<string, number>>;
    /** Markers that the old writer took after the new one had taken over. */
    readonly strays: readonly number[];
}

/** What went through a region's own host. */
export interface HostCount {
    /** Key of the region. */
    readonly through: string;
    readonly attempts: number;
    readonly acknowledged: number;
    readonly lost: number;
}

/** What a measurement is held against. */
export interface Judgement {
    readonly verdict: Verdict;
    /** Why, a sentence each. */
    readonly reasons: readonly string[];
}

/** A probe that runs beside the steps. */
export interface ProbeWatch {
    /** The number of attempts through the world-wide host that were acknowledged in a row until now. */
    goodInARow(): number;
    /** When the first of them was sent; undefined when the last attempt failed. */
    goodSince(): number | undefined;
    /** When the oldest marker of the run that the application confirmed was sent; undefined when there is none. */
    confirmedSince(): number | undefined;
    /**
     * What was seen from one time to another, with what the application has now. Waits for what is on its way.
     *
     * @param forgotten Markers that an earlier part has counted as lost already.
     */
    record(from: number, to: number, forgotten: readonly number[]): Promise<ProbeRecord>;
    /** The error of the newest attempt, when it failed. */
    lastError(): string | undefined;
}
