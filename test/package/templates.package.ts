// Installs the package into projects as Pulumi's own templates make them, from the npm registry, and compiles and runs
// there what the pages show. `npm run test:package`; it takes minutes.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { type CodeBlock, documentedBlocks } from "../support/docs/blocks";
import { toJavaScript } from "../support/docs/programs";
import { type Registration } from "../support/package/engineStandIn";
import { npm } from "../support/package/npm";
import { startPlugin } from "../support/package/plugin";
import { runProgram } from "../support/package/program";
import { pack, readManifest, ROOT } from "../support/package/tarball";

const CLASSES = ["ApiTier", "AuroraGlobal", "EdgeDistribution", "Vpc3Tier", "WebTier"];

/** The first program of each component's page. */
const PROGRAMS = new Map(
    CLASSES.map((name) => {
        const page = `docs/components/${name.charAt(0).toLowerCase()}${name.slice(1)}.md`;
        const block = documentedBlocks("typescript").find((candidate) => candidate.page === page);
        if (block === undefined) {
            throw new Error(`${page} has no program`);
        }
        return [name, block] as const;
    }),
);

// Of the templates aws-typescript, typescript and aws-javascript. Theirs say ^3, ^7 and so on of the SDKs.
const SDKS = { "@pulumi/pulumi": "^3.113.0", "@pulumi/aws": "^7.0.0", "@pulumi/awsx": "^3.0.0" };
const COMPILER_OPTIONS = {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
};
const NODENEXT = { ...COMPILER_OPTIONS, module: "nodenext", moduleResolution: "nodenext" };

/** The lowest version of each range that the package takes. */
const oldest = (): Record<string, string> =>
    Object.fromEntries(
        Object.entries(readManifest(ROOT).peerDependencies).map(([name, range]) => [name, range.slice(1)]),
    );

describe("the package in projects of Pulumi's templates", () => {
    let tarball: string;
    let folder: string;

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-templates-"));
        tarball = pack(folder);
    });

    after(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    /** Makes a project and installs its dependencies and the package, as a user does. */
    function project(name: string, manifest: object): string {
        const dir = path.join(folder, name);
        write(dir, "package.json", JSON.stringify({ name, ...manifest }));
        npm(dir, "install");
        npm(dir, "install", tarball);
        return dir;
    }

    describe("aws-typescript", () => {
        let dir: string;
        let registered: Map<string, readonly Registration[]>;

        before(() => {
            dir = project("aws-typescript", {
                main: "index.ts",
                devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
                dependencies: SDKS,
            });
            registered = new Map();
        });

        it("gets one copy of each SDK, and keeps its own compiler", () => {
            for (const sdk of ["pulumi", "aws", "awsx", "random"]) {
                expect(copiesOf(dir, `@pulumi/${sdk}`), sdk).to.deep.equal([`node_modules/@pulumi/${sdk}`]);
            }
            expect(copiesOf(dir, "typescript")).to.deep.equal(["node_modules/typescript"]);
            expect(readManifest(path.join(dir, "node_modules", "typescript")).version).to.match(/^5\./);
            expect(copiesOf(dir, "esbuild").concat(copiesOf(dir, "tsx"))).to.deep.equal([]);
        });

        it("compiles every component's program with tsc", () => {
            for (const [name, block] of PROGRAMS) {
                write(dir, `${name}.ts`, block.text);
            }
            write(dir, "tsconfig.json", JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
            expect(tsc(dir)).to.equal("");
        });

        for (const [name, block] of PROGRAMS) {
            it(`runs the program of ${name} as Pulumi runs it`, async () => {
                write(dir, "index.ts", block.text);
                registered.set(name, await expectRun(dir, name, true));
            });
        }

        it("compiles with moduleResolution nodenext", () => {
            fs.rmSync(path.join(dir, "index.ts"));
            write(dir, "tsconfig.json", JSON.stringify({ compilerOptions: NODENEXT }));
            expect(tsc(dir)).to.equal("");
        });

        it("compiles and runs as an ES module", async () => {
            // Pulumi itself compiles only CommonJS with the compiler that it brings; such a project runs what it built.
            const esm = path.join(dir, "esm");
            write(esm, "package.json", JSON.stringify({ name: "esm", type: "module", main: "bin/index.js" }));
            write(esm, "tsconfig.json", JSON.stringify({ compilerOptions: NODENEXT }));
            write(esm, "index.ts", programOf("WebTier").text);
            tsc(esm, dir, []);
            await expectRun(esm, "WebTier", false);
        });

        it("registers the same with the oldest SDKs that the package takes", async () => {
            const old = project("oldest", {
                main: "index.ts",
                devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
                dependencies: oldest(),
            });
            for (const [sdk, version] of Object.entries(oldest())) {
                // Some packages of Pulumi's write their version with a v.
                const installed = readManifest(path.join(old, "node_modules", sdk)).version.replace(/^v/, "");
                expect(installed, sdk).to.equal(version);
                expect(copiesOf(old, sdk), sdk).to.deep.equal([`node_modules/${sdk}`]);
            }
            write(old, "tsconfig.json", JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
            for (const [name, block] of PROGRAMS) {
                write(old, "index.ts", block.text);
                const made = await expectRun(old, name, true);
                expect(sorted(made), name).to.deep.equal(sorted(registered.get(name) ?? []));
            }
        });
    });

    describe("typescript and aws-javascript, without a compiler of their own", () => {
        let dir: string;

        before(() => {
            dir = project("aws-javascript", { main: "index.js", dependencies: SDKS });
        });

        it("get none by the package", () => {
            expect(copiesOf(dir, "typescript")).to.deep.equal([]);
        });

        for (const [name, block] of PROGRAMS) {
            it(`run the program of ${name} in JavaScript`, async () => {
                write(dir, "index.js", toJavaScript(block));
                await expectRun(dir, name, false);
            });
        }

        for (const [name, block] of PROGRAMS) {
            it(`run the program of ${name} in TypeScript with the compiler that Pulumi brings`, async () => {
                const ts = path.join(dir, "ts");
                write(ts, "package.json", JSON.stringify({ name: "ts", main: "index.ts" }));
                write(ts, "tsconfig.json", JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
                write(ts, "index.ts", block.text);
                await expectRun(ts, name, true);
            });
        }

        it("serve the installed package to programs in other languages", async () => {
            const plugin = await startPlugin(path.join(dir, "node_modules", "meridian"));
            try {
                expect(JSON.parse(await plugin.getSchema())).to.have.property("name", "meridian");
            } finally {
                plugin.stop();
            }
        });
    });

    it("is served to programs in other languages from a checkout that Pulumi's engine has installed", async () => {
        const checkout = path.join(folder, "checkout");
        fs.mkdirSync(checkout);
        const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
            cwd: ROOT,
            encoding: "utf8",
        });
        for (const file of files
            .split("\0")
            .filter((name) => name !== "" && fs.existsSync(path.join(ROOT, name)))) {
            fs.mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
            fs.copyFileSync(path.join(ROOT, file), path.join(checkout, file));
        }
        // What the engine's language host for Node.js runs in the folder of a plugin.
        npm(checkout, "install", "--loglevel=error", "--production");
        const plugin = await startPlugin(checkout);
        try {
            expect(JSON.parse(await plugin.getSchema())).to.have.property("name", "meridian");
        } finally {
            plugin.stop();
        }
    });
});

