/** What a deployment reads of the project's configuration. */
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { disagreements } from "../../regions/agreement";
import { type Catalogue, findRegion } from "../../regions/catalogue";
import { clusterIdentifier, GLOBAL_KEY, physicalNames } from "../../regions/stackNames";
import { type Project } from "../project/project";
import { readStackConfig, readTracedConfig } from "../project/stackConfig";
import { readYamlMap } from "../project/yamlFile";
import { RefusedError } from "./errors";
import { type StackGraph } from "./graph";

/** A region of the environment's database. */
export interface DatabaseRegion {
    readonly key: string;
    readonly region: string;
    readonly clusterIdentifier: string;
}

/** What the stacks of an environment agree on. */
export interface EnvironmentSettings {
    readonly accountId: string;
    /** ARN of the role that Pulumi acts as; undefined for whoever runs it. */
    readonly deployRoleArn?: string;
    readonly globalClusterIdentifier: string;
    /** Where the database was made. */
    readonly founding: DatabaseRegion;
    /** The regions that have a stack, the founding one included. */
    readonly regions: readonly DatabaseRegion[];
    /** Names of the stacks whose configuration protects them from being destroyed. */
    readonly protectedStacks: readonly string[];
}

/**
 * Reads what a deployment needs of the stacks' configuration.
 *
 * @throws {@link RefusedError} when the stacks do not agree.
 */
export function readSettings(project: Project, graph: StackGraph, catalogue: Catalogue): EnvironmentSettings {
    const configs = new Map(
        graph.stacks.map(({ name }) => [name, readStackConfig(project, name).values] as const),
    );
    const value = (key: string): string => {
        const given = new Map(
            [...configs].map(([name, values]) => [name, values[`${project.name}:${key}`] ?? ""] as const),
        );
        const [first = ""] = given.values();
        if ([...given.values()].some((other) => other !== first)) {
            const list = [...given].map(([name, text]) => `${name} has ${text === "" ? "none" : text}`);
            throw new RefusedError(`the stacks do not agree on ${key}: ${list.join(", ")}`);
        }
        return first;
    };
    const regionOf = (key: string, region: string): DatabaseRegion => ({
        key,
        region,
        clusterIdentifier: clusterIdentifier(project.name, graph.environment, key),
    });
    const foundingKey = value("foundingRegion");
    const founding = findRegion(catalogue, foundingKey);
    if (founding === undefined) {
        throw new RefusedError(`foundingRegion is ${foundingKey}, which regions/catalogue.ts does not have`);
    }
    const deployRoleArn = value("deployRoleArn");
    return {
        accountId: value("accountId"),
        ...(deployRoleArn === "" ? {} : { deployRoleArn }),
        globalClusterIdentifier: physicalNames(project.name, graph.environment, GLOBAL_KEY)
            .globalClusterIdentifier,
        founding: regionOf(founding.key, founding.region),
        regions: graph.stacks.flatMap(({ key }) => {
            const entry = catalogue.find((candidate) => candidate.key === key);
            return entry === undefined ? [] : [regionOf(entry.key, entry.region)];
        }),
        protectedStacks: [...configs]
            .filter(([, values]) => values[`${project.name}:deletionProtection`] !== "false")
            .map(([name]) => name),
    };
}

/**
 * Makes sure that the files of an environment's stacks agree on what all share, before any of them is updated.
 *
 * @throws {@link RefusedError} with every key, its values and their files.
 */
export function refuseDisagreement(project: Project, graph: StackGraph, catalogue: Catalogue): void {
    const configs = graph.stacks.map(({ name }) => ({ stack: name, ...readTracedConfig(project, name) }));
    const found = disagreements(project.name, configs, catalogue);
    if (found.length > 0) {
        const list = found.map((problem) => `\n  - ${problem}`).join("");
        throw new RefusedError(`the stacks of ${graph.environment} do not agree:${list}`);
    }
}

/** What the stacks are made from, beside their configuration. */
const PROGRAM = ["index.ts", "regions", "components", "functions", "package-lock.json"];

/**
 * What Pulumi itself writes into a stack's file when it makes the stack: how secrets are encrypted, which is nothing that
 * resources are made from.
 */
const WRITTEN_BY_PULUMI = ["encryptionsalt", "encryptedkey", "secretsprovider"];

/** What a file of the project's configuration says, whichever way it is written. */
function said(file: string): string {
    const { value } = readYamlMap(file);
    const own = Object.entries(value).filter(([key]) => !WRITTEN_BY_PULUMI.includes(key));
    return JSON.stringify(own.map(([key, inner]) => [key, key === "config" ? asPulumiWrites(inner) : inner]));
}

/** Where Pulumi writes a stack's file anew, numbers and the like become texts, and empty values empty ones. */
function asPulumiWrites(config: unknown): unknown {
    const entries = Object.entries((config ?? {}) as Readonly<Record<string, unknown>>);
    return entries.map(([key, value]) => [
        key,
        typeof value === "number" || typeof value === "boolean" ? String(value) : (value ?? ""),
    ]);
}

/**
 * Tells whether the program and the configuration are what they were. A run that was interrupted may only skip what
 * it has done while they are.
 */
export function fingerprint(projectDir: string): string {
    const hash = crypto.createHash("sha256");
    const configuration = fs.readdirSync(projectDir).filter((name) => /^Pulumi.*\.ya?ml$/.test(name));
    for (const file of configuration.sort()) {
        hash.update(`${file}\0`)
            .update(said(path.join(projectDir, file)))
            .update("\0");
    }
    for (const file of PROGRAM.flatMap((name) => filesBelow(projectDir, name))) {
        hash.update(`${file}\0`)
            .update(fs.readFileSync(path.join(projectDir, file)))
            .update("\0");
    }
    return hash.digest("hex").slice(0, 16);
}

function filesBelow(directory: string, name: string): string[] {
    const full = path.join(directory, name);
    if (!fs.existsSync(full)) {
        return [];
    }
    return fs.statSync(full).isDirectory()
        ? fs
              .readdirSync(full)
              .sort()
              .flatMap((child) => filesBelow(directory, path.join(name, child)))
        : [name];
}
