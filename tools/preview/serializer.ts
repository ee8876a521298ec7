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
    if (options?.keepOutputValues === true) {
        return [values, dependencies];
    }
    // Kept as such, an output of nothing reads as one of null: only the other way of serializing tells them apart.
    const [plain] = holdsNull(values)
        ? await sdk.serializeResourceProperties(label, props, options)
        : [undefined];
    return [withoutOrigins(values, plain) as Properties, dependencies];
}

/** Whether there is an output of null, or of nothing, in it. */
function holdsNull(value: unknown): boolean {
    if (typeof value !== "object" || value === null) {
        return false;
    }
    const record = value as Properties;
    return (record[SIGNATURE] === OUTPUT && record["value"] === null) || Object.values(value).some(holdsNull);
}

/**
 * The values without the outputs around them, but for those that are secret or marked.
 *
 * @param plain The same without any outputs, where it is needed to tell null from nothing.
 */
function withoutOrigins(value: unknown, plain: unknown): unknown {
    const plainly = (key: string | number): unknown => (plain as Properties | null | undefined)?.[key];
    if (Array.isArray(value)) {
        return value.map((item, index) => withoutOrigins(item, plainly(index)) ?? null);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).map(
        ([key, item]) => [key, withoutOrigins(item, plainly(key))] as const,
    );
    const record: Properties = Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    if (record[SIGNATURE] !== OUTPUT) {
        return record;
    }
    const { dependencies, ...rest } = record;
    if ((dependencies as readonly string[] | undefined)?.includes(UNKNOWN_MARKER) === true) {
        return { ...rest, dependencies: [UNKNOWN_MARKER] };
    }
    if (!("value" in rest) || rest["secret"] === true) {
        return rest;
    }
    return rest["value"] === null ? plain : rest["value"];
}
