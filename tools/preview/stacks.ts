/** Previews the stacks of a project, each with the outputs of those that it refers to. */
import "./lightSdk";
import { type RunResult, runProgram } from "./engine";
import { ProgramModules } from "./programModules";
import { type Project, ProjectError, readProject, stackFile } from "../project/project";
import {
    environmentsOf,
    OWN_ENVIRONMENT,
    type Override,
    readTracedConfig,
    type SchemaProblem,
    StackConfigError,
    type TracedConfig,
} from "../project/stackConfig";
import { MadeUpConfig } from "./madeUpConfig";
import { type Diagnostic, type PreviewDocument, type Properties, type StackPreview } from "./types";

/** How far the preview has come. */
export interface PreviewProgress {
    readonly stack: string;
    /** Resources of the stack so far. */
    readonly resources: number;
}

/** What to preview. */
export interface PreviewRequest {
    /** Where `Pulumi.yaml` is. */
    readonly projectDir: string;
    /** Names of stacks. Left out: all that have a file. */
    readonly stacks?: readonly string[];
    /** Configuration that replaces the files', for every stack; keys without a namespace are the project's. */
    readonly configOverrides?: Readonly<Record<string, string>>;
    /** Replaces the configuration `primaryRegion`. */
    readonly primaryRegion?: string;
    /** The program, in place of the one that the project names: for tests. */
    readonly program?: () => unknown;
    /**
     * The project's own check of a stack's configuration, before its program runs: so what the schema refuses and what
     * the project refuses come in one message, and each value's origin is said.
     */
    readonly check?: ConfigCheck;
    /** Outputs of stacks that are elsewhere, by their full names. */
    readonly stackOutputs?: Readonly<Record<string, Properties>>;
    /** Set where the project is somebody else's, see `lenient` in `runOptions.ts`. */
    readonly foreign?: ForeignProject;
    readonly onProgress?: (progress: PreviewProgress) => void;
    /**
     * Told of each stack, also of one that only others refer to, as soon as its run is over. The next one begins when
     * this is done.
     */
    readonly onRun?: (run: RunResult) => Promise<void>;
}

/** What is taken for given of somebody else's project. */
export interface ForeignProject {
    /** Stacks to assume where none has a file. Their configuration is made up where the program asks for some. */
    readonly assume: readonly string[];
    /** Where AWS's default provider works if the configuration does not say. */
    readonly region: string;
    /** Whether the project's SDK is too old for its parts to be replaced, see `shortcuts.ts`. Left out: it is not. */
    readonly sdkAsIs?: boolean;
}

/** The configuration of a stack as far as it can be read. */
export interface CheckedConfig extends TracedConfig {
    readonly stack: string;
}

/**
 * Says what is wrong with a stack's configuration.
 *
 * @param others Those of the project's other stacks, for what stacks must agree on.
 * @returns A line each, with the key that is wrong where it is one's own.
 */
export type ConfigCheck = (
    config: CheckedConfig,
    others: readonly CheckedConfig[],
) => readonly { readonly key?: string; readonly text: string }[];

/** The stacks' previews. */
export interface StacksPreview {
    readonly document: PreviewDocument;
    /** What each stack's run left, with the states that policies need; in the order of the document. */
    readonly runs: readonly RunResult[];
}

/** As with a self-managed backend, where every organization has this name. */
export const ORGANIZATION = "organization";

/** Ends a run that refers to a stack which has not been previewed yet. */
class NotYetPreviewed extends Error {
    constructor(readonly missing: string) {
        super(`stack ${missing} has to be previewed first`);
    }
}

/** Previews a project's stacks, remembering those that are done. */
class StackRunner {
    readonly #project: Project;
    readonly #request: PreviewRequest;
    readonly #overrides: Readonly<Record<string, string | Override>>;
    readonly #program: () => unknown;
    readonly #done = new Map<string, RunResult>();
    readonly #madeUp: MadeUpConfig;

