/** What is said of how far a standby is behind. */
import { showDuration } from "../../shared/clock";
import { type Lag } from "../aws/ports";
import { type Context } from "../engine/step";
import { type RegionTopology } from "../topology/types";

/** A measurement that is older than this says little of now; the metric has one value a minute. */
export const LAG_AGE_MILLISECONDS = 5 * 60_000;

/** From here on the age of a measurement is pointed out. */
const FRESH_MILLISECONDS = 60_000;

/** AWS tells the time to the second, and an answer is some time on its way. */
const CLOCK_TOLERANCE_MILLISECONDS = 5000;

/** The newest measurement of a region's lag, asked where AWS publishes it. */
export function lagOf(
    { aws, topology }: Pick<Context, "aws" | "topology">,
    region: RegionTopology,
): Promise<Lag | undefined> {
    const writers = topology.regions.filter(({ key }) => key !== region.key).map((other) => other.region);
    return aws.in(region.region).observe.replicationLag(region.clusterIdentifier, writers);
}

/** A measurement in words, with what is to be minded about it. */
export function showLag({ ageMilliseconds, clockAheadMilliseconds, milliseconds }: Lag): string {
    const age = showDuration(Math.round(ageMilliseconds / 1000) * 1000);
    const old = ageMilliseconds > FRESH_MILLISECONDS ? ", which is more than a minute" : "";
    const clock = showClock(clockAheadMilliseconds);
    return `${Math.round(milliseconds)} ms behind, measured ${age} ago${old}${clock === undefined ? "" : `; ${clock}`}`;
}

/** That this machine's clock is off, where it is. */
export function showClock(aheadMilliseconds: number): string | undefined {
    if (Math.abs(aheadMilliseconds) <= CLOCK_TOLERANCE_MILLISECONDS) {
        return undefined;
    }
    const by = showDuration(Math.round(Math.abs(aheadMilliseconds) / 1000) * 1000);
    return `this machine's clock is ${by} ${aheadMilliseconds > 0 ? "behind" : "ahead of"} AWS's`;
}
