/** Recovery time and recovery point from the probe's record. No clock and no network: the same record, the same figures. */
import { showDuration } from "../../shared/clock";
import { type Attempt, type Judgement, type Measurement, type Outage, type ProbeRecord } from "./types";

/**
 * Good writes in a row that end an outage. Fewer between two failures are not a recovery but the same outage, or a
 * system that answers every second time would look recovered.
 */
const GOOD_WRITES = 3;

/** Attempts that may be missing in a row before it counts as not having looked. */
const MISSED_ATTEMPTS = 5;

/** Measures a part of a run. */
export function measure(record: ProbeRecord): Measurement {
    const attempts = [...record.attempts].sort((a, b) => a.sentAt - b.sentAt || a.marker - b.marker);
    const acknowledged = attempts.filter((attempt) => attempt.acknowledged);
    const outages = findOutages(attempts);
    const lost = record.kept === undefined ? [] : findLost(acknowledged, record.kept);
    const rtoSeconds = recoveryTime(outages);
    const rpoSeconds = record.kept === undefined ? undefined : recoveryPoint(acknowledged, lost);
    return {
        attempts: attempts.length,
        acknowledged: acknowledged.length,
        failed: attempts.length - acknowledged.length,
        outages,
        ...(rtoSeconds === undefined ? {} : { rtoSeconds }),
        ...(rpoSeconds === undefined ? {} : { rpoSeconds }),
        lost: lost.map(({ marker }) => marker),
        longestGapSeconds: longestGap(attempts) / 1000,
    };
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
    if (open !== undefined) {
        const { failed, from, goodAt } = open;
        outages.push({ from, failed, ...(goodAt === undefined ? {} : { to: goodAt }) });
    }
    return outages;
}

function recoveryTime(outages: readonly Outage[]): number | undefined {
    let longest = 0;
    for (const { from, to } of outages) {
        if (to === undefined) {
            return undefined;
        }
        longest = Math.max(longest, (to - from) / 1000);
    }
    return longest;
}

function findLost(acknowledged: readonly Attempt[], kept: readonly number[]): Attempt[] {
    const there = new Set(kept);
    return acknowledged.filter(({ marker }) => !there.has(marker));
}

/**
 * From the last marker that was kept before the losses began to the newest that is lost. What was written in between
 * is unknown, so this is the most that can have been lost.
 */
function recoveryPoint(acknowledged: readonly Attempt[], lost: readonly Attempt[]): number {
    const [oldest] = lost;
    const newest = lost.at(-1);
    if (oldest === undefined || newest === undefined) {
        return 0;
    }
    const before = acknowledged.filter(({ sentAt }) => sentAt < oldest.sentAt).at(-1);
    return (newest.endedAt - (before?.endedAt ?? oldest.sentAt)) / 1000;
}

function longestGap(attempts: readonly Attempt[]): number {
    let longest = 0;
    attempts.forEach(({ sentAt }, index) => {
        const before = attempts[index - 1];
        longest = before === undefined ? longest : Math.max(longest, sentAt - before.sentAt);
    });
    return longest;
}

/** What a measurement is held against. */
export interface Expectation {
    readonly rtoSeconds: number;
    readonly rpoSeconds: number;
    /** Whether another region writes than before. */
    readonly roleChanged: boolean;
    readonly intervalMilliseconds: number;
}

/**
 * The verdict.
 *
 * FAIL when writes did not recover, or a target was missed. INCONCLUSIVE when there is nothing to judge: no write
 * failed and no role changed, the probe was not looking, or the markers could not be read. Otherwise PASS.
 */
export function judge(measurement: Measurement, expected: Expectation): Judgement {
    const misses = missedTargets(measurement, expected);
    if (misses.length > 0) {
        return { verdict: "FAIL", reasons: misses };
    }
    const doubts = findDoubts(measurement, expected);
    if (doubts.length > 0) {
        return { verdict: "INCONCLUSIVE", reasons: doubts };
    }
    const rto = `RTO ${seconds(measurement.rtoSeconds ?? 0)} (target: ${bound(expected.rtoSeconds)})`;
    const rpo = `RPO ${seconds(measurement.rpoSeconds ?? 0)} (target: ${bound(expected.rpoSeconds)})`;
    return { verdict: "PASS", reasons: [`${rto}, ${rpo}`] };
}

/** Whether a figure misses its target. Under is under; a target of 0 is met by nothing at all. */
function misses(value: number | undefined, target: number): boolean {
    return value !== undefined && value > 0 && value >= target;
}

function bound(target: number): string {
    return target === 0 ? "none" : `under ${seconds(target)}`;
}

function demand(target: number): string {
    return target === 0 ? "there must be none" : `it must be ${bound(target)}`;
}

function missedTargets(measurement: Measurement, expected: Expectation): string[] {
    const { lost, outages, rpoSeconds, rtoSeconds } = measurement;
    const found: string[] = [];
    const unended = outages.find(({ to }) => to === undefined);
    if (unended !== undefined) {
        found.push(
            `writes failed from ${new Date(unended.from).toISOString()} on and had not recovered at the end`,
        );
    } else if (misses(rtoSeconds, expected.rtoSeconds)) {
        found.push(`RTO ${seconds(rtoSeconds ?? 0)}, and ${demand(expected.rtoSeconds)}`);
    }
    if (misses(rpoSeconds, expected.rpoSeconds)) {
        found.push(
            `RPO ${seconds(rpoSeconds ?? 0)}, and ${demand(expected.rpoSeconds)}: ` +
                `${lost.length} acknowledged ${lost.length === 1 ? "marker is" : "markers are"} lost`,
        );
    }
    return found;
}

function findDoubts(measurement: Measurement, expected: Expectation): string[] {
    const found: string[] = [];
    if (measurement.acknowledged === 0) {
        found.push("the probe wrote no marker at all");
    }
    if (!expected.roleChanged) {
        found.push(
            measurement.failed === 0
                ? "no write failed and the same region writes as before: the fault never took effect"
                : "the same region writes as before: what was rehearsed did not happen",
        );
    }
    const gap = (MISSED_ATTEMPTS * expected.intervalMilliseconds) / 1000;
    if (measurement.longestGapSeconds > gap) {
        found.push(`the probe did not look for ${seconds(measurement.longestGapSeconds)}`);
    }
    if (measurement.rpoSeconds === undefined) {
        found.push("the markers could not be read back, so it is not known what is lost");
    }
    return found;
}

function seconds(value: number): string {
    return showDuration(value * 1000);
}
