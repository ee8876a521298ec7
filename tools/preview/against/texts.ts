/** Texts that are more than a value: JSON, scripts, code and bundles. */
import { createHash } from "node:crypto";
import { cutOff, plural } from "../render/text";
import { ARCHIVE, ASSET, isRecord, SIGNATURE } from "../values";
import { shownText, withMarksEscaped } from "./side";

/** A text this long is read by nobody in a table. */
const LONG = 300;
/** So many lines of a script are shown on each side. */
const SHOWN_LINES = 4;
/** A line of code is cut here. */
const LINE = 160;

/** What a JSON text holds; undefined for what is no JSON of an object or a list. */
export function parsedJson(text: string): unknown {
    if (!/^\s*[[{]/.test(text)) {
        return undefined;
    }
    try {
        return JSON.parse(withMarksEscaped(text)) as unknown;
    } catch {
        return undefined;
    }
}

/** Whether a text is compared by its lines. */
export function isLongText(text: string): boolean {
    return text.length > LONG || decoded(text).includes("\n");
}

/** How code differs. */
export interface CodeDifference {
    /** What each side is: `sha256 0a1b2c3d, 9,168 characters`. */
    readonly before: string;
    readonly after: string;
    readonly meaning: readonly string[];
}

/** How two texts, assets or archives differ; undefined where they do not, or where that is not known. */
export function codeDifference(one: unknown, other: unknown): CodeDifference | undefined {
    const [was, is] = [filesOf(one), filesOf(other)];
    const names = [...new Set([...was.keys(), ...is.keys()])].sort();
    const meaning = names.flatMap((name) => fileDifference(name, was.get(name), is.get(name)));
    return meaning.length === 0 ? undefined : { before: digest(was), after: digest(is), meaning };
}

/** A file of an archive: its text, or what stands for it. */
interface File {
    readonly text?: string;
    /** Stands for a content that is not here. */
    readonly hash?: string;
}

/** The files of a value by name; one without a name for a text. */
function filesOf(value: unknown, prefix = ""): Map<string, File> {
    if (typeof value === "string") {
        return new Map([[prefix, { text: shownText(decoded(value)) }]]);
    }
    if (!isRecord(value)) {
        return new Map([[prefix, { text: JSON.stringify(value) }]]);
    }
    if (value[SIGNATURE] === ARCHIVE && isRecord(value["assets"])) {
        return new Map(
            Object.entries(value["assets"]).flatMap(([name, inner]) => [
                ...filesOf(inner, prefix === "" ? name : `${prefix}/${name}`),
            ]),
        );
    }
    if (value[SIGNATURE] === ASSET && typeof value["text"] === "string") {
        return new Map([[prefix, { text: value["text"] }]]);
    }
    const named = [value["hash"], value["path"], value["uri"]].find((each) => typeof each === "string");
    return new Map([[prefix, typeof named === "string" ? { hash: named } : {}]]);
}

function fileDifference(name: string, one: File | undefined, other: File | undefined): string[] {
    const title = name === "" ? "" : `${name}: `;
    if (one === undefined || other === undefined) {
        return [`${title}${one === undefined ? "is new" : "is gone"}`];
    }
    if (one.text === undefined || other.text === undefined) {
        // Where only one side has the text, and the other what stands for it, nobody can tell.
        const known = one.hash !== undefined && other.hash !== undefined;
        return known && one.hash !== other.hash ? [`${title}code changed`] : [];
    }
    if (one.text === other.text) {
        return [];
    }
    if (name !== "") {
        return [
            `${title}code changed, ${characters(one.text.length)} before, ${characters(other.text.length)} after`,
        ];
    }
    return lineDifference(one.text, other.text);
}

/** The lines that only one side has. Lines that are only elsewhere are not told. */
function lineDifference(one: string, other: string): string[] {
    const [before, after] = [one.split("\n"), other.split("\n")];
    const [gone, come] = [without(before, after), without(after, before)];
    const counts = [
        ...(gone.length > 0 ? [`${plural(gone.length, "line")} gone`] : []),
        ...(come.length > 0 ? [`${plural(come.length, "line")} new`] : []),
    ];
    if (counts.length === 0) {
        return ["the same lines in another order"];
    }
    return [
        counts.join(", "),
        ...gone.slice(0, SHOWN_LINES).map((line) => `- ${cutOff(line.trim(), LINE)}`),
        ...come.slice(0, SHOWN_LINES).map((line) => `+ ${cutOff(line.trim(), LINE)}`),
    ];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
    const left = new Map<string, number>();
    for (const line of others) {
        left.set(line, (left.get(line) ?? 0) + 1);
    }
    return lines.filter((line) => {
        const count = left.get(line) ?? 0;
        left.set(line, count - 1);
        return count <= 0;
    });
}

/** Text that is in base64, as user data is. */
function decoded(text: string): string {
    if (text.length < 40 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
        return text;
    }
    const plain = Buffer.from(text, "base64").toString("utf8");
    return /[\ufffd\u0000-\u0008]/.test(plain) ? text : plain;
}

function digest(files: ReadonlyMap<string, File>): string {
    const hash = createHash("sha256");
    let length = 0;
    for (const [name, { text, hash: named }] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
        hash.update(`${name}\u0000${text ?? named ?? ""}\u0000`);
        length += text?.length ?? 0;
    }
    const short = `sha256 ${hash.digest("hex").slice(0, 8)}`;
    return length === 0 ? short : `${short}, ${characters(length)}`;
}

function characters(count: number): string {
    return `${count.toLocaleString("en-US")} characters`;
}
