import { expect } from "chai";
import { readFileSync } from "node:fs";
import { TABLE_FILE } from "../../tools/preview/against/replacementTable";
import { coverageOf } from "../../tools/replacements/coverage";
import { generatedTable } from "../../tools/replacements/generate";
import { type ReplacementTable, tableText } from "../../tools/replacements/table";
import { exampleProjects, previewProject } from "../../tools/preview/index";
import { type PreviewDocument } from "../../tools/preview/types";

describe("the table of replacements, made anew", () => {
    it("is the one that is kept", () => {
        const kept = readFileSync(TABLE_FILE, "utf8");
        const { date } = JSON.parse(kept) as ReplacementTable;
        expect(tableText(generatedTable(date)) === kept, "npm run replacements").to.equal(true);
    });

    it("knows at least 95 % of the types that the project and its examples use", async () => {
        const documents: PreviewDocument[] = [];
        for (const cwd of [undefined, ...exampleProjects()]) {
            documents.push(
                await previewProject({
                    stacks: [],
                    config: {},
                    stackOutputs: {},
                    primaryRegion: undefined,
                    policies: undefined,
                    plainSdk: false,
                    onProgress: () => undefined,
                    ...(cwd === undefined ? {} : { cwd }),
                }),
            );
        }
        const { known, unknown } = coverageOf(
            JSON.parse(readFileSync(TABLE_FILE, "utf8")) as ReplacementTable,
            documents,
        );
        expect(known.length).to.be.above(200);
        expect(known.length / (known.length + unknown.length), unknown.join(", ")).to.be.at.least(0.95);
    });
});
