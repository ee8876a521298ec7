import * as fs from "node:fs";
import { builtinModules, createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import * as vm from "node:vm";

import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    bundleFunction,
    functionFile,
    functionText,
    lambdaCode,
    usesSdkOfRuntime,
} from "../../../components/operations/lambdaCode";

const FUNCTIONS = path.join(__dirname, "..", "..", "..", "functions");
const NAMES = fs
    .readdirSync(FUNCTIONS)
    .filter((name) => fs.existsSync(path.join(FUNCTIONS, name, "index.ts")));

function withFolder(use: (folder: string) => void): void {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "functions-"));
    try {
        use(folder);
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}

function write(folder: string, file: string, text: string): void {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
}

/** The modules that a bundle asks for. */
function required(text: string): (string | undefined)[] {
    return [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]);
}

function bare(module: string | undefined): string {
    return (module ?? "").replace(/^node:/, "");
}

/** What a bundle exports. */
function loaded(text: string): Record<string, () => unknown> {
    const module = { exports: {} as Record<string, () => unknown> };
    const load = vm.compileFunction(text, ["module", "exports", "require"]) as (...given: unknown[]) => void;
    load(module, module.exports, createRequire(__filename));
    return module.exports;
}

describe("lambdaCode", () => {
    for (const name of NAMES.filter(usesSdkOfRuntime)) {
        describe(name, () => {
            it("is one file that exports its handler", async () => {
                const archive = lambdaCode(name);
                const files = await archive.assets;
                expect(Object.keys(files)).to.deep.equal(["index.js"]);
                const { path: file } = files["index.js"] as pulumi.asset.FileAsset;
                expect(fs.readFileSync(await file, "utf8")).to.equal(bundleFunction(name));
                expect(bundleFunction(name)).to.match(/__export\(\w+, \{\s*handler: \(\) => handler\s*\}\);/);
            });

            it("leaves the SDK to the runtime and needs nothing else", () => {
                const modules = required(bundleFunction(name));
                expect(modules.filter((module) => module?.startsWith("@aws-sdk/") !== true)).to.deep.equal(
                    [],
                );
            });

            it("is the same every time, and says nothing of the machine", () => {
                const text = bundleFunction(name);
                expect(bundleFunction(name)).to.equal(text);
                expect(text).to.include(`// functions/${name}/index.ts`);
                expect(text).not.to.include(path.dirname(FUNCTIONS));
            });
        });
    }

    describe("a function that people wait for", () => {
        const source = [
            'import { GetCommand } from "@aws-sdk/lib-dynamodb";',
            "// What nobody who reads the bundle needs.",
            "export const handler = async (): Promise<string> => JSON.stringify(new GetCommand({ TableName: 't', Key: {} }).input);",
            "",
        ].join("\n");
        // Beside the repository's own functions, so that esbuild finds the SDK.
        const folder = fs.mkdtempSync(path.join(FUNCTIONS, "..", "node_modules", ".functions-"));
        let text = "";

        before(() => {
            write(folder, "functions/answer/index.ts", source);
            text = bundleFunction("answer", path.join(folder, "functions"));
        });
        after(() => {
            fs.rmSync(folder, { recursive: true });
        });

        it("brings the SDK, and asks Node for its own modules alone", () => {
            const asked = required(text).map(bare);
            // Native code that the SDK asks for where a request is signed for several regions, which none is.
            const without = asked.filter((module) => module !== "@aws-sdk/signature-v4-crt");
            expect(without.filter((module) => !builtinModules.includes(module))).to.deep.equal([]);
            expect(text).to.include("TableName");
        });

        it("is minified, says nothing of the machine, and is the same every time", () => {
            expect(text).not.to.include("What nobody");
            expect(text).not.to.include(folder);
            expect(text).not.to.include(path.dirname(FUNCTIONS));
            expect(bundleFunction("answer", path.join(folder, "functions"))).to.equal(text);
        });

        it("exports a handler that can be wrapped, as OpenTelemetry's layer does", async () => {
            const exported = loaded(text);
            const { handler } = exported;
            expect(await handler?.()).to.equal('{"TableName":"t","Key":{}}');
            exported["handler"] = () => "wrapped";
            expect(exported["handler"]()).to.equal("wrapped");
        });
    });

    it("knows the components' own functions by their folders", () => {
        expect(NAMES.filter(usesSdkOfRuntime).sort()).to.include.members([
            "export-snapshot",
            "rotate-master-password",
            "validate-restore",
        ]);
        expect(usesSdkOfRuntime("answer")).to.equal(false);
    });

    it("finds every function of the database", () => {
        expect(NAMES).to.include.members(["prepare-database", "rotate-master-password"]);
    });

    it("makes code that Node can load", () => {
        expect(loaded(bundleFunction("rotate-master-password"))["handler"]).to.be.a("function");
    });

    it("does not depend on where the sources are", () => {
        const source = "export const handler = async (): Promise<string> => 'here';\n";
        const texts: string[] = [];
        for (let copy = 0; copy < 2; copy++) {
            withFolder((folder) => {
                write(folder, "functions/greet/index.ts", source);
                texts.push(bundleFunction("greet", path.join(folder, "functions")));
            });
        }
        expect(texts[0]).to.equal(texts[1]);
    });

    it("takes the bundle that the build left where there is no source", () => {
        withFolder((folder) => {
            write(folder, "greet/index.js", "exports.handler = 1;\n");
            expect(functionText("greet", folder)).to.equal("exports.handler = 1;\n");
        });
    });

    it("is a file that is called by what is in it, written once, and of a build the build's own", () => {
        withFolder((folder) => {
            const functions = path.join(folder, "functions");
            const sourceFile = "functions/greet/index.ts";
            write(folder, sourceFile, "export const handler = 1;\n");
            const first = functionFile("greet", functions);
            const { mtimeMs } = fs.statSync(first);
            expect(path.relative(folder, first)).to.match(/^\.cache\/functions\/greet-[0-9a-f]{16}\.js$/);
            expect(fs.readFileSync(first, "utf8")).to.equal(bundleFunction("greet", functions));
            expect(functionFile("greet", functions)).to.equal(first);
            expect(fs.statSync(first).mtimeMs).to.equal(mtimeMs);
            write(folder, sourceFile, "export const handler = 2;\n");
            expect(functionFile("greet", functions)).not.to.equal(first);
            expect(fs.readdirSync(path.dirname(first))).to.have.lengthOf(2);
            write(folder, "built/greet/index.js", "exports.handler = 1;\n");
            expect(functionFile("greet", path.join(folder, "built"))).to.equal(
                path.join(folder, "built/greet/index.js"),
            );
        });
    });

    it("prefers the source", () => {
        withFolder((folder) => {
            write(folder, "functions/greet/index.js", "stale");
            write(folder, "functions/greet/index.ts", "export const handler = 2;\n");
            expect(functionText("greet", path.join(folder, "functions"))).to.match(/handler:\(\)=>\w+.*=2/s);
        });
    });

    it("says what it looked for when there is no such function", () => {
        expect(() => lambdaCode("make-coffee")).to.throw(
            'there is no function "make-coffee": looked for functions/make-coffee/index.ts and functions/make-coffee/index.js',
        );
    });

    it("fails when the source is not right", () => {
        withFolder((folder) => {
            write(folder, "functions/greet/index.ts", "import { nothing } from './nowhere';\nnothing();\n");
            expect(() => bundleFunction("greet", path.join(folder, "functions"))).to.throw("nowhere");
        });
    });
});
