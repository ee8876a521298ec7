import { readFileSync } from "node:fs";
import { expect } from "chai";
import { format } from "prettier";
import { STACKS_FILE, stacksDocument } from "../../tools/docs/stacks";
import { type StackPreview } from "../../tools/preview/types";
import { projectPreview } from "../support/projectPreview";

describe("docs/stacks.md", () => {
    const page = readFileSync(STACKS_FILE, "utf8");
    // The project's preview of the tests is production's.
    const production = page.slice(0, page.indexOf("## dev-us"));

    it("has the components of every stack as they are previewed", async () => {
        const { runs } = await projectPreview();
        const stacks = Object.fromEntries(
            runs.map(({ preview }): [string, StackPreview] => [preview.stack, preview]),
        );
        const written = stacksDocument(production.replace(/\| `Vpc3Tier` .*\n/g, ""), { stacks });
        expect(await format(written, { parser: "markdown", filepath: STACKS_FILE })).to.equal(
            `${production.trimEnd()}\n`,
        );
        expect(production).to.match(/\| `Vpc3Tier` +\| `shop-vpc`/);
    });

    it("names no stack that is not there", () => {
        expect(() => stacksDocument(page, { stacks: {} })).to.throw(
            "docs/stacks.md has a table of prod-us, which is no stack of the project",
        );
    });
});
