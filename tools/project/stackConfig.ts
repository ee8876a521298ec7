/** The configuration that a stack's program sees: its file, over what the project declares. */
import { basename } from "node:path";
import { listOfProblems } from "../../regions/problemList";
import { type ConfigDeclaration, isOfType, typeName } from "./configSchema";
import { type Project, ProjectError, readYaml, readYamlMapOf, stackFile } from "./project";
import { hex } from "../preview/synthetic";

/** A stack's configuration, as the SDK takes it. */
export interface StackConfig {
    /** `project:key` → text; lists and maps are JSON. */
    readonly values: Readonly<Record<string, string>>;
    /** Keys whose values are secret. */
    readonly secretKeys: readonly string[];
}

/** A stack's configuration and where each value came from, as `in Pulumi.dev.yaml` or `from --config`. */
export interface TracedConfig extends StackConfig {
    readonly origins: Readonly<Record<string, string>>;
}

/** One thing for which Pulumi would refuse a stack's configuration. */
export interface SchemaProblem {
    /** The keys that it is about, with their namespace. */
    readonly keys: readonly string[];
    readonly text: string;
}

/** A configuration that Pulumi would refuse. Its message lists everything. */
export class StackConfigError extends ProjectError {
    /**
     * @param config What could be read, values of a wrong type among it.
     */
    constructor(
        stack: string,
        readonly problems: readonly SchemaProblem[],
        readonly config: TracedConfig,
    ) {
        super(listOfProblems(stack, problems));
    }
}

/** A value as it stands in a stack's file, with encrypted parts replaced. */
interface Entry {
    readonly value: unknown;
    readonly secret: boolean;
    readonly origin: string;
    /** A number as it is written, where YAML reads it otherwise. */
    readonly written?: string | undefined;
}

type Decrypted = Pick<Entry, "value" | "secret">;

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{ secure: … }`, which only the stack's key decrypts. */
function isEncrypted(value: unknown): value is { secure: string } {
    return isRecord(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

/** Puts a made-up secret in the place of each encrypted one. */
function decrypt(value: unknown): Decrypted {
    if (isEncrypted(value)) {
        return { value: `preview-${hex(value.secure, 24)}`, secret: true };
    }
    if (Array.isArray(value)) {
        const items = value.map(decrypt);
        return { value: items.map((item) => item.value), secret: items.some((item) => item.secret) };
    }
    if (isRecord(value)) {
        const items = Object.entries(value).map(([key, item]) => [key, decrypt(item)] as const);
        return {
            value: Object.fromEntries(items.map(([key, item]) => [key, item.value])),
            secret: items.some(([, item]) => item.secret),
        };
    }
    return { value, secret: false };
}

/** A value as the program gets it. */
function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** A value in a message, on one line and short. */
function shown(value: unknown): string {
    const text = JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** A key as Pulumi understands it: the project's own keys may be written `<project>:config:<name>`. */
function cleanKey(key: string): string {
    return key.replace(/^([^:]+):config:/, "$1:");
}

/** Reads one stack's configuration, noting what is wrong with it. */
class Reader {
    readonly problems: SchemaProblem[] = [];
    readonly entries = new Map<string, Entry>();
    #environments: readonly string[] = [];

    constructor(
        readonly project: Project,
        readonly stack: string,
    ) {}

    file(): void {
        if (this.project.assumed) {
            return;
        }
        const file = stackFile(this.project, this.stack);
        const { value, written } = readYamlMapOf(file);
        this.#environments = environmentsIn(value);
        const config = value["config"] ?? {};
        if (!isRecord(config)) {
            throw new ProjectError(`${file}: the attribute 'config' must be a map`);
        }
        const numbers = written("config");
        for (const [key, content] of Object.entries(config)) {
            if (!key.includes(":")) {
                this.problems.push({
                    keys: [],
                    text: `${basename(file)}: could not parse ${key} as a configuration key (configuration keys should be of the form \`<namespace>:<name>\`)`,
                });
            } else if (content !== null) {
                this.entries.set(cleanKey(key), {
                    ...decrypt(content),
                    origin: `in ${basename(file)}`,
                    written: numbers.get(key),
                });
            }
        }
    }

    override(given: string, text: string, origin: string): void {
        const key = given.includes(":") ? cleanKey(given) : `${this.project.name}:${given}`;
        const declaration = this.project.declarations.find((candidate) => candidate.key === key);
        const type = declaration?.type?.type;
        const secret = declaration?.secret === true;
        let value: unknown = text;
        if (type === "array" || type === "object") {
            try {
                value = JSON.parse(text);
            } catch {
                this.problems.push({
                    keys: [key],
                    text: `${origin.replace(/^from /, "")} ${given}=${text}: expected JSON of an ${type}`,
                });
            }
        }
        this.entries.set(key, { value, secret, origin });
    }

    declaration({ key, writtenKey, type, secret, ...declaration }: ConfigDeclaration): void {
        const found = this.entries.get(key);
        if (found === undefined) {
            const value = declaration.value ?? declaration.default;
            if (value !== undefined) {
                this.entries.set(key, { value, secret, origin: "by default in Pulumi.yaml" });
            }
            return;
        }
        const where = `${key} ${found.origin}`;
        const given = typeof found.value === "object" ? found.value : asText(found.value);
        if (type !== undefined && !isOfType(given, type)) {
            // What cannot be read at all has been said to be no JSON.
            if (!this.problems.some(({ keys }) => keys.includes(key))) {
                this.problems.push({
                    keys: [key],
                    text: `Stack '${this.stack}' with configuration key '${writtenKey}' must be of type '${typeName(type)}'; ${where} is ${shown(found.value)}`,
                });
            }
        } else if (type?.type === "string" && found.written !== undefined) {
            this.problems.push({
                keys: [],
                text: `${where} is ${found.written} without quotes, which YAML reads as the number ${asText(found.value)}; allowed: a text. Write "${found.written}"`,
            });
        }
        if (secret && !found.secret) {
            this.problems.push({
                keys: [key],
                text: `Stack '${this.stack}' with configuration key '${writtenKey}' must be encrypted as it's secret; ${where} is not`,
            });
        }
    }

    missing(): void {
        if (this.project.assumed || this.#environments.length > 0) {
            // What there is besides is not known here.
            return;
        }
        const missing = this.project.declarations.filter(
            ({ key, type }) => type !== undefined && !this.entries.has(key),
        );
        const names = missing.map(({ writtenKey }) => `'${writtenKey}'`);
        const last = names.pop();
        if (last !== undefined) {
            const list = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
            this.problems.push({
                keys: missing.map(({ key }) => key),
                text: `Stack '${this.stack}' is missing configuration ${names.length === 0 ? "value" : "values"} ${list}`,
            });
        }
    }

    config(): TracedConfig {
        const sorted = [...this.entries].sort(([a], [b]) => (a < b ? -1 : 1));
        return {
            values: Object.fromEntries(sorted.map(([key, entry]) => [key, asText(entry.value)])),
            secretKeys: sorted.filter(([, entry]) => entry.secret).map(([key]) => key),
            origins: Object.fromEntries(sorted.map(([key, entry]) => [key, entry.origin])),
        };
    }
}

