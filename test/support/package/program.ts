/** Runs a project's program the way that Pulumi's language host does. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import { EngineStandIn, type Registration } from "./engineStandIn";

/** What a program's run left. */
export interface ProgramRun {
    readonly registrations: readonly Registration[];
    /** What it printed and logged as errors. */
    readonly output: string;
}

/**
 * Previews the program of a folder with the SDK that is installed there.
 *
 * @param typescript Whether Pulumi compiles it: its runtime option `typescript`.
 * @throws Error with all that was said when the program fails.
 */
export async function runProgram(dir: string, typescript: boolean): Promise<ProgramRun> {
    const runner = createRequire(path.join(dir, "package.json")).resolve("@pulumi/pulumi/cmd/run");
    const engine = new EngineStandIn();
    await engine.start();
    try {
        const args = [
            ...["--monitor", engine.address, "--engine", engine.address],
            ...[
                "--project",
                "project",
                "--stack",
                "test",
                "--pwd",
                dir,
                "--dry-run",
                "--parallel",
                "16",
                ".",
            ],
        ];
        const child = spawn(process.execPath, [runner, ...args], {
            cwd: dir,
            env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: String(typescript), PULUMI_CONFIG: "{}" },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (chunk: Buffer) => {
                output += chunk.toString();
            });
        }
        const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
        output = [output, ...engine.errors].join("\n");
        if (status !== 0 || engine.errors.length > 0) {
            throw new Error(
                `the program in ${path.basename(dir)} ended with status ${status ?? "none"}:\n${output}`,
            );
        }
        return { registrations: engine.registrations, output };
    } finally {
        engine.stop();
    }
}
