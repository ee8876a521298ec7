/** OpenAPI documents, as far as a server and a judge of answers need them. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import Ajv, { type ValidateFunction } from "@redocly/ajv";
import { parse } from "yaml";

const FUNCTIONS = resolve(__dirname, "../../../functions");

/** A document's text, by its place under functions/ such as `todos/openapi.yaml`. */
export function documentText(file: string): string {
    return readFileSync(resolve(FUNCTIONS, file), "utf8");
}

interface MediaTypes {
    content?: Record<string, { schema?: object }>;
}

interface OperationObject {
    operationId: string;
    security?: object[];
    responses: Record<string, MediaTypes & { $ref?: string }>;
}

interface DocumentObject {
    security?: object[];
    paths: Record<string, Record<string, OperationObject>>;
    components?: { responses?: Record<string, MediaTypes>; schemas?: Record<string, object> };
}

/** One operation of a document. */
export interface Operation {
    readonly operationId: string;
    readonly method: string;
    /** As the document has it, such as `/todos/{todoId}`. */
    readonly path: string;
    readonly needsToken: boolean;
    /** The values of the path's parameters; undefined where a path is not this operation's. */
    match(method: string, path: string): Record<string, string> | undefined;
    /** What is wrong with an answer, by the document; empty where nothing is. */
    problemsOf(status: number, contentType: string | undefined, body: string): string[];
}

const METHODS = ["get", "put", "post", "delete", "patch"];

/** What a part of a path means; as it is where it means nothing. */
function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

/** The operations of a document. */
export function operationsOf(text: string): Operation[] {
    const document = parse(text) as DocumentObject;
    const ajv = new Ajv({
        strict: false,
        allErrors: true,
        formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ },
    });
    ajv.addSchema({ $id: "document", ...document });
    return Object.entries(document.paths).flatMap(([path, item]) =>
        METHODS.flatMap((method) => {
            const operation = item[method];
            return operation === undefined ? [] : [operationOf(document, ajv, path, method, operation)];
        }),
    );
}

function operationOf(
    document: DocumentObject,
    ajv: Ajv,
    path: string,
    method: string,
    operation: OperationObject,
): Operation {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`);
    const pointer = `document#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/${method}/responses`;
    return {
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        needsToken: (operation.security ?? document.security ?? []).length > 0,
        match: (asked, actual) => {
            const found = asked === method.toUpperCase() ? pattern.exec(actual) : null;
            return found === null
                ? undefined
                : Object.fromEntries(names.map((name, index) => [name, decoded(found[index + 1] ?? "")]));
        },
        problemsOf: (status, contentType, body) => {
            const answer = operation.responses[String(status)];
            if (answer === undefined) {
                return [`${operation.operationId}: the document has no answer ${status}`];
            }
            const shared = answer.$ref?.replace("#/components/responses/", "");
            const { content } =
                shared === undefined ? answer : (document.components?.responses?.[shared] ?? {});
            if (content === undefined) {
                return body === ""
                    ? []
                    : [`${operation.operationId}: ${status} has a body and should have none`];
            }
            const type = contentType?.split(";")[0] ?? "none";
            if (content[type] === undefined) {
                return [
                    `${operation.operationId}: ${status} is ${type} and not ${Object.keys(content).join(", ")}`,
                ];
            }
            const at =
                shared === undefined ? `${pointer}/${status}` : `document#/components/responses/${shared}`;
            const validate = ajv.getSchema(
                `${at}/content/${type.replaceAll("/", "~1").replaceAll("+", "%2B")}/schema`,
            ) as ValidateFunction | undefined;
            if (validate === undefined) {
                return [`${operation.operationId}: ${status} has no schema`];
            }
            validate(JSON.parse(body));
            return (validate.errors ?? []).map(
                ({ instancePath, message }) =>
                    `${operation.operationId}: ${status} ${instancePath} ${message ?? "is wrong"}`,
            );
        },
    };
}
