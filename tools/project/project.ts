/** A Pulumi project on disk: `Pulumi.yaml` and its stacks' files. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ConfigDeclaration, readDeclarations } from "./configSchema";
import { readYamlMap, YamlFileError, type YamlMap } from "./yamlFile";

/** A project that cannot be read as Pulumi would. Its message is for the reader. */
export class ProjectError extends Error {
    override readonly name: string = "ProjectError";
}

/** What `Pulumi.yaml` says. */
export interface Project {
    readonly name: string;
    readonly directory: string;
    /** The file that holds the program. */
    readonly program: string;
    readonly declarations: readonly ConfigDeclaration[];
    /** Names of the stacks that have a file, in order of the alphabet; where none has, those that are assumed. */
    readonly stacks: readonly string[];
    /** Whether no stack has a file, and `stacks` are what the reader asked to assume. */
    readonly assumed: boolean;
    /** Where the stacks' files are. */
    readonly stackDirectory: string;
    /** Where the program runs: Pulumi changes to the folder that `main` names. */
    readonly workingDirectory: string;
    readonly runtime: RuntimeOptions;
}

/** What `runtime.options` of `Pulumi.yaml` says. Source: Pulumi, "Pulumi project file", runtime options of Node.js. */
export interface RuntimeOptions {
    /** Whether TypeScript is compiled when it is loaded. Default: true. */
    readonly typescript: boolean;
    /** Arguments for Node.js, such as `--import tsx`. */
    readonly nodeArgs: readonly string[];
    readonly packageManager: string | undefined;
}

/** How a project is read. */
export interface ReadOptions {
    /** The stacks to assume where none has a file. Left out: none. */
    readonly assume?: readonly string[];
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];
const STACK_FILE = /^Pulumi\.(?<stack>.+)\.ya?ml$/;
const ENTRY_POINTS = ["index.ts", "index.js", "index.mts", "index.mjs", "index.cjs"];
/** What to do with a program that Node.js does not run. */
const WAYS_OUT: Readonly<Record<string, string>> = {
    yaml: "`pulumi convert --language typescript` writes a program in TypeScript that does the same",
    bun: "set `runtime: nodejs` where the program uses nothing of Bun's own",
};
const OTHER_WAY_OUT = "`pulumi preview` runs it, with a login and credentials";

/** Reads a YAML file whose root is a map; an empty file is an empty map. */
export function readYaml(file: string): Readonly<Record<string, unknown>> {
    return readYamlMapOf(file).value;
}

/** As `readYaml`, with what the file says beside its values. */
export function readYamlMapOf(file: string): YamlMap {
    try {
        return readYamlMap(file);
    } catch (error) {
        if (error instanceof YamlFileError) {
            throw new ProjectError(error.message);
        }
        throw new ProjectError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
}

function projectFile(directory: string): string | undefined {
    return PROJECT_FILES.map((name) => join(directory, name)).find((path) => existsSync(path));
}

/** Whether there is a project in a directory. */
export function hasProject(directory: string): boolean {
    return projectFile(directory) !== undefined;
}

/**
 * Reads the project in a directory.
 *
 * @throws ProjectError when there is none, or it says what Pulumi would not take.
 */
export function readProject(directory: string, { assume = [] }: ReadOptions = {}): Project {
    const file = projectFile(directory);
    if (file === undefined) {
        throw new ProjectError(`no Pulumi.yaml project file found in ${directory}`);
    }
    const content = readYaml(file);
    const name = content["name"];
    if (typeof name !== "string" || name === "") {
        throw new ProjectError(`${file}: project is missing a 'name' attribute`);
    }
    const runtime = runtimeName(content["runtime"]);
    if (runtime !== "nodejs") {
        throw new ProjectError(
            `${file}: the offline preview runs programs of the runtime nodejs, not ${runtime}: ${WAYS_OUT[runtime] ?? OTHER_WAY_OUT}`,
        );
    }
    // Formerly `config` named the folder of the stacks' files.
    const { config, stackConfigDir } = content;
    const folder = [stackConfigDir, config].find((each) => typeof each === "string") ?? ".";
    const stackDirectory = resolve(directory, folder);
    const stacks = stackNames(stackDirectory);
    const program = programFile(directory, content["main"]);
    const main = resolve(directory, typeof content["main"] === "string" ? content["main"] : ".");
    return {
        name,
        directory,
        program,
        declarations: typeof config === "string" ? [] : readDeclarations(name, config),
        stacks: stacks.length === 0 ? assume : stacks,
        assumed: stacks.length === 0,
        stackDirectory,
        workingDirectory: statSync(main).isDirectory() ? main : dirname(main),
        runtime: runtimeOptions(content["runtime"]),
    };
}

function runtimeOptions(runtime: unknown): RuntimeOptions {
    const given: unknown =
        typeof runtime === "object" && runtime !== null
            ? (runtime as { options?: unknown }).options
            : undefined;
    const options = (typeof given === "object" && given !== null ? given : {}) as Record<string, unknown>;
    const { nodeargs, packagemanager, typescript } = options;
    return {
        typescript: typescript !== false,
        nodeArgs: typeof nodeargs === "string" ? words(nodeargs) : [],
        packageManager: typeof packagemanager === "string" ? packagemanager : undefined,
    };
}

/** The words of a command line, without the quotation marks around those that have spaces. */
function words(line: string): string[] {
    const found = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
    return found.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

function runtimeName(runtime: unknown): string {
    const name =
        typeof runtime === "object" && runtime !== null ? (runtime as { name?: unknown }).name : runtime;
    return typeof name === "string" ? name : "none";
}

/** Finds the program where `main` points, else where Node would look. */
function programFile(directory: string, main: unknown): string {
    const path = resolve(directory, typeof main === "string" ? main : ".");
    if (existsSync(path) && !statSync(path).isDirectory()) {
        return path;
    }
    const candidates = [...packageEntries(path), ...ENTRY_POINTS];
    const found = candidates.map((name) => join(path, name)).find((candidate) => existsSync(candidate));
    if (found === undefined) {
        throw new ProjectError(`no program found at ${path}: set 'main' in Pulumi.yaml`);
    }
    return found;
}

/** Where the package of a folder begins: what it exports comes before its `main`. */
function packageEntries(folder: string): string[] {
    const file = join(folder, "package.json");
    if (!existsSync(file)) {
        return [];
    }
    const { exports, main } = readJson(file);
    const entry: unknown =
        typeof exports === "object" && exports !== null ? (exports as Record<string, unknown>)["."] : exports;
    const conditions = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
    const named = [entry, conditions["default"], conditions["require"], conditions["import"], main];
    return named.filter((each) => typeof each === "string");
}

function readJson(file: string): Readonly<Record<string, unknown>> {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    } catch (error) {
        throw new ProjectError(
            `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
}

function stackNames(directory: string): string[] {
    if (!existsSync(directory)) {
        return [];
    }
    const found = readdirSync(directory).map((name) => STACK_FILE.exec(name)?.groups?.["stack"]);
    return found.filter((stack) => stack !== undefined).sort();
}

/** The file of a stack's settings. */
export function stackFile(project: Project, stack: string): string {
    const candidates = ["yaml", "yml"].map((extension) =>
        join(project.stackDirectory, `Pulumi.${stack}.${extension}`),
    );
    const found = candidates.find((path) => existsSync(path));
    if (found === undefined) {
        const known = project.stacks.length === 0 ? "none" : project.stacks.join(", ");
        throw new ProjectError(
            `no stack named '${stack}' found: there is no Pulumi.${stack}.yaml; stacks are ${known}`,
        );
    }
    return found;
}
