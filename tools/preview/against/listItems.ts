/** Which item of a list is which of another list. */
import { isDeepStrictEqual } from "node:util";
import { cutOff } from "../render/text";
import { isRecord } from "../values";
import { shownText } from "./side";

/** Two items that are the same one, or one that has none on the other side. */
export interface ItemPair {
    /** What tells the item from the others. */
    readonly label: string;
    /** Indexes. */
    readonly before?: number;
    readonly after?: number;
}

/** How the items of two lists go together. */
export interface Matching {
    /** In the order of the later list, what is gone last. */
    readonly pairs: readonly ItemPair[];
    /** Whether items that both lists have stand in another order. */
    readonly reordered: boolean;
}

/** What AWS tells the items of its lists apart by, the most telling first. */
const KEYS = [
    "id",
    "Id",
    "sid",
    "Sid",
    "name",
    "Name",
    "key",
    "Key",
    "ruleName",
    "originId",
    "regionName",
    "region",
    "priority",
    "pathPattern",
    "cidrBlock",
    "cidrIpv4",
    "domainName",
    "deviceName",
    "containerName",
    "availabilityZone",
    "attributeName",
    "groupId",
    "subnetId",
    "arn",
    "topicArn",
    "queueArn",
    "lambdaFunctionArn",
    "roleArn",
    "type",
] as const;

/** A label longer than this says nothing to a reader. */
const LABEL = 60;

/** Pairs the items of two lists: by a property that tells them apart, else the equal ones, else the most alike. */
export function matchItems(before: readonly unknown[], after: readonly unknown[]): Matching {
    const key = tellingKey(before, after);
    const partner = key === undefined ? byLikeness(before, after) : byKey(before, after, key);
    const label = (item: unknown, index: number): string =>
        key === undefined ? describe(item, index) : shortened(String(keyed(item, key)));
    const taken = new Set(partner.values());
    const pairs: ItemPair[] = [
        ...after.map((item, index) => {
            const left = partner.get(index);
            return {
                label: label(item, index),
                after: index,
                ...(left === undefined ? {} : { before: left }),
            };
        }),
        ...before.flatMap((item, index) =>
            taken.has(index) ? [] : [{ label: label(item, index), before: index }],
        ),
    ];
    const order = after.map((_, index) => partner.get(index)).filter((index) => index !== undefined);
    const reordered = order.some((index, place) => place > 0 && index < (order[place - 1] ?? 0));
    return { pairs: unambiguous(pairs), reordered };
}

/** The first key that all items have, each another value of it. */
function tellingKey(before: readonly unknown[], after: readonly unknown[]): string | undefined {
    return KEYS.find((key) =>
        [before, after].every((items) => {
            const values = items.map((item) => keyed(item, key));
            return (
                values.every((value) => ["string", "number"].includes(typeof value)) &&
                new Set(values).size === values.length
            );
        }),
    );
}

function keyed(item: unknown, key: string): unknown {
    return isRecord(item) ? item[key] : undefined;
}

function byKey(before: readonly unknown[], after: readonly unknown[], key: string): Map<number, number> {
    const places = new Map(before.map((item, index) => [keyed(item, key), index]));
    const partner = new Map<number, number>();
    after.forEach((item, index) => {
        const left = places.get(keyed(item, key));
        if (left !== undefined) {
            partner.set(index, left);
        }
    });
    return partner;
}

/** Equal items first, in order; of the rest, records that have most in common. */
function byLikeness(before: readonly unknown[], after: readonly unknown[]): Map<number, number> {
    const partner = new Map<number, number>();
    const free = new Set(before.keys());
    const texts = before.map(stable);
    after.forEach((item, index) => {
        const text = stable(item);
        const left = [...free].find((each) => texts[each] === text);
        if (left !== undefined) {
            partner.set(index, left);
            free.delete(left);
        }
    });
    const candidates = after
        .flatMap((item, index) =>
            partner.has(index)
                ? []
                : [...free].map((left) => ({ index, left, alike: likeness(before[left], item) })),
        )
        .filter(({ alike }) => alike > 0)
        .sort((one, other) => other.alike - one.alike || one.index - other.index || one.left - other.left);
    for (const { index, left } of candidates) {
        if (!partner.has(index) && free.has(left)) {
            partner.set(index, left);
            free.delete(left);
        }
    }
    return partner;
}

/** How many properties two records have in common; a list of one item stays that item, whatever changes in it. */
function likeness(one: unknown, other: unknown): number {
    if (Array.isArray(one) && Array.isArray(other)) {
        return 0.5;
    }
    if (!isRecord(one) || !isRecord(other)) {
        return 0;
    }
    const shared = Object.keys(one).filter((key) => key in other);
    return 0.5 + shared.filter((key) => isDeepStrictEqual(one[key], other[key])).length;
}

/** What is told of an item that has no telling key. */
function describe(item: unknown, index: number): string {
    if (!isRecord(item)) {
        return Array.isArray(item) ? String(index) : shortened(String(item));
    }
    const told = Object.entries(item)
        .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value) && value !== "")
        .slice(0, 3)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(", ");
    return told === "" ? String(index) : shortened(told);
}

function unambiguous(pairs: readonly ItemPair[]): ItemPair[] {
    const seen = new Map<string, number>();
    return pairs.map((pair) => {
        const count = (seen.get(pair.label) ?? 0) + 1;
        seen.set(pair.label, count);
        return count === 1 ? pair : { ...pair, label: `${pair.label} #${count}` };
    });
}

function shortened(whole: string): string {
    return cutOff(shownText(whole), LABEL);
}

/** A text that is the same for equal values, whatever the order of their properties. */
export function stable(value: unknown): string {
    if (Array.isArray(value)) {
        return `[${value.map(stable).join(",")}]`;
    }
    if (isRecord(value)) {
        const parts = Object.keys(value)
            .sort()
            .map((key) => `${JSON.stringify(key)}:${stable(value[key])}`);
        return `{${parts.join(",")}}`;
    }
    return value === undefined ? "null" : JSON.stringify(value);
}
