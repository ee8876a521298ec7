import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { COMPONENT_PAGES, componentPage, declarations, tablesOf } from "../../tools/docs/componentTables";

const ROOT = path.join(__dirname, "..", "..");
const declared = declarations();
const pages = new Map(COMPONENT_PAGES.map((file) => [file, readFileSync(file, "utf8")]));
const documented = new Set([...pages.values()].flatMap(tablesOf));

describe("the tables of the components' pages", () => {
    for (const [file, page] of pages) {
        it(`are what is declared: ${path.relative(ROOT, file)}`, async () => {
            expect(await componentPage(file, page, declared)).to.equal(
                page,
                "run `npm run docs -- components`",
            );
        });
    }

    it("cover arguments and outputs of each public component, and of each that has a section of its own", () => {
        const classes = [...pages].flatMap(([file, page]) =>
            path.basename(file) === "supporting.md"
                ? [...page.matchAll(/^## (?:\w+ and )?(\w+)$/gm)].map(([, name = ""]) => name)
                : [...page.matchAll(/^# (\w+)$/gm)].map(([, name = ""]) => name),
        );
        const components = classes.filter((name) => declared.get(name)?.kind === "class");
        expect(components).to.include.members([
            "Vpc3Tier",
            "WebTier",
            "ApiTier",
            "AuroraGlobal",
            "AuroraReplication",
            "EdgeDistribution",
        ]);
        expect(components.length).to.be.above(12);
        for (const name of [...components, "RegionalBackup"]) {
            // Its arguments and outputs are in backup.md.
            expect(documented, name).to.include(name);
            expect(documented, name).to.include(`${name}Args`);
        }
    });

    it("have a column of types wherever there is one of arguments", () => {
        const folder = path.join(ROOT, "docs");
        for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
            if (entry.endsWith(".md")) {
                const text = readFileSync(path.join(folder, entry), "utf8");
                const heads = text.split("\n").filter((line) => /^\| *argument *\|/.test(line));
                for (const head of heads) {
                    expect(head, entry).to.match(/^\| *argument *\| *type *\| *default *\| *meaning *\|$/);
                }
                expect(heads.length, entry).to.be.at.most(tablesOf(text).length);
            }
        }
    });

    it("explain each structure that an argument of a public component takes", () => {
        const structures = [
            "Vpc3Tier",
            "WebTier",
            "ApiTier",
            "AuroraGlobal",
            "AuroraReplication",
            "EdgeDistribution",
            "RegionalBackup",
        ]
            .flatMap((name) => declared.get(`${name}Args`)?.members ?? [])
            .flatMap(({ type }) => type.match(/\w+/g) ?? [])
            .filter((name) => declared.get(name)?.kind === "interface");
        expect(structures.length).to.be.above(5);
        for (const name of structures) {
            expect(documented).to.include(name);
        }
    });

    const found = new Map([
        [
            "ThingArgs",
            {
                kind: "interface" as const,
                members: [
                    { name: "size", type: "number", optional: false, doc: "How large.", from: "ThingArgs" },
                    {
                        name: "mode",
                        type: '"a" | "b"',
                        optional: true,
                        doc: "Which way. `a` when left out.",
                        from: "ThingArgs",
                    },
                    { name: "region", type: "string", optional: false, doc: "Where.", from: "Base" },
                ],
            },
        ],
        [
            "Thing",
            {
                kind: "class" as const,
                members: [
                    { name: "arn", type: "Output<string>", optional: true, doc: "ARN of it.", from: "Thing" },
                ],
            },
        ],
    ]);
    const table = async (text: string): Promise<string[]> =>
        (await componentPage("page.md", text, found)).split("\n").map((line) => line.replace(/ +/g, " "));

    it("are made from doc comments, where the page says nothing yet", async () => {
        expect(
            await table("<!-- declared: ThingArgs without Base -->\n\n<!-- declared: Thing -->\n\nEnd.\n"),
        ).to.deep.equal([
            "<!-- declared: ThingArgs without Base -->",
            "",
            "| argument | type | default | meaning |",
            "| -------- | ------------ | -------- | --------- |",
            "| `size` | `number` | required | How large |",
            '| `mode` | `"a" \\| "b"` | `a` | Which way |',
            "",
            "<!-- declared: Thing -->",
            "",
            "| output | type | meaning |",
            "| ------ | ----------------------------- | --------- |",
            "| `arn` | `Output<string> \\| undefined` | ARN of it |",
            "",
            "End.",
            "",
        ]);
    });

    it("keep what the page says, and mend types, what is required, and what is gone or new", async () => {
        const old = [
            "<!-- declared: ThingArgs -->",
            "",
            "| argument | type | default | meaning |",
            "|---|---|---|---|",
            "| `size` | `string` | small | how large, in \\| |",
            "| `gone` | `string` | none | nothing |",
            "| `mode` | `string` | required | the way |",
            "",
        ].join("\n");
        expect((await table(old)).slice(4, 8)).to.deep.equal([
            "| `size` | `number` | required | how large, in \\| |",
            '| `mode` | `"a" \\| "b"` | `a` | the way |',
            "| `region` | `string` | required | Where |",
            "",
        ]);
    });

    it("are refused for what is not declared", async () => {
        const failure = await componentPage("page.md", "<!-- declared: Nothing -->\n", found).catch(
            (error: unknown) => error,
        );
        expect(failure).to.have.property(
            "message",
            "page.md has a table of Nothing, which components/ does not declare",
        );
    });
});
