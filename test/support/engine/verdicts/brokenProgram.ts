/** The project's program with a breakage: what it makes is changed on its way to the engine, and more is made beside it. */
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { classProperties } from "../../../../tools/preview/aws/classProperties";
import { composeStack } from "../../../../regions/compose";
import {
    type AddedResource,
    type Breakage,
    type BrokenResource,
    type Change,
    isIdOf,
    keyOf,
} from "./breakage";

/** A resource of any type. */
class Added extends pulumi.CustomResource {}

type Made = Map<string, pulumi.Resource>;

/** Composes the stack that is being run, broken. */
export function composeBroken({ broken, added }: Breakage): object {
    const changes = new Map(broken.map((resource) => [keyOf(resource), resource]));
    const made: Made = new Map();
    let provider: pulumi.ProviderResource | undefined;
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
        made.set(keyOf({ type, name }), resource);
        if (resource instanceof Provider) {
            provider ??= resource;
        }
        const change = changes.get(keyOf({ type, name }));
        return change === undefined
            ? undefined
            : { props: changed(props, change, made), opts: { ...opts, ...change.options } };
    });
    const outputs = composeStack();
    for (const resource of added) {
        make(resource, made, provider);
    }
    return outputs;
}

function make(
    { type, name, inputs, options }: AddedResource,
    made: Made,
    provider?: pulumi.ProviderResource,
): void {
    const args = {
        // As the class of the type does, which a generic resource knows nothing of.
        ...Object.fromEntries(classProperties(type).map((property) => [property, undefined])),
        ...(withIds(inputs, made) as pulumi.Inputs),
    };
    new Added(type, name, args, {
        ...options,
        ...(provider === undefined ? {} : { provider }),
    });
}

function changed(props: pulumi.Inputs, { changes }: BrokenResource, made: Made): pulumi.Inputs {
    return changes.reduce<pulumi.Inputs>(
        (current, change) => at(current, change.steps, change, made) as pulumi.Inputs,
        props,
    );
}

/** The value with the change at the end of the steps, whatever of it is known only later. */
function at(value: unknown, steps: Change["steps"], change: Change, made: Made): unknown {
    const [step, ...rest] = steps;
    if (step === undefined) {
        return withIds(change.value, made);
    }
    if (pulumi.Output.isInstance(value) || value instanceof Promise) {
        return pulumi.output(value).apply((inner) => at(inner, steps, change, made));
    }
    if (typeof step === "number") {
        const list = [...((value as unknown[] | undefined) ?? [])];
        if (rest.length === 0 && !("value" in change)) {
            list.splice(step, 1);
        } else {
            list[step] = at(list[step], rest, change, made);
        }
        return list;
    }
    const { [step]: inner, ...others } = (value ?? {}) as Record<string, unknown>;
    return rest.length === 0 && !("value" in change)
        ? others
        : { ...others, [step]: at(inner, rest, change, made) };
}

/** Plain data with the resources' ids in the place of references. */
function withIds(value: unknown, made: Made): unknown {
    if (isIdOf(value)) {
        const resource = made.get(keyOf(value.idOf));
        if (!pulumi.CustomResource.isInstance(resource)) {
            throw new Error(`there is no ${keyOf(value.idOf)} yet`);
        }
        return resource.id;
    }
    if (Array.isArray(value)) {
        return value.map((item) => withIds(item, made));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds(item, made)]));
}
