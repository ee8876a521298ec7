/** Whether the text matches the pattern, in which `*` stands for any run of characters and `?` for one. */
export function matches(pattern: string, text: string): boolean {
    return compiled(pattern).test(text);
}

/** Whether the text matches one of the patterns. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
    return patterns.some((pattern) => matches(pattern, text));
}

const cache = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
    let found = cache.get(pattern);
    if (found === undefined) {
        const source = pattern
            .replace(/[.+^${}()|[\]\\]/g, "\\$&")
            .replace(/\*/g, ".*")
            .replace(/\?/g, ".");
        found = new RegExp(`^${source}$`, "s");
        cache.set(pattern, found);
    }
    return found;
}

/** The name of the stack that a URN belongs to. */
export function stackNameOf(urn: string): string {
    return /^urn:pulumi:(.*?)::/s.exec(urn)?.[1] ?? "";
}

/** Items as a sentence lists them: `a, b and c`. */
export function listed(items: readonly string[]): string {
    const last = items.at(-1) ?? "";
    return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** A number of things in a message, such as `1 day` or `2 days`. */
export function counted(count: number, one: string, several = `${one}s`): string {
    return `${count} ${count === 1 ? one : several}`;
}
