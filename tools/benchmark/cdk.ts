/** How long `cdk synth` takes for an architecture like the shop's. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Measurement } from "./measure";
import { type RegionZones } from "./project";
import { ROOT } from "./root";

const FOLDER = path.join(ROOT, "tools/benchmark/cdk");
const REPORT = path.join(FOLDER, "report.js");

/** Installs the AWS CDK, which nothing else of the project needs, where it is not there yet. */
export function installCdk(): void {
    if (!fs.existsSync(path.join(FOLDER, "node_modules"))) {
        execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER, stdio: "ignore" });
    }
}

/** The version of the library, such as `2.276.0`. */
export function cdkVersion(): string {
    const text = fs.readFileSync(path.join(FOLDER, "node_modules/aws-cdk-lib/package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version;
}

/**
 * Runs the command as its users do.
 *
 * @param scratch An empty directory for what it writes.
 */
export function measureCdk(regions: readonly RegionZones[], scratch: string): Measurement {
    const output = path.join(scratch, "cdk.out");
    const memory = path.join(scratch, "memory");
    fs.rmSync(memory, { force: true });
    const start = performance.now();
    execFileSync(
        process.execPath,
        ["node_modules/aws-cdk/bin/cdk", "synth", "--quiet", "--no-notices", "--output", output],
        {
            cwd: FOLDER,
            stdio: "ignore",
            env: {
                ...process.env,
                MERIDIAN_REGIONS: JSON.stringify(regions),
                MERIDIAN_BENCHMARK_MEMORY: memory,
                NODE_OPTIONS: `--require=${REPORT}`,
                CDK_DISABLE_CLI_TELEMETRY: "1",
            },
        },
    );
    const wall = performance.now() - start;
    const templates = fs.readdirSync(output).filter((file) => file.endsWith(".template.json"));
    const resources = templates.map((file) => {
        const { Resources } = JSON.parse(fs.readFileSync(path.join(output, file), "utf8")) as {
            Resources: Record<string, unknown>;
        };
        return Object.keys(Resources).length;
    });
    fs.rmSync(output, { recursive: true });
    // The command and the program that it starts are there at the same time.
    const used = fs.readFileSync(memory, "utf8").trim().split("\n").map(Number);
    return {
        stacks: templates.length,
        resources: resources.reduce((sum, count) => sum + count, 0),
        working: wall,
        wall,
        memory: used.reduce((sum, bytes) => sum + bytes, 0),
        processor: 0,
    };
}
