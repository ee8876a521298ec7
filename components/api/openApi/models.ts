import { isObject, objectOf } from "../../shared/argumentRules";
import { type Given, type Refusal } from "../../shared/argumentTable";
import { type ApiDocument, property } from "./document";

/**
 * What API Gateway's models do not know and would leave out, so that a request passes which the document refuses.
 * Source: Amazon API Gateway Developer Guide, "Amazon API Gateway important notes".
 */
const UNKNOWN: Readonly<Record<string, string>> = {
    nullable: "Leave the property out of required instead, and send nothing for null",
    discriminator: "Use oneOf alone",
    exclusiveMinimum: "Say the least whole number, or let the handler check",
    exclusiveMaximum: "Say the greatest whole number, or let the handler check",
};

/** What describes a schema and validates nothing, which API Gateway does not know or warns of. */
const DESCRIPTIVE = [
    ...["example", "examples", "default", "deprecated", "externalDocs", "readOnly", "writeOnly", "xml"],
    "title",
];

/** Formats of numbers say no more than the type does, and are refused in models (the same page). */
const NUMBER_FORMATS = ["int32", "int64", "float", "double", "decimal"];

const MODEL = "#/components/schemas/";
const JSON_TYPE = /^application\/(json|[a-z0-9.-]+\+json)$/;

/** What stands in schemas by a name that a caller chose, and not by a keyword. */
const NAMED = ["properties", "patternProperties", "definitions"];
const DATA = ["enum", "example", "examples", "default"];

/** The schemas of request bodies by media type, of which API Gateway makes models. */
export function bodySchemas(content: Given): [string, Given][] {
    return Object.entries(content)
        .filter(([mediaType]) => JSON_TYPE.test(mediaType))
        .map(([mediaType, media]) => [mediaType, objectOf(objectOf(media).schema)]);
}

/** Everything in the schemas of request bodies that API Gateway would not check as it is meant. */
export function modelProblems(document: ApiDocument): Refusal[] {
    const problems: Refusal[] = [];
    for (const { requestBody, at } of document.operations) {
        for (const [mediaType, schema] of bodySchemas(requestBody?.content ?? {})) {
            const where = `${at}.requestBody.content${property(mediaType)}.schema`;
            if (Object.keys(schema).length === 0) {
                problems.push({ at: where, shown: "not given", allowed: "the schema of the body" });
            }
            problems.push(...keywordProblems(schema, where));
        }
    }
    for (const name of modelNames(document)) {
        const at = `.components.schemas${property(name)}`;
        if (!/^[A-Za-z0-9]+$/.test(name)) {
            problems.push({
                at,
                shown: name,
                allowed: "letters and digits, which names of models are made of",
            });
        }
        problems.push(...keywordProblems(document.schemas[name], at));
    }
    return problems;
}

/** The names of all schemas that request bodies refer to, by whatever way. */
export function modelNames({ operations, schemas }: ApiDocument): string[] {
    const found = new Set<string>();
    const visit = (schema: unknown): void => {
        for (const name of referencesOf(schema)) {
            if (!found.has(name)) {
                found.add(name);
                visit(schemas[name]);
            }
        }
    };
    for (const { requestBody } of operations) {
        bodySchemas(requestBody?.content ?? {}).forEach(([, schema]) => {
            visit(schema);
        });
    }
    return [...found];
}

function referencesOf(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(referencesOf);
    }
    return Object.entries(objectOf(value)).flatMap(([name, held]) =>
        name === "$ref" && typeof held === "string"
            ? [held.startsWith(MODEL) ? held.slice(MODEL.length) : ""].filter((model) => model !== "")
            : referencesOf(held),
    );
}

function keywordProblems(schema: unknown, at: string): Refusal[] {
    if (Array.isArray(schema)) {
        return schema.flatMap((each: unknown, index) => keywordProblems(each, `${at}[${index}]`));
    }
    return Object.entries(objectOf(schema)).flatMap(([keyword, value]) => {
        const inner = `${at}${property(keyword)}`;
        const remedy = UNKNOWN[keyword];
        if (remedy !== undefined && value !== false) {
            return [
                { at: inner, shown: value, allowed: "nothing: API Gateway's models do not know it", remedy },
            ];
        }
        if (keyword === "type" && Array.isArray(value)) {
            return [{ at: inner, shown: value, allowed: "one type, as OpenAPI 3.0 has it" }];
        }
        if (DATA.includes(keyword)) {
            return [];
        }
        return NAMED.includes(keyword)
            ? Object.entries(objectOf(value)).flatMap(([name, each]) =>
                  keywordProblems(each, `${inner}${property(name)}`),
              )
            : keywordProblems(value, inner);
    });
}

/** A schema without what validates nothing. */
export function modelOf(schema: unknown): unknown {
    if (Array.isArray(schema)) {
        return schema.map(modelOf);
    }
    if (!isObject(schema)) {
        return schema;
    }
    if (typeof schema.$ref === "string") {
        // What stands beside a reference counts for nothing in OpenAPI 3.0.
        return { $ref: schema.$ref };
    }
    return Object.fromEntries(
        Object.entries(schema)
            .filter(([keyword, value]) => isValidating(keyword, value))
            .map(([keyword, value]) => [
                keyword,
                DATA.includes(keyword)
                    ? value
                    : NAMED.includes(keyword)
                      ? Object.fromEntries(
                            Object.entries(objectOf(value)).map(([name, each]) => [name, modelOf(each)]),
                        )
                      : modelOf(value),
            ]),
    );
}

function isValidating(keyword: string, value: unknown): boolean {
    return (
        !keyword.startsWith("x-") &&
        !DESCRIPTIVE.includes(keyword) &&
        !(keyword in UNKNOWN) &&
        !(keyword === "format" && NUMBER_FORMATS.includes(String(value)))
    );
}
