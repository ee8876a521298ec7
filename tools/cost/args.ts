import { type Call, type Flag, readCall } from "../shared/commandLine";
import { readyProfiles } from "./usageFile";

/** What the command was asked for. */
export interface CostCall {
    /** The stacks; empty for all. */
    readonly stacks: readonly string[];
    /** The folder of the project; left out for this one. */
    readonly cwd: string | undefined;
    /** A ready profile, a file, or `none`. */
    readonly usage: string;
    readonly format: "text" | "json" | "markdown";
    readonly lines: boolean;
}

/** What is used where the call does not say: what the project's own configuration is. */
export const DEFAULT_USAGE = "warm-standby";

/** The profile that has no usage at all. */
export const NO_USAGE = "none";

const FLAGS: Readonly<Record<string, Flag>> = {
    cwd: { type: "string", short: "C" },
    json: { type: "boolean", short: "j" },
    lines: { type: "boolean", short: "l" },
    markdown: { type: "boolean" },
    usage: { type: "string", short: "u" },
};

export const USAGE = `Usage: npm run cost -- [stack…] [flags]

Estimates what the stacks cost by the month, at AWS's list prices and without an
account: by stack, component and tier, what is fixed and what is by use. What has
no price is listed, and is in no total.

Flags:
  -u, --usage name|file  how much is used: ${readyProfiles().join(", ")},
                         a YAML file of that form, or none for the fixed part
                         alone; left out: ${DEFAULT_USAGE}
  -l, --lines            print every line of every resource, with its price
  -C, --cwd dir          the Pulumi project in this folder, such as
                         examples/retail-store
  -j, --json             print one JSON document in the shape of infracost's
      --markdown         print Markdown
  -h, --help             print this

Exit status: 0 when fine, 1 when a program failed or the cost is above a budget
(aws.budgets.Budget) of the stacks, 2 for a wrong call or usage profile.
`;

/** Reads the command line; undefined where help is asked for. */
export function parseCost(argv: readonly string[]): CostCall | undefined {
    const call = readCall(argv, {
        usage: USAGE,
        flags: FLAGS,
        words: "any",
        check: ({ flags }: Call) =>
            "json" in flags && "markdown" in flags ? ["--json and --markdown exclude each other."] : [],
    });
    if (call === undefined) {
        return undefined;
    }
    const { flags, words } = call;
    return {
        stacks: [...new Set(words)],
        cwd: typeof flags["cwd"] === "string" ? flags["cwd"] : undefined,
        usage: typeof flags["usage"] === "string" ? flags["usage"] : DEFAULT_USAGE,
        format: "json" in flags ? "json" : "markdown" in flags ? "markdown" : "text",
        lines: "lines" in flags,
    };
}
