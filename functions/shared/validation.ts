import * as v from "valibot";

import { badRequest, type PartProblem, Problem } from "./problems";

/** Any schema. */
export type Schema = v.GenericSchema;

// A caller who sends a thousand wrong entries is told of the first ones.
const ERRORS_MAX = 20;

function problemsOf(
    issues: readonly v.BaseIssue<unknown>[],
    nameOf: (path: readonly string[]) => string,
): PartProblem[] {
    return issues.slice(0, ERRORS_MAX).map((issue) => ({
        pointer: nameOf(keysOf(issue)),
        detail: detailOf(issue),
    }));
}

/** What was expected. Valibot's own words would repeat what was received. */
export function detailOf({ kind, expected, received, message }: v.BaseIssue<unknown>): string {
    if (kind !== "schema" || expected === null) {
        return message;
    }
    if (received === "undefined") {
        return "is missing";
    }
    return expected === "never" ? "is not known" : `must be ${expected.replaceAll('"', "'")}`;
}

/** The names of the parts that are not as a schema has them, each once, for logs and for the makers of what was sent. */
export function wrongParts(issues: readonly v.BaseIssue<unknown>[]): string {
    return [...new Set(issues.map((issue) => keysOf(issue).join(".")))].join(", ");
}

function keysOf({ path }: v.BaseIssue<unknown>): string[] {
    return (path ?? []).map(({ key }) => String(key));
}

/** What a schema makes of a value, or what is wrong with it. */
export function check<S extends Schema>(
    schema: S,
    value: unknown,
    nameOf: (path: readonly string[]) => string,
    what: string,
): v.InferOutput<S> {
    const result = v.safeParse(schema, value);
    if (!result.success) {
        throw badRequest(`The ${what} is not as described.`, problemsOf(result.issues, nameOf));
    }
    return result.output;
}

const pointer = (path: readonly string[]): string =>
    path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** A request's JSON, as a schema has it. */
export async function bodyOf<S extends Schema>(request: Request, schema: S): Promise<v.InferOutput<S>> {
    const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json") {
        throw new Problem(415, {
            code: "UnsupportedMediaType",
            detail: "The body must be application/json.",
        });
    }
    let value: unknown;
    try {
        value = JSON.parse(await request.text());
    } catch {
        throw badRequest("The body is no JSON.");
    }
    return check(schema, value, pointer, "body");
}

/** A request's query, as a schema has it. Of a name that is there twice, the last counts. */
export function queryOf<S extends Schema>(request: Request, schema: S): v.InferOutput<S> {
    const values = Object.fromEntries(new URL(request.url).searchParams);
    return check(schema, values, (path) => `?${path.join(".")}`, "query");
}

/** Values of a path, as a schema has them. */
export function pathOf<S extends Schema>(params: Record<string, string>, schema: S): v.InferOutput<S> {
    return check(schema, params, (path) => `{${path.join(".")}}`, "path");
}

/** How many a page has. */
export function pageSize(most: number, usual: number): v.GenericSchema<string | undefined, number> {
    return v.pipe(
        v.optional(v.string(), String(usual)),
        v.regex(/^\d{1,4}$/, `must be a whole number from 1 to ${most}`),
        v.transform(Number),
        v.minValue(1, `must be a whole number from 1 to ${most}`),
        v.maxValue(most, `must be a whole number from 1 to ${most}`),
    );
}

/** A text of a length, whose problem says so. */
export function text(shortest: number, longest: number): v.GenericSchema<string, string> {
    const message = `must have ${shortest} to ${longest} characters`;
    return v.pipe(v.string(), v.minLength(shortest, message), v.maxLength(longest, message));
}

/** A whole number within bounds, whose problem says so. */
export function whole(least: number, most: number): v.GenericSchema<number, number> {
    const message = `must be a whole number from ${least} to ${most}`;
    return v.pipe(v.number(), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
}

/** An id of a product, as people and other systems give them. */
export const PRODUCT_ID_TEXT = v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "must be 1 to 64 letters, digits, hyphens and underscores"),
);

/** A currency by its three letters of ISO 4217. */
export const CURRENCY = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "must be three capital letters"));

/** The version in `If-Match` where it is a number, as that of things is that have one writer at a time. */
export function versionNumber(text: string | undefined): number | undefined {
    if (text !== undefined && !/^\d{1,9}$/.test(text)) {
        throw badRequest("If-Match has no version of this.", [
            { pointer: "If-Match", detail: "must be the ETag of an earlier answer" },
        ]);
    }
    return text === undefined ? undefined : Number(text);
}

/** A request's header, as a schema has it. */
export function headerOf<S extends Schema>(request: Request, name: string, schema: S): v.InferOutput<S> {
    return check(schema, request.headers.get(name) ?? undefined, () => name, "header");
}
