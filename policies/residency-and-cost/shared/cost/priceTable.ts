/** The table of prices, and the arithmetic of tiers. */
import { put } from "../../../framework/relations";
import rows from "./prices.json";

/** Hours of a month, as AWS's own calculator has them. */
export const HOURS = 730;

/** Prices that are not of one region. */
export const GLOBAL = "global";

/** A row of the table: one tier of one price. */
export interface PriceRow {
    readonly region: string;
    /** AWS's code of the service, as its price lists have it. */
    readonly service: string;
    /** What of the service, in this table's own words. */
    readonly item: string;
    /** Such as `hour`, `GB-month` or `1M requests`. */
    readonly unit: string;
    /** USD for one unit. */
    readonly price: number;
    /** Where the tier begins and ends by the month, in units: half open, so that `to` is in the next one. */
    readonly from?: number;
    /** Left out for the last tier. */
    readonly to?: number;
    /** The source's own date: a day, a month, a year, or `undated`. */
    readonly date: string;
    /** Pages and files that have the price: the first is the one it was taken from, the others agree with it. */
    readonly sources: readonly string[];
}

/** One tier of a price. */
export interface Tier {
    readonly from: number;
    /** Infinite for the last one. */
    readonly to: number;
    readonly price: number;
}

/** A price in one region, with its tiers in order. */
export interface Price extends Pick<PriceRow, "region" | "service" | "item" | "unit" | "date"> {
    readonly source: string;
    /** Without what AWS gives for nothing: the first tier begins at 0. */
    readonly tiers: readonly Tier[];
    /** Units that AWS gives an account for nothing each month, where it takes part in that. */
    readonly free: number;
    /** How many of a resource's own measures one unit is: a million requests, for `1M requests`. */
    readonly unitSize: number;
}

/** Prices by region, service and item. */
export class PriceTable {
    readonly #prices = new Map<string, Price>();
    readonly #regions = new Map<string, string[]>();

    constructor(given: readonly PriceRow[]) {
        const byKey = new Map<string, PriceRow[]>();
        for (const row of given) {
            put(byKey, keyOf(row.service, row.item, row.region), row);
        }
        for (const [key, tiers] of byKey) {
            const price = priceOf(tiers);
            this.#prices.set(key, price);
            put(this.#regions, keyOf(price.service, price.item, ""), price.region);
        }
    }

    /** The price in a region, or the one that is the same everywhere. */
    find(service: string, item: string, region: string): Price | undefined {
        return (
            this.#prices.get(keyOf(service, item, region)) ?? this.#prices.get(keyOf(service, item, GLOBAL))
        );
    }

    /** What there are prices for of a service in a region. */
    itemsOf(service: string, region: string): readonly string[] {
        return [...this.#prices.values()]
            .filter((price) => price.service === service && price.region === region)
            .map(({ item }) => item);
    }

    /** The regions that have the price, in the table's order. */
    regionsWith(service: string, item: string): readonly string[] {
        return this.#regions.get(keyOf(service, item, "")) ?? [];
    }
}

function keyOf(service: string, item: string, region: string): string {
    return `${service}|${item}|${region}`;
}

function priceOf(given: readonly PriceRow[]): Price {
    const sorted = [...given].sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
    // What is free without an end is a price of 0 and no allowance.
    const paid = sorted.filter(({ price, to }) => price > 0 || to === undefined);
    const [first] = paid;
    if (first === undefined) {
        throw new Error(`${JSON.stringify(sorted[0])} is free up to a limit, and has no price beyond it.`);
    }
    const { region, service, item, unit } = first;
    return {
        region,
        service,
        item,
        unit,
        // The oldest of its tiers speaks for all of them.
        date: paid.map(({ date }) => date).sort(byAge)[0] ?? first.date,
        source: first.sources.join("; "),
        tiers: paid.map(({ from = 0, to = Infinity, price }, index) => ({
            from: index === 0 ? 0 : from,
            to,
            price,
        })),
        free: first.from ?? 0,
        unitSize: unitSize(unit),
    };
}

function byAge(a: string, b: string): number {
    return firstDay(a).localeCompare(firstDay(b));
}

/** The earliest day that a date may mean: of `2026-10` the first. What has no date is as old as can be. */
function firstDay(date: string): string {
    return /^\d/.test(date) ? `${date}-01-01`.slice(0, 10) : "0000-01-01";
}

/** Whether a price's date is before a day, or may be. */
export function isStale(date: string, before: string): boolean {
    return firstDay(date) < before;
}

/** Days after which a price wants to be looked up anew. */
const STALE_DAYS = 365;

/** The day before which prices are stale. */
export function staleBefore(today: Date): string {
    return new Date(today.getTime() - STALE_DAYS * 86_400_000).toISOString().slice(0, 10);
}

/** How much a unit is: `1M requests` are a million, `10k requests` ten thousand, `GB-month` is one. */
export function unitSize(unit: string): number {
    const [, count, letter] = /^(\d+)([kM])\b/.exec(unit) ?? [];
    return count === undefined ? 1 : Number(count) * (letter === "M" ? 1e6 : 1e3);
}

/** What the units from one number to another cost, each by its tier. Beyond the last tier nothing is counted. */
export function costBetween(from: number, to: number, tiers: readonly Tier[]): number {
    return tiers.reduce((sum, tier) => {
        const units = Math.min(to, tier.to) - Math.max(from, tier.from);
        return units > 0 ? sum + units * tier.price : sum;
    }, 0);
}

/** Up to how many units a price is known. */
export function knownUpTo({ tiers }: Pick<Price, "tiers">): number {
    return tiers.at(-1)?.to ?? 0;
}

/** The project's own table. */
export const PRICES = new PriceTable(rows);
