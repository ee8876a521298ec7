import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { type PreviewDocument } from "../../../tools/preview/types";
import { orderless } from "../../support/orderless";

const ROOT = resolve(__dirname, "../../..");

/** Runs a script in a process of its own, where no test has loaded the SDK before. Answers what it prints. */
async function run(script: string): Promise<string> {
    const { stdout } = await promisify(execFile)(
        process.execPath,
        [
            "--require=tsx/cjs",
            "--eval",
            `const load = (path) => require(${JSON.stringify(ROOT)} + path);\n${script}`,
        ],
        { cwd: ROOT, encoding: "utf8" },
    );
    return stdout.trim();
}

describe("the SDK under the preview", () => {
    it("loads its compiler and its package manager only when they are used", async () => {
        const printed = await run(`
            const { runProgram } = load("/tools/preview/engine");
            const pulumi = require("@pulumi/pulumi");
            const loaded = () => Object.keys(require.cache).filter((path) =>
                /node_modules.(typescript.lib|@npmcli.arborist.lib|normalize-package-data.lib).*js$/.test(path) &&
                require.cache[path].children !== undefined).length;
            runProgram(() => ({ x: 1 })).then(async ({ plainOutputs }) => {
                const before = loaded();
                const { text } = await pulumi.runtime.serializeFunction((x) => x + 1);
                console.log(JSON.stringify({ plainOutputs, before, compiled: text.includes("x + 1"), after: loaded() > 0 }));
            });`);
        expect(JSON.parse(printed)).to.deep.equal({
            plainOutputs: { x: 1 },
            before: 0,
            compiled: true,
            after: true,
        });
    });

    it("is whole for a program that reads it after a run", async () => {
        const printed = await run(`
            const { runProgram } = load("/tools/preview/engine");
            const rpc = require("@pulumi/pulumi/runtime/rpc");
            const log = require("@pulumi/pulumi/log");
            const pulumi = require("@pulumi/pulumi");
            const state = () => [rpc.serializeResourceProperties, rpc.resolveProperties, rpc.transferProperties, log.warn,
                pulumi.Resource.callsites, Object.getOwnPropertyDescriptor(pulumi.CustomResource.prototype, "id")];
            const before = state();
            runProgram(() => { throw new pulumi.RunError("no"); }).then(() => {
                console.log(state().every((value, index) => value === before[index]));
            });`);
        expect(printed).to.equal("true");
    });

    it("previews the same without any of what makes it quick", async () => {
        const preview = async (...flags: readonly string[]): Promise<PreviewDocument> => {
            const command = [
                "--require=tsx/cjs",
                // As `npm run preview` is called: without the shortcuts, most of the time goes into traces.
                "--stack-trace-limit=2",
                "tools/preview/index.ts",
                "dev-us",
                "--json",
                "--no-policies",
            ];
            const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 } as const;
            const { stdout } = await promisify(execFile)(process.execPath, [...command, ...flags], options);
            return JSON.parse(stdout) as PreviewDocument;
        };
        const quick = orderless(await preview());
        expect(quick["dev-us"]).to.have.property("steps").with.length.above(300);
        expect(orderless(await preview("--plain-sdk"))).to.deep.equal(quick);
    });

    it("loads all of the SDK at once where it is left as it is", async () => {
        const printed = await run(`
            const { leaveOut, SHORTCUTS } = load("/tools/preview/shortcuts");
            leaveOut(SHORTCUTS);
            load("/tools/preview/engine");
            const transfer = () => require("@pulumi/pulumi/runtime/rpc").transferProperties;
            const { runProgram } = load("/tools/preview/engine");
            const before = transfer();
            runProgram(() => ({ same: transfer() === before })).then(({ plainOutputs }) => {
                const compiler = Object.keys(require.cache).some((path) => /node_modules.typescript.lib/.test(path));
                console.log(JSON.stringify({ ...plainOutputs, compiler }));
            });`);
        expect(JSON.parse(printed)).to.deep.equal({ same: true, compiler: true });
    });

    it("says when a program waits for what never happens", async () => {
        const printed = await run(`
            const { runProgram } = load("/tools/preview/engine");
            runProgram(() => new Promise(() => undefined)).then(({ preview }) => console.log(preview.error.message));`);
        expect(printed).to.equal("The program waits for a promise or an output that never resolves");
    });
});
