/** A Pulumi project on disk: `Pulumi.yaml` and its stacks' files. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
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
    /** Names of the stacks that have a file, in order of the alphabet. */
    readonly stacks: readonly string[];
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];
const STACK_FILE = /^Pulumi\.(?<stack>.+)\.ya?ml$/;
const ENTRY_POINTS = ["index.ts", "index.js", "index.mts", "index.cjs"];

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

/**
 * Reads the project in a directory.
 *
 * @throws ProjectError when there is none, or it says what Pulumi would not take.
 */
export function readProject(directory: string): Project {
    const file = PROJECT_FILES.map((name) => join(directory, name)).find((path) => existsSync(path));
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
            `${file}: the offline preview runs programs of the runtime nodejs, not ${runtime}`,
        );
    }
    return {
        name,
        directory,
        program: programFile(directory, content["main"]),
        declarations: readDeclarations(name, content["config"]),
        stacks: stackNames(directory),
    };
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
    const packageFile = join(path, "package.json");
    const packageMain = existsSync(packageFile) ? readYaml(packageFile)["main"] : undefined;
    const candidates = [...(typeof packageMain === "string" ? [packageMain] : []), ...ENTRY_POINTS];
    const found = candidates.map((name) => join(path, name)).find((candidate) => existsSync(candidate));
    if (found === undefined) {
        throw new ProjectError(`no program found at ${path}: set 'main' in Pulumi.yaml`);
    }
    return found;
}

function stackNames(directory: string): string[] {
    const found = readdirSync(directory).map((name) => STACK_FILE.exec(name)?.groups?.["stack"]);
    return found.filter((stack) => stack !== undefined).sort();
}

/** The file of a stack's settings. */
export function stackFile(project: Project, stack: string): string {
    const candidates = ["yaml", "yml"].map((extension) =>
        join(project.directory, `Pulumi.${stack}.${extension}`),
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
