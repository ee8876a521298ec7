/** What differs between two values, at the deepest place where that can be said: pure, and the same for the same values. */
import { isDeepStrictEqual } from "node:util";
import { ARCHIVE, ASSET, holds, isRecord, MASK, SIGNATURE, UNKNOWN } from "../values";
import { codeDifference, isLongText, parsedJson } from "./texts";
import { matchItems } from "./listItems";
import { isPolicy, policyDifference } from "./policyMeaning";

/** A step into a value: a property's name, or an item of a list by what tells it from the others. */
export type Segment = string | { readonly item: string };

/** A place where two values differ. */
export interface Difference {
    readonly path: readonly Segment[];
    readonly op: "add" | "remove" | "change";
    readonly before?: unknown;
    readonly after?: unknown;
    readonly kind: "value" | "json" | "policy" | "code" | "secret";
    /** What before and after do not show. */
    readonly meaning?: readonly string[];
    /** Whether the items are the same, and only their order is another. */
    readonly reordered?: true;
}

/** What the secret at a place comes to, such that two that are equal say the same; undefined where nobody knows. */
export type SecretDigest = (place: readonly (string | number)[]) => string | undefined;

/** Both sides of a place. */
interface Place {
    readonly path: readonly Segment[];
    readonly kind: "value" | "json";
    /** Where it is in each side's value, by properties and indexes. */
    readonly at: readonly [before: readonly (string | number)[], after: readonly (string | number)[]];
}

/** Knows no secret. */
export const UNTOLD: SecretDigest = () => undefined;

/** The differences of two sets of properties. */
export function differences(
    before: unknown,
    after: unknown,
    secrets: readonly [before: SecretDigest, after: SecretDigest] = [UNTOLD, UNTOLD],
): Difference[] {
    const found: Difference[] = [];

    const visit = (one: unknown, other: unknown, place: Place): void => {
        if (one === MASK && other === MASK) {
            const [was, is] = [secrets[0](place.at[0]), secrets[1](place.at[1])];
            if (was !== undefined && is !== undefined && was !== is) {
                found.push({ path: place.path, op: "change", before: MASK, after: MASK, kind: "secret" });
            }
        } else if (isSilent(one) || isSilent(other)) {
            // What is not known before `pulumi up` is not known to differ either.
        } else if (one === undefined || one === null) {
            if (other !== undefined && other !== null) {
                found.push({ path: place.path, op: "add", after: other, kind: kindOf(other, place) });
            }
        } else if (other === undefined || other === null) {
            found.push({ path: place.path, op: "remove", before: one, kind: kindOf(one, place) });
        } else if (Array.isArray(one) && Array.isArray(other)) {
            visitList(one, other, place);
        } else if (isRecord(one) && isRecord(other)) {
            visitRecord(one, other, place);
        } else if (typeof one === "string" && typeof other === "string") {
            visitText(one, other, place);
        } else if (
            isText(one) !== isText(other) &&
            unpacked(one) !== undefined &&
            unpacked(other) !== undefined
        ) {
            // Providers keep what is not a text as JSON.
            visit(unpacked(one), unpacked(other), place);
        } else if (!isDeepStrictEqual(one, other)) {
            found.push({ path: place.path, op: "change", before: one, after: other, kind: place.kind });
        }
    };

    const visitRecord = (
        one: Record<string, unknown>,
        other: Record<string, unknown>,
        place: Place,
    ): void => {
        if (isAsset(one) || isAsset(other)) {
            const code = codeDifference(one, other);
            if (code !== undefined) {
                found.push({ path: place.path, op: "change", kind: "code", ...code });
            }
            return;
        }
        if (isPolicy(one) && isPolicy(other)) {
            const meaning = policyDifference(one, other);
            if (meaning.length > 0) {
                found.push({
                    path: place.path,
                    op: "change",
                    before: one,
                    after: other,
                    kind: "policy",
                    meaning,
                });
            }
            return;
        }
        const defaults = Array.isArray(one["__defaults"]) ? (one["__defaults"] as unknown[]) : [];
        for (const key of keysOf(one, other)) {
            if (defaults.includes(key) && !(key in other)) {
                // The provider has filled it in, so that nobody has taken it away.
                continue;
            }
            visit(one[key], other[key], deeper(place, key, key, key));
        }
    };

    const visitList = (one: readonly unknown[], other: readonly unknown[], place: Place): void => {
        if (isDeepStrictEqual(one, other) && !holds(one, (item) => item === MASK)) {
            return;
        }
        const { pairs, reordered } = matchItems(one, other);
        const length = found.length;
        for (const { label, before: left, after: right } of pairs) {
            visit(
                left === undefined ? undefined : one[left],
                right === undefined ? undefined : other[right],
                deeper(place, { item: label }, left ?? 0, right ?? 0),
            );
        }
        if (reordered && found.length === length) {
            found.push({
                path: place.path,
                op: "change",
                before: one,
                after: other,
                kind: place.kind,
                meaning: ["the same items in another order; where AWS keeps a set, nothing changes"],
                reordered: true,
            });
        }
    };

    const visitText = (one: string, other: string, place: Place): void => {
        if (one === other) {
            return;
        }
        const [was, is] = [parsedJson(one), parsedJson(other)];
        if (was !== undefined && is !== undefined) {
            visit(was, is, { ...place, kind: "json" });
        } else if (isLongText(one) || isLongText(other)) {
            const code = codeDifference(one, other);
            if (code !== undefined) {
                found.push({ path: place.path, op: "change", kind: "code", ...code });
            }
        } else {
            found.push({ path: place.path, op: "change", before: one, after: other, kind: place.kind });
        }
    };

    visit(before, after, { path: [], kind: "value", at: [[], []] });
    return found;
}

/** Where a path leads, for people: `ingress[tcp 443].description`. */
export function pathText(path: readonly Segment[]): string {
    return path
        .map((segment, index) =>
            typeof segment === "string"
                ? `${index === 0 ? "" : "."}${/[.[\]]/.test(segment) ? `["${segment}"]` : segment}`
                : `[${segment.item}]`,
        )
        .join("")
        .replaceAll('.["', '["');
}

/** The names of properties alone, as the table of replacements has them. */
export function propertyPath(path: readonly Segment[]): string {
    return path.filter((segment) => typeof segment === "string").join(".");
}

function deeper(place: Place, segment: Segment, left: string | number, right: string | number): Place {
    return {
        path: [...place.path, segment],
        kind: place.kind,
        at: [
            [...place.at[0], left],
            [...place.at[1], right],
        ],
    };
}

function keysOf(one: Record<string, unknown>, other: Record<string, unknown>): string[] {
    // What begins so, the SDK and the engine tell each other.
    return [...new Set([...Object.keys(one), ...Object.keys(other)])]
        .filter((key) => !key.startsWith("__"))
        .sort();
}

function kindOf(value: unknown, { kind }: Place): Difference["kind"] {
    if (value === MASK) {
        return "secret";
    }
    const inner = typeof value === "string" ? parsedJson(value) : value;
    return isPolicy(inner) ? "policy" : isAsset(value) ? "code" : kind;
}

function isText(value: unknown): value is string {
    return typeof value === "string";
}

/** A list or properties, also from a JSON text of them. */
function unpacked(value: unknown): unknown {
    return isText(value) ? parsedJson(value) : typeof value === "object" ? value : undefined;
}

function isSilent(value: unknown): boolean {
    return value === UNKNOWN;
}

function isAsset(value: unknown): boolean {
    return isRecord(value) && (value[SIGNATURE] === ASSET || value[SIGNATURE] === ARCHIVE);
}
