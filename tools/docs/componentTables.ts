/**
 * Keeps the tables of docs/components, and those of docs/backup.md, with what TypeScript declares. A table is one that
 * stands below a comment such as `<!-- declared: WebTierArgs -->`, which names an interface (its properties: a table of
 * arguments) or a class (its outputs). Names, types, what is required, and all of an output's row come from the
 * declaration; what an argument means and what it is when left out is written in the page, and comes from the doc
 * comment only where the page has no row yet.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as ts from "typescript";
import { formattedPage } from "./formatted";

const ROOT = path.join(__dirname, "..", "..");
const PAGES = path.join(ROOT, "docs", "components");

/** The pages that have such tables. */
export const COMPONENT_PAGES: readonly string[] = [
    ...readdirSync(PAGES)
        .filter((name) => name.endsWith(".md"))
        .sort()
        .map((name) => path.join(PAGES, name)),
    path.join(ROOT, "docs", "backup.md"),
];

/** A property of an interface, or an output of a class. */
export interface Member {
    readonly name: string;
    readonly type: string;
    readonly optional: boolean;
    /** The doc comment on one line. */
    readonly doc: string;
    /** The interface that it is declared in, which may be one that is extended. */
    readonly from: string;
}

/** What a name stands for. */
export interface Declared {
    readonly kind: "interface" | "class";
    readonly members: readonly Member[];
}

interface Found extends Declared {
    readonly bases: readonly string[];
}

/** Interfaces and component classes by name, of every file of a folder. */
export function declarations(folder: string = path.join(ROOT, "components")): ReadonlyMap<string, Declared> {
    const found = new Map<string, Found>();
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && entry.name.endsWith(".ts")) {
            const file = path.join(entry.parentPath, entry.name);
            const source = ts.createSourceFile(
                file,
                readFileSync(file, "utf8"),
                ts.ScriptTarget.Latest,
                true,
            );
            source.forEachChild((node) => {
                if (ts.isInterfaceDeclaration(node)) {
                    found.set(node.name.text, interfaceOf(node));
                } else if (ts.isClassDeclaration(node) && node.name !== undefined) {
                    found.set(node.name.text, { kind: "class", members: outputsOf(node), bases: [] });
                }
            });
        }
    }
    const all = (name: string): readonly Member[] => {
        const declared = found.get(name);
        return declared === undefined ? [] : [...declared.bases.flatMap(all), ...declared.members];
    };
    return new Map([...found].map(([name, { kind }]) => [name, { kind, members: all(name) }]));
}

function interfaceOf(node: ts.InterfaceDeclaration): Found {
    const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
        types.map(({ expression }) => expression.getText()),
    );
    const members = node.members
        .filter(ts.isPropertySignature)
        .map((member) => memberOf(member, node.name.text));
    return { kind: "interface", members, bases };
}

function outputsOf(node: ts.ClassDeclaration): Member[] {
    return node.members
        .filter(ts.isPropertyDeclaration)
        .filter(({ modifiers, name }) => {
            const kinds = (modifiers ?? []).map(({ kind }) => kind);
            return (
                !ts.isPrivateIdentifier(name) &&
                kinds.includes(ts.SyntaxKind.ReadonlyKeyword) &&
                !kinds.some((kind) =>
                    [
                        ts.SyntaxKind.PrivateKeyword,
                        ts.SyntaxKind.ProtectedKeyword,
                        ts.SyntaxKind.StaticKeyword,
                    ].includes(kind),
                )
            );
        })
        .map((member) => memberOf(member, node.name?.text ?? ""));
}

function memberOf(member: ts.PropertySignature | ts.PropertyDeclaration, from: string): Member {
    const doc = ts
        .getJSDocCommentsAndTags(member)
        .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? "")
        .join(" ");
    return {
        name: member.name.getText(),
        type: (member.type?.getText() ?? "unknown").replace(/\bpulumi\./g, "").replace(/\s+/g, " "),
        optional: member.questionToken !== undefined,
        doc: doc.replace(/\s+/g, " ").trim(),
        from,
    };
}

