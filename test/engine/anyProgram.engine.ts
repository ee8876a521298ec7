/** Programs of others on the real engine, and offline: what the preview believes of them is what the engine registers. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { type StackPreview } from "../../tools/preview/types";
import { isDefaultProvider } from "../../tools/preview/urn";
import { complaints, EngineWorkspace, outcomeOf } from "../support/engine/workspace";

const ROOT = path.resolve(__dirname, "../..");
const PROGRAMS = path.join(ROOT, "test/package/programs");

/** Programs of what the stand-in plugins play, with the file that they begin in and the configuration of their stack. */
const CASES: Readonly<
    Record<string, { stack: string; main: string; config: Readonly<Record<string, string>> }>
> = {
    "static-site": {
        stack: "prod",
        main: "index.ts",
        config: {
            "aws:region": "eu-west-1",
            "static-site:domain": "www.example.com",
            "static-site:indexDocument": "index.html",
        },
    },
    canaries: {
        stack: "dev",
        main: "src/index.ts",
        config: {
            "aws:region": "eu-central-1",
            "canaries:targets": JSON.stringify({
                shop: "https://shop.example.com",
                api: "https://api.example.com/health",
            }),
        },
    },
};

/** The preview by the command, in a process of its own: the engine's program runs in this one. */
function offline(name: string): StackPreview {
    const { stdout, stderr } = spawnSync(
        process.execPath,
        [
            `--require=${require.resolve("tsx/cjs")}`,
            path.join(ROOT, "tools/preview/command.ts"),
            "--cwd",
            path.join(PROGRAMS, name),
            "--json",
            "--no-policies",
        ],
        { encoding: "utf8", maxBuffer: 1 << 26 },
    );
    expect(stderr).to.equal("");
    const { stacks } = JSON.parse(stdout) as { stacks: Readonly<Record<string, StackPreview>> };
    const [preview] = Object.values(stacks);
    if (preview === undefined) {
        throw new Error(`there is no preview of ${name}`);
    }
    return preview;
}

describe("on the real engine, a program of somebody else's", () => {
    let workspace: EngineWorkspace;
    const before_ = process.cwd();

    before(async () => {
        workspace = await EngineWorkspace.open();
    });
    afterEach(() => {
        process.chdir(before_);
    });
    after(() => {
        workspace.close();
    });

    for (const [name, { stack: stackName, main, config }] of Object.entries(CASES)) {
        it(`such as ${name}, has the resources that the offline preview shows`, async () => {
            const folder = path.dirname(path.join(PROGRAMS, name, main));
            const stack = await workspace.program(
                stackName,
                () => {
                    process.chdir(folder);
                    // eslint-disable-next-line @typescript-eslint/no-require-imports
                    return require(path.join(PROGRAMS, name, main)) as object;
                },
                { project: name },
            );
            // The engine looks for files where the project is.
            fs.cpSync(folder, stack.workspace.workDir, {
                recursive: true,
                filter: (file) => !/^Pulumi\.|\.ts$/.test(path.basename(file)),
            });
            await stack.setAllConfig(
                Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
            );
            const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
            expect(complaints(outcome)).to.equal("");
            const made = [...outcome.steps]
                .filter(([urn, ops]) => ops.includes("create") && !isDefaultProvider(urn))
                .map(([urn]) => urn)
                .sort();
            const believed = offline(name)
                .steps.filter(({ op, urn }) => op === "create" && !isDefaultProvider(urn))
                .map(({ urn }) => urn)
                .sort();
            expect(believed).to.deep.equal(made);
        });
    }
});
