import { parse } from "yaml";

interface Document {
    readonly info: { readonly title: string };
    readonly security?: unknown;
    readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** What is one and the same in all documents: the ways in which callers say who they are. */
const SHARED = "securitySchemes";

const COMPONENT = /^#\/components\/([^/]+)\/([^/]+)$/;

/**
 * One OpenAPI document of several: an API that routes by path, of services each of which describes its own. What a document
 * calls by a name, and what it demands of all its operations, stays its own.
 *
 * @param title What the whole is called.
 * @param texts The documents, as YAML or JSON. No two have a path or the title in common.
 * @returns The document as JSON.
 */
export function mergedDocument(title: string, texts: readonly string[]): string {
    const paths: Record<string, unknown> = {};
    const components: Record<string, Record<string, unknown>> = {};
    const prefixes = new Set<string>();
    for (const document of texts.map((text) => parse(text) as Document)) {
        const prefix = document.info.title.replace(/\W/g, "");
        if (prefixes.has(prefix)) {
            throw new Error(
                `two documents are called "${document.info.title}", and what they name would be mixed up`,
            );
        }
        prefixes.add(prefix);
        for (const [path, operations] of Object.entries(document.paths)) {
            if (path in paths) {
                throw new Error(`${path} is in two documents, of which one is "${document.info.title}"`);
            }
            paths[path] = renamed(withSecurity(operations, document.security), prefix);
        }
        for (const [kind, named] of Object.entries(document.components ?? {})) {
            const all = (components[kind] ??= {});
            for (const [name, component] of Object.entries(named)) {
                all[kind === SHARED ? name : `${prefix}${name}`] = renamed(component, prefix);
            }
        }
    }
    return JSON.stringify({ openapi: "3.0.3", info: { title, version: "1.0.0" }, paths, components });
}

function withSecurity(operations: Readonly<Record<string, unknown>>, security: unknown = []) {
    return Object.fromEntries(
        Object.entries(operations).map(([key, value]) => [
            key,
            METHODS.includes(key) ? { security, ...(value as object) } : value,
        ]),
    );
}

/** The same with references to the document's components by their new names. */
function renamed(value: unknown, prefix: string): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => renamed(item, prefix));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => {
            const [, kind, name] = key === "$ref" ? (COMPONENT.exec(String(inner)) ?? []) : [];
            return [
                key,
                kind === undefined || kind === SHARED
                    ? renamed(inner, prefix)
                    : `#/components/${kind}/${prefix}${name ?? ""}`,
            ];
        }),
    );
}
