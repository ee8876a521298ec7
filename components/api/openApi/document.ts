import { parse } from "yaml";

import { isObject, listOf, objectOf } from "../../shared/argumentRules";
import { type Given, type Refusal } from "../../shared/argumentTable";
import { show } from "../../shared/validation";

/** Where a parameter of an operation stands in a request. */
export type ParameterPlace = "path" | "query" | "header" | "cookie";

/** A parameter of an operation. */
export interface ApiParameter {
    readonly name: string;
    readonly in: ParameterPlace;
    readonly required: boolean;
    readonly description?: string;
    /** Whether it may be given several times. */
    readonly isList: boolean;
}

/** One operation of a document, with its references to parameters, bodies and responses resolved. */
export interface ApiOperation {
    readonly operationId: string;
    /** In lower case. */
    readonly method: string;
    readonly path: string;
    readonly summary?: string;
    readonly parameters: readonly ApiParameter[];
    /** The security schemes that must all be fulfilled, with the scopes of each. None where anybody may call. */
    readonly security: Readonly<Record<string, readonly string[]>>;
    readonly requestBody?: { readonly required: boolean; readonly content: Given };
    /** What the answers mean, by status. */
    readonly responses: Readonly<Record<string, string>>;
    /** Where it stands in the document. */
    readonly at: string;
}

/** A security scheme of a document. */
export interface ApiSecurityScheme {
    readonly type: string;
    readonly name?: string;
    readonly in?: string;
}

/** What API Gateway is told of a document. */
export interface ApiDocument {
    readonly openapi: string;
    readonly title: string;
    readonly version: string;
    readonly description?: string;
    readonly operations: readonly ApiOperation[];
    readonly schemes: Readonly<Record<string, ApiSecurityScheme>>;
    readonly schemas: Given;
}

/** A document, as far as it could be read, and what is wrong with it. */
export interface ReadDocument {
    readonly document: ApiDocument;
    readonly problems: readonly Refusal[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const UNKNOWN_METHODS = ["trace"];
const PLACES: readonly string[] = ["path", "query", "header", "cookie"];

/** What API Gateway adds to OpenAPI. A component writes it, so that the document stays what clients are made from. */
const EXTENSION = /^x-amazon-apigateway-/;

let last: { readonly text: string; readonly read: ReadDocument } | undefined;

/**
 * Reads an OpenAPI document, JSON or YAML, and notes everything that is wrong with it. Several rules read the same
 * document, so the last one is kept.
 */
export function readDocument(text: string): ReadDocument {
    if (last?.text !== text) {
        last = { text, read: new Reader(text).read() };
    }
    return last.read;
}

/** The names in a path's braces, without the plus sign of one that takes the rest of the path. */
export function pathVariables(path: string): string[] {
    return [...path.matchAll(/\{([^{}]*?)\+?\}/g)].map(([, name = ""]) => name);
}

/** The names of the security schemes that an operation asks for. */
export function askedSchemes({ operations }: ApiDocument): ReadonlySet<string> {
    return new Set(operations.flatMap(({ security }) => Object.keys(security)));
}

/** How an error names a property of an object. */
export function property(name: string): string {
    return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) ? `.${name}` : `[${show(name)}]`;
}

function textIn(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

class Reader {
    readonly #problems: Refusal[] = [];
    readonly #root: Given;

    constructor(text: string) {
        this.#root = this.#parse(text);
    }

    read(): ReadDocument {
        const root = this.#root;
        if (this.#problems.length === 0) {
            this.#plain(root, "");
            this.#references(root, "");
        }
        const info = objectOf(root.info);
        const description = textIn(info.description);
        const document: ApiDocument = {
            openapi: this.#head(),
            title: this.#demand(textIn(info.title), ".info.title", info.title, "a text"),
            version: this.#demand(textIn(info.version), ".info.version", info.version, "a text"),
            ...(description === undefined ? {} : { description }),
            operations: this.#operations(),
            schemes: this.#schemes(),
            schemas: objectOf(this.#components().schemas),
        };
        this.#unique(document.operations);
        return { document, problems: this.#problems };
    }

    #refuse(at: string, shown: unknown, allowed: string, remedy?: string): void {
        this.#problems.push({
            at,
            shown: shown ?? "not given",
            allowed,
            ...(remedy === undefined ? {} : { remedy }),
        });
    }

    #demand(value: string | undefined, at: string, shown: unknown, allowed: string): string {
        if (value === undefined) {
            this.#refuse(at, shown, allowed);
        }
        return value ?? "";
    }

