/** Checks values against the part of JSON Schema that policies use for their configuration. */
import { nearest } from "../../../regions/nearest";
import { plural } from "../render/text";

/** A JSON schema, as the analyzer protocol carries it. */
export interface Schema {
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
    readonly const?: unknown;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly exclusiveMaximum?: number;
    readonly multipleOf?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
    /** Only `date` is checked. */
    readonly format?: string;
    readonly items?: Schema | boolean;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly uniqueItems?: boolean;
    readonly required?: readonly string[];
    readonly properties?: Readonly<Record<string, Schema | boolean>>;
    readonly additionalProperties?: Schema | boolean;
    readonly default?: unknown;
    readonly description?: string;
}

/** What is wrong with a value, as `<path> is <value>; allowed: <what>`. */
export function schemaProblems(value: unknown, schema: Schema | boolean, path: string): string[] {
    if (typeof schema === "boolean") {
        return schema ? [] : [`${path} is not known`];
    }
    const wrong = (allowed: string): string[] => [`${path} is ${shown(value)}; allowed: ${allowed}`];
    if (schema.const !== undefined && !same(value, schema.const)) {
        return wrong(shown(schema.const));
    }
    if (schema.enum !== undefined && !schema.enum.some((each) => same(each, value))) {
        return wrong(choices(value, schema.enum));
    }
    const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
    if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
        return wrong(types.map((type) => TYPES[type] ?? type).join(" or "));
    }
    if (typeof value === "number") {
        return numberRule(value, schema).flatMap(wrong);
    }
    if (typeof value === "string") {
        return textRule(value, schema).flatMap(wrong);
    }
    if (Array.isArray(value)) {
        return [
            ...listRule(value, schema).flatMap(wrong),
            ...value.flatMap((item: unknown, index) =>
                schema.items === undefined ? [] : schemaProblems(item, schema.items, `${path}[${index}]`),
            ),
        ];
    }
    return isRecord(value) ? objectProblems(value, schema, path) : [];
}

function objectProblems(value: Readonly<Record<string, unknown>>, schema: Schema, path: string): string[] {
    const known = schema.properties ?? {};
    const missing = (schema.required ?? [])
        .filter((key) => value[key] === undefined)
        .map((key) => `${join(path, key)} is not given; allowed: ${describe(known[key])}`);
    const inside = Object.entries(value).flatMap(([key, item]) => {
        if (item === undefined) {
            return [];
        }
        const property = Object.hasOwn(known, key) ? known[key] : undefined;
        if (property !== undefined) {
            return schemaProblems(item, property, join(path, key));
        }
        if (schema.additionalProperties === false) {
            return [unknownKey(join(path, key), key, Object.keys(known))];
        }
        return schema.additionalProperties === undefined
            ? []
            : schemaProblems(item, schema.additionalProperties, join(path, key));
    });
    return [...missing, ...inside];
}

/** Says that there is no such key, and which there are. */
export function unknownKey(path: string, key: string, known: readonly string[]): string {
    const near = nearest(key, known);
    const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
    // A long list is no help where there is something near.
    const allowed = near === undefined || known.length <= MANY ? `; allowed: ${known.join(", ")}` : "";
    return `${path} is not known${hint}${allowed}`;
}

const MANY = 20;

const TYPES: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    integer: "a whole number",
    boolean: "true or false",
    object: "an object",
    array: "a list",
    null: "null",
};

function describe(schema: Schema | boolean | undefined): string {
    if (schema === undefined || typeof schema === "boolean") {
        return "a value";
    }
    if (schema.enum !== undefined) {
        return choices(undefined, schema.enum);
    }
    const [type] = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
    return type === undefined ? "a value" : (TYPES[type] ?? type);
}

function choices(value: unknown, allowed: readonly unknown[]): string {
    const texts = allowed.filter((each) => typeof each === "string");
    const near = typeof value === "string" ? nearest(value, texts) : undefined;
    const listed = allowed.length <= MANY || near === undefined ? allowed.map(shown).join(", ") : shown(near);
    return near === undefined || allowed.length > MANY ? listed : `${listed} (did you mean ${shown(near)}?)`;
}

function numberRule(value: number, schema: Schema): string[] {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    return [
        ...(minimum !== undefined && value < minimum ? [`${minimum} or more`] : []),
        ...(maximum !== undefined && value > maximum ? [`${maximum} or less`] : []),
        ...(exclusiveMinimum !== undefined && value <= exclusiveMinimum
            ? [`more than ${exclusiveMinimum}`]
            : []),
        ...(exclusiveMaximum !== undefined && value >= exclusiveMaximum
            ? [`less than ${exclusiveMaximum}`]
            : []),
        ...(multipleOf !== undefined && !Number.isInteger(value / multipleOf)
            ? [`multiples of ${multipleOf}`]
            : []),
    ];
}

function textRule(value: string, { minLength, maxLength, pattern, format }: Schema): string[] {
    return [
        ...(format === "date" && !isDate(value) ? ["a date as YYYY-MM-DD"] : []),
        ...(minLength !== undefined && value.length < minLength
            ? [`at least ${plural(minLength, "character")}`]
            : []),
        ...(maxLength !== undefined && value.length > maxLength
            ? [`at most ${plural(maxLength, "character")}`]
            : []),
        ...(pattern !== undefined && !new RegExp(pattern, "u").test(value)
            ? [`what matches ${pattern}`]
            : []),
    ];
}

function isDate(value: string): boolean {
    const time = Date.parse(value);
    return (
        /^\d{4}-\d{2}-\d{2}$/.test(value) &&
        !Number.isNaN(time) &&
        new Date(time).toISOString().startsWith(value)
    );
}

function listRule(value: readonly unknown[], { minItems, maxItems, uniqueItems }: Schema): string[] {
    return [
        ...(minItems !== undefined && value.length < minItems
            ? [`at least ${plural(minItems, "element")}`]
            : []),
        ...(maxItems !== undefined && value.length > maxItems
            ? [`at most ${plural(maxItems, "element")}`]
            : []),
        ...(uniqueItems === true && new Set(value.map(shown)).size < value.length
            ? ["elements that differ"]
            : []),
    ];
}

function isOfType(value: unknown, type: string): boolean {
    switch (type) {
        case "integer":
            return Number.isInteger(value);
        case "array":
            return Array.isArray(value);
        case "object":
            return isRecord(value);
        case "null":
            return value === null;
        default:
            return typeof value === type;
    }
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(left: unknown, right: unknown): boolean {
    return left === right || shown(left) === shown(right);
}

function shown(value: unknown): string {
    return value === undefined ? "nothing" : JSON.stringify(value);
}

function join(path: string, key: string): string {
    return path === "" ? key : `${path}.${key}`;
}
