/** The project's stacks on the real engine, with a file backend, stand-in plugins and the policy packs, in a folder. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import {
    type Deployment,
    type EngineEvent,
    LocalWorkspace,
    PulumiCommand,
    type Stack,
} from "@pulumi/pulumi/automation";
import { composeStack } from "../../../regions/compose";
import { OWN_PACKS } from "../../../tools/preview/policies/choice";
import { World, WORLD_VARIABLE } from "./world";

const ROOT = path.resolve(__dirname, "../../..");

/** The variable that names the folder of an engine that `npm run test:engine` has built, with `bin/pulumi` in it. */
export const ENGINE_VARIABLE = "MERIDIAN_ENGINE";

/** A whole installation of Pulumi has its own, which is the better judge. */
const LANGUAGE_HOST = "pulumi-language-nodejs";

const PLUGINS: Readonly<Record<string, readonly string[]>> = {
    "pulumi-resource-aws": ["standInPlugin.ts", "aws"],
    "pulumi-resource-aws-native": ["standInPlugin.ts", "aws-native"],
    "pulumi-resource-random": ["standInPlugin.ts", "random"],
    "pulumi-resource-awsx": ["awsxPlugin.ts"],
    "pulumi-resource-later": ["laterPlugin.ts"],
    [LANGUAGE_HOST]: ["languageHost.ts"],
};

/** What a pack says of a resource. */
export interface EngineViolation {
    readonly policy: string;
    readonly pack: string;
    readonly urn: string;
    readonly level: string;
    readonly message: string;
}

/** How a preview or an update ended. */
export interface Outcome {
    /** How many resources were created, updated and so on. */
    readonly changes: Readonly<Record<string, number>>;
    readonly violations: readonly EngineViolation[];
    /** Rules that could not say, because what they ask about is unknown before `pulumi up`. */
    readonly undecided: readonly EngineViolation[];
    /** What the engine or a plugin said as an error. */
    readonly errors: readonly string[];
    /** The steps of the engine by URN, such as `create` or `same`; a replacement has several. */
    readonly steps: ReadonlyMap<string, readonly string[]>;
    readonly seconds: number;
    /** What the command said when it failed. */
    readonly failure?: string;
}

function isOnPath(name: string): boolean {
    const folders = (process.env["PATH"] ?? "").split(path.delimiter);
    return folders.some((folder) => fs.existsSync(path.join(folder, name)));
}