    constructor(request: PreviewRequest) {
        this.#request = request;
        this.#project = readProject(request.projectDir, request.foreign);
        this.#madeUp = new MadeUpConfig(request.configOverrides?.[REGION] ?? request.foreign?.region ?? "");
        const modules = new ProgramModules(this.#project.program);
        this.#program = request.program ?? (() => modules.run());
        this.#overrides = {
            ...request.configOverrides,
            ...(request.primaryRegion === undefined
                ? {}
                : { primaryRegion: { value: request.primaryRegion, origin: "from --primary-region" } }),
        };
    }

    async run(): Promise<StacksPreview> {
        if (this.#request.foreign === undefined) {
            return this.#runAll();
        }
        const before = process.cwd();
        process.chdir(this.#project.workingDirectory);
        try {
            return await this.#runAll();
        } finally {
            process.chdir(before);
        }
    }

    async #runAll(): Promise<StacksPreview> {
        const wanted = [...new Set(this.#request.stacks ?? this.#project.stacks)];
        for (const stack of wanted) {
            // A stack that there is not is a wrong call rather than a failed preview.
            if (!this.#project.assumed) {
                stackFile(this.#project, stack);
            }
        }
        for (const stack of inLikelyOrder(wanted)) {
            await this.#preview(stack, []);
        }
        const runs = wanted.map((stack) => this.#done.get(stack)).filter((run) => run !== undefined);
        const stacks: Record<string, StackPreview> = {};
        for (const run of runs) {
            stacks[run.preview.stack] = run.preview;
        }
        return { document: { stacks, policies: [], cost: {} }, runs };
    }

    /** Previews a stack, those that it refers to first. */
    async #preview(stack: string, waiting: readonly string[]): Promise<void> {
        while (!this.#done.has(stack)) {
            const result = await this.#runOnce(stack, waiting);
            if (this.#mayMakeUp(stack) && this.#madeUp.fills(result.cause)) {
                continue;
            }
            if (result.cause instanceof NotYetPreviewed) {
                await this.#preview(result.cause.missing, [...waiting, stack]);
            } else {
                this.#done.set(stack, result);
                await this.#request.onRun?.(result);
            }
        }
    }

    async #runOnce(stack: string, waiting: readonly string[]): Promise<RunResult> {
        let config: TracedConfig;
        try {
            config = this.#config(stack);
        } catch (error) {
            return notStarted(stack, error);
        }
        const { foreign } = this.#request;
        const notes: Diagnostic[] = [];
        const { secretKeys } = config;
        let values = config.values;
        if (foreign !== undefined) {
            values = { ...values, ...this.#madeUp.values };
            notes.push(...environmentNotes(this.#project, stack), ...this.#madeUp.notes());
            if (values[REGION] === undefined) {
                values = { ...values, [REGION]: foreign.region };
                notes.push(
                    note(
                        `No region is configured: ${foreign.region} is taken. --config ${REGION}=… sets another`,
                    ),
                );
            }
        }
        let resources = 0;
        return runProgram(this.#program, {
            stack,
            project: this.#project.name,
            organization: ORGANIZATION,
            folder: this.#project.workingDirectory,
            config: values,
            secretKeys,
            stackOutputs: (name) => this.#outputsOf(name, [...waiting, stack]),
            lenient: foreign !== undefined,
            notes,
            onResource: () => {
                resources += 1;
                this.#request.onProgress?.({ stack, resources });
            },
        });
    }

    /** @throws StackConfigError with what the schema and the project's own check refuse. */
    #config(stack: string): TracedConfig {
        const { problems, config } = this.#read(stack);
        const { check } = this.#request;
        const others = this.#project.stacks.filter((other) => other !== stack);
        const found =
            check?.(
                { ...config, stack },
                others.flatMap((other) => this.#readable(other)),
            ) ?? [];
        const named = new Set(found.map(({ key }) => key));
        const all = [
            // Of a key of which the check speaks it says more: what is allowed, in the project's own terms.
            ...problems.filter(({ keys }) => keys.length === 0 || !keys.every((key) => named.has(key))),
            ...found.map(({ key, text }) => ({ keys: key === undefined ? [] : [key], text })),
        ];
        if (all.length > 0) {
            throw new StackConfigError(stack, all, config);
        }
        return config;
    }

    /** Whether the stack may have configuration that no file says. */
    #mayMakeUp(stack: string): boolean {
        return (
            this.#request.foreign !== undefined &&
            (this.#project.assumed || environmentsOf(this.#project, stack).length > 0)
        );
    }

    #read(stack: string): { readonly problems: readonly SchemaProblem[]; readonly config: TracedConfig } {
        try {
            return { problems: [], config: readTracedConfig(this.#project, stack, this.#overrides) };
        } catch (error) {
            if (error instanceof StackConfigError) {
                return error;
            }
            throw error;
        }
    }

    /** Another stack's configuration; none where its file cannot be read, which its own preview says. */
    #readable(stack: string): CheckedConfig[] {
        try {
            return [{ ...this.#read(stack).config, stack }];
        } catch (error) {
            if (error instanceof ProjectError) {
                return [];
            }
            throw error;
        }
    }

    #outputsOf(name: string, waiting: readonly string[]): Properties | undefined {
        const { foreign } = this.#request;
        const elsewhere = this.#request.stackOutputs?.[name];
        if (elsewhere !== undefined) {
            return elsewhere;
        }
        const prefix = `${ORGANIZATION}/${this.#project.name}/`;
        const own = name.startsWith(prefix) ? name.slice(prefix.length) : "";
        // Whose organization it is cannot be told without a login.
        const stack = foreign === undefined ? own : stackNamed(name, this.#project.name);
        if (!this.#project.stacks.includes(stack)) {
            if (foreign !== undefined) {
                return undefined;
            }
            const known = this.#project.stacks.map((each) => `${prefix}${each}`).join(", ");
            throw new Error(`unknown stack '${name}': the stacks of this project are ${known}`);
        }
        if (waiting.includes(stack)) {
            const circle = [...waiting.slice(waiting.indexOf(stack)), stack].join(" → ");
            throw new Error(`the stacks' references go round in a circle: ${circle}`);
        }
        const done = this.#done.get(stack);
        if (done === undefined) {
            throw new NotYetPreviewed(stack);
        }
        if (done.preview.error !== undefined) {
            const { message } = done.preview.error;
            throw new Error(`stack '${name}' has no outputs, since its own preview failed: ${message}`);
        }
        return done.rawOutputs;
    }
}

const REGION = "aws:region";

/** The stack of the project that a reference is to, whatever its organization; nothing for another project's. */
function stackNamed(reference: string, project: string): string {
    const [stack = "", of = project] = reference.split("/").reverse();
    return of === project ? stack : "";
}

function environmentNotes(project: Project, stack: string): Diagnostic[] {
    return environmentsOf(project, stack).map((environment) =>
        note(
            `The environment ${environment === OWN_ENVIRONMENT ? `of Pulumi ESC ${environment}` : `${environment} of Pulumi ESC`} is not read: --config gives what the program needs of it`,
        ),
    );
}

function note(message: string): Diagnostic {
    return { severity: "info", message };
}

/** What is left of a stack whose configuration Pulumi would refuse. */
function notStarted(stack: string, cause: unknown): RunResult {
    if (!(cause instanceof ProjectError)) {
        throw cause;
    }
    const preview: StackPreview = {
        stack,
        config: {},
        steps: [],
        outputs: {},
        changeSummary: {},
        diagnostics: [],
        invokes: [],
        error: { message: cause.message },
    };
    return { preview, states: [], rawOutputs: {}, plainOutputs: {}, cause };
}

/**
 * The order in which fewest stacks are begun before those that they refer to. It only saves time: a stack that
 * meets such a reference is begun again after it.
 */
function inLikelyOrder(stacks: readonly string[]): string[] {
    const isLast = (stack: string): number => (/(?:^|-)global$/.test(stack) ? 1 : 0);
    return [...stacks].sort((a, b) => isLast(a) - isLast(b));
}

/**
 * Previews stacks of a project.
 *
 * @throws ProjectError or SchemaError when the project cannot be read, or has no such stack. What is wrong with a
 * stack's configuration or goes wrong in its program is in that stack's `error`.
 */
export async function previewStacks(request: PreviewRequest): Promise<StacksPreview> {
    return new StackRunner(request).run();
}