function programOf(name: string): CodeBlock {
    const block = PROGRAMS.get(name);
    if (block === undefined) {
        throw new Error(`no program for ${name}`);
    }
    return block;
}

async function expectRun(dir: string, name: string, typescript: boolean): Promise<readonly Registration[]> {
    const { output, registrations } = await runProgram(dir, typescript);
    const types = registrations.map(({ type }) => type);
    expect(types, output).to.include(`meridian:index:${name}`);
    expect(types.filter((type) => type.startsWith("aws:")).length, output).to.be.greaterThan(10);
    return registrations;
}

/**
 * What providers would make, whatever the order: SDKs list a resource's properties in orders of their own. Components
 * are left out, because older SDKs do not tell the engine what a component was given.
 */
function sorted(registrations: readonly Registration[]): string[] {
    return registrations
        .filter(({ custom }) => custom)
        .map(({ type, name, inputs }) => `${type} ${name} ${JSON.stringify(inputs, inOrder)}`)
        .sort();
}

/** In a fixed order, and with files as they are called below whatever project the package is installed in. */
function inOrder(_key: string, value: unknown): unknown {
    if (typeof value === "string") {
        return value.replace(/^.*\/node_modules\//, "node_modules/");
    }
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
        : value;
}

function write(dir: string, file: string, text: string): void {
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(path.join(dir, file), text);
}

/** Compiles a project with the compiler installed. Returns what it prints. */
function tsc(dir: string, installed = dir, args = ["--noEmit"]): string {
    try {
        const bin = path.join(installed, "node_modules", "typescript", "bin", "tsc");
        return execFileSync(process.execPath, [bin, "-p", dir, ...args, "--pretty", "false"], {
            cwd: dir,
            encoding: "utf8",
        });
    } catch (error) {
        return (error as { stdout: string }).stdout;
    }
}

/** Where a project has a package, nested copies included. */
function copiesOf(dir: string, name: string): string[] {
    const lock = JSON.parse(fs.readFileSync(path.join(dir, "package-lock.json"), "utf8")) as {
        packages: Record<string, unknown>;
    };
    return Object.keys(lock.packages).filter(
        (key) => key === `node_modules/${name}` || key.endsWith(`/node_modules/${name}`),
    );
}