/** A command as an executable on the engine's PATH. */
function writeCommand(folder: string, name: string, words: readonly string[]): void {
    const [script = "", ...args] = words;
    const command = [
        process.execPath,
        `--require=${require.resolve("tsx/cjs")}`,
        path.join(__dirname, script),
        ...args,
    ];
    const file = path.join(folder, name);
    fs.writeFileSync(file, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(" ")} "$@"\n`);
    fs.chmodSync(file, 0o755);
}

/** What a project beside this one is called, and where its packages of components are, by their names. */
export interface ForeignProject {
    readonly project?: string;
    readonly packages?: Readonly<Record<string, string>>;
}

/** A folder with the project's files, a backend and an account that the stand-in plugins play. */
export class EngineWorkspace {
    readonly folder: string;
    readonly world: World;
    /** What whatever runs the engine has in its environment, with `pulumi` on the path. */
    readonly environment: Readonly<Record<string, string>>;

    private constructor(
        folder: string,
        readonly engine: PulumiCommand,
    ) {
        this.folder = folder;
        const plugins = path.join(folder, "bin");
        fs.mkdirSync(plugins);
        for (const [name, words] of Object.entries(PLUGINS)) {
            if (name === LANGUAGE_HOST && isOnPath(name)) {
                continue;
            }
            writeCommand(plugins, name, words);
        }
        fs.mkdirSync(path.join(folder, "backend"));
        const engines = path.isAbsolute(engine.command) ? [path.dirname(engine.command)] : [];
        this.environment = {
            PATH: [plugins, ...engines, process.env["PATH"] ?? ""].join(path.delimiter),
            PULUMI_HOME: path.join(folder, "home"),
            PULUMI_BACKEND_URL: `file://${path.join(folder, "backend")}`,
            PULUMI_CONFIG_PASSPHRASE: "test",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            [WORLD_VARIABLE]: path.join(folder, "world"),
        };
        this.world = new World(path.join(folder, "world"));
    }

    /** @throws Error when there is no engine, neither on the PATH nor where `npm run test:engine` says that one is. */
    static async open(): Promise<EngineWorkspace> {
        const root = process.env[ENGINE_VARIABLE];
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-engine-"));
        return new EngineWorkspace(folder, await PulumiCommand.get(root === undefined ? {} : { root }));
    }

    /** A stack of the project, with its file's configuration. */
    async stack(name: string, program: () => object = composeStack): Promise<Stack> {
        const { project } = this;
        this.addFiles([name]);
        return LocalWorkspace.createOrSelectStack(
            {
                stackName: `organization/meridian/${name}`,
                projectName: "meridian",
                program: () => Promise.resolve(program()),
            },
            { workDir: project, pulumiCommand: this.engine, envVars: { ...this.environment } },
        );
    }

    /** A stack of a system in `examples/`, with its file's configuration and its own program. */
    async example(system: string, stack: string): Promise<Stack> {
        const source = path.join(ROOT, "examples", system);
        const workDir = path.join(this.folder, system);
        if (!fs.existsSync(workDir)) {
            fs.mkdirSync(workDir);
            for (const file of fs.readdirSync(source).filter((name) => /^Pulumi\..*yaml$/.test(name))) {
                fs.copyFileSync(path.join(source, file), path.join(workDir, file));
            }
            // The engine looks for the program that Pulumi.yaml names, though what runs is the inline one.
            for (const [file, text] of Object.entries({ "index.ts": "", "package.json": "{}" })) {
                fs.writeFileSync(path.join(workDir, file), text);
            }
        }
        const program = (await import(path.join(source, "index.ts"))) as { readonly default: () => object };
        return LocalWorkspace.createOrSelectStack(
            {
                stackName: `organization/${system}/${stack}`,
                projectName: system,
                program: () => Promise.resolve(program.default()),
            },
            { workDir, pulumiCommand: this.engine, envVars: { ...this.environment } },
        );
    }

    /** The state of a stack: what there is, and what was begun and not ended. */
    async state(stack: Stack): Promise<State> {
        return stateOf(await stack.exportStack());
    }

    /** A stack of a project beside this one, such as that of somebody who uses the components. */
    async program(
        stack: string,
        program: () => object,
        { project = "shop", packages = {} }: ForeignProject = {},
    ): Promise<Stack> {
        const workDir = this.writeProject({ name: project, runtime: "nodejs", packages });
        for (const [file, text] of Object.entries({ "index.ts": "", "package.json": "{}" })) {
            fs.writeFileSync(path.join(workDir, file), text);
        }
        return LocalWorkspace.createOrSelectStack(
            {
                stackName: `organization/${project}/${stack}`,
                projectName: project,
                program: () => Promise.resolve(program()),
            },
            { workDir, pulumiCommand: this.engine, envVars: this.environment },
        );
    }

    /** A folder of its own with a project's file. */
    writeProject(settings: object): string {
        const folder = this.emptyFolder();
        fs.writeFileSync(path.join(folder, "Pulumi.yaml"), JSON.stringify(settings));
        return folder;
    }

    emptyFolder(): string {
        return fs.mkdtempSync(path.join(this.folder, "empty-"));
    }

    /** A stack of a project that is there as files, and whose program the engine starts. */
    async deployed(stack: string, workDir: string): Promise<Stack> {
        return LocalWorkspace.createOrSelectStack(
            { stackName: stack, workDir },
            { pulumiCommand: this.engine, envVars: this.environment },
        );
    }

    /** What a command prints, run in a folder as a user does. */
    async run(folder: string, ...args: string[]): Promise<string> {
        const { stdout } = await promisify(execFile)(this.engine.command, args, {
            cwd: folder,
            env: { ...process.env, ...this.environment },
            maxBuffer: 2 ** 26,
        });
        return stdout;
    }

    /** Where the project's files are. */
    get project(): string {
        return path.join(this.folder, "project");
    }

    /** Writes the project's files and those of stacks, where a region that the project has none of gets another's. */
    addFiles(stacks: readonly string[]): void {
        fs.mkdirSync(this.project, { recursive: true });
        // The engine looks for the program that Pulumi.yaml names, though what runs is the inline one.
        for (const [file, text] of Object.entries({ "index.ts": "", "package.json": "{}" })) {
            fs.writeFileSync(path.join(this.project, file), text);
        }
        for (const file of ["Pulumi.yaml", ...stacks.map((name) => `Pulumi.${name}.yaml`)]) {
            const own = path.join(ROOT, file);
            // What `pulumi stack init` has written into it stays.
            if (!fs.existsSync(path.join(this.project, file))) {
                const source = fs.existsSync(own) ? own : path.join(ROOT, "Pulumi.prod-eu.yaml");
                fs.copyFileSync(source, path.join(this.project, file));
            }
        }
    }

    close(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

/** What a stack's state says. */
export interface State {
    readonly resources: readonly StateResource[];
    /** Pulumi's word for what was begun, such as `creating`, by URN. */
    readonly pending: ReadonlyMap<string, string>;
}

/** A resource of a state. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly external?: boolean;
    readonly dependencies?: readonly string[];
    readonly parent?: string;
}

/** Reads what `pulumi stack export` says. */
export function stateOf(exported: Deployment): State {
    const { resources = [], pending_operations: operations } = exported.deployment as {
        readonly resources?: readonly StateResource[];
        readonly pending_operations?: readonly {
            readonly type: string;
            readonly resource: { readonly urn: string };
        }[];
    };
    return {
        resources,
        pending: new Map((operations ?? []).map(({ resource, type }) => [resource.urn, type])),
    };
}

/** The packs of the project with a profile, as arguments of the Automation API. */
export function packs(profile: string): { policyPacks: string[]; policyPackConfigs: string[] } {
    return {
        policyPacks: [...OWN_PACKS],
        policyPackConfigs: OWN_PACKS.map((folder) => path.join(folder, "profiles", `${profile}.json`)),
    };
}

/** Collects what the engine tells while something runs. */
export async function outcomeOf(
    run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<Outcome> {
    const violations: EngineViolation[] = [];
    const undecided: EngineViolation[] = [];
    const errors: string[] = [];
    const steps = new Map<string, readonly string[]>();
    let changes: Readonly<Record<string, number>> = {};
    const started = performance.now();
    let failure: string | undefined;
    try {
        await run((event) => {
            const { diagnosticEvent, policyEvent, resourcePreEvent, summaryEvent } = event;
            if (policyEvent !== undefined) {
                const undecidable = policyEvent.message.includes("can't be known during preview");
                (undecidable ? undecided : violations).push({
                    policy: policyEvent.policyName,
                    pack: policyEvent.policyPackName,
                    urn: policyEvent.resourceUrn ?? "",
                    level: policyEvent.enforcementLevel,
                    message: policyEvent.message,
                });
            }
            if (diagnosticEvent?.severity === "error") {
                errors.push(diagnosticEvent.message);
            }
            if (resourcePreEvent !== undefined) {
                const { op, urn } = resourcePreEvent.metadata;
                steps.set(urn, [...(steps.get(urn) ?? []), op]);
            }
            if (summaryEvent !== undefined) {
                changes = summaryEvent.resourceChanges;
            }
        });
    } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
    }
    const seconds = (performance.now() - started) / 1000;
    return {
        changes,
        violations,
        undecided,
        errors,
        steps,
        seconds,
        ...(failure === undefined ? {} : { failure }),
    };
}

/** What a run has to say against itself, a line each; nothing where all is well. */
export function complaints({ violations, errors, failure }: Outcome): string {
    return [
        ...violations.map(({ level, policy, urn, message }) => `[${level}] ${policy} ${urn}: ${message}`),
        ...errors,
        // All that the command printed, where nobody told the reason otherwise.
        ...(failure !== undefined && violations.length + errors.length === 0 ? [failure] : []),
    ].join("\n");
}
