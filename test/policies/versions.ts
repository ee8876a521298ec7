/** Versions of a changed stack in which values are unknown at preview. */
import { type Properties } from "../../tools/preview/types";
import { type AnalyzedResource } from "../../tools/preview/policies/resources";
import { containsUnknown } from "../../tools/preview/values";
import { StackCopy } from "../support/policies/mutableStack";
import { merged, unknownLeaves, unknownProperties } from "./paths";

/** A stack before and after a change. */
export interface Versions {
    readonly base: StackCopy;
    readonly stack: StackCopy;
    /** URNs of what the change touches and of what the rule reports. */
    readonly judged: ReadonlySet<string>;
}

/** How values are made unknown, with what to call it. */
export const SHAPES = [
    ["every leaf", (inputs: Properties) => unknownLeaves(inputs) as Properties],
    ["every property", unknownProperties],
] as const;

/** The changed stack with what the change took away put back, so that there is a value to be unknown. */
export function restored({ base, stack, judged }: Versions): StackCopy {
    const both = copy(stack);
    for (const urn of judged) {
        const original = base.get(urn);
        const current = stack.get(urn);
        if (original !== undefined && current === undefined) {
            both.put(original);
        } else if (original !== undefined && current !== undefined) {
            both.put({
                ...current,
                inputs: merged(original.inputs, current.inputs) as Properties,
                outputs: merged(original.outputs, current.outputs) as Properties,
                dependencies: [...new Set([...original.dependencies, ...current.dependencies])],
                propertyDependencies: { ...original.propertyDependencies, ...current.propertyDependencies },
            });
        }
    }
    return both;
}

/** A copy of the stack in which the values of some resources are unknown. */
export function blurred(
    stack: StackCopy,
    urns: ReadonlySet<string>,
    blur: (properties: Properties) => Properties,
    from: "resource" | "nowhere" = "resource",
): StackCopy {
    const result = copy(stack);
    for (const urn of urns) {
        const resource = stack.get(urn);
        if (resource !== undefined) {
            const inputs = blur(resource.inputs);
            const sources = from === "nowhere" ? {} : sourcesOf(stack, resource, inputs);
            result.put({
                ...resource,
                inputs,
                outputs: blur(resource.outputs),
                propertyDependencies: { ...resource.propertyDependencies, ...sources },
            });
        }
    }
    return result;
}

/** What is not known yet comes from something: where nothing is on record, the stack, of which no rule speaks. */
function sourcesOf(
    stack: StackCopy,
    { propertyDependencies }: AnalyzedResource,
    inputs: Properties,
): Record<string, string[]> {
    const root = stack.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
    const unknown = Object.keys(inputs).filter(
        (property) =>
            containsUnknown(inputs[property]) && (propertyDependencies[property] ?? []).length === 0,
    );
    return Object.fromEntries(unknown.map((property) => [property, [root]]));
}

/** A copy of the stack. */
export function copy(stack: StackCopy): StackCopy {
    return new StackCopy(stack.stack, stack.resources, stack.origin);
}
