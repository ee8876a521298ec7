// Builds dist/, which is what the npm package holds: the components as JavaScript with declarations, the files that
// they read beside themselves, and the Lambda functions as bundles.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { bundleFunction } from "../components/lambdaCode";
import { runCommand } from "./commandLine";

const ROOT = path.join(__dirname, "..");
const DIST = path.join(ROOT, "dist");

const USAGE = `Usage: npm run build

Makes dist/, which is what the npm package holds: the components as JavaScript
with declarations, the files that they read beside themselves, and the Lambda
functions as bundles. What was in dist/ before is deleted.

Flags:
  -h, --help  print this
`;

function build(): number {
    fs.rmSync(DIST, { recursive: true, force: true });
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
        cwd: ROOT,
        stdio: "inherit",
    });
    copyBesides("components");
    const functions = fs
        .readdirSync(path.join(ROOT, "functions"))
        .filter((name) => fs.existsSync(path.join(ROOT, "functions", name, "index.ts")));
    for (const name of functions) {
        const target = path.join(DIST, "functions", name);
        fs.mkdirSync(target, { recursive: true });
        fs.writeFileSync(path.join(target, "index.js"), bundleFunction(name));
    }
    return 0;
}

/** Copies what is not TypeScript: templates and pages that the components read at run time. */
function copyBesides(folder: string): void {
    for (const entry of fs.readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && !entry.name.endsWith(".ts")) {
            const source = path.join(entry.parentPath, entry.name);
            const target = path.join(DIST, path.relative(ROOT, source));
            fs.mkdirSync(path.dirname(target), { recursive: true });
            fs.copyFileSync(source, target);
        }
    }
}

void runCommand({ usage: USAGE }, build);
