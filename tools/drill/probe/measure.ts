/** Recovery time and recovery point from the probe's record. No clock and no network: the same record, the same figures. */
import {
    type Attempt,
    type HostCount,
    type Measurement,
    type Outage,
    type ProbeRecord,
    type RoleChange,
} from "./types";

/**
 * Good writes in a row that are a recovery. Fewer after a failure are none, or a system that answers every second time
 * would look recovered.
 */
export const GOOD_WRITES = 3;

/** Attempts that may be missing in a row before it counts as not having looked. */
export const MISSED_ATTEMPTS = 5;

/** Measures a part of a run. */
export function measure(record: ProbeRecord): Measurement {
    const all = inOrder(record.attempts);
    const attempts = all.filter(({ through }) => through === undefined);
    const acknowledged = all.filter((attempt) => attempt.acknowledged);
    const good = attempts.filter((attempt) => attempt.acknowledged);
    const outages = findOutages(attempts);
    const rtoSeconds = recoveryTime(outages);
    const confirmed = inOrder([
        ...(record.confirmed ?? []).filter((attempt) => attempt.acknowledged),
        ...acknowledged,
    ]);
    const lost = record.kept === undefined ? [] : findLost(confirmed, record.kept);
    const point = recoveryPoint(confirmed, lost);
    const failed = attempts.length - good.length;
    return {
        attempts: attempts.length,
        acknowledged: good.length,
        failed,
        errorRate: attempts.length === 0 ? 0 : failed / attempts.length,
        outages,
        ...(rtoSeconds === undefined ? {} : { rtoSeconds }),
        rtoAtLeastSeconds: certainRecoveryTime(attempts, outages, record.intervalMilliseconds),
        failedSeconds: failedTime(attempts) / 1000,
        ...(record.kept === undefined ? {} : { rpoSeconds: point.seconds }),
        rpoIsAtLeast: point.isAtLeast,
        lost: lost.map(({ marker }) => marker),
        longestGapSeconds: longestGap(attempts) / 1000,
        hosts: countHosts(all, new Set(lost)),
        takenBy: countTakers(acknowledged),
        strays: findStrays(acknowledged, record.change).map(({ marker }) => marker),
    };
}

/** Attempts in the order in which they were sent. */
export function inOrder(attempts: readonly Attempt[]): Attempt[] {
    return [...attempts].sort((a, b) => a.sentAt - b.sentAt || a.marker - b.marker);
}

function findOutages(attempts: readonly Attempt[]): Outage[] {
    const outages: Outage[] = [];
    let open: { from: number; failed: number; goodAt: number | undefined; good: number } | undefined;
    for (const { acknowledged, endedAt, sentAt } of attempts) {
        if (!acknowledged) {
            open ??= { from: sentAt, failed: 0, goodAt: undefined, good: 0 };
            open.failed += 1;
            open.good = 0;
            open.goodAt = undefined;
        } else if (open !== undefined) {
            open.goodAt ??= endedAt;
            open.good += 1;
            if (open.good >= GOOD_WRITES) {
                outages.push({ from: open.from, to: open.goodAt, failed: open.failed });
                open = undefined;
            }
        }
    }
    return open === undefined ? outages : [...outages, { from: open.from, failed: open.failed }];
}

/** From the first failure to the last recovery: whoever could not buy in between does not care that others could. */
function recoveryTime(outages: readonly Outage[]): number | undefined {
    const [first] = outages;
    const last = outages.at(-1);
    if (first === undefined || last === undefined) {
        return 0;
    }
    return last.to === undefined ? undefined : (last.to - first.from) / 1000;
}

/**
 * The same, as far as it was seen: where the probe was not looking when writes came back, they may have come back as
 * soon as it looked away.
 */
