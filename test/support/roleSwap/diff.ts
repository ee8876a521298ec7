/** Compares what a program says of a resource with what its state says, as the engine and AWS's provider do. */
import { isDeepStrictEqual } from "node:util";
import { type Properties } from "../../../tools/preview/types";
import { type Rule, TABLES } from "./providerTable";

/** What the provider would do because of a difference. */
export type Effect =
    | "replaces the resource"
    | "changes it in place"
    | "removes the cluster from the global database"
    | "promotes the cluster"
    | "fails, half-way through the update"
    | "only notes it";

/** A difference. */
export interface Change {
    readonly property: string;
    readonly from: unknown;
    readonly to: unknown;
    readonly effect: Effect;
}

/** Every difference between inputs and state that is not ignored. */
export function diff(
    type: string,
    inputs: Properties,
    state: Properties,
    ignoreChanges: readonly string[],
): readonly Change[] {
    const table = TABLES[type];
    if (table === undefined) {
        throw new Error(`there is no table of ${type}`);
    }
    const unknown = Object.keys(inputs).filter((property) => table[property] === undefined);
    if (unknown.length > 0) {
        throw new Error(
            `${type} is given ${unknown.join(", ")}, which test/support/roleSwap/providerTable.ts does not know: add ` +
                "what the provider does when it changes",
        );
    }
    return Object.entries(table).flatMap(([property, rule]) => {
        if (ignoreChanges.includes(property)) {
            return [];
        }
        const from = normal(state[property], rule);
        const to = wanted(inputs[property], rule, from);
        return isDeepStrictEqual(from, to) ? [] : [{ property, from, to, effect: effectOf(rule, from, to) }];
    });
}

/** What the provider works towards: the input, or what it takes its absence for. */
function wanted(input: unknown, rule: Rule, state: unknown): unknown {
    if (input !== undefined) {
        return normal(input, rule);
    }
    return rule.computed === true ? state : normal(rule.default, rule);
}

/** Empty is as good as absent: the provider's values are never null. */
function normal(value: unknown, rule: Rule): unknown {
    if (value === undefined || value === null || value === "") {
        return rule.default ?? undefined;
    }
    if (Array.isArray(value)) {
        const items = rule.unordered === true ? [...(value as unknown[])].sort() : (value as unknown[]);
        return items.length === 0 ? undefined : items;
    }
    if (typeof value === "object" && Object.keys(value).length === 0) {
        return undefined;
    }
    return value;
}

function effectOf({ kind }: Rule, from: unknown, to: unknown): Effect {
    switch (kind) {
        case "replace":
            return "replaces the resource";
        case "modify":
            return "changes it in place";
        case "membership":
            return from !== undefined && to === undefined
                ? "removes the cluster from the global database"
                : "fails, half-way through the update";
        case "replication":
            return from !== undefined && to === undefined
                ? "promotes the cluster"
                : "fails, half-way through the update";
        case "note":
            return "only notes it";
    }
}
