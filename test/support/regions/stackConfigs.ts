import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type Catalogue } from "../../../regions/catalogue";
import {
    loadStackConfig,
    type GlobalConfig,
    type RegionalConfig,
    type StackConfig,
} from "../../../regions/config";

export const ROOT = path.join(__dirname, "..", "..", "..");

/** A key as Pulumi.yaml declares it. */
export interface DeclaredKey {
    readonly type: string;
    readonly items?: { readonly type: string };
    readonly default?: unknown;
    readonly description?: string;
}

/** The keys that Pulumi.yaml declares. */
export function declaredKeys(): Record<string, DeclaredKey> {
    return (readYaml("Pulumi.yaml") as { config: Record<string, DeclaredKey> }).config;
}

/** A YAML file of the project's root. */
export function readYaml(file: string): unknown {
    return parse(readFileSync(path.join(ROOT, file), "utf8"));
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a stack file sets, as the engine hands it to the program. */
export function stackFileValues(stack: string): Record<string, string> {
    const { config } = readYaml(`Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asText(value)]));
}

/** The values of a good stack: the schema's defaults, the production stack's own values, and some changes. */
export function goodValues(changes: Readonly<Record<string, unknown>> = {}): Record<string, string> {
    const defaults = Object.entries(declaredKeys())
        .filter(([, { default: value }]) => value !== undefined)
        .map(([key, { default: value }]) => [`meridian:${key}`, asText(value)]);
    const own = Object.entries(changes).map(([key, value]) => [
        key.includes(":") ? key : `meridian:${key}`,
        asText(value),
    ]);
    return Object.fromEntries([...defaults, ...Object.entries(stackFileValues("prod-us")), ...own]) as Record<
        string,
        string
    >;
}

export interface Case {
    readonly stack?: string;
    readonly catalogue?: Catalogue;
    /** Keys to leave unset. */
    readonly without?: readonly string[];
}

/** Loads a good configuration with some changes. */
export function load(changes: Readonly<Record<string, unknown>> = {}, options: Case = {}): StackConfig {
    const values = goodValues(changes);
    for (const key of options.without ?? []) {
        // Not an index that a dynamic delete would hide: the copy is this function's own.
        Reflect.deleteProperty(values, `meridian:${key}`);
    }
    return loadStackConfig({
        project: "meridian",
        stack: options.stack ?? "prod-us",
        values,
        ...(options.catalogue === undefined ? {} : { catalogue: options.catalogue }),
    });
}

export function loadRegional(
    changes: Readonly<Record<string, unknown>> = {},
    options: Case = {},
): RegionalConfig {
    const config = load(changes, options);
    if (config.kind !== "regional") {
        throw new Error(`expected a region's configuration, got ${config.kind}`);
    }
    return config;
}

export function loadGlobal(
    changes: Readonly<Record<string, unknown>> = {},
    options: Case = {},
): GlobalConfig {
    const config = load(changes, { stack: "prod-global", ...options });
    if (config.kind !== "global") {
        throw new Error(`expected the global configuration, got ${config.kind}`);
    }
    return config;
}

/** The problems that a configuration is refused for; none when it is taken. */
export function problemsOf(changes: Readonly<Record<string, unknown>> = {}, options: Case = {}): string[] {
    try {
        load(changes, options);
    } catch (error) {
        expect(error).to.be.instanceOf(pulumi.RunError);
        const [head, ...lines] = (error as Error).message.split("\n");
        const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
        expect(head).to.equal(`The configuration of stack ${options.stack ?? "prod-us"} has ${count}:`);
        return lines.map((line) => {
            expect(line).to.match(/^ {2}- /);
            return line.slice(4);
        });
    }
    return [];
}
