/** Scripts that instances run at boot, filled with values of the program. */

/** The most that EC2 takes, in bytes before Base64 (Amazon EC2 User Guide, "User data limits"). */
export const USER_DATA_LIMIT = 16_384;

/** A text as one word of a POSIX shell, whatever it holds. */
export function quote(text: string): string {
    if (text.includes("\0")) {
        throw new Error("A text with a NUL character cannot be passed to a program");
    }
    return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Fills a template's placeholders, which are written `@@name@@`. A value is never looked through for placeholders.
 *
 * @throws Error when a placeholder has no value or a value no placeholder, so that neither goes out of step.
 */
export function fillTemplate(template: string, values: Record<string, string>): string {
    const used = new Set<string>();
    const filled = template.replaceAll(/@@(\w+)@@/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined) {
            throw new Error(`The template has a placeholder that nothing fills: ${name}`);
        }
        used.add(name);
        return value;
    });
    const unused = Object.keys(values).filter((name) => !used.has(name));
    if (unused.length > 0) {
        throw new Error(`The template has no placeholder for ${unused.join(", ")}`);
    }
    return filled;
}
