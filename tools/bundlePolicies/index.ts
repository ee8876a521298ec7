/**
 * `npm run bundle:policies`: makes each policy pack a folder of its own under `dist/policies`, for `pulumi policy
 * publish` or for a repository that holds nothing else. A folder has one JavaScript file with the rules and the
 * framework in it, and needs the policy SDK alone.
 *
 * Arguments: names of packs; left out, all of them.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "../shared/commandLine";
import { bundlePack } from "../preview/policies/bundle";
import { OWN_PACKS } from "../preview/policies/choice";

const OUT = path.resolve(__dirname, "../..", "dist", "policies");

interface Manifest {
    readonly dependencies: Readonly<Record<string, string>>;
}

/** Bundles a pack into a folder, which is emptied first. */
export async function bundlePolicies(dir: string, outdir: string): Promise<void> {
    fs.rmSync(outdir, { recursive: true, force: true });
    fs.mkdirSync(outdir, { recursive: true });
    await bundlePack({ dir, outfile: path.join(outdir, "index.js") });
    fs.copyFileSync(path.join(dir, "PulumiPolicy.yaml"), path.join(outdir, "PulumiPolicy.yaml"));
    fs.cpSync(path.join(dir, "profiles"), path.join(outdir, "profiles"), { recursive: true });
    const manifest = JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8")) as Manifest;
    // What translates TypeScript has done its work.
    const dependencies = Object.fromEntries(
        Object.entries(manifest.dependencies).filter(([name]) => name.startsWith("@pulumi/")),
    );
    fs.writeFileSync(
        path.join(outdir, "package.json"),
        `${JSON.stringify({ ...manifest, dependencies }, null, 4)}\n`,
    );
}

const PACKS = OWN_PACKS.map((dir) => path.basename(dir));

const USAGE = `Usage: npm run bundle:policies -- [pack…]

Makes each policy pack a folder of its own under dist/policies, for pulumi
policy publish or for a repository that holds nothing else. Without a name, all:
${PACKS.join(", ")}.

Flags:
  -h, --help  print this
`;

async function main(names: readonly string[]): Promise<number> {
    for (const dir of OWN_PACKS) {
        const name = path.basename(dir);
        if (names.length === 0 || names.includes(name)) {
            await bundlePolicies(dir, path.join(OUT, name));
            process.stdout.write(`${path.relative(process.cwd(), path.join(OUT, name))}\n`);
        }
    }
    return 0;
}

if (require.main === module) {
    void runCommand({ usage: USAGE, words: PACKS }, ({ words }) => main(words));
}
