/**
 * What a release costs the balancer and the group behind it, from what CloudFront keeps for how long.
 *
 * Every path is matched as CloudFront matches it, and a range is an object of its own. The shield asks the origin once for
 * each object and lifetime, whatever number of devices waits for the answer: requests that come meanwhile are answered by
 * the same one. What no content fits goes to the balancer each time.
 */
import { type DownloadContent } from "../../../components/edge";
import { INSTANCE, LCU, type Price, PRICES, PROCESSOR } from "./figures";
import { type Ask, type Scenario } from "./scenario";

/** Whether CloudFront stands before the balancer, and whether it fetches from the bucket. */
export interface Way {
    readonly contents: readonly DownloadContent[];
    /** Percentage of viewers whose misses the bucket serves; none where there is no bucket. */
    readonly weight?: number;
}

/** What a release comes to. */
export interface Load {
    readonly deviceRequests: number;
    readonly deviceBytes: number;
    /** What the balancer gets, and sends. */
    readonly requests: number;
    readonly bytes: number;
    readonly bucketRequests: number;
    readonly requestsPerSecond: number;
    /** Of the group's processors, and of what it may send all the time, in percent. */
    readonly processorPercent: number;
    readonly networkPercent: number;
    /** Instances that could do it all the time. */
    readonly instances: number;
    /** In US dollars. */
    readonly usd: Readonly<Record<"transfer" | "requests" | "balancer" | "instances", number>>;
}

const SECONDS = 3600;
const MEGABYTE = 1_000_000;
// As AWS bills them.
const GIGABYTE = 2 ** 30;

/** The load of a release: without a way, all of it is the balancer's. */
export function loadOf(scenario: Scenario, way?: Way): Load {
    const seconds = scenario.hours * SECONDS;
    const asked = scenario.asks.flatMap((ask) => partsOf(ask).map((bytes) => ({ ...ask, bytes })));
    const each = asked.map(({ path, times, bytes }) => {
        const total = scenario.devices * times;
        const fetched = way === undefined ? total : Math.min(total, fetchesOf(path, way.contents, seconds));
        return { total, fetched, bytes };
    });
    const sum = (of: (item: (typeof each)[number]) => number): number =>
        each.reduce((all, item) => all + of(item), 0);
    const share = 1 - (way?.weight ?? 0) / 100;
    const deviceRequests = sum(({ total }) => total);
    const deviceBytes = sum(({ total, bytes }) => total * bytes);
    const fetches = sum(({ fetched }) => fetched);
    const requests = fetches * share;
    const bytes = sum(({ fetched, bytes: size }) => fetched * size) * share;

    const processorSeconds =
        (requests * PROCESSOR.millisecondsPerRequest +
            (bytes / MEGABYTE) * PROCESSOR.millisecondsPerMegabyte) /
        1000;
    const gigabits = (bytes * 8) / 1e9 / seconds;
    const processorOf = (instances: number): number =>
        processorSeconds / (seconds * INSTANCE.vcpus * instances);
    const networkOf = (instances: number): number => gigabits / (INSTANCE.baselineGigabits * instances);
    const connections = way === undefined ? scenario.devices / seconds : 0;
    const instances = Math.max(
        scenario.instances,
        Math.ceil(processorOf(1) / INSTANCE.baselineShare),
        Math.ceil(networkOf(1)),
    );
    return {
        deviceRequests,
        deviceBytes,
        requests,
        bytes,
        bucketRequests: fetches - requests,
        requestsPerSecond: requests / seconds,
        processorPercent: processorOf(scenario.instances) * 100,
        networkPercent: networkOf(scenario.instances) * 100,
        instances,
        usd: {
            transfer:
                way === undefined
                    ? priceOf(PRICES.dataOut, bytes / GIGABYTE)
                    : priceOf(PRICES.edgeDataOut, deviceBytes / GIGABYTE),
            requests:
                way === undefined
                    ? 0
                    : priceOf(PRICES.edgeRequests, deviceRequests / 10_000) +
                      priceOf(PRICES.firewallRequests, deviceRequests / 1e6) +
                      (way.weight === undefined ? 0 : priceOf(PRICES.edgeFunction, deviceRequests / 1e6)) +
                      priceOf(PRICES.bucketReads, (fetches - requests) / 1000),
            balancer:
                priceOf(
                    PRICES.balancerCapacity,
                    Math.max(
                        connections / LCU.newConnectionsPerSecond,
                        bytes / GIGABYTE / scenario.hours / LCU.gigabytesPerHour,
                    ),
                ) * scenario.hours,
            instances: priceOf(PRICES.instance, instances * scenario.hours),
        },
    };
}

/** The bytes of each range of a file. */
export function partsOf({ bytes, rangeBytes }: Pick<Ask, "bytes" | "rangeBytes">): number[] {
    const whole = Math.floor(bytes / rangeBytes);
    const rest = bytes - whole * rangeBytes;
    return [...Array<number>(whole).fill(rangeBytes), ...(rest > 0 ? [rest] : [])];
}

/** How often an object is fetched from the origin within some seconds, once devices ask for it all the time. */
export function fetchesOf(path: string, contents: readonly DownloadContent[], seconds: number): number {
    const content = contents.find(({ pathPatterns }) =>
        pathPatterns.some((pattern) => matches(pattern, path)),
    );
    return content === undefined ? Infinity : Math.ceil(seconds / content.lifetimeSeconds);
}

/** Whether a path fits a pattern of CloudFront's: `*` is any run of characters, `?` any one. */
export function matches(pattern: string, path: string): boolean {
    const expression = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${expression}$`).test(path);
}

/** What some units come to by a price's tiers, as if nothing else had been used in the month. */
export function priceOf({ tiers }: Price, units: number): number {
    let usd = 0;
    let from = 0;
    for (const { to = Infinity, usd: each } of tiers) {
        usd += Math.max(0, Math.min(units, to) - from) * each;
        from = to;
    }
    return usd;
}
