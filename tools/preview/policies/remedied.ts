/** What becomes of resources that policies mend. */
import { type Properties, type StackPreview } from "../types";
import { MASK, isSecret, UNKNOWN } from "../values";
import { type AnalyzedStack } from "./analyzedStack";

/** How many changes of one resource are named. */
const NAMED = 5;

/** The paths of what differs, such as `tags.owner`. */
export function changedPaths(before: Properties, after: Properties): string[] {
    const paths = differences(before, after, "");
    return paths.length <= NAMED ? paths : [...paths.slice(0, NAMED), `and ${paths.length - NAMED} more`];
}

function differences(before: unknown, after: unknown, path: string): string[] {
    if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
        return before === after ? [] : [path];
    }
    if (isSecret(before) && isSecret(after)) {
        return differences(before["value"], after["value"], path);
    }
    const keys = new Set([...Object.keys(before), ...Object.keys(after)].filter((key) => !isMark(key)));
    return [...keys].flatMap((key) =>
        differences(before[key], after[key], Array.isArray(after) ? `${path}[${key}]` : joined(path, key)),
    );
}

function joined(path: string, key: string): string {
    return path === "" ? key : `${path}.${key}`;
}

/** The preview of a stack with the inputs that the policies have given it. */
export function withRemedies(preview: StackPreview, stack: AnalyzedStack): StackPreview {
    const changed = stack.changed;
    if (changed.size === 0) {
        return preview;
    }
    return {
        ...preview,
        steps: preview.steps.map((step) => {
            const inputs = changed.get(step.urn);
            return inputs === undefined
                ? step
                : {
                      ...step,
                      newState: {
                          ...step.newState,
                          inputs: shown(inputs, step.newState.inputs) as Properties,
                      },
                  };
        }),
    };
}

/** What policies have changed, with made-up values where they have left something unknown as it was. */
export function assumedChanges(
    changed: ReadonlyMap<string, Properties>,
    assumed: AnalyzedStack,
): ReadonlyMap<string, Properties> {
    return new Map(
        [...changed].map(([urn, inputs]) => [
            urn,
            filled(inputs, assumed.find(urn)?.inputs ?? {}) as Properties,
        ]),
    );
}

function filled(value: unknown, from: unknown): unknown {
    if (value === UNKNOWN) {
        return from ?? value;
    }
    if (!isContainer(value)) {
        return value;
    }
    const inner = isContainer(from) ? from : {};
    if (Array.isArray(value)) {
        return value.map((item, index) => filled(item, inner[index]));
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, inner[key])]));
}

/** Mended inputs as they may be printed: secrets masked, and what a preview does not know as it was shown before. */
function shown(value: unknown, before: unknown): unknown {
    if (value === UNKNOWN) {
        return before;
    }
    if (!isContainer(value)) {
        return value;
    }
    if (isSecret(value)) {
        return MASK;
    }
    const inner = isContainer(before) ? before : {};
    if (Array.isArray(value)) {
        return value.map((item, index) => shown(item, inner[index]));
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, inner[key])]));
}

function isContainer(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

/** What the SDK marks assets with for itself, which is lost on the way to a policy and back. */
function isMark(key: string): boolean {
    return key.startsWith("__pulumi");
}
