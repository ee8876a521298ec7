import { parseArgs } from "node:util";
import { unknownFlag } from "../../shared/commandLine";
import { type PolicyRequest } from "../policies/choice";

/** What the preview was asked for. */
export interface CliOptions {
    /** The stacks to preview; empty for all. */
    readonly stacks: readonly string[];
    readonly format: "summary" | "tree" | "json" | "markdown";
    /** Configuration that takes precedence over the stack files', `key` or `project:key` → value. */
    readonly config: Readonly<Record<string, string>>;
    /** The region that writes, as the catalogue's key or as AWS's name. */
    readonly primaryRegion: string | undefined;
    /** The policy packs to run; undefined for none. */
    readonly policies: PolicyRequest | undefined;
    /** Whether to colour; undefined leaves it to the terminal. */
    readonly color: boolean | undefined;
    readonly verbose: boolean;
    /** Whether to leave Pulumi's SDK as it is, see `shortcuts.ts`. */
    readonly plainSdk: boolean;
    readonly help: boolean;
}

/** A wrong call: its message goes to standard error with the usage, and the exit status is 2. */
export class UsageError extends Error {
    override readonly name = "UsageError";
}

const FLAGS = {
    tree: { type: "boolean", short: "t" },
    json: { type: "boolean", short: "j" },
    markdown: { type: "boolean" },
    config: { type: "string", short: "c", multiple: true },
    "primary-region": { type: "string" },
    "policy-pack": { type: "string", multiple: true },
    "policy-pack-config": { type: "string", multiple: true },
    "no-policies": { type: "boolean" },
    "plain-sdk": { type: "boolean" },
    color: { type: "boolean" },
    "no-color": { type: "boolean" },
    verbose: { type: "boolean", short: "v" },
    help: { type: "boolean", short: "h" },
} as const;

type Flag = keyof typeof FLAGS;

const FORMATS = ["tree", "json", "markdown"] as const;

export const USAGE = `Usage: npm run preview -- [stack…] [flags]

Shows what pulumi up would make, without an account, a login or a network:
each stack's components and what is notable of them. Stacks are named as their
files are (prod-us for Pulumi.prod-us.yaml); without a name, all are previewed.

Flags:
  -t, --tree                   print every resource and output of each stack
  -j, --json                   print one JSON document
      --markdown               print one pull-request comment
  -c, --config key=value       put a configuration value before the stack
                               files'; may be repeated
      --primary-region region  let this region be the one that writes, such as
                               us or us-east-1
      --policy-pack dir        run this policy pack in place of the project's
                               own; may be repeated
      --policy-pack-config file
                               configure the packs, in the order in which they
                               are given
      --no-policies            run no policy packs
      --plain-sdk              replace nothing inside Pulumi's SDK, and ask
                               policies one by one as the engine does, which
                               takes longer: for a version that does not take it
      --color, --no-color      colour the text, or not; left out: the terminal
                               and NO_COLOR decide
  -v, --verbose                also print the stacks' configuration, and where
                               a program failed
  -h, --help                   print this

No line is wider than the terminal, or than COLUMNS where that is set. Without
a terminal the summary has 80 columns, and the tree shortens nothing.

Exit status: 0 when fine, 1 when a program failed or a mandatory policy is
violated, 2 for a wrong call or a wrong configuration of policies.
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
    const packs: string[] = [];
    const packConfigs: string[] = [];
    let primaryRegion: string | undefined;

    for (const token of tokens) {
        if (token.kind === "positional") {
            stacks.push(token.value);
        } else if (token.kind === "option") {
            const { name, rawName, value, inlineValue } = token;
            if (!isFlag(name)) {
                problems.push(unknownFlag(rawName, Object.keys(FLAGS)));
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
            } else if (name === "policy-pack") {
                packs.push(value);
            } else if (name === "policy-pack-config") {
                packConfigs.push(value);
            } else {
                primaryRegion = value;
            }
        }
    }

    exclusive("tree", "json");
    exclusive("tree", "markdown");
    exclusive("json", "markdown");
    exclusive("color", "no-color");
    exclusive("policy-pack", "no-policies");
    exclusive("policy-pack-config", "no-policies");
    if (packConfigs.length > packs.length) {
        problems.push(
            `There are ${packConfigs.length} --policy-pack-config, and ${packs.length} --policy-pack to configure.`,
        );
    }
    if (problems.length > 0) {
        throw new UsageError(problems.join("\n"));
    }
    return {
        stacks: [...new Set(stacks)],
        format: FORMATS.find((format) => given.has(format)) ?? "summary",
        config,
        primaryRegion,
        policies: given.has("no-policies") ? undefined : { packs, configs: packConfigs },
        color: given.has("color") ? true : given.has("no-color") ? false : undefined,
        verbose: given.has("verbose"),
        plainSdk: given.has("plain-sdk"),
        help: given.has("help"),
    };

    function exclusive(one: Flag, other: Flag): void {
        if (given.has(one) && given.has(other)) {
            problems.push(`--${one} and --${other} exclude each other.`);
        }
    }
}

function isFlag(name: string): name is Flag {
    return Object.hasOwn(FLAGS, name);
}