    #parse(text: string): Given {
        const allowed = "an OpenAPI document, as JSON or YAML";
        try {
            const parsed: unknown = parse(text);
            if (isObject(parsed)) {
                return parsed;
            }
            this.#refuse("", text, allowed);
        } catch (error) {
            const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
            this.#refuse("", text, allowed, line.replace(/[.:]?$/, ""));
        }
        return {};
    }

    #head(): string {
        const { openapi } = this.#root;
        // API Gateway imports 2.0 and 3.0 (Amazon API Gateway Developer Guide, "Develop REST APIs using OpenAPI").
        if (typeof openapi !== "string" || !/^3\.0\.\d+$/.test(openapi)) {
            this.#refuse(".openapi", openapi, "a version 3.0.x, which is what API Gateway imports");
        }
        return typeof openapi === "string" ? openapi : "";
    }

    #components(): Given {
        return objectOf(this.#root.components);
    }

    /** Refuses what a component adds by itself. */
    #plain(value: unknown, at: string): void {
        this.#walk(value, at, (name, inner) => {
            if (EXTENSION.test(name)) {
                this.#refuse(
                    inner,
                    "given",
                    "nothing: the component adds what API Gateway needs",
                    "Remove it",
                );
            }
        });
    }

    /** Refuses references to other files, and to what is not there. */
    #references(value: unknown, at: string): void {
        this.#walk(value, at, (name, inner, held) => {
            if (name === "$ref" && typeof held === "string" && this.#target(held) === undefined) {
                this.#refuse(inner, held, "a reference to something in this document, #/components/…");
            }
        });
    }

    #walk(value: unknown, at: string, see: (name: string, at: string, held: unknown) => void): void {
        if (Array.isArray(value)) {
            value.forEach((item: unknown, index) => {
                this.#walk(item, `${at}[${index}]`, see);
            });
        } else if (isObject(value)) {
            for (const [name, held] of Object.entries(value)) {
                // Examples are data, whatever their properties are called.
                if (name !== "example" && name !== "examples") {
                    const inner = `${at}${property(name)}`;
                    see(name, inner, held);
                    this.#walk(held, inner, see);
                }
            }
        }
    }

    #target(reference: string): unknown {
        const steps = /^#\/(components\/.+)$/.exec(reference)?.[1]?.split("/");
        return steps
            ?.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
            .reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), this.#root);
    }

    /** What a reference leads to, however many steps it takes. */
    #resolved(value: unknown): Given {
        let current = value;
        for (let steps = 0; isObject(current) && typeof current.$ref === "string" && steps < 10; steps += 1) {
            current = this.#target(current.$ref);
        }
        return objectOf(current);
    }

    #schemes(): Record<string, ApiSecurityScheme> {
        const schemes = Object.entries(objectOf(this.#components().securitySchemes));
        return Object.fromEntries(
            schemes.map(([name, given]) => {
                const scheme = this.#resolved(given);
                const header = textIn(scheme.name);
                const place = textIn(scheme.in);
                return [
                    name,
                    {
                        type: textIn(scheme.type) ?? "",
                        ...(header === undefined ? {} : { name: header }),
                        ...(place === undefined ? {} : { in: place }),
                    },
                ];
            }),
        );
    }

    #operations(): ApiOperation[] {
        const paths = Object.entries(objectOf(this.#root.paths)).filter(([path]) => !path.startsWith("x-"));
        if (paths.length === 0) {
            this.#refuse(".paths", this.#root.paths, "one path or more");
        }
        return paths.flatMap(([path, item]) => this.#ofPath(path, objectOf(item)));
    }

    #ofPath(path: string, item: Given): ApiOperation[] {
        const at = `.paths${property(path)}`;
        this.#checkPath(path, at);
        for (const method of UNKNOWN_METHODS.filter((each) => each in item)) {
            this.#refuse(`${at}.${method}`, "given", `one of ${METHODS.join(", ")}, which API Gateway knows`);
        }
        const methods = METHODS.filter((method) => isObject(item[method]));
        if (methods.length === 0) {
            this.#refuse(at, Object.keys(item), `one operation or more: ${METHODS.join(", ")}`);
        }
        return methods.map((method) => this.#operation(path, method, item, `${at}.${method}`));
    }

    /** Source: Amazon API Gateway Developer Guide, "Amazon API Gateway important notes". */
    #checkPath(path: string, at: string): void {
        const segments = path.split("/").slice(1);
        const wholePath = path === "/";
        segments.forEach((segment, index) => {
            const isVariable = /^\{[A-Za-z0-9_.-]+\}$/.test(segment);
            const isRest = /^\{[A-Za-z0-9_.-]+\+\}$/.test(segment) && index === segments.length - 1;
            const isPlain = /^[A-Za-z0-9_.,:-]+$/.test(segment);
            if (!wholePath && !isVariable && !isRest && !isPlain) {
                this.#refuse(
                    at,
                    path,
                    "segments of letters, digits and _-.,: or one {name} each, and {name+} as the last",
                );
            }
        });
        if (!path.startsWith("/")) {
            this.#refuse(at, path, "a path that begins with /");
        }
        const variables = pathVariables(path);
        if (new Set(variables).size !== variables.length) {
            this.#refuse(at, path, "each name in braces once");
        }
    }

    #operation(path: string, method: string, item: Given, at: string): ApiOperation {
        const given = objectOf(item[method]);
        const { operationId } = given;
        if (typeof operationId !== "string" || !/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(operationId)) {
            this.#refuse(
                `${at}.operationId`,
                operationId,
                "1 to 64 letters, digits, _ and -, a letter first: it names the operation's settings",
            );
        }
        const summary = textIn(given.summary);
        const body = given.requestBody === undefined ? undefined : this.#resolved(given.requestBody);
        return {
            operationId: textIn(operationId) ?? `${method} ${path}`,
            method,
            path,
            ...(summary === undefined ? {} : { summary }),
            parameters: this.#parameters(path, item, given, at),
            security: this.#security(given, at),
            ...(body === undefined ? {} : { requestBody: this.#body(body, method, at) }),
            responses: this.#responses(given, at),
            at,
        };
    }

    #parameters(path: string, item: Given, given: Given, at: string): ApiParameter[] {
        const byPlace = new Map<string, ApiParameter>();
        // Those of the operation hold where the path has one of the same name in the same place.
        for (const [list, where] of [
            [item.parameters, at.slice(0, at.lastIndexOf("."))],
            [given.parameters, at],
        ] as const) {
            const seen = new Set<string>();
            listOf(list).forEach((each, index) => {
                const parameter = this.#parameter(this.#resolved(each), `${where}.parameters[${index}]`);
                if (parameter !== undefined) {
                    const key = `${parameter.in} ${parameter.name}`;
                    if (seen.has(key)) {
                        this.#refuse(`${where}.parameters[${index}]`, key, "each parameter once");
                    }
                    seen.add(key);
                    byPlace.set(key, parameter);
                }
            });
        }
        const parameters = [...byPlace.values()];
        const declared = parameters.filter((each) => each.in === "path").map(({ name }) => name);
        const variables = pathVariables(path);
        for (const name of variables.filter((each) => !declared.includes(each))) {
            this.#refuse(`${at}.parameters`, declared, `a parameter in the path for {${name}}`);
        }
        for (const name of declared.filter((each) => !variables.includes(each))) {
            this.#refuse(`${at}.parameters`, name, `parameters in the path that ${path} has`);
        }
        return parameters;
    }

    #parameter(given: Given, at: string): ApiParameter | undefined {
        const { name, in: place } = given;
        if (typeof name !== "string" || typeof place !== "string" || !PLACES.includes(place)) {
            this.#refuse(at, given, `a parameter with name and in, which is one of ${PLACES.join(", ")}`);
            return undefined;
        }
        if (place === "path" && given.required !== true) {
            this.#refuse(`${at}.required`, given.required, "true for a parameter in the path");
        }
        const description = textIn(given.description);
        return {
            name,
            in: place as ParameterPlace,
            required: given.required === true,
            ...(description === undefined ? {} : { description }),
            isList: this.#resolved(given.schema).type === "array",
        };
    }

    #security(given: Given, at: string): Record<string, readonly string[]> {
        const own = given.security !== undefined;
        const list = given.security ?? this.#root.security;
        if (!Array.isArray(list)) {
            this.#refuse(
                `${at}.security`,
                list,
                "the security schemes that a caller must fulfil",
                "Give the operation or the whole document a security; an empty list lets anybody call",
            );
            return {};
        }
        const where = own ? `${at}.security` : ".security";
        if (list.length > 1 || list.some((each) => Object.keys(objectOf(each)).length === 0)) {
            this.#refuse(
                where,
                list,
                "one requirement at most: API Gateway asks each caller of a method for the same",
            );
            return {};
        }
        const [requirement] = list as unknown[];
        const schemes = objectOf(this.#components().securitySchemes);
        return Object.fromEntries(
            Object.entries(objectOf(requirement)).map(([name, scopes]) => {
                if (!(name in schemes)) {
                    this.#refuse(where, name, "schemes in components.securitySchemes");
                }
                const texts = listOf(scopes).filter((each) => typeof each === "string");
                return [name, texts];
            }),
        );
    }

    #body(body: Given, method: string, at: string): { required: boolean; content: Given } {
        const content = objectOf(body.content);
        if (Object.keys(content).length === 0) {
            this.#refuse(`${at}.requestBody.content`, body.content, "one media type or more");
        }
        if (["get", "head", "delete", "options"].includes(method)) {
            this.#refuse(
                `${at}.requestBody`,
                "given",
                `nothing: ${method.toUpperCase()} has no defined body`,
            );
        }
        return { required: body.required === true, content };
    }

    #responses(given: Given, at: string): Record<string, string> {
        const responses = Object.entries(objectOf(given.responses)).filter(
            ([status]) => !status.startsWith("x-"),
        );
        if (responses.length === 0) {
            this.#refuse(`${at}.responses`, given.responses, "one response or more");
        }
        return Object.fromEntries(
            responses.map(([status, response]) => {
                if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(status)) {
                    this.#refuse(
                        `${at}.responses${property(status)}`,
                        status,
                        "a status, 4XX and its like, or default",
                    );
                }
                const description = this.#resolved(response).description;
                return [
                    status,
                    this.#demand(
                        textIn(description),
                        `${at}.responses${property(status)}.description`,
                        description,
                        "a text",
                    ),
                ];
            }),
        );
    }

    #unique(operations: readonly ApiOperation[]): void {
        const seen = new Map<string, string>();
        for (const { operationId, at } of operations) {
            const first = seen.get(operationId);
            if (first !== undefined) {
                this.#refuse(
                    `${at}.operationId`,
                    operationId,
                    `an id that no other operation has: ${first.slice(1)} has it`,
                );
            }
            seen.set(operationId, first ?? at);
        }
    }
}
