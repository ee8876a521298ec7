import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isOfType, readDeclarations, typeName } from "../../../tools/project/configSchema";
import { readProject } from "../../../tools/project/project";
import { environmentsOf, readStackConfig, type StackConfig } from "../../../tools/project/stackConfig";

describe("a project on disk", () => {
    let directory = "";
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-project-"));
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    function write(files: Record<string, string>): void {
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(directory, name), text);
        }
    }

    /** The configuration of the stack `dev` with a schema and a stack file. */
    function config(schema: string, stack: string, overrides: Record<string, string> = {}): StackConfig {
        write({
            "Pulumi.yaml": `name: shop\nruntime: nodejs\nconfig:\n${schema}\n`,
            "Pulumi.dev.yaml": stack,
            "index.js": "",
        });
        return readStackConfig(readProject(directory), "dev", overrides);
    }

    it("has a name, a program and stacks", () => {
        write({
            "Pulumi.yaml": "name: shop\nruntime:\n  name: nodejs\nmain: program.ts\n",
            "program.ts": "",
            "Pulumi.prod-us.yaml": "",
            "Pulumi.dev.yml": "",
        });
        expect(readProject(directory)).to.deep.equal({
            name: "shop",
            directory,
            program: join(directory, "program.ts"),
            declarations: [],
            stacks: ["dev", "prod-us"],
            assumed: false,
            stackDirectory: directory,
            workingDirectory: directory,
            runtime: { typescript: true, nodeArgs: [], packageManager: undefined },
        });
    });

    it("says how Node.js is to run it, and where its stacks' files are", () => {
        write({
            "Pulumi.yaml":
                "name: shop\nmain: infra\nstackConfigDir: stacks\nruntime:\n  name: nodejs\n  options:\n" +
                "    typescript: false\n    packagemanager: pnpm\n    nodeargs: --import tsx --title 'two words'\n",
        });
        mkdirSync(join(directory, "infra"));
        mkdirSync(join(directory, "stacks"));
        write({ "infra/index.ts": "", "stacks/Pulumi.prod.yaml": "" });
        const project = readProject(directory, { assume: ["dev"] });
        expect(project).to.deep.include({
            program: join(directory, "infra", "index.ts"),
            workingDirectory: join(directory, "infra"),
            stacks: ["prod"],
            assumed: false,
            runtime: {
                typescript: false,
                nodeArgs: ["--import", "tsx", "--title", "two words"],
                packageManager: "pnpm",
            },
        });
    });

    it("has the stacks that are assumed where none has a file, and then asks for no configuration", () => {
        write({
            "Pulumi.yaml": "name: shop\nruntime: nodejs\nconfig:\n  domain: { type: string }\n",
            "index.ts": "",
        });
        const project = readProject(directory, { assume: ["dev"] });
        expect(project)
            .to.include({ assumed: true })
            .and.to.have.property("stacks")
            .that.deep.equals(["dev"]);
        expect(readStackConfig(project, "dev", { zone: "Z1" }).values).to.deep.equal({ "shop:zone": "Z1" });
    });

    it("names the way out of a runtime that it does not run", () => {
        for (const [runtime, wayOut] of [
            ["yaml", /not yaml: `pulumi convert --language typescript`/],
            ["go", /not go: `pulumi preview` runs it/],
        ] as const) {
            write({ "Pulumi.yaml": `name: shop\nruntime: ${runtime}\n` });
            expect(() => readProject(directory)).to.throw(wayOut);
        }
    });

    it("knows the environments of Pulumi ESC that a stack takes configuration from", () => {
        write({
            "Pulumi.yaml": "name: shop\nruntime: nodejs\nconfig:\n  domain: { type: string }\n",
            "index.ts": "",
            "Pulumi.a.yaml": "environment:\n  - shared/prod\n  - own\n",
            "Pulumi.b.yaml": "environment:\n  imports:\n    - base\n  values:\n    x: 1\n",
        });
        const project = readProject(directory);
        expect(environmentsOf(project, "a")).to.deep.equal(["shared/prod", "own"]);
        expect(environmentsOf(project, "b")).to.deep.equal(["base", "in the stack's file"]);
        // The domain may be in there.
        expect(readStackConfig(project, "a").values).to.deep.equal({});
    });

    it("finds its program as Node would", () => {
        write({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "index.ts": "" });
        expect(readProject(directory).program).to.equal(join(directory, "index.ts"));
        write({ "package.json": '{"main":"main.js"}', "main.js": "" });
        expect(readProject(directory).program).to.equal(join(directory, "main.js"));
    });

    it("is refused where it is none", () => {
        expect(() => readProject(directory)).to.throw(`no Pulumi.yaml project file found in ${directory}`);
        const refused: Record<string, string> = {
            "runtime: nodejs": "project is missing a 'name' attribute",
            "name: shop\nruntime: python":
                "the offline preview runs programs of the runtime nodejs, not python",
            "name: shop": "not none",
            "name: shop\nruntime: nodejs": "no program found at",
            "- a": "expected a map",
            "name: [": "Pulumi.yaml: ",
        };
        for (const [text, message] of Object.entries(refused)) {
            write({ "Pulumi.yaml": text });
            expect(() => readProject(directory), text).to.throw(message);
        }
    });

    it("has a file for each stack", () => {
        write({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "index.js": "", "Pulumi.a.yaml": "" });
        expect(() => readStackConfig(readProject(directory), "b")).to.throw(
            "no stack named 'b' found: there is no Pulumi.b.yaml; stacks are a",
        );
    });

    describe("configures a stack", () => {
        it("by its file, over the schema's defaults and values", () => {
            const { values, secretKeys } = config(
                [
                    "  size: { type: integer, default: 3 }",
                    "  on: { type: boolean, default: true }",
                    "  names: { type: array, items: { type: string }, default: [a, b] }",
                    "  shape: { type: object, default: { x: 1 } }",
                    "  region: { type: string }",
                    "  short: x",
                    "  aws:region: { value: eu-west-1 }",
                    "  aws:profile: team",
                ].join("\n"),
                [
                    "config:",
                    "  shop:region: eu-central-1",
                    "  shop:config:size: 5",
                    "  aws:profile: other",
                    "  pulumi:disable-default-providers: [aws]",
                ].join("\n"),
            );
            expect(values).to.deep.equal({
                "aws:profile": "other",
                "aws:region": "eu-west-1",
                "pulumi:disable-default-providers": '["aws"]',
                "shop:names": '["a","b"]',
                "shop:on": "true",
                "shop:region": "eu-central-1",
                "shop:shape": '{"x":1}',
                "shop:short": "x",
                "shop:size": "5",
            });
            expect(secretKeys).to.deep.equal([]);
        });

        it("with made-up secrets in the place of encrypted ones", () => {
            const stack =
                "config:\n  shop:token:\n    secure: v1:abc\n  shop:deep:\n    a: 1\n    b: { secure: v1:def }\n";
            const { values, secretKeys } = config("  token: { type: string, secret: true }", stack);
            expect(secretKeys).to.deep.equal(["shop:deep", "shop:token"]);
            expect(values["shop:token"]).to.match(/^preview-[0-9a-f]{24}$/);
            expect(JSON.parse(values["shop:deep"] ?? ""))
                .to.have.property("b")
                .that.matches(/^preview-/);
            expect(values["shop:token"]).to.equal(
                config("  token: { type: string }", stack).values["shop:token"],
            );
        });

        it("with what is given on the command line, checked in the same way", () => {
            const schema =
                "  size: { type: integer }\n  names: { type: array, items: { type: string }, default: [] }";
            const { values } = config(schema, "config:\n  shop:size: 1\n", {
                size: "2",
                names: '["x"]',
                "aws:region": "us-east-1",
            });
            expect(values).to.deep.equal({
                "aws:region": "us-east-1",
                "shop:names": '["x"]',
                "shop:size": "2",
            });
            expect(() => config(schema, "", { size: "two" })).to.throw(
                "Stack 'dev' with configuration key 'size' must be of type 'integer'",
            );
            expect(() => config(schema, "", { size: "1", names: "x" })).to.throw(
                "--config names=x: expected JSON of an array",
            );
        });

        it("or says what Pulumi would say", () => {
            const refused: [schema: string, stack: string, message: string][] = [
                ["  a: { type: string }", "", "Stack 'dev' is missing configuration value 'a'"],
                [
                    "  a: { type: string }\n  b: { type: string }",
                    "",
                    "is missing configuration values 'a' and 'b'",
                ],
                [
                    "  a: { type: string }\n  b: { type: string }\n  c: { type: string }",
                    "",
                    "is missing configuration values 'a', 'b' and 'c'",
                ],
                [
                    "  a: { type: integer }",
                    "config: { 'shop:a': x }",
                    "configuration key 'a' must be of type 'integer'",
                ],
                [
                    "  a: { type: integer }",
                    "config: { 'shop:a': 1.5 }",
                    "configuration key 'a' must be of type 'integer'",
                ],
                [
                    "  a: { type: boolean }",
                    "config: { 'shop:a': 1 }",
                    "configuration key 'a' must be of type 'boolean'",
                ],
                [
                    "  a: { type: array, items: { type: array, items: { type: integer } } }",
                    "config: { 'shop:a': [[1], [x]] }",
                    "configuration key 'a' must be of type 'array<array<integer>>'",
                ],
                [
                    "  a: { type: object }",
                    "config: { 'shop:a': x }",
                    "configuration key 'a' must be of type 'object'",
                ],
                [
                    "  a: { type: string, secret: true }",
                    "config: { 'shop:a': x }",
                    "Stack 'dev' with configuration key 'a' must be encrypted as it's secret",
                ],
                ["  a: x", "config: { a: x }", "could not parse a as a configuration key"],
                ["  a: x", "config: [a]", "the attribute 'config' must be a map"],
            ];
            for (const [schema, stack, message] of refused) {
                expect(() => config(schema, stack), message).to.throw(message);
            }
        });
    });
});