function certainRecoveryTime(
    attempts: readonly Attempt[],
    outages: readonly Outage[],
    intervalMilliseconds: number,
): number {
    const [first] = outages;
    const last = outages.at(-1);
    if (first === undefined || last === undefined) {
        return 0;
    }
    const index = attempts.findLastIndex(({ acknowledged }) => !acknowledged);
    const lastFailed = attempts[index];
    const next = attempts[index + 1];
    const sawAll =
        lastFailed !== undefined &&
        next !== undefined &&
        next.sentAt - lastFailed.sentAt <= MISSED_ATTEMPTS * intervalMilliseconds;
    const until = sawAll && last.to !== undefined ? last.to : (lastFailed?.sentAt ?? first.from);
    return (until - first.from) / 1000;
}

/**
 * The time from each failed write to the next good one; as long as it was tried where none came. A good write that is
 * slow overlaps with the next failure, and no moment counts twice.
 */
function failedTime(attempts: readonly Attempt[]): number {
    let total = 0;
    let counted = 0;
    const count = (from: number, to: number): void => {
        total += Math.max(0, to - Math.max(from, counted));
        counted = Math.max(counted, to);
    };
    let from: number | undefined;
    let until = 0;
    for (const { acknowledged, endedAt, sentAt } of attempts) {
        if (!acknowledged) {
            from ??= sentAt;
            until = Math.max(until, endedAt);
        } else if (from !== undefined) {
            count(from, endedAt);
            from = undefined;
            until = 0;
        }
    }
    if (from !== undefined) {
        count(from, until);
    }
    return total;
}

function findLost(acknowledged: readonly Attempt[], kept: readonly number[]): Attempt[] {
    const there = new Set(kept);
    return acknowledged.filter(({ marker }) => !there.has(marker));
}

/**
 * From the last marker that was kept before the losses began to the newest that is lost. What was written in between
 * is unknown, so this is the most that can have been lost. Where no marker from before the losses is kept there is only
 * a least: the time that the lost ones span.
 */
function recoveryPoint(
    acknowledged: readonly Attempt[],
    lost: readonly Attempt[],
): { readonly seconds: number; readonly isAtLeast: boolean } {
    const [oldest] = lost;
    if (oldest === undefined) {
        return { seconds: 0, isAtLeast: false };
    }
    const newest = Math.max(...lost.map(({ endedAt }) => endedAt));
    const before = acknowledged[acknowledged.indexOf(oldest) - 1];
    return {
        seconds: Math.max(0, newest - (before ?? oldest).endedAt) / 1000,
        isAtLeast: before === undefined,
    };
}

function longestGap(attempts: readonly Attempt[]): number {
    let longest = 0;
    attempts.forEach(({ sentAt }, index) => {
        const before = attempts[index - 1];
        longest = before === undefined ? longest : Math.max(longest, sentAt - before.sentAt);
    });
    return longest;
}

function countHosts(attempts: readonly Attempt[], lost: ReadonlySet<Attempt>): HostCount[] {
    const keys = new Set(attempts.flatMap(({ through }) => (through === undefined ? [] : [through])));
    return [...keys].sort().map((through) => {
        const own = attempts.filter((attempt) => attempt.through === through);
        return {
            through,
            attempts: own.length,
            acknowledged: own.filter(({ acknowledged }) => acknowledged).length,
            lost: own.filter((attempt) => lost.has(attempt)).length,
        };
    });
}

function countTakers(acknowledged: readonly Attempt[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { takenBy = "" } of acknowledged) {
        counts[takenBy] = (counts[takenBy] ?? 0) + 1;
    }
    return counts;
}

/** What the region that wrote before took although the other one had taken over: two writers, and one of them in vain. */
function findStrays(acknowledged: readonly Attempt[], change: RoleChange | undefined): Attempt[] {
    if (change === undefined) {
        return [];
    }
    const took = ({ takenBy }: Attempt, names: readonly string[]): boolean =>
        takenBy !== undefined && names.includes(takenBy);
    const first = Math.min(
        change.settledAt ?? Infinity,
        ...acknowledged.filter((attempt) => took(attempt, change.to)).map(({ endedAt }) => endedAt),
    );
    return acknowledged.filter((attempt) => took(attempt, change.from) && attempt.sentAt > first);
}
