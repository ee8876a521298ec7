/** Runs policy packs over the stacks of a preview. */
import { type RunResult } from "../engine";
import { AnalyzedStack } from "./analyzedStack";
import { type PolicyFinding } from "./findings";
import { questionsOf } from "./judgements";
import { Pack, type Remedied } from "./pack";
import { type PackInfo } from "./packInfo";
import { PolicyConfigError, PolicyConfigErrors } from "./errors";
import { type GivenConfig, readConfigFile } from "./packConfig";
import { type PackProcess } from "./packProcess";
import { assumedChanges } from "./remedied";
import { analyzedResource, assumedResource } from "./resources";

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

/** A stack that has been judged. */
export interface Judged extends Remedied {
    /** The same stack with made-up values in place of what a preview does not know. */
    readonly assumed: AnalyzedStack;
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

    /** The policies of each pack that are enabled for at least one of the stacks. */
    async enabled(): Promise<string[][]> {
        return Promise.all(
            this.#packs.map(async ({ pack, fileFor }) => {
                const files = new Set(this.#options.stacks.map(fileFor));
                const enabled = await Promise.all([...files].map((file) => pack.enabled(this.config(file))));
                return [...new Set(enabled.flat())];
            }),
        );
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
     * @returns The stack as the packs have mended it, as known and with made-up values, and everything that they say.
     */
    async analyze(run: RunResult): Promise<Judged> {
        const turn = this.#turn.then(() => this.#analyze(run));
        this.#turn = turn.catch(() => undefined);
        return turn;
    }

    async #analyze({ preview, states }: RunResult): Promise<Judged> {
        const { project, organization } = this.#options;
        const description = {
            name: preview.stack,
            project,
            organization,
            config: preview.config,
            complete: preview.error === undefined,
        };
        const stack = new AnalyzedStack(description, states.map(analyzedResource));
        await Promise.all(
            this.#packs.map(({ pack, fileFor }) => pack.begin(stack, this.config(fileFor(stack.name)))),
        );
        const findings: PolicyFinding[] = [];
        let remedied = stack;
        // What one pack has mended the others see so, and all packs judge what has come of it.
        for (const { pack } of this.#packs.filter((each) => each.pack.mends)) {
            const result = await pack.remediate(remedied);
            remedied = result.stack;
            findings.push(...result.findings);
        }
        const assumed = new AnalyzedStack(description, states.map(assumedResource));
        const mended = assumed.withInputs(assumedChanges(remedied.changed, assumed));
        const questions = questionsOf(remedied, mended);
        const judged = await Promise.all(this.#packs.map(({ pack }) => pack.judge(questions)));
        return { findings: [...findings, ...judged.flat()], stack: remedied, assumed: mended };
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
