/** Policy packs as processes of their own, started as Pulumi's language host for Node.js starts them. */
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { parse, YAMLParseError } from "yaml";
import { cachedBundle, removeOlder } from "./bundleCache";
import { PackError, WrongPolicies } from "./errors";
import { ROOT } from "../vendored";

const load = createRequire(__filename);

/** How to start a pack. */
export interface StartOptions {
    readonly project: string;
    /** What a pack prints besides its port. Left out: dropped. */
    readonly onOutput?: (text: string) => void;
    /** Whether to start and ask every pack as Pulumi does, even where something quicker does the same. */
    readonly faithful?: boolean;
}

/** Whether the preview runs in a checkout, translated while it loads. */
const FROM_SOURCE = __filename.endsWith(".ts");

/** The engine's address. The policy SDK never calls the engine, and takes any. */
const ENGINE = "127.0.0.1:1";

/** A pack's process. */
export class PackProcess {
    /** The bundle that the pack starts from; left out where it starts from its sources. */
    readonly bundle: string | undefined;
    /** Whether it is to be asked as Pulumi asks it. */
    readonly faithful: boolean;
    readonly #child: ChildProcess;
    readonly #port: Promise<number>;
    readonly #gone: Promise<void>;
    #client: grpc.Client | undefined;
    #errors = "";
    #serving = false;
    #ended: PackError | undefined;

    constructor(
        readonly dir: string,
        options: StartOptions,
    ) {
        checkPack(dir);
        this.faithful = options.faithful === true;
        const start = startOf(dir, this.faithful);
        this.bundle = start.bundle;
        this.#child = spawn(process.execPath, start.args, {
            cwd: dir,
            stdio: ["pipe", "pipe", "pipe"],
            env: {
                ...process.env,
                PULUMI_NODEJS_PROJECT: options.project,
                PULUMI_NODEJS_DRY_RUN: "true",
            },
        });
        this.#gone = new Promise((resolve) => {
            this.#child.on("error", () => {
                resolve();
            });
            this.#child.on("close", () => {
                resolve();
            });
        });
        this.#child.stderr?.on("data", (chunk: Buffer) => {
            this.#errors += chunk.toString();
            // What a pack says before it serves explains why it does not, and is told then.
            if (this.#serving) {
                options.onOutput?.(chunk.toString());
            }
        });
        this.#port = new Promise((resolve, reject) => {
            let line = "";
            this.#child.stdout?.on("data", (chunk: Buffer) => {
                if (this.#serving) {
                    options.onOutput?.(chunk.toString());
                    return;
                }
                line += chunk.toString();
                const end = line.indexOf("\n");
                if (end >= 0) {
                    this.#serving = true;
                    const port = Number(line.slice(0, end));
                    if (Number.isInteger(port) && port > 0) {
                        resolve(port);
                    } else {
                        reject(
                            new PackError(
                                `policy pack ${dir} printed ${JSON.stringify(line.slice(0, end))} in place of its port`,
                            ),
                        );
                    }
                }
            });
            this.#child.on("error", (error) => {
                reject(new PackError(`policy pack ${dir} cannot be started: ${error.message}`));
            });
            this.#child.on("close", (code, signal) => {
                this.#ended = new PackError(
                    `policy pack ${dir} ended with ${signal ?? `status ${code ?? "unknown"}`}${this.#errors === "" ? "" : `:\n${this.#errors.trimEnd()}`}`,
                );
                reject(this.#ended);
            });
        });
        // Whoever calls the pack hears of it.
        this.#port.catch(() => undefined);
    }

    /** The process's id. */
    get pid(): number | undefined {
        return this.#child.pid;
    }

    /** Calls a method of the analyzer, such as `Analyze`, with a message in the wire format. */
    async call(method: string, message: Uint8Array): Promise<Uint8Array> {
        const port = await this.#port;
        this.#client ??= new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": -1,
        });
        const client = this.#client;
        return new Promise((resolve, reject) => {
            client.makeUnaryRequest(
                `/pulumirpc.Analyzer/${method}`,
                (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
                (bytes: Buffer): Uint8Array => bytes,
                message,
                (error, answer = new Uint8Array()) => {
                    if (error === null) {
                        resolve(answer);
                    } else {
                        reject(this.#ended ?? new PackError(`policy pack ${this.dir}: ${error.details}`));
                    }
                },
            );
        });
    }

    /** Ends the process, and waits until it has ended. */
    async close(): Promise<void> {
        this.#client?.close();
        this.#child.kill();
        await this.#gone;
    }
}

/** @throws WrongPolicies for a folder that is no pack. */
function checkPack(dir: string): void {
    for (const file of ["PulumiPolicy.yaml", "package.json"]) {
        if (!fs.existsSync(path.join(dir, file))) {
            throw new WrongPolicies(`${dir} is not a policy pack: it has no ${file}.`);
        }
    }
    checkProject(path.join(dir, "PulumiPolicy.yaml"));
}

/** Refuses what Pulumi's engine would refuse. */
function checkProject(file: string): void {
    let project: unknown;
    try {
        project = parse(fs.readFileSync(file, "utf8"));
    } catch (error) {
        if (error instanceof YAMLParseError) {
            throw new WrongPolicies(`${file} is not YAML: ${error.message.trimEnd()}`);
        }
        throw error;
    }
    const runtime: unknown = (project as { runtime?: unknown } | null)?.runtime;
    const name: unknown =
        typeof runtime === "object" ? (runtime as { name?: unknown } | null)?.name : runtime;
    if (name !== "nodejs") {
        throw new WrongPolicies(`${file} must have "runtime: nodejs".`);
    }
}

/**
 * Node's arguments. The language host runs `@pulumi/pulumi/cmd/run-policy-pack` with the engine's address and the
 * folder, and that first loads a TypeScript compiler, whether the pack needs it or not. A pack whose entry is
 * JavaScript does not, and one that is laid out as this project's are starts from a bundle.
 */
function startOf(dir: string, faithful: boolean): { readonly args: string[]; readonly bundle?: string } {
    if (!FROM_SOURCE && dir.startsWith(ROOT + path.sep)) {
        // The package's own packs are bundles already, and what they need the package brings along.
        return { args: [...QUICK, path.join(__dirname, "launch.js"), ENGINE, "."] };
    }
    if (faithful || !entryOf(dir).endsWith(".js")) {
        const run = createRequire(path.join(dir, "package.json")).resolve(
            "@pulumi/pulumi/cmd/run-policy-pack",
        );
        return { args: [run, ENGINE, "."] };
    }
    // Only a checkout has what makes bundles.
    const bundle = FROM_SOURCE ? cachedBundle(dir) : undefined;
    if (bundle?.ready === true) {
        return { args: [...QUICK, bundle.file, ENGINE, "."], bundle: bundle.file };
    }
    if (bundle !== undefined) {
        removeOlder(bundle);
    }
    const outfile = bundle === undefined ? [] : [bundle.file];
    const launch = FROM_SOURCE
        ? ["--require", load.resolve("tsx/cjs"), path.join(__dirname, "launch.ts")]
        : [path.join(__dirname, "launch.js")];
    return { args: [...QUICK, ...launch, ENGINE, ".", ...outfile] };
}

/** Traces of the errors by which rules are left cost time, and nobody sees them. */
const QUICK = ["--stack-trace-limit=0"];

function entryOf(dir: string): string {
    const { main } = JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8")) as {
        main?: unknown;
    };
    return typeof main === "string" ? main : "index.js";
}
