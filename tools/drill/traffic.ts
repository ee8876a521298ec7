/**
 * Turns a region's traffic off and on by hand. Route 53 watches a metric in another region and keeps the last value that it
 * saw, so one call to CloudWatch does it: neither Route 53's control plane nor the region itself is needed.
 */
import { type NewestValue } from "./aws/ports";
import { type World } from "./drive";
import { RefusedError, UsageError } from "./errors";
import { Journal } from "./engine/journal";
import { isoTime } from "../shared/clock";
import { lookUp } from "./steps/outsideView";
import { regionOf, type RegionTopology, type Topology, type TrafficSwitch } from "./topology/types";

export const TRAFFIC_VERB = "traffic";

/** What is to be done; without a region all of them are shown. */
export interface TrafficOptions {
    readonly region?: string;
    readonly turn?: "on" | "off";
    readonly dryRun: boolean;
}

/** How a region's switch stands. */
export interface SwitchState {
    /** The region's key. */
    readonly region: string;
    /** `on` also where it was never set. `unknown` where the switch's own region does not say. */
    readonly state: "on" | "off" | "unknown" | "none";
    readonly detail: string;
}

/** Minutes before now that get the value, too: Route 53 looks at whole minutes, and the running one is not over. */
const MINUTES_BACK = [2, 1, 0];

/**
 * Shows the switches, or turns one.
 *
 * @throws UsageError for a call that cannot be meant; RefusedError where turning would leave no region with traffic.
 */
export async function traffic(options: TrafficOptions, world: World): Promise<readonly SwitchState[]> {
    const { topology } = world;
    const meant = options.turn === undefined ? undefined : meantRegion(options, topology);
    const sights = await Promise.all(topology.regions.map((region) => sightOf(region, world)));
    const states = sights.map(({ state }) => state);
    if (meant === undefined || options.turn === undefined) {
        return states;
    }
    const { key, trafficSwitch } = meant;
    if (trafficSwitch === undefined) {
        throw new RefusedError(
            [`${key} has no switch`],
            "Set trafficSwitch: true in the global stack's file and update it, before the night on which it is needed.",
        );
    }
    refuseLastOne(options.turn, key, states);
    const what = `turn the traffic of ${key} ${options.turn}, by ${trafficSwitch.metricName} in ${trafficSwitch.region}`;
    if (options.dryRun) {
        world.log(`would ${what}`);
        return states;
    }
    if (!(await world.confirm(what, key))) {
        throw new RefusedError(["not confirmed"], "Nothing was changed.");
    }
    const journal = Journal.begin(
        world.journals,
        world.clock,
        {
            verb: TRAFFIC_VERB,
            environment: topology.environment,
            params: { region: key, turn: options.turn },
            operator: world.operator,
        },
        { goesOn: true, warn: world.log },
    );
    const seen = sights.find(({ state }) => state.region === key);
    const from = await turn(trafficSwitch, options.turn, seen, world);
    journal.note(`the traffic of ${key} is turned ${options.turn}`);
    journal.close("done");
    return states.map((state) =>
        state.region === key
            ? {
                  region: key,
                  state: options.turn ?? state.state,
                  detail: `set ${from}; Route 53 follows within two minutes, resolvers within one more`,
              }
            : state,
    );
}

function meantRegion({ region: given, turn: to }: TrafficOptions, topology: Topology): RegionTopology {
    const found = given === undefined ? undefined : regionOf(topology, given);
    if (found === undefined) {
        throw new UsageError(
            `--region is ${given === undefined ? "missing" : JSON.stringify(given)} beside --${to ?? ""}; allowed: ` +
                topology.regions.map(({ key, region }) => `${key} (${region})`).join(", "),
        );
    }
    return found;
}

/** With every region off Route 53 would answer as if all were on, which is not what anybody asked for. */
function refuseLastOne(to: "on" | "off", key: string, states: readonly SwitchState[]): void {
    const others = states.filter(({ region }) => region !== key);
    if (to === "off" && others.every(({ state }) => state === "off")) {
        throw new RefusedError(
            [
                `${others.map(({ region }) => region).join(", ")} ${others.length === 1 ? "is" : "are"} off already`,
            ],
            `Turn another region on before ${key} goes off: with none on Route 53 answers with all of them.`,
        );
    }
}

const MINUTE_MILLISECONDS = 60_000;

/** The minute that a moment is in. */
function minuteOf(milliseconds: number): number {
    return Math.floor(milliseconds / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
}

/**
 * Turns a switch. Of a minute the highest value counts, which is "off": where that is in the running minute, the one after it
 * is the first that can be "on". The same holds of minutes to come, which a machine whose clock was ahead has written.
 *
 * @returns From when on it counts, in words.
 */
async function turn(
    metric: TrafficSwitch,
    to: "on" | "off",
    seen: Sight | undefined,
    { aws, clock }: World,
): Promise<string> {
    const now = clock.now() + (seen?.clockAheadMilliseconds ?? 0);
    const newest = seen?.newest;
    const isOther = newest !== undefined && newest.value >= 1 !== (to === "off");
    const last = isOther ? minuteOf(newest.at) + (to === "on" ? MINUTE_MILLISECONDS : 0) : now;
    const times = MINUTES_BACK.map((minutes) => now - minutes * MINUTE_MILLISECONDS);
    for (let at = minuteOf(now) + MINUTE_MILLISECONDS; at <= last; at += MINUTE_MILLISECONDS) {
        times.push(at);
    }
    await aws.in(metric.region).observe.publish(
        metric,
        times.map((at) => ({ at, value: to === "off" ? 1 : 0 })),
    );
    return to === "on" && last > now
        ? `from ${isoTime(last)} on, since until then it is off by an earlier value`
        : "now";
}

/** What is seen of a switch. */
interface Sight extends Partial<NewestValue> {
    readonly state: SwitchState;
}

/** How a region's switch stands. */
export async function stateOf(
    region: RegionTopology,
    looker: Pick<World, "aws" | "clock">,
): Promise<SwitchState> {
    return (await sightOf(region, looker)).state;
}

async function sightOf(
    { key, trafficSwitch }: RegionTopology,
    { aws, clock }: Pick<World, "aws" | "clock">,
): Promise<Sight> {
    if (trafficSwitch === undefined) {
        const detail = "has no switch (trafficSwitch in the global stack)";
        return { state: { region: key, state: "none", detail } };
    }
    // A switch whose region is lost stands as it stood; the others can be turned all the same.
    const found = await lookUp({ clock }, () => aws.in(trafficSwitch.region).observe.newest(trafficSwitch));
    if ("missing" in found) {
        return { state: { region: key, state: "unknown", detail: found.missing } };
    }
    const { newest } = found.value;
    return {
        ...found.value,
        state:
            newest === undefined
                ? { region: key, state: "on", detail: "not set within the last 15 days" }
                : {
                      region: key,
                      state: newest.value >= 1 ? "off" : "on",
                      detail: `since ${isoTime(newest.at)} at the latest`,
                  },
    };
}

/** The switches for people. */
export function renderTraffic(states: readonly SwitchState[]): string {
    return states
        .map(({ detail, region, state }) => `${state.padEnd(8)} ${region.padEnd(8)} ${detail}\n`)
        .join("");
}
