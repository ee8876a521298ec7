/** README.md's sample of the preview, cut out of what the command prints. */
import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

/** The page with the sample. */
export const README_FILE = path.join(ROOT, "README.md");

/** The stack and the components that the sample shows; everything else is left out at a `…`. */
const STACK = "prod-us";
const COMPONENTS = ["Vpc3Tier", "EdgeDistribution", "AuroraGlobal", "WebTier"];

const CALL = "$ npm run --silent preview";
const BLOCK = /(?<=```console\n)\$ npm run --silent preview\n[^]*?(?=```)/;
const DURATION = /^Duration: .*$/m;

/**
 * What the preview prints on 80 columns, where nothing else is asked for of all stacks.
 *
 * @throws Error where it does not print one.
 */
export function sampleOutput(args: readonly string[] = []): string {
    const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", COLUMNS: "80" };
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--require=tsx/cjs", "--stack-trace-limit=2", "tools/preview/index.ts", ...args],
        { cwd: ROOT, env, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    );
    if (status !== 0) {
        throw new Error(`the preview ended with status ${String(status)}:\n${stdout}${stderr}`);
    }
    return stdout;
}

/** The sample: the call, some components of one stack, and the summary. */
export function sampleOf(output: string): string {
    const lines = output.trimEnd().split("\n");
    const first = lines.findIndex((line) => line.startsWith(`Previewing ${STACK} `));
    const summary = lines.indexOf("Summary:");
    if (first < 0 || summary < first) {
        throw new Error(`the preview shows no stack ${STACK} before a summary`);
    }
    const sample = [CALL, ...(first === 0 ? [] : ["…"]), ...lines.slice(first, first + 2)];
    const next = lines.findIndex((line, index) => index > first && line.startsWith("Previewing "));
    let shown = true;
    for (const line of lines.slice(first + 2, next < 0 ? summary : next)) {
        // A component's row begins with the sign, and what is notable of it is indented.
        const component = /^ [+>] {3}(\S+)/.exec(line)?.[1];
        shown =
            component === undefined ? shown && line.startsWith("       ") : COMPONENTS.includes(component);
        if (shown) {
            sample.push(line);
        } else if (!sample.at(-1)?.endsWith("…")) {
            sample.push(" …");
        }
    }
    return `${[...sample, ...lines.slice(summary)].join("\n")}\n`;
}

/** The page with the sample of this output. How long it took stays as it is: that differs every time. */
export function readmeWith(readme: string, output: string): string {
    const old = BLOCK.exec(readme)?.[0];
    if (old === undefined) {
        throw new Error("README.md has no sample of the preview");
    }
    const duration = DURATION.exec(old)?.[0];
    const sample = sampleOf(output);
    const text = duration === undefined ? sample : sample.replace(DURATION, duration);
    return readme.replace(BLOCK, () => text);
}
