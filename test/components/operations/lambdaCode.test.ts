import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import * as vm from "node:vm";

import { expect } from "chai";

import { bundleFunction, functionText, lambdaCode } from "../../../components/operations/lambdaCode";

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

describe("lambdaCode", () => {
    for (const name of NAMES) {
        describe(name, () => {
            it("is one file that exports its handler", async () => {
                const archive = lambdaCode(name);
                const files = await archive.assets;
                expect(Object.keys(files)).to.deep.equal(["index.js"]);
                expect(bundleFunction(name)).to.match(/__export\(\w+, \{\s*handler: \(\) => handler\s*\}\);/);
            });

            it("leaves the SDK to the runtime and needs nothing else", () => {
                const modules = [...bundleFunction(name).matchAll(/\brequire\("([^"]+)"\)/g)].map(
                    (match) => match[1],
                );
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

    it("finds every function of the database", () => {
        expect(NAMES).to.include.members(["prepare-database", "rotate-master-password"]);
    });

    it("makes code that Node can load", () => {
        const module = { exports: {} as Record<string, unknown> };
        const parameters = ["module", "exports", "require"];
        const load = vm.compileFunction(bundleFunction("rotate-master-password"), parameters) as (
            ...given: unknown[]
        ) => void;
        load(module, module.exports, createRequire(__filename));
        expect(module.exports["handler"]).to.be.a("function");
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

    it("prefers the source", () => {
        withFolder((folder) => {
            write(folder, "functions/greet/index.js", "stale");
            write(folder, "functions/greet/index.ts", "export const handler = 2;\n");
            expect(functionText("greet", path.join(folder, "functions"))).to.include("handler = 2");
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
