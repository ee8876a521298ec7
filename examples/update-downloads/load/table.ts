import { contentsOf, type Lifetimes } from "../contents";
import { type Load, loadOf } from "./model";
import { RELEASE, type Scenario } from "./scenario";

/** The rows of the README's table: before, with CloudFront, and with everything that it fetches from the bucket. */
export function loadTable(lifetimes: Lifetimes, scenario: Scenario = RELEASE): string[][] {
    const contents = contentsOf(lifetimes);
    const loads = [
        loadOf(scenario),
        loadOf(scenario, { contents }),
        loadOf(scenario, { contents, weight: 100 }),
    ];
    const row = (name: string, of: (load: Load) => string): string[] => [name, ...loads.map(of)];
    const usd = (of: (load: Load) => number) => (load: Load) => amount(of(load), 2);
    return [
        row("requests of devices", ({ deviceRequests }) => amount(deviceRequests)),
        row("requests at the balancer", ({ requests }) => amount(requests)),
        row("… a second, on average", ({ requestsPerSecond }) => amount(requestsPerSecond, 2)),
        row("requests at the bucket", ({ bucketRequests }) => amount(bucketRequests)),
        row("sent by the group, in MB", ({ bytes }) => amount(bytes / 1e6)),
        row("processors of the group, in percent", ({ processorPercent }) => amount(processorPercent, 2)),
        row("network of the group, in percent", ({ networkPercent }) => amount(networkPercent, 2)),
        row("instances that it takes", ({ instances }) => amount(instances)),
        row(
            "transfer to devices, in USD",
            usd((load) => load.usd.transfer),
        ),
        row(
            "requests, firewall and function, in USD",
            usd((load) => load.usd.requests),
        ),
        row(
            "the balancer's capacity, in USD",
            usd((load) => load.usd.balancer),
        ),
        row(
            "instances, in USD",
            usd((load) => load.usd.instances),
        ),
        row(
            "together, in USD",
            usd((load) => Object.values(load.usd).reduce((sum, each) => sum + each, 0)),
        ),
    ];
}

/** The heads of its columns. */
export const LOAD_HEADS = ["a million devices in an hour", "before", "CloudFront", "and the bucket"];

function amount(value: number, digits = 0): string {
    return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
