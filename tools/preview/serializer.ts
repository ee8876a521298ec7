/**
 * Turns the arguments of a resource into the form in which they travel to the engine, as the SDK does, with a mark on
 * those that a real preview would not know.
 */
import type * as pulumi from "@pulumi/pulumi";
import type * as sdkRpc from "@pulumi/pulumi/runtime/rpc";
import { type Properties } from "./types";
import { unknownMarker } from "./unknownMarker";
import { OUTPUT, SIGNATURE, UNKNOWN_MARKER } from "./values";

/** The SDK's own serializer of a resource's arguments. */
export type SdkSerializer = (typeof sdkRpc)["serializeResourceProperties"];

/** The arguments, and what each depends on. */
export type Serialized = [values: Properties, dependencies: Map<string, Set<pulumi.Resource>>];

/** The SDK tells where an output comes from, and so whether it is marked, when it is asked to keep outputs as such. */
export async function serializeMarked(
    sdk: { serializeResourceProperties: SdkSerializer },
    label: string,
    props: Properties,
    options?: sdkRpc.SerializationOptions,
): Promise<Serialized> {
    const [values, dependencies] = await sdk.serializeResourceProperties(label, props, {
        ...options,
        keepOutputValues: true,
    });
    for (const resources of dependencies.values()) {
        resources.delete(unknownMarker());
    }
    return [
        options?.keepOutputValues === true ? values : (withoutOrigins(values) as Properties),
        dependencies,
    ];
}

/** The values without the outputs around them, but for those that are secret or marked. */
function withoutOrigins(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => withoutOrigins(item) ?? null);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).map(([key, item]) => [key, withoutOrigins(item)] as const);
    const record: Properties = Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    if (record[SIGNATURE] !== OUTPUT) {
        return record;
    }
    const { dependencies, ...rest } = record;
    if ((dependencies as readonly string[] | undefined)?.includes(UNKNOWN_MARKER) === true) {
        return { ...rest, dependencies: [UNKNOWN_MARKER] };
    }
    // What holds nothing is left out, as where the SDK does not keep outputs.
    return "value" in rest && rest["secret"] !== true ? (rest["value"] ?? undefined) : rest;
}
