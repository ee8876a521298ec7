/**
 * `npm run benchmark`: how long the offline preview takes, and how much memory, for the project's stacks and for 10 and 20
 * regions; beside it the bare SDK with its own mocks and default settings, registering the same resources, and
 * `cdk synth` of an architecture like it; what each shortcut inside the SDK buys; and what the policies add to the
 * command. Each measurement is a process of its own, and the ways take turns, so that all meet the same machine.
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
import { cdkVersion, installCdk, measureCdk } from "./cdk";
import { LEFT_OUT } from "./leftOut";
import { measurePolicies, policyLine } from "./policies";
import { ROOT } from "./root";
import type * as project from "./project";
import { seriesTable, shortcutTable } from "./report";
import { SHORTCUTS } from "../preview/shortcuts";

const SIZES: readonly (readonly [title: string, regions: number])[] = [
    ["2 regions", 2],
    ["10 regions", 10],
    ["20 regions", 20],
];
/** Measurements of each way, where the call does not say. */
const RUNS = 5;
/** The page with the figures, which follow the mark to its end. */
const PAGE = path.join(ROOT, "docs/performance.md");
const MARK = "<!-- figures -->";
/** As `npm run preview` starts. */
const PREVIEW_FLAGS = ["--require=tsx/cjs", "--stack-trace-limit=2"];
/** As a program's own tests would start. */
const SDK_FLAGS = ["--import=tsx"];

const USAGE = `Usage: npm run benchmark -- [functions] [flags]

Measures how long the offline preview takes and how much memory, for the
project's stacks and for 10 and 20 regions, beside the bare SDK with the same
resources and beside cdk synth of an architecture like it, what each shortcut
inside the SDK buys, and what the policies add. It takes some 15 minutes; the
machine should have nothing else to do. The first time, it installs the AWS CDK
in tools/benchmark/cdk.

With the word functions it measures these instead: the size of each bundle that
brings the SDK along, and how long a fresh process takes to load it.

Flags:
      --runs n  so many of each, 5 when left out
      --write   put the figures into docs/performance.md as well
  -h, --help    print this
`;

function inProcess(flags: readonly string[], args: readonly string[], without = ""): Measurement {
    const output = execFileSync(process.execPath, [...flags, __filename, ...args], {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, [LEFT_OUT]: without },
    });
    return JSON.parse(output) as Measurement;
}

/** As many measurements of each way, in turns. */
function inTurns(runs: number, ways: readonly (() => Measurement)[]): Measurement[][] {
    const rounds = Array.from({ length: runs }, () => ways.map((way) => way()));
    return ways.map((_, index) => rounds.flatMap((round) => round.slice(index, index + 1)));
}

function compare(title: string, regions: number, scratch: string, runs: number): string {
    const samples = path.join(scratch, "resources.json");
    // Loads the SDK, which a measured process loads for itself.
    const { regionsOf, shopsOf } = createRequire(__filename)("./project") as typeof project;
    const shops = regionsOf(shopsOf(regions));
    const [preview = [], cdk = [], sdk = []] = inTurns(runs, [
        () => inProcess(PREVIEW_FLAGS, ["preview", String(regions), samples]),
        () => measureCdk(shops, scratch),
        () => inProcess(SDK_FLAGS, ["sdk", samples]),
    ]);
    return seriesTable(title, [
        { title: "offline preview", runs: preview, time: ({ wall }) => wall },
        { title: `cdk synth ${cdkVersion()}`, runs: cdk, time: ({ wall }) => wall },
        { title: "bare SDK, registering alone", runs: sdk, time: ({ working }) => working },
    ]);
}

/** What the preview costs with all that it replaces inside the SDK, and without one of them. */
function withoutEach(title: string, regions: number, scratch: string, runs: number): string {
    const samples = path.join(scratch, "resources.json");
    const [all = [], ...without] = inTurns(
        runs,
        [undefined, ...SHORTCUTS].map(
            (shortcut) => () => inProcess(PREVIEW_FLAGS, ["preview", String(regions), samples], shortcut),
        ),
    );
    return shortcutTable(
        title,
        all,
        SHORTCUTS.map((shortcut, index) => [shortcut, without[index] ?? []]),
    );
}

/** The machine, without its name. */
function machine(): string {
    const [{ model } = { model: "processors of an unknown kind" }] = os.cpus();
    const memory = Math.round(os.totalmem() / 1024 ** 3);
    return `Node.js ${process.version}, ${os.platform()}, ${os.cpus().length} × ${model.trim()}, ${memory} GiB`;
}

function report(write: boolean, runs: number): void {
    installCdk();
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-benchmark-"));
    const parts: string[] = [];
    const say = (text: string): void => {
        parts.push(text);
        process.stdout.write(`${text}\n`);
    };
    try {
        say(
            `${new Date().toISOString().slice(0, 10)}; ${machine()}; minimum and median of ${runs} ${runs === 1 ? "run" : "runs"}.\n`,
        );
        for (const [title, regions] of SIZES) {
            say(compare(title, regions, directory, runs));
        }
        for (const [title, regions] of SIZES.filter((_, index) => index !== 1)) {
            say(withoutEach(title, regions, directory, runs));
        }
        say(policyLine(measurePolicies(PREVIEW_FLAGS, runs)));
    } finally {
        fs.rmSync(directory, { recursive: true });
    }
    if (write) {
        const page = fs.readFileSync(PAGE, "utf8");
        fs.writeFileSync(PAGE, `${page.slice(0, page.indexOf(MARK) + MARK.length)}\n\n${parts.join("\n")}`);
    }
}

async function main(args: readonly string[], write: boolean, runs: number): Promise<number> {
    // Words are the command's own, for the processes in which it measures.
    const [mode, first = "", second = ""] = args;
    if (mode === undefined) {
        report(write, runs);
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

const FLAGS = { write: { type: "boolean" }, runs: { type: "string" } } as const;

void runCommand(
    {
        usage: USAGE,
        words: "any",
        flags: FLAGS,
        check: ({ flags: { runs = "1" } }) =>
            /^[1-9]\d?$/.test(String(runs)) ? [] : [`--runs ${String(runs)} must be a number from 1 to 99.`],
    },
    ({ words, flags }) => main(words, "write" in flags, Number(flags["runs"] ?? RUNS)),
);
