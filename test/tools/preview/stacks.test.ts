import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { previewStacks, type PreviewRequest, type StacksPreview } from "../../../tools/preview/stacks";
import { MASK } from "../../../tools/preview/values";

/** What each stack of the tests does, by its name. */
const PROGRAMS: Record<string, () => unknown> = {
    us: () => ({ endpoint: "us.example.com", token: pulumi.secret("hush"), nested: { list: [1, 2] } }),
    eu: () => ({ endpoint: "eu.example.com", primary: new pulumi.Config().get("primaryRegion") ?? "none" }),
    // Comes before the others in the alphabet, and reads them.
    all: () => {
        const us = new pulumi.StackReference("us", { name: `${pulumi.getOrganization()}/shop/us` });
        const eu = new pulumi.StackReference("organization/shop/eu");
        return {
            endpoints: [us.requireOutput("endpoint"), eu.getOutput("endpoint")],
            token: us.getOutput("token"),
            list: us.getOutput("nested").apply((nested) => (nested as { list: number[] }).list),
            missing: us.getOutput("missing").apply((value) => value === undefined),
        };
    },
    "read-all": () => ({
        endpoints: new pulumi.StackReference("organization/shop/all").getOutput("endpoints"),
    }),
    circle1: () => ({ x: new pulumi.StackReference("organization/shop/circle2").getOutput("x") }),
    circle2: () => ({ x: new pulumi.StackReference("organization/shop/circle1").getOutput("x") }),
    stranger: () => ({ x: new pulumi.StackReference("organization/other/dev").getOutput("x") }),
    short: () => ({ x: new pulumi.StackReference("us").getOutput("x") }),
    lacking: () => ({ x: new pulumi.StackReference("organization/shop/us").requireOutput("absent") }),
    broken: () => {
        throw new pulumi.RunError("out of order");
    },
    "reads-broken": () => ({ x: new pulumi.StackReference("organization/shop/broken").getOutput("x") }),
};

