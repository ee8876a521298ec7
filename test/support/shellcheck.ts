import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "../..");

/**
 * What ShellCheck finds in a script, one line per finding (`3:4: info: Double quote … [SC2086]`); an empty array
 * when it finds nothing. Takes any shell that the script's first line names.
 */
export function shellcheck(script: string): string[] {
    // A process of its own, because the checker is asynchronous and its callers are plain assertions.
    const run = spawnSync(process.execPath, ["--require=tsx/cjs", "tools/lintWorkflows/shellcheck.ts"], {
        cwd: root,
        input: script,
        encoding: "utf8",
    });
    if (run.error) {
        throw run.error;
    }
    // 0 and 1 are ShellCheck's verdicts; anything else is the checker itself failing.
    if ((run.status !== 0 && run.status !== 1) || run.stderr !== "") {
        throw new Error(`ShellCheck did not run (status ${String(run.status)}): ${run.stderr}`);
    }
    return run.stdout.split("\n").filter((line) => line !== "");
}
