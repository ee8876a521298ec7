/**
 * `npm run benchmark`: how long the offline preview takes, and how much memory, for the project's three stacks and
 * for 10 and 20 regions; beside it the bare SDK with its own mocks and default settings, registering the same
 * resources; what each shortcut inside the SDK buys; and what the policies add to the command. Each measurement is a process of its own, and the one in the middle of several counts.
 */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { runCommand, WrongCall } from "../shared/commandLine";
import type * as functions from "./functions";
import type * as measure from "./measure";
import { type Measurement } from "./measure";
import { LEFT_OUT } from "./leftOut";
import { measurePolicies, policyLine } from "./policies";
import { ROOT } from "./root";
import { type Comparison, median, shortcutTable, table } from "./report";
import { SHORTCUTS } from "../preview/shortcuts";

const SIZES: readonly (readonly [title: string, regions: number])[] = [
    ["the project", 2],
    ["10 regions", 10],
    ["20 regions", 20],
];
const REPETITIONS = 3;
const POLICY_REPETITIONS = 5;
/** As `npm run preview` starts. */
const PREVIEW_FLAGS = ["--import=tsx", "--stack-trace-limit=2"];
/** As a program's own tests would start. */
const SDK_FLAGS = ["--import=tsx"];

const USAGE = `Usage: npm run benchmark -- [functions]

Measures how long the offline preview takes and how much memory, for the
project's stacks and for 10 and 20 regions, beside the bare SDK with the same
resources, what each shortcut inside the SDK buys, and what the policies add. It takes some minutes; the machine should
have nothing else to do.

With the word functions it measures these instead: the size of each bundle that
brings the SDK along, and how long a fresh process takes to load it.

Flags:
  -h, --help  print this
`;

function inProcess(flags: readonly string[], args: readonly string[], without = ""): Measurement {
    const output = execFileSync(process.execPath, [...flags, __filename, ...args], {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, [LEFT_OUT]: without },
    });
    return JSON.parse(output) as Measurement;
}

function repeated(work: () => Measurement): Measurement {
    return median(Array.from({ length: REPETITIONS }, work));
}

function compare(title: string, regions: number, samples: string): Comparison {
    const preview = repeated(() => inProcess(PREVIEW_FLAGS, ["preview", String(regions), samples]));
    return { title, preview, sdk: repeated(() => inProcess(SDK_FLAGS, ["sdk", samples])) };
}

/** What the preview costs with all that it replaces inside the SDK, and without one of them. */
function withoutEach(title: string, regions: number, samples: string): string {
    const preview = (without?: string): Measurement =>
        repeated(() => inProcess(PREVIEW_FLAGS, ["preview", String(regions), samples], without));
    return shortcutTable(
        title,
        preview(),
        SHORTCUTS.map((shortcut) => [shortcut, preview(shortcut)]),
    );
}

function report(): void {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-benchmark-"));
    try {
        process.stdout.write(
            `Node ${process.version}, ${os.cpus().length} processors, median of ${REPETITIONS}\n\n`,
        );
        const comparisons = SIZES.map(([title, regions]) =>
            compare(title, regions, path.join(directory, "resources.json")),
        );
        process.stdout.write(table(comparisons));
        for (const [title, regions] of SIZES.filter((_, index) => index !== 1)) {
            process.stdout.write(`\n${withoutEach(title, regions, path.join(directory, "resources.json"))}`);
        }
        process.stdout.write(`\n${policyLine(measurePolicies(PREVIEW_FLAGS, POLICY_REPETITIONS))}`);
    } finally {
        fs.rmSync(directory, { recursive: true });
    }
}

async function main(args: readonly string[]): Promise<number> {
    // Words are the command's own, for the processes in which it measures.
    const [mode, first = "", second = ""] = args;
    if (mode === undefined) {
        report();
        return 0;
    }
    if (mode === "functions") {
        const { functionsTable } = createRequire(__filename)("./functions") as typeof functions;
        process.stdout.write(functionsTable());
        return 0;
    }
    if (mode !== "preview" && mode !== "sdk") {
        throw new WrongCall(`There is nothing to do with ${mode}.`);
    }
    // Only the measured process loads what is measured.
    const { measurePreview, measureSdk } = createRequire(__filename)("./measure") as typeof measure;
    const result = mode === "preview" ? await measurePreview(Number(first), second) : await measureSdk(first);
    process.stdout.write(JSON.stringify(result));
    return 0;
}

void runCommand({ usage: USAGE, words: "any" }, ({ words }) => main(words));
