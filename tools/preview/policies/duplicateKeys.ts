/** Finds keys that an object in a JSON text has twice. `JSON.parse` takes the last one and says nothing. */

/** A key that is there already. */
export interface DuplicateKey {
    /** Such as `settings.waivers[0].rule`. */
    readonly path: string;
    /** Of the second one, from 1. */
    readonly line: number;
}

/** An object or a list that the reader is in. */
interface Level {
    readonly path: string;
    /** The keys so far; left out for a list. */
    readonly keys?: Set<string>;
    /** The key, or the number, of the element that comes next. */
    at: string;
    index: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]/g;

/**
 * The keys that come twice in one object, in order.
 *
 * @param text JSON that can be parsed.
 */
export function duplicateKeys(text: string): DuplicateKey[] {
    const found: DuplicateKey[] = [];
    const levels: Level[] = [];
    let isKey = false;
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
        const level = levels.at(-1);
        switch (token) {
            case "{":
                levels.push({ path: inner(level), keys: new Set(), at: "", index: 0 });
                isKey = true;
                break;
            case "[":
                levels.push({ path: inner(level), at: "", index: 0 });
                isKey = false;
                break;
            case "}":
            case "]":
                levels.pop();
                isKey = false;
                break;
            case ",":
                if (level !== undefined) {
                    level.index += 1;
                    isKey = level.keys !== undefined;
                }
                break;
            case ":":
                isKey = false;
                break;
            default:
                if (isKey && level?.keys !== undefined) {
                    level.at = JSON.parse(token) as string;
                    if (level.keys.has(level.at)) {
                        found.push({ path: inner(level), line: text.slice(0, index).split("\n").length });
                    }
                    level.keys.add(level.at);
                }
        }
    }
    return found;
}

/** The path of the element at hand. */
function inner(level: Level | undefined): string {
    if (level === undefined) {
        return "";
    }
    if (level.keys === undefined) {
        return `${level.path}[${level.index}]`;
    }
    return level.path === "" ? level.at : `${level.path}.${level.at}`;
}
