/** Text of others inside Markdown: it may show itself, and never become structure, a link or a mention. */
import { printable } from "./text";

/**
 * Text for running Markdown, a table's cell included. Every character that could begin structure is written as an
 * entity, which Markdown never takes for structure. GitHub looks for mentions and references after that, in what is
 * then text: an invisible space breaks them, and what may be a commit is code, in which it looks for none, so that
 * it can still be copied.
 */
export function inline(text: string): string {
    return withoutStructure(text)
        .replace(/&#35;(?=\d)/g, "&#35;\u200b")
        .replace(/\bGH-(?=\d)/gi, "$&\u200b")
        .replace(COMMIT, "<code>$&</code>");
}

/** What GitHub takes for a commit where there is one: 7 to 40 hexadecimal digits. A plain number is left alone. */
const COMMIT = /(?<![\w-])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,40}(?![\w-])/gi;

/** Text as code, for names and types: GitHub looks for no references there. */
export function code(text: string): string {
    return `<code>${withoutStructure(text)}</code>`;
}

function withoutStructure(text: string): string {
    return printable(text)
        .replace(/[&<>"'`*_~|\\[\](){}#+!$:]/g, entity)
        .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`)
        .replace(/@/g, "@\u200b");
}

/**
 * Text for a `<pre>` block, inside which Markdown reads nothing. Links and mentions are broken up all the same, so
 * that nothing changes when a reader that trusts nobody does it again.
 */
export function preformatted(text: string): string {
    return printable(text)
        .replace(/[&<>@\]]/g, entity)
        .replace(/:\/\//g, "&#58;//")
        .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`);
}

/** Length as GitHub could count it at worst: bytes in UTF-8, of which no other count is larger. */
export function size(text: string): number {
    return Buffer.byteLength(text, "utf8");
}

function entity(character: string): string {
    return `&#${character.charCodeAt(0)};`;
}
