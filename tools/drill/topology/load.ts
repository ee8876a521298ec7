/** Where a topology comes from: a file, the stacks, or what the stacks said last. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceDurably } from "../../shared/durableFile";
import { DrillError, messageOf, UsageError } from "../errors";
import { parseTopology } from "./parse";
import { DEFAULTS, type Topology } from "./types";

/** Reads the outputs of an environment's stacks and its configuration, within a limit. */
export type StackReader = (
    environment: string,
    settings: Readonly<Record<string, unknown>>,
    limitMilliseconds: number,
) => Promise<Topology>;

/** How long Pulumi is waited for; its backend may be in the region that is lost. */
const STACKS_MILLISECONDS = 30_000;

/** The same where what the stacks said last is at hand, and somebody has no time. */
const STACKS_IN_HASTE_MILLISECONDS = 4000;

/** How to get a topology. */
export interface LoadRequest {
    readonly environment: string;
    /** A file, which goes before everything else. */
    readonly file?: string;
    /** Where the last topology is kept. */
    readonly stateDirectory: string;
    /** The directory with the settings file. */
    readonly projectDirectory: string;
    /** Takes what was kept, without asking the stacks. */
    readonly cached: boolean;
    /** Takes what was kept when the stacks are not soon to be had. */
    readonly inHaste?: boolean;
    readonly probeUrl?: string;
    readonly readStacks: StackReader;
    readonly log: (line: string) => void;
}

/** The settings file of an environment, beside `Pulumi.yaml`. */
export function settingsFile(environment: string): string {
    return `drill.${environment}.json`;
}

/**
 * The topology. What the stacks say is kept, so that the day on which neither Pulumi's backend nor a region answers
 * finds it on the disk.
 *
 * @throws DrillError when there is none.
 */
export async function loadTopology(request: LoadRequest): Promise<Topology> {
    const topology = await fromSource(request);
    if (request.probeUrl === undefined) {
        return topology;
    }
    if (!/^https?:\/\/\S+$/.test(request.probeUrl)) {
        throw new UsageError(`--probe-url is ${request.probeUrl}; allowed: an http or https URL`);
    }
    return { ...topology, probe: { ...DEFAULTS.probe, ...topology.probe, url: request.probeUrl } };
}

async function fromSource(request: LoadRequest): Promise<Topology> {
    const { environment, file, stateDirectory } = request;
    if (file !== undefined) {
        return parseTopology(readJson(file), file);
    }
    const cache = join(stateDirectory, `topology-${environment}.json`);
    if (request.cached) {
        return fromCache(cache, request);
    }
    let topology: Topology;
    try {
        const isSpare = request.inHaste === true && (existsSync(cache) || existsSync(copyOf(cache)));
        const limit = isSpare ? STACKS_IN_HASTE_MILLISECONDS : STACKS_MILLISECONDS;
        topology = await request.readStacks(environment, readSettings(request), limit);
    } catch (error) {
        if (!existsSync(cache) && !existsSync(copyOf(cache))) {
            throw new DrillError(
                `the stacks of ${environment} could not be read: ${messageOf(error)}`,
                "Log in to Pulumi's backend, or give --topology <file>. Run `npm run drill -- status` in quiet times: it " +
                    "keeps what the stacks say for the day on which they cannot be asked.",
            );
        }
        request.log(`The stacks could not be read: ${messageOf(error)}`);
        return fromCache(cache, request);
    }
    keep(cache, topology, request);
    return topology;
}

/** A second copy, for the day on which the first is damaged. */
function copyOf(cache: string): string {
    return cache.replace(/json$/, "copy.json");
}

/** Keeps a topology. What is not kept today is missed on the bad day alone, so that nothing is stopped by it. */
function keep(cache: string, topology: Topology, { log }: LoadRequest): void {
    for (const file of [cache, copyOf(cache)]) {
        try {
            replaceDurably(file, `${JSON.stringify(topology, null, 2)}\n`);
        } catch (error) {
            log(`WARNING: what the stacks say could not be kept in ${file}: ${messageOf(error)}`);
        }
    }
}

function fromCache(cache: string, { log }: LoadRequest): Topology {
    const files = [cache, copyOf(cache)].filter((file) => existsSync(file));
    const problems: string[] = [];
    for (const file of files) {
        try {
            const topology = parseTopology(readJson(file), file);
            log(`Taking what the stacks said last, from ${file}.`);
            return topology;
        } catch (error) {
            problems.push(messageOf(error).trim());
            log(`WARNING: ${messageOf(error).trim()}`);
        }
    }
    throw new DrillError(
        files.length === 0
            ? `there is no ${cache}`
            : `what was kept of the stacks cannot be used: ${problems.join("; ")}`,
        "Run a verb without --cached once, or give --topology <file>.",
    );
}

function readSettings({ environment, projectDirectory }: LoadRequest): Readonly<Record<string, unknown>> {
    const file = join(projectDirectory, settingsFile(environment));
    if (!existsSync(file)) {
        return {};
    }
    const value = readJson(file);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new DrillError(`${file} holds no settings: it is no JSON object`);
    }
    return value as Record<string, unknown>;
}

function readJson(file: string): unknown {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as unknown;
    } catch (error) {
        throw new DrillError(`${file} cannot be read: ${messageOf(error)}`);
    }
}
