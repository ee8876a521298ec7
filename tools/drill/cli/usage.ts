/** What `--help` says. */
import { RUNBOOKS } from "../runbooks";

/** The usage, from the runbooks. */
export function usage(): string {
    const verbs = [
        ["status", "Says whether a failover would work tonight."],
        [
            "traffic [--region <key> --off|--on]",
            "Shows which regions have their traffic turned off by hand, and turns a region's off and on.",
        ],
        ...RUNBOOKS.map((runbook) => [runbook.usage, runbook.purpose]),
    ];
    return [
        "Usage: npm run drill -- <verb> [options]",
        "",
        ...verbs.flatMap(([call = "", purpose = ""]) => [
            ...wrapped(call, "  ", "      "),
            ...wrapped(purpose, "      "),
        ]),
        "",
        "Options of every verb:",
        ...OPTIONS.map(([option, meaning]) => `  ${option.padEnd(22)} ${meaning}`),
        "",
        "Exit status: 0 fine, PASS or READY; 1 not; 2 wrong call; 3 INCONCLUSIVE or UNKNOWN.",
        "docs/drill.md says more, docs/runbook.md lists every step.",
        "",
    ].join("\n");
}

/** A sentence in lines that fit a terminal. */
function wrapped(text: string, first: string, indent = first): string[] {
    const lines: string[] = [];
    for (const word of text.split(" ")) {
        const last = lines.at(-1);
        if (last === undefined || last.length + 1 + word.length > WIDTH) {
            lines.push(`${last === undefined ? first : indent}${word}`);
        } else {
            lines[lines.length - 1] = `${last} ${word}`;
        }
    }
    return lines;
}

const WIDTH = 100;

/** The options of every verb. */
export const OPTIONS: readonly (readonly [string, string])[] = [
    ["-e, --environment", "The first part of the stacks' names; prod when left out."],
    ["-h, --help", "Prints this."],
    ["--dry-run", "Makes the checks, says what would be done, and changes nothing."],
    ["-y, --yes", "Asks nobody."],
    ["--rollback", "Takes back what an unfinished run changed."],
    ["--fresh", "Gives up an unfinished run instead of going on with it."],
    ["--break-lock", "Takes the lock from whoever holds it."],
    ["--json", "Prints the report as JSON; everything else goes to stderr."],
    ["--topology <file>", "What is drilled, from a file instead of the stacks."],
    ["--cached", "What the stacks said last, without asking them."],
    ["--probe-url <url>", "Where markers are written to."],
    ["--operator <name>", "Who you are; the login name when left out."],
    ["--state-dir <dir>", "Journals, reports and the last topology; .meridian when left out."],
    ["--report-dir <dir>", "Where the report is written; reports in the state directory when left out."],
];
