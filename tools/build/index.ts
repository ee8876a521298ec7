// Builds dist/, which is what the npm package and the Pulumi package hold: the components as JavaScript with
// declarations, the files that they read beside themselves, the Lambda functions as bundles, and the schema by which
// programs in other languages know the components.
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as lambdaCode from "../../components/operations/lambdaCode";
import { runCommand } from "../shared/commandLine";
import type * as compiler from "./compile";
import type * as previewCommand from "./previewCommand";
import type * as schema from "./schema";

const load = createRequire(__filename);

const ROOT = path.join(__dirname, "../..");
const DIST = path.join(ROOT, "dist");

const USAGE = `Usage: npm run build

Makes what dist/ holds of the packages: the components as JavaScript with
declarations, the files that they read beside themselves, the Lambda functions
as bundles, the schema, and the command that previews any project. What was in dist/ of these before is deleted.

Flags:
  -h, --help  print this
`;

async function build(): Promise<number> {
    // The compiler and the SDK take a while to load: a wrong call is answered without them.
    const { bundleFunction } = load("../../components/operations/lambdaCode") as typeof lambdaCode;
    const { compile } = load("./compile") as typeof compiler;
    const { buildPreviewCommand } = load("./previewCommand") as typeof previewCommand;
    const { inferSchema } = load("./schema") as typeof schema;
    for (const part of ["components", "functions", "plugin", "preview", "schema.json"]) {
        fs.rmSync(path.join(DIST, part), { recursive: true, force: true });
    }
    compile(path.join(ROOT, "tsconfig.build.json"), DIST);
    copyBesides("components");
    const functions = fs
        .readdirSync(path.join(ROOT, "functions"))
        .filter((name) => fs.existsSync(path.join(ROOT, "functions", name, "index.ts")));
    for (const name of functions) {
        const target = path.join(DIST, "functions", name);
        fs.mkdirSync(target, { recursive: true });
        fs.writeFileSync(path.join(target, "index.js"), bundleFunction(name));
    }
    await buildPreviewCommand(ROOT, path.join(DIST, "preview"));
    fs.writeFileSync(path.join(DIST, "schema.json"), await inferSchema(ROOT));
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
