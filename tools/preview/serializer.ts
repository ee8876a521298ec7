/**
 * Turns the arguments of a resource into the form in which they travel to the engine. It does what the SDK's own
 * serializer does, and two things more: plain data costs no promise, and an output that a real preview would not
 * know is marked.
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { type InternalOutput } from "./lazyOutputs";
import { type Properties } from "./types";
import { ARCHIVE, ASSET, OUTPUT, RESOURCE, SIGNATURE, UNKNOWN, UNKNOWN_MARKER } from "./values";
import { isUnknownMarker } from "./unknownMarker";

const load = createRequire(__filename);
const { isUnknown } = load("@pulumi/pulumi/output") as { isUnknown: (value: unknown) => boolean };
interface DependsOn {
    getAllTransitivelyReferencedResourceURNs: (
        resources: Set<pulumi.Resource>,
        exclude: Set<pulumi.Resource>,
    ) => Promise<Set<string>>;
}

/** An older SDK has no such module; there this serializer is not used, see `projectSdk.ts`. */
async function urnsOf(resources: Set<pulumi.Resource>): Promise<Set<string>> {
    const { getAllTransitivelyReferencedResourceURNs: all } = load(
        "@pulumi/pulumi/runtime/dependsOn",
    ) as DependsOn;
    return all(resources, new Set());
}

/** How to serialize. */
export interface SerializeOptions {
    /** Whether each output names what it comes from, as a component made by a plugin needs it. */
    readonly withDependencies: boolean;
    /** Whether a resource that is itself an argument counts as a dependency. */
    readonly countReferences: boolean;
}

/** The arguments, and what each depends on. */
export type Serialized = [values: Properties, dependencies: Map<string, Set<pulumi.Resource>>];

/** One argument being serialized. */
class Argument {
    readonly dependencies = new Set<pulumi.Resource>();

    constructor(readonly options: SerializeOptions) {}

    /** The value, or a promise of it where something in it has to be waited for. */
    serialize(value: unknown): unknown {
        if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
            return undefined;
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        if (Array.isArray(value)) {
            return this.#array(value);
        }
        if (value instanceof Promise) {
            return value.then((inner: unknown) => this.serialize(inner));
        }
        if (pulumi.Output.isInstance(value)) {
            return this.#output(value as unknown as InternalOutput);
        }
        if (isUnknown(value)) {
            return UNKNOWN;
        }
        if (pulumi.asset.Asset.isInstance(value)) {
            return this.#record(value, { [SIGNATURE]: ASSET });
        }
        if (pulumi.asset.Archive.isInstance(value)) {
            return this.#record(value, { [SIGNATURE]: ARCHIVE });
        }
        if (pulumi.Resource.isInstance(value)) {
            return this.#reference(value);
        }
        return this.#record(value, {});
    }

    /** As in JSON, what is undefined in an array is null. */
    #array(values: readonly unknown[]): unknown {
        const items = values.map((item) => this.serialize(item) ?? null);
        return items.some((item) => item instanceof Promise)
            ? Promise.all(items.map((item) => Promise.resolve(item))).then((all) =>
                  all.map((item) => item ?? null),
              )
            : items;
    }

    /** As in JSON, what is undefined in an object is left out. */
    #record(record: object, result: Properties): unknown {
        let waiting: Promise<void>[] | undefined;
        for (const [key, item] of Object.entries(record)) {
            const value = this.serialize(item);
            if (value instanceof Promise) {
                // Holds the key's place, so that the order of keys does not depend on who waits.
                result[key] = undefined;
                (waiting ??= []).push(
                    value.then((settled: unknown) => {
                        result[key] = settled;
                    }),
                );
            } else if (value !== undefined) {
                result[key] = value;
            }
        }
        return waiting === undefined ? result : Promise.all(waiting).then(() => withoutUndefined(result));
    }

    async #output(output: InternalOutput): Promise<unknown> {
        const [resources, value, isKnown, isSecret] = await Promise.all([
            output.allResources(),
            output.promise(),
            output.isKnown,
            output.isSecret,
        ]);
        let unknown = !isKnown;
        for (const resource of resources) {
            if (isUnknownMarker(resource)) {
                unknown = true;
            } else {
                this.dependencies.add(resource);
            }
        }
        const inner = new Argument({ ...this.options, withDependencies: false });
        const plain = await inner.serialize(value);
        for (const resource of inner.dependencies) {
            this.dependencies.add(resource);
        }
        const { withDependencies } = this.options;
        if (!unknown && !isSecret && !withDependencies) {
            return plain;
        }
        const from = withDependencies ? await urnsOf(new Set([...resources, ...inner.dependencies])) : [];
        const urns = [
            ...[...from].filter((urn) => urn !== UNKNOWN_MARKER),
            ...(unknown ? [UNKNOWN_MARKER] : []),
        ];
        return {
            [SIGNATURE]: OUTPUT,
            ...(isKnown ? { value: plain ?? null } : {}),
            ...(isSecret ? { secret: true } : {}),
            ...(urns.length > 0 ? { dependencies: urns } : {}),
        };
    }

    async #reference(resource: pulumi.Resource): Promise<unknown> {
        if (this.options.countReferences) {
            this.dependencies.add(resource);
        }
        const urn = await (resource.urn as unknown as InternalOutput).promise();
        if (!pulumi.CustomResource.isInstance(resource)) {
            return { [SIGNATURE]: RESOURCE, urn };
        }
        const id = resource.id as unknown as InternalOutput;
        const [value, isKnown] = await Promise.all([id.promise(), id.isKnown]);
        return { [SIGNATURE]: RESOURCE, urn, id: isKnown ? value : UNKNOWN };
    }
}

function withoutUndefined(record: Properties): Properties {
    for (const key of Object.keys(record)) {
        if (record[key] === undefined) {
            Reflect.deleteProperty(record, key);
        }
    }
    return record;
}

/** Says of an error which argument it concerns, and keeps it the same error. */
function named(error: unknown, key: string): Error {
    if (error instanceof Error) {
        error.message = `error serializing property "${key}": ${error.message}`;
        return error;
    }
    return new Error(`error serializing property "${key}": ${String(error)}`);
}

/** Serializes all arguments of a resource. */
export async function serializeArguments(props: Properties, options: SerializeOptions): Promise<Serialized> {
    // What is left out takes no part at all; most of a class's properties are its outputs.
    const keys = Object.keys(props).filter(
        (key) => key !== "id" && key !== "urn" && props[key] !== undefined,
    );
    const serialized = await Promise.all(
        keys.map(async (key) => {
            const argument = new Argument(options);
            try {
                const pending = argument.serialize(props[key]);
                return {
                    key,
                    argument,
                    value: pending instanceof Promise ? ((await pending) as unknown) : pending,
                };
            } catch (error) {
                throw named(error, key);
            }
        }),
    );
    const values: Properties = {};
    const dependencies = new Map<string, Set<pulumi.Resource>>();
    for (const { key, argument, value } of serialized) {
        if (value !== undefined) {
            values[key] = value;
        }
        if (argument.dependencies.size > 0) {
            dependencies.set(key, argument.dependencies);
        }
    }
    return [values, dependencies];
}
