/** Values inside properties, changed without touching the original. */
import { type Properties } from "../../tools/preview/types";
import { SIGNATURE, UNKNOWN } from "../../tools/preview/values";
import { type PropertyPath } from "../support/policies/mutation";

type Step = string | number;

/** The steps of `a.b[0].c`. */
export function stepsOf(path: PropertyPath): readonly Step[] {
    if (typeof path !== "string") {
        return path;
    }
    const steps = [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]): Step =>
        index === undefined ? (key ?? "") : Number(index),
    );
    if (steps.length === 0) {
        throw new Error(`"${path}" is not the path of a property`);
    }
    return steps;
}

/** The value at the path, if there is one. */
export function getIn(value: unknown, steps: readonly Step[]): unknown {
    return steps.reduce<unknown>(
        (inner, step) =>
            typeof inner === "object" && inner !== null ? (inner as Record<Step, unknown>)[step] : undefined,
        value,
    );
}

/** A copy with another value at the path; objects and lists on the way are made as needed. */
export function setIn(properties: Properties, steps: readonly Step[], value: unknown): Properties {
    return changed(properties, steps, () => value) as Properties;
}

const GONE = Symbol("gone");

/** A copy without the value at the path. */
export function unsetIn(properties: Properties, steps: readonly Step[]): Properties {
    return changed(properties, steps, () => GONE) as Properties;
}

function changed(value: unknown, steps: readonly Step[], make: () => unknown): unknown {
    const [step, ...rest] = steps;
    if (step === undefined) {
        return make();
    }
    if (isRecord(value) && SIGNATURE in value && "value" in value) {
        // A secret stays one, whatever changes in it.
        return { ...value, value: changed(value.value, steps, make) };
    }
    if (typeof step === "number") {
        const copy: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
        if (step > copy.length) {
            throw new Error(`there is no element ${step} in a list of ${copy.length}`);
        }
        const inner = changed(copy[step], rest, make);
        if (inner === GONE) {
            copy.splice(step, 1);
        } else {
            copy[step] = inner;
        }
        return copy;
    }
    const { [step]: before, ...others } = isRecord(value) ? value : {};
    const inner = changed(before, rest, make);
    return inner === GONE ? others : { ...(isRecord(value) ? value : {}), [step]: inner };
}

/** Both values in one: objects have the keys of both, lists the elements of the longer. */
export function merged(left: unknown, right: unknown): unknown {
    if (Array.isArray(left) && Array.isArray(right)) {
        const longer: unknown[] = left.length > right.length ? left : right;
        return longer.map((_, index) =>
            index < left.length && index < right.length ? merged(left[index], right[index]) : longer[index],
        );
    }
    if (isRecord(left) && isRecord(right)) {
        const both: Record<string, unknown> = { ...left, ...right };
        for (const key of Object.keys(left)) {
            if (key in right) {
                both[key] = merged(left[key], right[key]);
            }
        }
        return both;
    }
    return right;
}

/** The value with every leaf unknown; what is empty is one. */
export function unknownLeaves(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.length === 0 ? UNKNOWN : value.map(unknownLeaves);
    }
    if (isRecord(value) && !(SIGNATURE in value)) {
        const entries = Object.entries(value);
        return entries.length === 0
            ? UNKNOWN
            : Object.fromEntries(entries.map(([key, item]) => [key, unknownLeaves(item)]));
    }
    return UNKNOWN;
}

/** The properties with each of them unknown as a whole. */
export function unknownProperties(properties: Properties): Properties {
    return Object.fromEntries(Object.keys(properties).map((key) => [key, UNKNOWN]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