describe("a configuration schema", () => {
    it("is refused where it contradicts itself", () => {
        const refused: [Record<string, unknown>, string][] = [
            [{ a: { type: "number" } }, `The configuration key 'a' has type "number"`],
            [{ a: { type: "array" } }, "The configuration key 'a' declares an array but does not specify"],
            [
                { a: { type: "string", items: { type: "string" } } },
                "is not an array but specifies an underlying type",
            ],
            [
                { a: { type: "integer", default: "x" } },
                "configuration key 'a' is not of the expected type 'integer'",
            ],
            [{ a: { default: 1, value: 2 } }, "has both a default and a value"],
            [{ "aws:region": { default: "x" } }, "'aws:region' is not namespaced by the project"],
        ];
        for (const [schema, message] of refused) {
            expect(() => readDeclarations("shop", schema), message).to.throw(message);
        }
        expect(() => readDeclarations("shop", [])).to.throw("must be a map");
        expect(readDeclarations("shop", undefined)).to.deep.equal([]);
    });

    it("takes numbers and truth values as texts, since a stack's file holds texts", () => {
        expect(isOfType("12", { type: "integer" })).to.equal(true);
        expect(isOfType("1.2", { type: "integer" })).to.equal(false);
        expect(isOfType("false", { type: "boolean" })).to.equal(true);
        expect(isOfType("no", { type: "boolean" })).to.equal(false);
        expect(isOfType(["a"], { type: "array" })).to.equal(false);
        expect(typeName({ type: "array", items: { type: "object" } })).to.equal("array<object>");
    });
});
