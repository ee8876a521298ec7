/**
 * Composes a stack without an engine: constructors run, with every check of every component, and nothing is
 * registered. What a provider would answer is unknown, as in a first preview. It takes milliseconds, where a preview
 * takes a second.
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { composeGlobalStack } from "../../regions/global";
import { composeRegionStack } from "../../regions/regional";
import { type StackConfig } from "../../regions/config";

const load = createRequire(__filename);

type Functions = Record<string, (...args: never[]) => unknown>;

/** What a provider would answer, and everything that is made of it. */
const UNKNOWN: unknown = pulumi.output((load("@pulumi/pulumi/output") as { unknown: unknown }).unknown);

/** Gives a resource its properties, all of them unknown. */
function fill(resource: Record<string, unknown>, props: Readonly<Record<string, unknown>>): void {
    for (const key of ["urn", "id", ...Object.keys(props)]) {
        resource[key] = UNKNOWN;
    }
}

/** Functions of the SDK that talk to an engine or wait for it, by the module that has them. */
const SILENT: Readonly<Record<string, Functions>> = {
    "@pulumi/pulumi/runtime/resource": {
        registerResource: (resource: Record<string, unknown>, ...rest: unknown[]) => {
            fill(resource, rest[6] as Record<string, unknown>);
        },
        readResource: (resource: Record<string, unknown>, ...rest: unknown[]) => {
            fill(resource, rest[3] as Record<string, unknown>);
        },
        registerResourceOutputs: () => undefined,
    },
    "@pulumi/pulumi/runtime/settings": {
        getOrganization: () => "organization",
        getProject: () => "meridian",
        isDryRun: () => true,
    },
    // An output is a dozen promises. Here nothing is ever known, so one output does for all.
    "@pulumi/pulumi/output": Object.fromEntries(
        ["output", "all", "secret", "unsecret", "interpolate", "concat", "jsonStringify", "jsonParse"].map(
            (name) => [name, () => UNKNOWN],
        ),
    ),
    "@pulumi/pulumi/runtime/invoke": {
        invokeOutput: () => UNKNOWN,
        invoke: () => Promise.reject(new Error("a first preview asks nothing that must be known")),
    },
};

/** Captures no stack traces, which take most of a resource's time. */
const TRACED = (load("@pulumi/pulumi/resource") as { Resource: Functions }).Resource;

const OUTPUT = Object.getPrototypeOf(UNKNOWN) as Functions;

/** Runs something while nothing of the SDK talks to an engine. */
export function withoutEngine<T>(run: () => T): T {
    const undo: (() => void)[] = [];
    const replacements = [
        ...Object.entries(SILENT).map(([name, functions]) => [load(name) as Functions, functions] as const),
        [TRACED, { stackTrace: () => [] }] as const,
        [OUTPUT, { apply: () => UNKNOWN }] as const,
    ];
    for (const [loaded, functions] of replacements) {
        for (const [key, silent] of Object.entries<Functions[string]>(functions)) {
            const before = loaded[key] as Functions[string];
            loaded[key] = silent;
            undo.push(() => {
                loaded[key] = before;
            });
        }
    }
    try {
        return run();
    } finally {
        undo.reverse().forEach((restore) => {
            restore();
        });
    }
}

/**
 * Composes a stack from a configuration that its check has taken.
 *
 * @throws whatever a component throws.
 */
export function quickCompose(config: StackConfig): void {
    withoutEngine(() => (config.kind === "global" ? composeGlobalStack(config) : composeRegionStack(config)));
}