/** The environments of Pulumi ESC that a stack's file takes configuration from. */
export function environmentsOf(project: Project, stack: string): string[] {
    return project.assumed ? [] : environmentsIn(readYaml(stackFile(project, stack)));
}

/** What stands for an environment that has no name, since the stack's file itself defines it. */
export const OWN_ENVIRONMENT = "in the stack's file";

function environmentsIn({ environment }: Readonly<Record<string, unknown>>): string[] {
    const imports: unknown = isRecord(environment) ? environment["imports"] : environment;
    const named = Array.isArray(imports)
        ? imports.map((each: unknown) => (isRecord(each) ? Object.keys(each)[0] : each))
        : [];
    const inline = isRecord(environment) && "values" in environment ? [OWN_ENVIRONMENT] : [];
    return [...named.map(String), ...inline];
}

/** A value that replaces a file's. */
export interface Override {
    readonly value: string;
    /** Where it came from, as messages say it. */
    readonly origin: string;
}

/**
 * Reads a stack's configuration as `pulumi up` would: the stack's file, checked against the project's schema, over
 * the schema's defaults.
 *
 * @param overrides Values that replace the file's; keys without a namespace are the project's. Texts come from
 * `--config`.
 * @throws StackConfigError when Pulumi would refuse it, ProjectError when its file cannot be read.
 */
export function readTracedConfig(
    project: Project,
    stack: string,
    overrides: Readonly<Record<string, string | Override>> = {},
): TracedConfig {
    const reader = new Reader(project, stack);
    reader.file();
    for (const [key, given] of Object.entries(overrides)) {
        const { value, origin } =
            typeof given === "string" ? { value: given, origin: "from --config" } : given;
        reader.override(key, value, origin);
    }
    for (const declaration of project.declarations) {
        reader.declaration(declaration);
    }
    reader.missing();
    const config = reader.config();
    if (reader.problems.length > 0) {
        throw new StackConfigError(stack, reader.problems, config);
    }
    return config;
}

/** As `readTracedConfig`, for those who need not know where values came from. */
export function readStackConfig(
    project: Project,
    stack: string,
    overrides: Readonly<Record<string, string>> = {},
): StackConfig {
    const { values, secretKeys } = readTracedConfig(project, stack, overrides);
    return { values, secretKeys };
}
