import { expect } from "chai";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { bundlePolicies } from "../../tools/bundlePolicies";
import { AnalyzedStack } from "../../tools/preview/policies/analyzedStack";
import { bundlePack } from "../../tools/preview/policies/bundle";
import { cachedBundle, removeOlder } from "../../tools/preview/policies/bundleCache";
import { OWN_PACKS } from "../../tools/preview/policies/choice";
import { type PolicyFinding } from "../../tools/preview/policies/findings";
import { Pack } from "../../tools/preview/policies/pack";
import { type PackInfo } from "../../tools/preview/policies/packInfo";
import { PackProcess } from "../../tools/preview/policies/packProcess";
import { loadStacks } from "../support/policies/ownStacks";
import { StackCopy } from "../support/policies/mutableStack";
import { analyze } from "../support/policies/packProcesses";

const ROOT = path.resolve(__dirname, "../..");

/** A stack of the project with something for every pack to object to. */
async function brokenStack(): Promise<AnalyzedStack> {
    const stack = new StackCopy("prod-global", (await loadStacks())["prod-global"].resources);
    stack.set(
        stack.find("aws:s3/bucketVersioning:BucketVersioning"),
        "versioningConfiguration.status",
        "Suspended",
    );
    stack.set(stack.find("aws:rds/cluster:Cluster"), "skipFinalSnapshot", true);
    stack.set(stack.find("aws:s3/bucket:Bucket"), "tags", {});
    stack.set(stack.find("aws:cloudwatch/metricAlarm:MetricAlarm"), "period", 61);
    return new AnalyzedStack(
        {
            name: "prod-global",
            project: "meridian",
            organization: "organization",
            config: {},
            complete: true,
        },
        stack.withWhatTheyNeed(stack.touched),
    );
}

interface Judgement {
    readonly info: PackInfo;
    readonly findings: readonly string[];
}

async function judge(dir: string, faithful: boolean): Promise<Judgement> {
    const process = new PackProcess(dir, { project: "meridian", faithful });
    try {
        const pack = new Pack(process);
        const findings = await analyze(pack, await brokenStack(), undefined);
        return { info: await pack.info(), findings: findings.map(told).sort() };
    } finally {
        await process.close();
    }
}

function told({ status, rule, urn, message }: PolicyFinding): string {
    return [status, rule, urn ?? "", message].join(" | ");
}

describe("bundled policy packs", () => {
    // Where the policy SDK is found as it would be after an installation.
    const folder = path.join(ROOT, "node_modules", ".cache", `meridian-bundles-${process.pid}`);

    after(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    for (const dir of OWN_PACKS) {
        const name = path.basename(dir);

        it(`${name} says the same from its sources, from a bundle to publish and from one of the preview's`, async () => {
            const outdir = path.join(folder, name);
            await bundlePolicies(dir, outdir);
            const fromSources = await judge(dir, true);
            expect(fromSources.findings.some((finding) => finding.startsWith("violation"))).to.equal(true);
            expect(await judge(outdir, true)).to.deep.equal(fromSources);
            expect(await judge(dir, false)).to.deep.equal(fromSources);
        });

        it(`${name} is published with what it needs, and nothing else`, () => {
            const outdir = path.join(folder, name);
            expect(fs.readdirSync(outdir).sort()).to.deep.equal([
                "PulumiPolicy.yaml",
                "index.js",
                "package.json",
                "profiles",
            ]);
            const { main, dependencies } = JSON.parse(
                fs.readFileSync(path.join(outdir, "package.json"), "utf8"),
            ) as { main: string; dependencies: object };
            expect(main).to.equal("index.js");
            const needed = new Set(
                [...fs.readFileSync(path.join(outdir, "index.js"), "utf8").matchAll(/require\("([^"]+)"\)/g)]
                    .map(([, module = ""]) => module)
                    .filter((module) => !module.startsWith("node:"))
                    .map((module) => module.split("/").slice(0, 2).join("/")),
            );
            expect(Object.keys(dependencies)).to.include.members([...needed]);
        });
    }

    it("are made by a command, for the packs that it names", () => {
        const command = ["--require=tsx/cjs", path.join(ROOT, "tools/bundlePolicies/index.ts")];
        const refused = (): unknown =>
            execFileSync(process.execPath, [...command, "securty"], { cwd: ROOT, stdio: "pipe" });
        expect(refused).to.throw(/There is no word securty; allowed: security-baseline, /);
    });

    it("are kept until a source changes", async () => {
        const cache = path.join(folder, "cache");
        const pack = path.join(folder, "packs", "small");
        fs.mkdirSync(path.join(pack, "rules"), { recursive: true });
        fs.mkdirSync(cache, { recursive: true });
        expect(cachedBundle(pack, cache)).to.equal(undefined);
        fs.writeFileSync(path.join(pack, "pack.ts"), "export const version: number = 1;\n");
        fs.writeFileSync(path.join(pack, "package.json"), "{}\n");
        const first = cachedBundle(pack, cache);
        expect(first?.ready).to.equal(false);
        await bundlePack({ dir: pack, outfile: first?.file ?? "" });
        expect(cachedBundle(pack, cache)).to.deep.equal({ file: first?.file, ready: true });

        fs.writeFileSync(path.join(pack, "rules", "new.ts"), "export const rule = {};\n");
        const second = cachedBundle(pack, cache);
        expect(second?.ready).to.equal(false);
        if (second !== undefined) {
            removeOlder(second);
        }
        expect(fs.readdirSync(cache)).to.deep.equal([]);
    });
});
