import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { CONFIG_CHANGES, changesSection } from "../../tools/docs/configChanges";
import { configurationDocument, DOCUMENT_FILE, PROJECT_FILE } from "../../tools/docs/configuration";
import { problemsOf } from "../support/regions/stackConfigs";

describe("docs/configuration.md", () => {
    it("is what Pulumi.yaml says now", () => {
        expect(readFileSync(DOCUMENT_FILE, "utf8")).to.equal(
            configurationDocument(readFileSync(PROJECT_FILE, "utf8"), [changesSection()]),
        );
    });

    it("says of every key what a change of it does", () => {
        const declared = Object.keys(
            (parse(readFileSync(PROJECT_FILE, "utf8")) as { config: Readonly<Record<string, unknown>> })
                .config,
        );
        expect([...new Set(CONFIG_CHANGES.flatMap(({ keys }) => keys))]).to.have.members(declared);
        for (const { keys, after, group, never } of CONFIG_CHANGES) {
            // What nobody changes is in no group that the engine is asked about.
            expect(Object.keys(after ?? {}), keys.join()).to.deep.equal(never === undefined ? keys : []);
            expect(group === undefined, keys.join()).to.equal(never !== undefined);
        }
    });

    it("shows an error as it is", () => {
        const found = problemsOf({ "meridian:webMaxsize": "24", databaseMinCapacity: "8.25" });
        const shown = found.map((problem) => `  - ${problem}`).join("\n");
        expect(readFileSync(DOCUMENT_FILE, "utf8")).to.include(
            `The configuration of stack prod-us has 2 problems:\n${shown}\n`,
        );
    });

    const declared = (config: string): string =>
        configurationDocument(`name: test\nconfig:\n${config}`).replace(/^[^]*?(?=^## )/m, "");

    it("groups keys by the comments above them, with type, default and meaning", () => {
        const text = declared(
            "  # Size\n" +
                "  count:\n    type: integer\n    default: 2\n    description: How many.\n" +
                "  title:\n    type: string\n    default: ''\n    description: Its title.\n\n" +
                "  # Place\n" +
                "  zones:\n    type: array\n    items:\n      type: string\n    default: [a, b]\n" +
                "    description: Which zones.\n" +
                "  none:\n    type: array\n    items:\n      type: string\n    default: []\n" +
                "    description: Which others.\n" +
                "  account:\n    type: string\n    description: Whose it is.\n",
        );
        expect(text).to.equal(
            "## Size\n\n" +
                "- `count` (integer, default `2`): How many.\n" +
                "- `title` (string, default empty): Its title.\n\n" +
                "## Place\n\n" +
                "- `zones` (list of strings, default `a`, `b`): Which zones.\n" +
                "- `none` (list of strings, default empty): Which others.\n" +
                "- `account` (string, no default): Whose it is.\n",
        );
    });

    it("refuses keys that no comment heads, and files without keys", () => {
        expect(() => declared("  count:\n    type: integer\n    description: How many.\n")).to.throw(
            "no comment says which group count belongs to",
        );
        expect(() => configurationDocument("name: test\n")).to.throw(
            "the project file has no config section",
        );
    });
});