/** `<!-- declared: ApiTierArgs without TierArgs -->`, and the table below it, if there is one yet. */
const TABLE = /^<!-- declared: (\w+)(?: without ([\w, ]+))? -->\n(\n*(?:\|.*\n)*)/gm;

/** The names that a page has tables of. */
export function tablesOf(page: string): string[] {
    return [...page.matchAll(TABLE)].map(([, name = ""]) => name);
}

/**
 * A page with its tables brought up to date.
 *
 * @throws Error for a table of something that is not declared.
 */
export async function componentPage(
    file: string,
    page: string,
    declared: ReadonlyMap<string, Declared> = declarations(),
): Promise<string> {
    const text = page.replace(
        TABLE,
        (whole: string, name: string, without: string | undefined, old: string) => {
            const found = declared.get(name);
            if (found === undefined) {
                throw new Error(
                    `${path.basename(file)} has a table of ${name}, which components/ does not declare`,
                );
            }
            const left = (without ?? "").split(",").map((each) => each.trim());
            const members = found.members.filter(
                (member) => !left.includes(member.name) && !left.includes(member.from),
            );
            const [marker = ""] = whole.split("\n");
            const table = found.kind === "class" ? outputTable(members) : argumentTable(members, old);
            return `${[marker, "", ...table].join("\n")}\n\n`;
        },
    );
    return formattedPage(file, text);
}

function outputTable(members: readonly Member[]): string[] {
    return [
        "| output | type | meaning |",
        "|---|---|---|",
        ...members.map(({ name, type, optional, doc }) =>
            row([code(name), code(optional ? `${type} | undefined` : type), cell(undot(doc))]),
        ),
    ];
}

function argumentTable(members: readonly Member[], old: string): string[] {
    const written = new Map(rowsOf(old).map((cells) => [cells.get("argument") ?? "", cells]));
    return [
        "| argument | type | default | meaning |",
        "|---|---|---|---|",
        ...members.map((member) => {
            const cells = written.get(code(member.name));
            const preset = present(cells?.get("default"));
            return row([
                code(member.name),
                code(member.type),
                member.optional
                    ? preset === undefined || preset === "required"
                        ? cell(defaultOf(member.doc))
                        : preset
                    : "required",
                present(cells?.get("meaning")) ?? cell(meaningOf(member.doc)),
            ]);
        }),
    ];
}

function present(text: string | undefined): string | undefined {
    return text === "" ? undefined : text;
}

/** The rows of a table, each as its cells by the heading of their column. */
function rowsOf(table: string): ReadonlyMap<string, string>[] {
    const [head, , ...rows] = table
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) =>
            line
                .slice(1, line.lastIndexOf("|"))
                .split(/(?<!\\)\|/)
                .map((each) => each.trim()),
        );
    return rows.map((cells) => new Map((head ?? []).map((name, index) => [name, cells[index] ?? ""])));
}

/** What a doc comment says of an argument that is left out: what a sentence ends with `… when left out` for. */
function defaultOf(doc: string): string {
    const found = sentencesOf(doc)
        .map((sentence) => LEFT_OUT.exec(sentence)?.[1])
        .find((text) => text !== undefined);
    if (found === undefined) {
        return "none";
    }
    const text = found.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
    return /^(?:true|false|[\d.]+)$/.test(text) ? code(text) : text;
}

const LEFT_OUT = /(?:^|; )([^;]+?) when left out\b/;

/** A doc comment without what it says of an argument that is left out. */
function meaningOf(doc: string): string {
    const kept = sentencesOf(doc)
        .map((sentence) => sentence.replace(/(?:^|; )[^;]+? when left out\.?$/, ""))
        .filter((sentence) => sentence !== "");
    return undot(kept.length === 0 ? doc : kept.join(" "));
}

function sentencesOf(doc: string): string[] {
    return doc.split(/(?<=\.) (?=[A-Z\d`])/);
}

function undot(text: string): string {
    return text.replace(/\.$/, "");
}

function row(cells: readonly string[]): string {
    return `| ${cells.join(" | ")} |`;
}

function code(text: string): string {
    return `\`${text.replaceAll("|", "\\|")}\``;
}

function cell(text: string): string {
    return text.replaceAll(/(?<!\\)\|/g, "\\|").replaceAll("<", "&lt;");
}
