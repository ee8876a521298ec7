import { parseArgs } from "node:util";
import { nearest } from "../../../regions/nearest";

/** What the preview was asked for. */
export interface CliOptions {
    /** The stacks to preview; empty for all. */
    readonly stacks: readonly string[];
    readonly format: "tree" | "json" | "markdown";
    /** Configuration that takes precedence over the stack files', `key` or `project:key` → value. */
    readonly config: Readonly<Record<string, string>>;
    /** The region that writes, as the catalogue's key or as AWS's name. */
    readonly primaryRegion: string | undefined;
    /** Whether to colour; undefined leaves it to the terminal. */
    readonly color: boolean | undefined;
    readonly verbose: boolean;
    readonly help: boolean;
}

/** A wrong call: its message goes to standard error with the usage, and the exit status is 2. */
export class UsageError extends Error {
    override readonly name = "UsageError";
}

const FLAGS = {
    json: { type: "boolean", short: "j" },
    markdown: { type: "boolean" },
    config: { type: "string", short: "c", multiple: true },
    "primary-region": { type: "string" },
    color: { type: "boolean" },
    "no-color": { type: "boolean" },
    verbose: { type: "boolean", short: "v" },
    help: { type: "boolean", short: "h" },
} as const;

type Flag = keyof typeof FLAGS;

export const USAGE = `Usage: npm run preview -- [stack…] [flags]

Shows what pulumi up would make, without an account, a login or a network. Stacks are named as
their files are (prod-us for Pulumi.prod-us.yaml); without a name, all of them are previewed.

Flags:
  -j, --json                   print one JSON document instead of the trees
      --markdown               print one pull-request comment instead of the trees
  -c, --config key=value       put a configuration value before the stack files'; may be repeated
      --primary-region region  let this region be the one that writes, such as us or us-east-1
      --color, --no-color      colour the trees, or not; left out: the terminal and NO_COLOR decide
  -v, --verbose                also print the stacks' configuration, and where a program failed
  -h, --help                   print this

Exit status: 0 when fine, 1 when a program failed, 2 for a wrong call.
`;

/**
 * Reads the command line.
 *
 * @throws {@link UsageError} with everything that is wrong with it.
 */
export function parseCli(argv: readonly string[]): CliOptions {
    const { tokens } = parseArgs({
        args: [...argv],
        options: FLAGS,
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const problems: string[] = [];
    const stacks: string[] = [];
    const config: Record<string, string> = {};
    const given = new Set<Flag>();
    let primaryRegion: string | undefined;

    for (const token of tokens) {
        if (token.kind === "positional") {
            stacks.push(token.value);
        } else if (token.kind === "option") {
            const { name, rawName, value, inlineValue } = token;
            if (!isFlag(name)) {
                problems.push(unknownFlag(rawName));
                continue;
            }
            given.add(name);
            if (FLAGS[name].type === "boolean") {
                if (value !== undefined) {
                    problems.push(`${rawName} takes no value.`);
                }
            } else if (value === undefined || (value.startsWith("-") && !inlineValue)) {
                problems.push(`${rawName} needs a value.`);
            } else if (name === "config") {
                const equals = value.indexOf("=");
                if (equals < 1) {
                    problems.push(`${rawName} ${value} must have the form key=value.`);
                } else {
                    config[value.slice(0, equals)] = value.slice(equals + 1);
                }
            } else {
                primaryRegion = value;
            }
        }
    }

    exclusive("json", "markdown");
    exclusive("color", "no-color");
    if (problems.length > 0) {
        throw new UsageError(problems.join("\n"));
    }
    return {
        stacks: [...new Set(stacks)],
        format: given.has("json") ? "json" : given.has("markdown") ? "markdown" : "tree",
        config,
        primaryRegion,
        color: given.has("color") ? true : given.has("no-color") ? false : undefined,
        verbose: given.has("verbose"),
        help: given.has("help"),
    };

    function exclusive(one: Flag, other: Flag): void {
        if (given.has(one) && given.has(other)) {
            problems.push(`--${one} and --${other} exclude each other.`);
        }
    }
}

function unknownFlag(given: string): string {
    const near = nearest(
        given,
        Object.keys(FLAGS).map((flag) => `--${flag}`),
    );
    return `There is no flag ${given}.${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

function isFlag(name: string): name is Flag {
    return Object.hasOwn(FLAGS, name);
}