describe("the stacks of a project", () => {
    let directory = "";
    before(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-stacks-"));
        writeFileSync(
            join(directory, "Pulumi.yaml"),
            "name: shop\nruntime: nodejs\nconfig:\n  primaryRegion: { type: string, default: us }\n",
        );
        writeFileSync(join(directory, "index.js"), "");
        for (const stack of [...Object.keys(PROGRAMS), "unset"]) {
            writeFileSync(join(directory, `Pulumi.${stack}.yaml`), "");
        }
        writeFileSync(join(directory, "Pulumi.unset.yaml"), "config: { nonsense: 1 }");
    });
    after(() => {
        rmSync(directory, { recursive: true });
    });

    const preview = async (stacks: string[], request: Partial<PreviewRequest> = {}): Promise<StacksPreview> =>
        previewStacks({
            projectDir: directory,
            stacks,
            program: () => PROGRAMS[pulumi.getStack()]?.(),
            ...request,
        });

    it("see each other's outputs, whatever order they are asked for in", async () => {
        const { document } = await preview(["read-all", "all", "us", "eu"]);
        expect(Object.keys(document.stacks)).to.deep.equal(["read-all", "all", "us", "eu"]);
        const endpoints = ["us.example.com", "eu.example.com"];
        expect(document.stacks["all"]?.outputs).to.deep.equal({
            endpoints,
            token: MASK,
            list: [1, 2],
            missing: true,
        });
        expect(document.stacks["read-all"]?.outputs).to.deep.equal({ endpoints });
        expect(document).to.deep.include({ policies: [], cost: {} });
    });

    it("are run where they are referred to, and shown only where they are asked for", async () => {
        const { document, runs } = await preview(["all"]);
        expect(Object.keys(document.stacks)).to.deep.equal(["all"]);
        expect(runs).to.have.length(1);
        expect(document.stacks["all"]?.outputs["endpoints"]).to.deep.equal([
            "us.example.com",
            "eu.example.com",
        ]);
    });

    it("have references among their steps, which are read", async () => {
        const { document } = await preview(["all"]);
        const steps = document.stacks["all"]?.steps.filter(({ op }) => op === "read") ?? [];
        expect(steps.map(({ urn, newState }) => [urn, newState.id])).to.deep.equal([
            ["urn:pulumi:all::shop::pulumi:pulumi:StackReference::us", "organization/shop/us"],
            [
                "urn:pulumi:all::shop::pulumi:pulumi:StackReference::organization/shop/eu",
                "organization/shop/eu",
            ],
        ]);
        expect(document.stacks["all"]?.changeSummary).to.deep.equal({ create: 1, read: 2 });
        expect(JSON.stringify(document)).to.not.contain("hush");
    });

    it("take configuration that replaces their files'", async () => {
        const primary = async (request: Partial<PreviewRequest>) =>
            (await preview(["eu"], request)).document.stacks["eu"]?.outputs["primary"];
        expect(await primary({})).to.equal("us");
        expect(await primary({ primaryRegion: "eu" })).to.equal("eu");
        expect(await primary({ configOverrides: { primaryRegion: "ap" } })).to.equal("ap");
    });

    it("tell how far they are", async () => {
        const seen: string[] = [];
        await preview(["us", "eu"], {
            onProgress: ({ stack, resources }) => seen.push(`${stack} ${resources}`),
        });
        expect(seen).to.deep.equal(["us 1", "eu 1"]);
    });

    const failures: Record<string, string> = {
        circle1: "the stacks' references go round in a circle: circle1 → circle2 → circle1",
        stranger:
            "unknown stack 'organization/other/dev': the stacks of this project are organization/shop/all, ",
        short: "unknown stack 'us': ",
        lacking: "Required output 'absent' does not exist on stack 'organization/shop/us'.",
        broken: "out of order",
        "reads-broken":
            "stack 'organization/shop/broken' has no outputs, since its own preview failed: out of order",
        unset: "could not parse nonsense as a configuration key",
    };
    for (const [stack, message] of Object.entries(failures)) {
        it(`fail one by one, such as ${stack}`, async () => {
            const { document } = await preview([stack, "us"]);
            expect(document.stacks[stack]?.error?.message).to.contain(message);
            expect(document.stacks["us"]?.error).to.equal(undefined);
        });
    }

    it("must exist", async () => {
        const failure = await preview(["nowhere"]).catch((error: unknown) => String(error));
        expect(failure).to.contain("no stack named 'nowhere' found: there is no Pulumi.nowhere.yaml");
    });

    it("each evaluate the program's own modules, as each stack's process would", async () => {
        const project = mkdtempSync(join(tmpdir(), "meridian-program-"));
        const sdk = JSON.stringify(require.resolve("@pulumi/pulumi"));
        const files = {
            "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: program.js\n",
            "Pulumi.a.yaml": "",
            "Pulumi.b.yaml": "",
            "program.js": `const pulumi = require(${sdk});
                const counter = require("./counter");
                new pulumi.ComponentResource("shop:index:Thing", "at-top-level");
                exports.stack = pulumi.getStack();
                exports.evaluations = counter.next();`,
            "counter.js": "let count = 0; exports.next = () => ++count;",
        };
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(project, name), text);
        }
        try {
            const { document } = await previewStacks({ projectDir: project });
            expect(Object.values(document.stacks).map(({ outputs }) => outputs)).to.deep.equal([
                { stack: "a", evaluations: 1 },
                { stack: "b", evaluations: 1 },
            ]);
            expect(document.stacks["b"]?.changeSummary).to.deep.equal({ create: 2 });
            // Where the program exports a function, its result is the stack's outputs.
            writeFileSync(join(project, "program.js"), `module.exports = async () => ({ called: true });`);
            const called = await previewStacks({ projectDir: project, stacks: ["a"] });
            expect(called.document.stacks["a"]?.outputs).to.deep.equal({ called: true });
        } finally {
            rmSync(project, { recursive: true });
        }
    });
});
