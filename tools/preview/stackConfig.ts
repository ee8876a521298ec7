/** The configuration that a stack's program sees: its file, over what the project declares. */
import { type ConfigDeclaration, isOfType, typeName } from "./configSchema";
import { type Project, ProjectError, readYaml, stackFile } from "./project";
import { hex } from "./synthetic";

/** A stack's configuration, as the SDK takes it. */
export interface StackConfig {
    /** `project:key` → text; lists and maps are JSON. */
    readonly values: Readonly<Record<string, string>>;
    /** Keys whose values are secret. */
    readonly secretKeys: readonly string[];
}

/** A value as it stands in a stack's file, with encrypted parts replaced. */
interface Entry {
    readonly value: unknown;
    readonly secret: boolean;
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{ secure: … }`, which only the stack's key decrypts. */
function isEncrypted(value: unknown): value is { secure: string } {
    return isRecord(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

/** Puts a made-up secret in the place of each encrypted one. */
function decrypt(value: unknown): Entry {
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

/** A key as Pulumi understands it: the project's own keys may be written `<project>:config:<name>`. */
function cleanKey(key: string): string {
    return key.replace(/^([^:]+):config:/, "$1:");
}

function readEntries(project: Project, stack: string): Map<string, Entry> {
    const file = stackFile(project, stack);
    const config = readYaml(file)["config"] ?? {};
    if (!isRecord(config)) {
        throw new ProjectError(`${file}: the attribute 'config' must be a map`);
    }
    const entries = new Map<string, Entry>();
    for (const [key, value] of Object.entries(config)) {
        if (!key.includes(":")) {
            throw new ProjectError(
                `${file}: could not parse ${key} as a configuration key (configuration keys should be of the form \`<namespace>:<name>\`)`,
            );
        }
        if (value !== null) {
            entries.set(cleanKey(key), decrypt(value));
        }
    }
    return entries;
}

/** A value given on the command line: text, or JSON where the key takes a list or a map. */
function parseOverride(key: string, text: string, declaration: ConfigDeclaration | undefined): Entry {
    const type = declaration?.type?.type;
    if (type !== "array" && type !== "object") {
        return { value: text, secret: declaration?.secret === true };
    }
    try {
        return { value: JSON.parse(text) as unknown, secret: declaration?.secret === true };
    } catch {
        throw new ProjectError(`--config ${key}=${text}: expected JSON of an ${type}`);
    }
}

function applyOverrides(
    project: Project,
    entries: Map<string, Entry>,
    overrides: Readonly<Record<string, string>>,
): void {
    for (const [given, text] of Object.entries(overrides)) {
        const key = given.includes(":") ? cleanKey(given) : `${project.name}:${given}`;
        const declaration = project.declarations.find((candidate) => candidate.key === key);
        entries.set(key, parseOverride(given, text, declaration));
    }
}

function applyDeclaration(stack: string, declaration: ConfigDeclaration, entries: Map<string, Entry>): void {
    const { key, writtenKey, type, secret } = declaration;
    const found = entries.get(key);
    if (found === undefined) {
        const value = declaration.value ?? declaration.default;
        if (value !== undefined) {
            entries.set(key, { value, secret });
        }
        return;
    }
    const given = typeof found.value === "object" ? found.value : asText(found.value);
    if (type !== undefined && !isOfType(given, type)) {
        throw new ProjectError(
            `Stack '${stack}' with configuration key '${writtenKey}' must be of type '${typeName(type)}'`,
        );
    }
    if (secret && !found.secret) {
        throw new ProjectError(
            `Stack '${stack}' with configuration key '${writtenKey}' must be encrypted as it's secret`,
        );
    }
}

function checkMissing(stack: string, project: Project, entries: ReadonlyMap<string, Entry>): void {
    const missing = project.declarations
        .filter(({ key, type }) => type !== undefined && !entries.has(key))
        .map(({ writtenKey }) => `'${writtenKey}'`);
    if (missing.length > 0) {
        const last = missing.pop() ?? "";
        const names = missing.length === 0 ? last : `${missing.join(", ")} and ${last}`;
        throw new ProjectError(
            `Stack '${stack}' is missing configuration ${missing.length === 0 ? "value" : "values"} ${names}`,
        );
    }
}

/**
 * Reads a stack's configuration as `pulumi up` would: the stack's file, checked against the project's schema, over
 * the schema's defaults.
 *
 * @param overrides Values that replace the file's; keys without a namespace are the project's.
 * @throws ProjectError when Pulumi would refuse it.
 */
export function readStackConfig(
    project: Project,
    stack: string,
    overrides: Readonly<Record<string, string>> = {},
): StackConfig {
    const entries = readEntries(project, stack);
    applyOverrides(project, entries, overrides);
    for (const declaration of project.declarations) {
        applyDeclaration(stack, declaration, entries);
    }
    checkMissing(stack, project, entries);
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
        values: Object.fromEntries(sorted.map(([key, entry]) => [key, asText(entry.value)])),
        secretKeys: sorted.filter(([, entry]) => entry.secret).map(([key]) => key),
    };
}
