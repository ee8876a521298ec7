/**
 * A stand-in for the `pulumi` command line: a Node script in a temporary folder that goes on the path. It answers the
 * calls that the Automation API makes, from a folder with a file per stack, and notes them.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** What the stand-in knows of a stack, and what it does. */
export interface StandInStack {
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** Names of the outputs that it masks unless told to show secrets. */
    readonly secrets?: readonly string[];
    readonly resources?: readonly Readonly<Record<string, unknown>>[];
    /** What its state says was begun and not ended. */
    readonly pending?: readonly Readonly<Record<string, unknown>>[];
    /** What an operation prints to standard error before it fails. */
    readonly failure?: string;
    /** What an operation prints beside. */
    readonly says?: string;
    /** Whether an operation runs until it gets SIGINT. */
    readonly hangs?: boolean;
    readonly changes?: Readonly<Record<string, number>>;
}

/** A call that the stand-in answered. */
export interface StandInCall {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly pid: number;
}

// Newer ones stream their events through gRPC instead of a file.
const VERSION = "v3.205.0";

const SCRIPT = `#!${process.execPath}
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const args = process.argv.slice(2);
const folder = __dirname;
fs.appendFileSync(path.join(folder, "calls.jsonl"), JSON.stringify({ args, cwd: process.cwd(), pid: process.pid }) + "\\n");
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const say = (value) => process.stdout.write(typeof value === "string" ? value : JSON.stringify(value) + "\\n");
const fail = (text) => { process.stderr.write(text + "\\n"); process.exit(255); };
const name = (option("--stack") ?? args[2] ?? "").split("/").pop();
const file = path.join(folder, name + ".json");
const stack = () => {
    if (!fs.existsSync(file)) {
        fail("error: no stack named '" + name + "' found");
    }
    return JSON.parse(fs.readFileSync(file, "utf8"));
};
const save = (value) => fs.writeFileSync(file, JSON.stringify(value));
const [verb, action] = args;
if (verb === "version") {
    say("${VERSION}\\n");
} else if (verb === "stack" && action === "select") {
    stack();
} else if (verb === "stack" && action === "init") {
    save({});
} else if (verb === "stack" && action === "output") {
    const { outputs = {}, secrets = [] } = stack();
    const shown = args.includes("--show-secrets");
    say(Object.fromEntries(Object.entries(outputs).map(([key, value]) =>
        [key, secrets.includes(key) && !shown ? "[secret]" : value])));
} else if (verb === "stack" && action === "export") {
    say({ version: 3, deployment: { resources: stack().resources ?? [],
        ...(stack().pending ? { pending_operations: stack().pending } : {}) } });
} else if (verb === "stack" && action === "history") {
    say([{ kind: "update", result: "succeeded", resourceChanges: stack().changes ?? { same: 1 } }]);
} else if (verb === "up" || verb === "preview" || verb === "destroy") {
    const found = stack();
    say(verb + " of " + name + " begins\\n" + (found.says ?? ""));
    if (found.hangs) {
        process.on("SIGINT", () => fail("error: " + verb + " canceled"));
        setInterval(() => undefined, 1000);
    } else if (found.failure) {
        fail(found.failure);
    } else {
        if (option("--event-log")) {
            fs.appendFileSync(option("--event-log"), JSON.stringify({
                summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: found.changes ?? { same: 1 } },
            }) + "\\n");
            // The Automation API looks at the file from time to time.
            setTimeout(() => undefined, 600);
        }
        if (verb === "destroy") {
            save({ ...found, outputs: {}, resources: [] });
        }
    }
} else {
    fail("error: the stand-in does not know: " + args.join(" "));
}
`;

/** A `pulumi` on a path of its own. */
export class PulumiStandIn {
    /** Goes in front of the path. */
    readonly folder: string;

    constructor(stacks: Readonly<Record<string, StandInStack>>) {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-pulumi-"));
        fs.writeFileSync(path.join(this.folder, "pulumi"), SCRIPT, { mode: 0o755 });
        for (const [name, stack] of Object.entries(stacks)) {
            this.set(name, stack);
        }
    }

    /** Changes a stack. */
    set(name: string, stack: StandInStack): void {
        fs.writeFileSync(path.join(this.folder, `${name}.json`), JSON.stringify(stack));
    }

    /** The path with the stand-in in front. */
    get path(): string {
        return `${this.folder}${path.delimiter}${process.env["PATH"] ?? ""}`;
    }

    /** What it was called for, in order. */
    calls(): readonly StandInCall[] {
        const file = path.join(this.folder, "calls.jsonl");
        return fs.existsSync(file)
            ? fs
                  .readFileSync(file, "utf8")
                  .trim()
                  .split("\n")
                  .map((line) => JSON.parse(line) as StandInCall)
            : [];
    }

    /** The calls as text. */
    lines(): readonly string[] {
        return this.calls().map(({ args }) => args.join(" "));
    }

    /** The processes of operations, which outlive a parent that is killed. */
    pids(): readonly number[] {
        return this.calls()
            .filter(({ args }) => args[0] === "up")
            .map(({ pid }) => pid);
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true });
    }
}
