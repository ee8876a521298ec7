/** Runs policy packs over the stacks of a preview. */
import { type RunResult } from "../engine";
import { AnalyzedStack } from "./analyzedStack";
import { type PolicyFinding } from "./findings";
import { Pack } from "./pack";
import { type PackInfo } from "./packInfo";
import { PolicyConfigError, PolicyConfigErrors } from "./errors";
import { type GivenConfig, readConfigFile } from "./packConfig";
import { type PackProcess } from "./packProcess";
import { analyzedResource } from "./resources";

/** A pack to run. */
export interface PackChoice {
    readonly process: PackProcess;
    /** The configuration file for a stack. Left out, or where it gives none: the policies' defaults. */
    readonly configFor?: (stack: string) => string | undefined;
}

/** What packs are to judge. */
export interface RunnerOptions {
    readonly project: string;
    readonly organization: string;
    readonly packs: readonly PackChoice[];
    /** The stacks that will come, by which configuration is checked before any does. */
    readonly stacks: readonly string[];
}

/** Policy packs, each in a process of its own that serves all stacks of the preview. */
export class PolicyRunner {
    readonly #options: RunnerOptions;
    readonly #packs: readonly { readonly pack: Pack; readonly fileFor: FileFor }[];
    readonly #files = new Map<string, GivenConfig>();
    #turn: Promise<unknown> = Promise.resolve();

    constructor(options: RunnerOptions) {
        this.#options = options;
        this.#packs = options.packs.map(({ process, configFor }) => ({
            pack: new Pack(process),
            fileFor: (stack) => configFor?.(stack),
        }));
    }

    /** What the packs say about themselves. */
    async info(): Promise<PackInfo[]> {
        return Promise.all(this.#packs.map(({ pack }) => pack.info()));
    }

    /** Checks all configuration. @throws PolicyConfigErrors with everything that is wrong with it. */
    async check(): Promise<void> {
        const problems: PolicyConfigError[] = [];
        for (const { pack, fileFor } of this.#packs) {
            for (const file of new Set(this.#options.stacks.map(fileFor))) {
                try {
                    await pack.check(this.config(file));
                } catch (error) {
                    if (!(error instanceof PolicyConfigError)) {
                        throw error;
                    }
                    problems.push(error);
                }
            }
        }
        if (problems.length > 0) {
            throw new PolicyConfigErrors(problems);
        }
    }

    /**
     * Judges a stack. Stacks take turns, because a pack remembers the stack that it is about.
     *
     * @param onAsked Told when all packs have been asked about all its resources, and have yet to answer.
     */
    async analyze(run: RunResult, onAsked?: () => void): Promise<PolicyFinding[]> {
        const turn = this.#turn.then(() => this.#analyze(run, onAsked));
        this.#turn = turn.catch(() => undefined);
        return turn;
    }

    async #analyze({ preview, states }: RunResult, onAsked?: () => void): Promise<PolicyFinding[]> {
        const { project, organization } = this.#options;
        const stack = new AnalyzedStack(
            {
                name: preview.stack,
                project,
                organization,
                config: preview.config,
                complete: preview.error === undefined,
            },
            states.map(analyzedResource),
        );
        let asked = 0;
        const onPackAsked = (): void => {
            asked += 1;
            if (asked === this.#packs.length) {
                onAsked?.();
            }
        };
        const findings = await Promise.all(
            this.#packs.map(({ pack, fileFor }) =>
                pack.analyze(stack, this.config(fileFor(stack.name)), onPackAsked),
            ),
        );
        return findings.flat();
    }

    /** Reads a configuration file, once. @throws PolicyConfigError */
    config(file: string | undefined): GivenConfig | undefined {
        if (file === undefined) {
            return undefined;
        }
        let config = this.#files.get(file);
        if (config === undefined) {
            config = readConfigFile(file);
            this.#files.set(file, config);
        }
        return config;
    }
}

type FileFor = (stack: string) => string | undefined;
