/** Finds values that JavaScript wrote where a program meant another: `undefined`, `[object Object]` and their kin. */
import { type Properties } from "./types";

/** A suspicious value. */
export interface Finding {
    /** Path of the property, such as `tags.owner` or `rules[0].id`. */
    readonly path: string;
    /** What the value holds that it should not. */
    readonly reads: string;
}

/** Cheap test that nearly every value passes. */
const SUSPICIOUS = /undefined|\[object |Calling \[to/;
/** What `String(value)` makes of an object, and of a promise that was not awaited. */
const OBJECT_TEXT = /\[object [A-Z]\w*\]/;
/** What an output says when it is put into a text without `interpolate`. */
const OUTPUT_TEXT = /Calling \[to(?:String|JSON)\]/;
/** `undefined` as a whole part of a name, a path, an ARN or a host name. */
const PART = /(?:^|[-_./:@=,|+?&#{}[\]])undefined(?:$|[-_./:@=,|+?&#{}[\]])/;
/** An environment variable that was given nothing. */
const ASSIGNMENT = /^[A-Z][A-Z0-9_]*=undefined$/;
/** A file or parameter path, and one of its other parts. */
const PATH = /^(?:\/[\w.-]+)+\/?$/;
const PATH_PART = /^[A-Za-z0-9][\w.-]*$/;

/** Properties that hold a script in base 64. */
const ENCODED = new Set(["userData", "userDataBase64"]);

/**
 * What in a text should not be there, if anything. In prose and in code, `undefined` is a word like any other: it
 * only counts inside an ARN, a URL, a path or an assignment of an environment variable.
 */
export function suspiciousPart(text: string): string | undefined {
    if (!SUSPICIOUS.test(text)) {
        return undefined;
    }
    if (OUTPUT_TEXT.test(text)) {
        return "Calling [toString]";
    }
    const object = OBJECT_TEXT.exec(text)?.[0];
    if (object !== undefined) {
        return object;
    }
    const document = parsed(text);
    if (document !== undefined) {
        return walkJson(document);
    }
    return isUndefinedIn(text) ? "undefined" : undefined;
}

function isUndefinedIn(text: string): boolean {
    if (!/\s/.test(text)) {
        return PART.test(text);
    }
    return text
        .split(/[\s"'`;()<>]+/)
        .some(
            (token) =>
                token.includes("undefined") &&
                (isReference(token) || ASSIGNMENT.test(token) || isPath(token)),
        );
}

/** An ARN or a URL with an undefined part. */
function isReference(token: string): boolean {
    return (token.includes("arn:") || token.includes("://")) && PART.test(token);
}

function isPath(token: string): boolean {
    const parts = token.split("/");
    return (
        PATH.test(token) &&
        parts.includes("undefined") &&
        parts.some((part) => part !== "undefined" && PATH_PART.test(part))
    );
}

/** The JSON document in a text, such as a policy. */
function parsed(text: string): unknown {
    if (!/^\s*[[{]/.test(text)) {
        return undefined;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        // Text that begins like JSON is text all the same.
        return undefined;
    }
}

function walkJson(value: unknown): string | undefined {
    if (typeof value === "string") {
        return suspiciousPart(value);
    }
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    for (const [key, item] of Object.entries(value)) {
        const found = (Array.isArray(value) ? undefined : suspiciousPart(key)) ?? walkJson(item);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

function decoded(text: string): string {
    return /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : text;
}

function walk(value: unknown, path: string, key: string, found: Finding[]): void {
    if (typeof value === "string") {
        const reads = suspiciousPart(ENCODED.has(key) ? decoded(value) : value);
        if (reads !== undefined) {
            found.push({ path, reads });
        }
    } else if (Array.isArray(value)) {
        value.forEach((item, index) => {
            walk(item, `${path}[${index}]`, key, found);
        });
    } else if (typeof value === "object" && value !== null) {
        walkRecord(value as Properties, path, found);
    }
}

function walkRecord(record: Properties, path: string, found: Finding[]): void {
    for (const [key, item] of Object.entries(record)) {
        const inner = path === "" ? key : `${path}.${key}`;
        if (suspiciousPart(key) !== undefined) {
            found.push({ path: inner, reads: key });
        }
        if (!isProgram(key, item)) {
            walk(item, inner, key, found);
        }
    }
}

/** A file of JavaScript in an archive: a program may well speak of "[object ArrayBuffer]" itself. */
function isProgram(file: string, item: unknown): boolean {
    return /\.[cm]?js$/.test(file) && typeof item === "object" && item !== null && "__pulumiAsset" in item;
}

/** All suspicious values of a resource's inputs, without the marks of secrets and outputs. */
export function suspiciousValues(inputs: Properties): Finding[] {
    const found: Finding[] = [];
    walkRecord(inputs, "", found);
    return found;
}

/** Says what is wrong, or nothing. It never repeats a value, which may be secret. */
export function suspicionText(inputs: Properties): string | undefined {
    const found = suspiciousValues(inputs);
    if (found.length === 0) {
        return undefined;
    }
    const lines = found.map(({ path, reads }) => `${path} reads "${reads}"`);
    return `${lines.join("; ")}: a value was missing, or was not awaited, when the text was put together`;
}
