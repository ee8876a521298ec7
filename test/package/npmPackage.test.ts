import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import type * as typescript from "typescript";
import { type Plugin, startPlugin } from "../support/package/plugin";
import { type Manifest, pack, readManifest, ROOT } from "../support/package/tarball";
import { COMPONENTS } from "./packageSchema";

/** What a program installs only where it uses the component that needs it. */
const OPTIONAL = "@pulumi/aws-native";
/** Draws the picture. */
const LAYOUT = "elkjs";

const CLASSES = ["ApiTier", "AuroraGlobal", "EdgeDistribution", "Vpc3Tier", "WebTier"];

/** The packages that are installed in a folder. */
function modulesOf(folder: string): string[] {
    const modules = path.join(folder, "node_modules");
    return fs
        .readdirSync(modules)
        .filter((name) => !name.startsWith("."))
        .flatMap((name) =>
            name === "@pulumi"
                ? fs.readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`)
                : [name],
        );
}

/** Installs one of the project's own packages in a folder. */
function link(folder: string, name: string): void {
    fs.symlinkSync(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
}

const NETWORK = {
    region: "eu-west-1",
    accountId: "111122223333",
    cidrBlock: "10.0.0.0/16",
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
};

describe("the npm package", function () {
    // Building it compiles all components.
    this.timeout(300_000);
    let consumer: string;
    let installed: string;
    let manifest: Manifest;
    let files: string[];

    before(() => {
        consumer = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-consumer-"));
        const modules = path.join(consumer, "node_modules");
        installed = path.join(modules, "meridian");
        fs.mkdirSync(installed, { recursive: true });
        execFileSync("tar", ["-xzf", pack(consumer), "--strip-components=1", "-C", installed]);
        // What npm would install beside it, from the project's own installation: all but what is optional.
        fs.mkdirSync(path.join(modules, "@pulumi"));
        for (const name of modulesOf(ROOT)) {
            if (name !== "meridian" && name !== OPTIONAL) {
                link(consumer, name);
            }
        }
        manifest = readManifest(installed);
        files = fs.readdirSync(installed, { recursive: true }).map(String).sort();
    });

    after(() => {
        fs.rmSync(consumer, { recursive: true, force: true });
    });

    it("holds code, declarations and what the components read beside themselves, and nothing of this project's own stacks", () => {
        for (const file of [
            "LICENSE",
            "README.md",
            "PulumiPlugin.yaml",
            "dist/components/index.js",
            "dist/components/index.d.ts",
            "dist/components/compute/userData/instance.sh",
            "dist/components/data/documentDatabase/mongodb/boot.sh",
            "dist/functions/rotate-master-password/index.js",
            "dist/plugin/index.js",
            "dist/schema.json",
        ]) {
            expect(files).to.include(file);
        }
        expect(fs.readdirSync(installed).sort()).to.deep.equal([
            "CHANGELOG.md",
            "LICENSE",
            "PulumiPlugin.yaml",
            "README.md",
            "dist",
            "package.json",
        ]);
        expect(fs.readdirSync(path.join(installed, "dist")).sort()).to.deep.equal([
            "components",
            "functions",
            "plugin",
            "preview",
            "schema.json",
        ]);
        // A source would be compiled by whoever imports the package, with whatever compiler is there.
        expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).to.deep.equal([]);
    });

    it("depends on no tool, and on Pulumi's SDKs in versions that the program chooses", () => {
        // What lays out the picture, a few lines that tell the nearest name of a misspelt one, and what reads OpenAPI
        // documents; nothing below them.
        expect(manifest.dependencies ?? {}).to.deep.equal({
            [LAYOUT]: "^0.12.1",
            "fastest-levenshtein": "^1.0.16",
            yaml: "^2.9.1",
        });
        expect(manifest.optionalDependencies ?? {}).to.deep.equal({});
        expect(Object.keys(manifest.peerDependencies).sort()).to.deep.equal([
            "@pulumi/aws",
            OPTIONAL,
            "@pulumi/awsx",
            "@pulumi/pulumi",
            "@pulumi/random",
        ]);
        expect(manifest.peerDependenciesMeta).to.deep.equal({ [OPTIONAL]: { optional: true } });
        for (const [name, range] of Object.entries(manifest.peerDependencies)) {
            expect(range, name).to.match(/^\^\d+\.\d+\.\d+$/);
            // What the repository itself is tested with is one version, within the range.
            const own = manifest.devDependencies[name] ?? "none";
            expect(own, name).to.match(/^\d+\.\d+\.\d+$/);
            const semver = createRequire(require.resolve("@pulumi/pulumi"))("semver") as {
                satisfies(version: string, range: string): boolean;
            };
            expect(semver.satisfies(own, range), `${name}@${own} in ${range}`).to.equal(true);
        }
    });

    it("points at what was built", () => {
        const entry = manifest.exports["."];
        for (const target of [manifest.main, manifest.types, entry?.types, entry?.default]) {
            expect(target).to.match(/^(?:\.\/)?dist\//);
            expect(files).to.include(path.normalize(target ?? ""));
        }
    });

    it("loads nothing but what it declares", () => {
        const loaded = files
            .filter((file) => /^dist\/(?:components|plugin)\/.*\.js$/.test(file))
            .flatMap((file) => [
                ...fs.readFileSync(path.join(installed, file), "utf8").matchAll(/\brequire\("([^"]+)"\)/g),
            ])
            .map((match) => match[1] ?? "")
            .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
            .map((name) => name.split("/").slice(0, 2).join("/"));
        const declared = Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies });
        // What is optional is loaded by the component that needs it, and by nothing at the head of a file; the layout by
        // the command, once something is drawn.
        expect([...new Set(loaded)].sort()).to.deep.equal(
            declared.filter((name) => name !== OPTIONAL && name !== LAYOUT).sort(),
        );
        const layout = path.join(installed, "dist/preview/tools/preview/picture/layout.js");
        expect(fs.readFileSync(layout, "utf8")).to.include(`load("${LAYOUT}/`);
    });

    it("has declarations that every TypeScript since 3.8, which Pulumi's SDK brings, can read", () => {
        const vendored = fs
            .readdirSync(path.join(ROOT, "node_modules", "@pulumi", "pulumi", "vendor"))
            .find((name) => name.startsWith("typescript@"));
        const ts = createRequire(require.resolve("@pulumi/pulumi"))(
            `./vendor/${vendored ?? ""}/typescript.js`,
        ) as typeof typescript;
        expect(ts.version).to.match(/^3\.8\./);
        const declarations = files.filter((file) => file.endsWith(".d.ts"));
        expect(declarations.length).to.be.greaterThan(CLASSES.length);
        for (const file of declarations) {
            const text = fs.readFileSync(path.join(installed, file), "utf8");
            const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.ES2020) as unknown as {
                parseDiagnostics: { messageText: unknown }[];
            };
            const messages = parsed.parseDiagnostics.map((diagnostic) => diagnostic.messageText);
            expect(messages, file).to.deep.equal([]);
        }
    });

    it("lets a program make a component", () => {
        fs.writeFileSync(
            path.join(consumer, "index.js"),
            `const pulumi = require("@pulumi/pulumi");
            const made = [];
            pulumi.runtime.setMocks({
                newResource: (args) => { made.push(args.type); return { id: args.name + "-id", state: args.inputs }; },
                call: (args) => ({ ...args.inputs, id: "pl-0123456789abcdef0" }),
            }, "project", "stack", true);
            const { Vpc3Tier } = require("meridian");
            new Vpc3Tier("shop", ${JSON.stringify(NETWORK)});
            setTimeout(() => console.log(JSON.stringify(made)), 2000);`,
        );
        const printed = execFileSync(process.execPath, ["index.js"], { cwd: consumer, encoding: "utf8" });
        const made = JSON.parse(printed) as string[];
        expect(made).to.include.members([
            "meridian:index:Vpc3Tier",
            "awsx:ec2:Vpc",
            "aws:ec2/flowLog:FlowLog",
        ]);
    });

    it("makes what needs the optional package with it alone, and says without it what to install", () => {
        fs.writeFileSync(
            path.join(consumer, "likes.js"),
            `const pulumi = require("@pulumi/pulumi");
            const made = [];
            pulumi.runtime.setMocks({
                newResource: (args) => { made.push(args.type); return { id: args.name + "-id", state: args.inputs }; },
                call: (args) => args.inputs,
            }, "project", "stack", true);
            const { Personalization } = require("meridian");
            try {
                new Personalization("likes", { region: "eu-west-1", accountId: "111122223333" });
            } catch (error) {
                made.push(error.message);
            }
            setTimeout(() => console.log(JSON.stringify(made)), 2000);`,
        );
        const run = (): string[] =>
            JSON.parse(
                execFileSync(process.execPath, ["likes.js"], { cwd: consumer, encoding: "utf8" }),
            ) as string[];
        expect(run()).to.deep.equal([
            'meridian:index:Personalization "likes" needs @pulumi/aws-native, which is not installed beside this ' +
                "package: npm install @pulumi/aws-native",
        ]);
        link(consumer, OPTIONAL);
        try {
            expect(run()).to.include.members([
                "meridian:index:Personalization",
                "pulumi:providers:aws-native",
                "aws-native:personalize:Solution",
            ]);
        } finally {
            fs.rmSync(path.join(consumer, "node_modules", OPTIONAL));
        }
    });

    it("lets a resolver that knows no exports find the components by main", () => {
        const { Vpc3Tier } = createRequire(path.join(consumer, "index.js"))("meridian") as Record<
            string,
            unknown
        >;
        const byMain = createRequire(path.join(consumer, "index.js"))(installed) as Record<string, unknown>;
        expect(Vpc3Tier).to.be.a("function");
        expect(byMain["Vpc3Tier"]).to.equal(Vpc3Tier);
    });

    it("declares its types to a program in TypeScript", () => {
        fs.writeFileSync(
            path.join(consumer, "program.ts"),
            `import { NatGatewayStrategy, Vpc3Tier } from "meridian";
            export const vpcId: string = null as unknown as string;
            export function make(): Vpc3Tier {
                return new Vpc3Tier("shop", {
                    region: "eu-west-1",
                    accountId: "111122223333",
                    cidrBlock: "10.0.0.0/16",
                    availabilityZones: ["eu-west-1a", "eu-west-1b"],
                    natGateways: NatGatewayStrategy.Single,
                });
            }`,
        );
        const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
        const args = [
            "--noEmit",
            "--strict",
            "--skipLibCheck",
            "--module",
            "nodenext",
            "--target",
            "es2022",
            "--types",
            "node",
            "program.ts",
        ];
        expect(() =>
            execFileSync(process.execPath, [tsc, ...args], { cwd: consumer, encoding: "utf8" }),
        ).not.to.throw();
    });

    describe("as a Pulumi package, loaded as the engine loads it, from an empty folder", () => {
        let plugin: Plugin;

        before(async () => {
            plugin = await startPlugin(installed);
        });

        after(() => {
            plugin.stop();
        });

        it("gives its schema", async () => {
            const schema = JSON.parse(await plugin.getSchema()) as {
                name: string;
                version: string;
                resources: Record<string, unknown>;
            };
            expect(schema.name).to.equal(manifest.name);
            expect(schema.version).to.equal(manifest.version);
            expect(Object.keys(schema.resources).sort()).to.deep.equal(
                COMPONENTS.map((name) => `meridian:index:${name}`),
            );
            expect(schema.resources).to.include.keys(CLASSES.map((name) => `meridian:index:${name}`));
        });

        it("constructs a component", async () => {
            const state = await plugin.construct("meridian:index:Vpc3Tier", "shop", NETWORK);
            expect(state).to.include({ cidrBlock: "10.0.0.0/16", databasePort: 5432 });
            expect(plugin.engine.registrations.map(({ type }) => type)).to.include.members([
                "meridian:index:Vpc3Tier",
                "awsx:ec2:Vpc",
                "aws:ec2/flowLog:FlowLog",
            ]);
            expect(plugin.engine.errors).to.deep.equal([]);
        });

        it("refuses bad arguments with the component's own words", async () => {
            const refusal = await plugin
                .construct("meridian:index:Vpc3Tier", "shop", { ...NETWORK, cidrBlock: "10.0.0.0/30" })
                .then(
                    () => "accepted",
                    (error: unknown) => String(error),
                );
            expect(refusal).to.include('meridian:index:Vpc3Tier "shop" has 1 problem in its arguments');
            expect(refusal).to.include("cidrBlock");
        });

        it("says which components there are", async () => {
            const refusal = await plugin.construct("meridian:index:Vpc4Tier", "shop", {}).then(
                () => "accepted",
                (error: unknown) => String(error),
            );
            expect(refusal).to.include('there is no component "meridian:index:Vpc4Tier"; there are: ');
            expect(refusal).to.include("meridian:index:Vpc3Tier");
        });
    });
});
