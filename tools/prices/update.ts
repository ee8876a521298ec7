/** Puts what AWS's price lists say into the price table. */
import { GLOBAL, type PriceRow, unitSize } from "../../policies/residency-and-cost/shared/cost/priceTable";
import { put } from "../../policies/framework/relations";
import { type OfferFile, type OfferRow } from "./bulkFile";
import { itemIn } from "./items";

/** What came of an update. */
export interface Updated {
    readonly rows: readonly PriceRow[];
    /** Prices that the lists have, those of them that are not as they were, and those of the regions that they have not. */
    readonly found: number;
    readonly changed: readonly string[];
    readonly missing: readonly string[];
}

/** A price list of a region. */
export interface RegionalOffer {
    readonly region: string;
    readonly file: OfferFile;
}

/** The rows that are of use. */
export function isWanted(offer: string): (row: OfferRow) => boolean {
    return (row) => itemIn(offer, row) !== undefined;
}

/**
 * Replaces the prices that the lists have.
 * What the table has in no region is not taken in, but for types that are asked for: there are thousands.
 *
 * @param types Types of instances and nodes to take in beside those that the table has, such as `db.r8g.large`.
 */
export function updatePrices(
    table: readonly PriceRow[],
    offers: readonly RegionalOffer[],
    types: readonly string[] = [],
): Updated {
    const known = new Set(table.map(({ service, item }) => `${service}|${item}`));
    const isAsked = (item: string): boolean => types.some((type) => item.split(" ").includes(type));
    const fresh = new Map<string, PriceRow[]>();
    const skus = new Map<string, string>();
    for (const { region, file } of offers) {
        for (const row of file.rows) {
            const of = itemIn(file.offer, row);
            const sku = row.get("sku") ?? "";
            if (of === undefined || !(known.has(`${of.found.service}|${of.item}`) || isAsked(of.item))) {
                continue;
            }
            const made = rowOf(row, region, of.found, of.item, file);
            const key = keyOf(made);
            // The same price is listed for several products, such as variants of a licence: the first one speaks.
            if ((skus.get(key) ?? sku) === sku) {
                skus.set(key, sku);
                put(fresh, key, made);
            }
        }
    }
    const regions = new Set(offers.map(({ region }) => region));
    const old = new Map<string, PriceRow[]>();
    for (const row of table) {
        put(old, keyOf(row), row);
    }
    const rows = [...table.filter((row) => !fresh.has(keyOf(row))), ...[...fresh.values()].flat()].sort(
        byPlace,
    );
    return {
        rows,
        found: fresh.size,
        changed: [...fresh].filter(([key, now]) => !sameTiers(old.get(key) ?? [], now)).map(([key]) => key),
        missing: [...old.keys()].filter((key) => regions.has(key.split(" ")[0] ?? "") && !fresh.has(key)),
    };
}

function keyOf({ region, service, item }: PriceRow): string {
    return `${region} ${service} ${item}`;
}

function rowOf(
    row: OfferRow,
    region: string,
    { service, unit }: { readonly service: string; readonly unit: string },
    item: string,
    { offer, published }: OfferFile,
): PriceRow {
    const size = unitSize(unit);
    const from = Number(row.get("startingrange") ?? 0) / size;
    const end = row.get("endingrange") ?? "Inf";
    const price = rounded(Number(row.get("priceperunit")) * size);
    if (!Number.isFinite(price) || !Number.isFinite(from)) {
        throw new Error(`${offer} of ${region}: ${item} has no price: ${row.get("priceperunit") ?? ""}`);
    }
    return {
        region,
        service,
        item,
        unit,
        price,
        ...(from > 0 ? { from } : {}),
        ...(end === "Inf" || end === "" ? {} : { to: Number(end) / size }),
        date: published,
        sources: [`AWS Price List, ${offer} of ${region}`],
    };
}

/** Without what binary fractions leave behind: prices have ten decimals. */
function rounded(price: number): number {
    return Number(price.toPrecision(12));
}

function sameTiers(one: readonly PriceRow[], other: readonly PriceRow[]): boolean {
    const tiers = (rows: readonly PriceRow[]): string =>
        JSON.stringify([...rows].sort(byPlace).map(({ price, from = 0, to }) => [price, from, to]));
    return tiers(one) === tiers(other);
}

/** What is global first, then by region, service, item and tier. */
function byPlace(a: PriceRow, b: PriceRow): number {
    const place = (row: PriceRow): string =>
        [row.region === GLOBAL ? "" : row.region, row.service.toLowerCase(), row.item].join("\u0000");
    const [one, other] = [place(a), place(b)];
    return one < other ? -1 : one > other ? 1 : (a.from ?? 0) - (b.from ?? 0);
}

/** The table as its file has it: a row a line. */
export function tableText(rows: readonly PriceRow[]): string {
    return `[\n${rows.map((row) => `    ${rowText(row)}`).join(",\n")}\n]\n`;
}

function rowText(row: PriceRow): string {
    const fields = Object.entries(row).map(([key, value]) => `${JSON.stringify(key)}: ${fieldText(value)}`);
    return `{${fields.join(", ")}}`;
}

function fieldText(value: unknown): string {
    return Array.isArray(value)
        ? `[${value.map((item) => JSON.stringify(item)).join(", ")}]`
        : JSON.stringify(value);
}
