/** What the commands that run specs hand on to mocha. */

/** The flags of mocha that such a command takes; others come after `--`. */
export const MOCHA_FLAGS = {
    grep: { type: "string", short: "g" },
    invert: { type: "boolean" },
    bail: { type: "boolean", short: "b" },
    reporter: { type: "string" },
} as const;

/** Flags of a call as words of another one. */
export function words(flags: Readonly<Record<string, string | true>>): string[] {
    return Object.entries(flags).flatMap(([name, value]) =>
        value === true ? [`--${name}`] : [`--${name}`, value],
    );
}
