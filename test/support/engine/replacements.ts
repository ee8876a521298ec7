/** What a change of inputs does to a resource, by what the real provider does. */
import { isDeepStrictEqual } from "node:util";
import { type Properties } from "../../../tools/preview/types";
import { plainValue } from "../../../tools/preview/values";
import table from "./replacements.json";

const REPLACES: Readonly<Partial<Record<string, readonly string[]>>> = table.replaces;

/** The properties whose value differs, but for those that the program ignores. */
export function changedProperties(olds: Properties, news: Properties, ignored: readonly string[]): string[] {
    return [...new Set([...Object.keys(olds), ...Object.keys(news)])]
        .filter((key) => !key.startsWith("__") && !ignored.includes(key))
        .filter((key) => !isDeepStrictEqual(plainValue(olds[key]), plainValue(news[key])))
        .sort();
}

/** Those of the changed properties for which the provider makes another resource in the old one's place. */
export function replacedBy(type: string, changed: readonly string[]): string[] {
    const replacing = REPLACES[type] ?? [];
    return changed.filter((property) => replacing.includes(property));
}
