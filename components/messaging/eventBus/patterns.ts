import { isObject, parsedObject } from "../../shared/argumentRules";

// Amazon EventBridge User Guide, "Creating Amazon EventBridge event patterns", and its quotas.
const LENGTH_MAX = 4096;

/** Ways to compare that a pattern may name in place of a value. */
const COMPARISONS = new Set([
    "prefix",
    "suffix",
    "equals-ignore-case",
    "anything-but",
    "numeric",
    "cidr",
    "exists",
    "wildcard",
]);

/** What is wrong with an event pattern, in words. Nothing where it is one. */
export function patternFault(pattern: string): string | undefined {
    if (pattern.length > LENGTH_MAX) {
        return `It has ${pattern.length} characters; EventBridge takes ${LENGTH_MAX}`;
    }
    const parsed = parsedObject(pattern);
    if (parsed === undefined) {
        return "It is no JSON, or no object";
    }
    return Object.keys(parsed).length === 0
        ? "It names nothing, and would take every event"
        : fieldsFault(parsed, "");
}

function fieldsFault(fields: Readonly<Record<string, unknown>>, path: string): string | undefined {
    for (const [name, value] of Object.entries(fields)) {
        const fault = fieldFault(name, value, `${path}${path === "" ? "" : "."}${name}`);
        if (fault !== undefined) {
            return fault;
        }
    }
    return undefined;
}

function fieldFault(name: string, value: unknown, path: string): string | undefined {
    if (name === "$or") {
        return Array.isArray(value) && value.length >= 2 && value.every(isObject)
            ? value.map((each) => fieldsFault(each, path)).find((fault) => fault !== undefined)
            : `${path} needs a list of two or more patterns`;
    }
    if (isObject(value)) {
        return Object.keys(value).length === 0 ? `${path} names nothing` : fieldsFault(value, path);
    }
    if (!Array.isArray(value)) {
        return `${path} is a value; it must be a list of values, such as [${JSON.stringify(value)}]`;
    }
    if (value.length === 0) {
        return `${path} is an empty list, which no event matches`;
    }
    return value.map((each) => valueFault(each, path)).find((fault) => fault !== undefined);
}

function valueFault(value: unknown, path: string): string | undefined {
    if (Array.isArray(value)) {
        return `${path} has a list in its list`;
    }
    if (!isObject(value)) {
        return undefined;
    }
    const [comparison, ...more] = Object.keys(value);
    return comparison !== undefined && more.length === 0 && COMPARISONS.has(comparison)
        ? undefined
        : `${path} compares by ${Object.keys(value).join(", ") || "nothing"}; there are ${[...COMPARISONS].join(", ")}`;
}
