/** What a buildspec is made of. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

/**
 * Writes plain data as YAML, in the few forms that a buildspec needs: maps and lists in block style, texts of several
 * lines as they are, all other texts quoted where they would mean something else.
 */
export function toYaml(value: Yaml): string {
    return `${isNested(value) ? block(value, 0) : scalar(value, 0)}\n`;
}

function block(value: Yaml, depth: number): string {
    const indent = "  ".repeat(depth);
    if (Array.isArray(value)) {
        return (value as readonly Yaml[])
            .map(
                (item) =>
                    `${indent}- ${isNested(item) ? block(item, depth + 1).trimStart() : scalar(item, depth)}`,
            )
            .join("\n");
    }
    if (typeof value === "object") {
        return Object.entries(value)
            .map(([key, item]) =>
                isNested(item)
                    ? `${indent}${quoted(key)}:\n${block(item, depth + 1)}`
                    : `${indent}${quoted(key)}: ${scalar(item, depth)}`,
            )
            .join("\n");
    }
    return `${indent}${scalar(value, depth)}`;
}

/** Whether a value takes lines of its own. An empty list or map does not. */
function isNested(value: Yaml): boolean {
    return typeof value === "object" && Object.keys(value).length > 0;
}

// Texts that a parser takes for nothing but texts: no indicators, no numbers, and none of the words for truth or nothing.
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-z_][A-Za-z0-9_./-]*$/i;

/** A text on one line, plain where that means the same. */
function quoted(text: string): string {
    return PLAIN.test(text) ? text : JSON.stringify(text);
}

function scalar(value: Yaml, depth: number): string {
    if (typeof value !== "string") {
        return JSON.stringify(value);
    }
    const lines = value.split("\n");
    // Literal style keeps every character, but for texts that begin with a space or end otherwise than with one line end.
    if (lines.length > 1 && /^\S/.test(value) && /[^\n]\n$/.test(value) && !/[^\n\x20-\x7E]/.test(value)) {
        const indent = "  ".repeat(depth + 1);
        return ["|", ...lines.slice(0, -1).map((line) => (line === "" ? "" : `${indent}${line}`))].join("\n");
    }
    return quoted(value);
}
