/**
 * What a run replaces inside the runtime of Pulumi's SDK, and puts back afterwards. The SDK calls these functions
 * through its modules' exports, so that replacing an export is enough.
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as sdkRpc from "@pulumi/pulumi/runtime/rpc";
import { defineLazyOutputs } from "./lazyOutputs";
import { serializeMarked } from "./serializer";
import { type Properties } from "./types";
import { isTaken } from "./shortcuts";
import { unknownMarker } from "./unknownMarker";

const load = createRequire(__filename);

/** Writes down what the program reports. */
export type LogSink = (
    severity: "info" | "warning" | "error",
    message: string,
    resource: pulumi.Resource | undefined,
) => void;

/** What the replaced functions tell the run. */
export interface Hooks {
    readonly log: LogSink;
    /** Makes of a resource's id one that a real preview would not know, unless the resource is only read. */
    readonly markId: (resource: pulumi.CustomResource, id: pulumi.Output<unknown>) => pulumi.Output<unknown>;
    /** Told of a class's property names, inputs and outputs, when it is used for the first time. */
    readonly onProperties: (type: string, names: readonly string[]) => void;
}

/** Properties on their way through the SDK, which otherwise are a message. */
export interface LocalStruct {
    toJavaScript(): Properties;
    /** Names of outputs that a real preview would not know. */
    readonly unknownNames?: readonly string[];
}

/** The SDK's way from values to messages and back, as far as a run replaces it. */
interface Rpc extends Pick<
    typeof sdkRpc,
    "serializeResourceProperties" | "serializeProperties" | "transferProperties" | "resolveProperties"
> {
    deserializeProperties(struct: LocalStruct, keepUnknowns?: boolean): Properties;
}

type Report = (message: string, resource?: pulumi.Resource) => Promise<void>;
type LogModule = Record<"debug" | "info" | "warn" | "error", Report>;

const rpc = load("@pulumi/pulumi/runtime/rpc") as Rpc;
const debuggable = load("@pulumi/pulumi/runtime/debuggable") as {
    debuggablePromise(promise: unknown): unknown;
};
const { isGrpcError } = load("@pulumi/pulumi/errors") as { isGrpcError: (error: Error) => boolean };
const log = load("@pulumi/pulumi/log") as LogModule;
const resourceClass = pulumi.Resource as unknown as Record<"callsites" | "stackTrace", () => unknown[]>;

/** Carries the names of unknown outputs from one of the SDK's steps to the next. */
const UNKNOWN_NAMES = Symbol("unknown outputs");
type WithUnknownNames = Properties & { readonly [UNKNOWN_NAMES]?: readonly string[] };
/** What the SDK calls the properties that a transform returns. */
const TRANSFORMED = ["props", "args"];

/** Replaces members of an object. Returns what puts the old ones back. */
function replace<T extends object>(target: T, members: Partial<T>): () => void {
    const keys = Object.keys(members) as (keyof T)[];
    const before = keys.map((key) => [key, target[key]] as const);
    Object.assign(target, members);
    return () => {
        for (const [key, value] of before) {
            target[key] = value;
        }
    };
}

/** The SDK labels what it does for a resource `resource:<name>[<type>]`. */
function typeOfLabel(label: string): string {
    return label.slice(label.lastIndexOf("[") + 1, -1);
}

/**
 * Makes resource properties when they are looked at: a program looks at one in ten. On the way, values that a real
 * preview would not know are marked.
 */
function patchProperties(hooks: Hooks): () => void {
    const original = { ...rpc };
    const seen = new Set<string>();
    return replace(rpc, {
        serializeResourceProperties(label, props, options) {
            const type = typeOfLabel(label);
            if (!seen.has(type)) {
                seen.add(type);
                hooks.onProperties(type, Object.keys(props));
            }
            return serializeMarked(original, label, props, options);
        },
        serializeProperties: (label, props, options) =>
            original.serializeProperties(
                label,
                props,
                TRANSFORMED.includes(label) ? { ...options, keepOutputValues: true } : options,
            ),
        ...(isTaken("outputs")
            ? {
                  transferProperties: (owner, label, props) =>
                      defineLazyOutputs(owner, label, Object.keys(props), isGrpcError),
              }
            : {}),
        deserializeProperties(struct, keepUnknowns) {
            const properties = original.deserializeProperties(struct, keepUnknowns);
            return struct.unknownNames === undefined
                ? properties
                : { ...properties, [UNKNOWN_NAMES]: struct.unknownNames };
        },
        resolveProperties(
            resource,
            resolvers,
            type,
            name,
            properties: WithUnknownNames,
            dependencies,
            ...rest
        ) {
            for (const key of properties[UNKNOWN_NAMES] ?? []) {
                (dependencies[key] ??= []).push(unknownMarker());
            }
            original.resolveProperties(resource, resolvers, type, name, properties, dependencies, ...rest);
        },
    });
}

/**
 * The runtime keeps a stack trace per promise to explain a program that hangs, and another per resource to name its
 * line in an engine's display. They cost more than all the rest of a preview.
 */
function patchStackTraces(): () => void {
    const restore = [
        replace(debuggable, { debuggablePromise: (promise) => promise }),
        replace(resourceClass, { callsites: () => [], stackTrace: () => [] }),
    ];
    return () => {
        for (const each of restore) {
            each();
        }
    };
}

/** What a program logs goes to the run, where the SDK would write to the console. */
function patchLog(sink: LogSink): () => void {
    const to =
        (severity: "info" | "warning" | "error"): Report =>
        (message, resource) => {
            sink(severity, message, resource);
            return Promise.resolve();
        };
    return replace(log, {
        debug: () => Promise.resolve(),
        info: to("info"),
        warn: to("warning"),
        error: to("error"),
    });
}

/** The SDK sets a resource's id by itself, past everything above. */
function patchIds(hooks: Hooks): () => void {
    const prototype = pulumi.CustomResource.prototype as unknown as object;
    Object.defineProperty(prototype, "id", {
        configurable: true,
        set(this: pulumi.CustomResource, id: pulumi.Output<unknown>) {
            const value = hooks.markId(this, id);
            Object.defineProperty(this, "id", {
                value,
                writable: true,
                enumerable: true,
                configurable: true,
            });
        },
    });
    return () => {
        Reflect.deleteProperty(prototype, "id");
    };
}

/** Replaces all of it. Returns what puts it back. */
export function patchSdk(hooks: Hooks): () => void {
    const restore = [
        patchProperties(hooks),
        ...(isTaken("traces") ? [patchStackTraces()] : []),
        patchLog(hooks.log),
        patchIds(hooks),
    ];
    return () => {
        for (const each of restore) {
            each();
        }
    };
}
