/** The verdict on a part of a run, from its measurement. */
import { showDuration } from "../../shared/clock";
import { MISSED_ATTEMPTS } from "./measure";
import { type Judgement, type Measurement } from "./types";

/** What a measurement is held against. */
export interface Expectation {
    readonly rtoSeconds: number;
    readonly rpoSeconds: number;
    /** Whether another region writes than before. */
    readonly roleChanged: boolean;
    readonly intervalMilliseconds: number;
    /** Key of the region that wrote before. */
    readonly from: string;
    /** Key of the region that is to write. */
    readonly to: string;
    /** Names of regions that an application may give. */
    readonly names: readonly string[];
}

/**
 * The verdict.
 *
 * FAIL when writes did not recover, a target was missed, or both regions took writes. INCONCLUSIVE when there is nothing
 * to judge: no write failed and no role changed, the probe was not looking, the markers could not be read or bound the
 * loss on one side alone, or nobody knows which region took them. Otherwise PASS.
 */
export function judge(measurement: Measurement, expected: Expectation): Judgement {
    const failures = findFailures(measurement, expected);
    if (failures.length > 0) {
        return { verdict: "FAIL", reasons: failures };
    }
    const doubts = findDoubts(measurement, expected);
    if (doubts.length > 0) {
        return { verdict: "INCONCLUSIVE", reasons: doubts };
    }
    const rto = `RTO ${seconds(measurement.rtoSeconds ?? 0)} (target: ${bound(expected.rtoSeconds)})`;
    const rpo = `RPO ${seconds(measurement.rpoSeconds ?? 0)} (target: ${bound(expected.rpoSeconds)})`;
    return { verdict: "PASS", reasons: [`${rto}, ${rpo}`] };
}

/** Total failed time and error rate, as they stand beside an RTO. */
export function showFailures({ attempts, errorRate, failed, failedSeconds, outages }: Measurement): string {
    const count = `${outages.length} ${outages.length === 1 ? "outage" : "outages"}`;
    const rate = `${Math.round(errorRate * 1000) / 10} %`;
    return `${seconds(failedSeconds)} in ${count}; ${failed} of ${attempts} writes failed (${rate})`;
}

/** An RPO, said as it is known. */
export function showRpo({ rpoIsAtLeast, rpoSeconds }: Measurement): string {
    return rpoSeconds === undefined
        ? "markers could not be read"
        : `${rpoIsAtLeast ? "at least " : ""}${seconds(rpoSeconds)}`;
}

/** Whether a figure misses its target. Under is under; a target of 0 is met by nothing at all. */
function misses(value: number, target: number): boolean {
    return value > 0 && value >= target;
}

function bound(target: number): string {
    return target === 0 ? "none" : `under ${seconds(target)}`;
}

function demand(target: number): string {
    return target === 0 ? "there must be none" : `it must be ${bound(target)}`;
}

function findFailures(measurement: Measurement, expected: Expectation): string[] {
    const { lost, outages, rpoSeconds, rtoAtLeastSeconds, rtoSeconds, strays } = measurement;
    const found: string[] = [];
    const unended = outages.find(({ to }) => to === undefined);
    if (unended !== undefined) {
        found.push(
            `writes failed from ${new Date(unended.from).toISOString()} on and had not recovered at the end`,
        );
    } else if (misses(rtoAtLeastSeconds, expected.rtoSeconds)) {
        found.push(
            `RTO ${seconds(rtoSeconds ?? rtoAtLeastSeconds)}, and ${demand(expected.rtoSeconds)}: ` +
                `writes failed for ${showFailures(measurement)}`,
        );
    }
    const losesAny = expected.rpoSeconds === 0 && lost.length > 0;
    if (rpoSeconds !== undefined && (losesAny || misses(rpoSeconds, expected.rpoSeconds))) {
        found.push(
            `RPO ${showRpo(measurement)}, and ${demand(expected.rpoSeconds)}: ${countOf(lost.length, "acknowledged marker")} lost`,
        );
    }
    if (strays.length > 0) {
        found.push(
            `${expected.from} took ${strays.length} ${strays.length === 1 ? "marker" : "markers"} after ${expected.to} had ` +
                "taken over: an application goes on writing to the region that was left",
        );
    }
    return found;
}

function findDoubts(measurement: Measurement, expected: Expectation): string[] {
    const { lost, rtoAtLeastSeconds, rtoSeconds = 0 } = measurement;
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
        const between =
            rtoSeconds > rtoAtLeastSeconds
                ? `, while writes came back: the RTO is between ${seconds(rtoAtLeastSeconds)} and ${seconds(rtoSeconds)}`
                : "";
        found.push(`the probe did not look for ${seconds(measurement.longestGapSeconds)}${between}`);
    }
    if (measurement.rpoSeconds === undefined) {
        found.push("the markers could not be read back, so it is not known what is lost");
    } else if (measurement.rpoIsAtLeast) {
        found.push(
            `RPO ${showRpo(measurement)}: ${countOf(lost.length, "acknowledged marker")} lost, and none that is kept was ` +
                "written before, so it is not known how much more is",
        );
    }
    if (expected.roleChanged) {
        found.push(...namingDoubts(measurement, expected));
    }
    return found;
}

/** Who took a marker is the application's to say: without its word two writers look like one. */
function namingDoubts({ takenBy }: Measurement, { names }: Expectation): string[] {
    const given = Object.keys(takenBy).filter((name) => name !== "");
    if (given.length === 0) {
        return Object.keys(takenBy).length === 0
            ? []
            : [
                  "the application does not name the region that took a marker, so it is not known whether it writes where " +
                      "it should",
              ];
    }
    const foreign = given.filter((name) => !names.includes(name));
    return foreign.length === 0
        ? []
        : [
              `the application names ${foreign.join(", ")} as what took a marker, which is no region of the topology; ` +
                  `known: ${names.join(", ")}`,
          ];
}

function countOf(count: number, what: string): string {
    return count === 1 ? `1 ${what} is` : `${count} ${what}s are`;
}

function seconds(value: number): string {
    return showDuration(value * 1000);
}
