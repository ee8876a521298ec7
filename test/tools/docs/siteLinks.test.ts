import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deadLinks } from "../../../tools/docs/siteLinks";

describe("the links of the site", () => {
    it("lead to a file, or to a part of one, under whatever path it is served", () => {
        const site = mkdtempSync(path.join(tmpdir(), "meridian-site-"));
        try {
            mkdirSync(path.join(site, "docs"));
            const write = (base: string): void => {
                writeFileSync(
                    path.join(site, "index.html"),
                    [
                        `<a class="x" href="${base}docs/">index</a>`,
                        `<a href="${base}docs/cost.html#prices">part</a>`,
                        `<a href="${base}docs/cost.html#none">no part</a>`,
                        `<a href="${base}docs/README.html">a source's name</a>`,
                        '<a href="https://example.com/docs/none.html">elsewhere</a>',
                    ].join(""),
                );
            };
            writeFileSync(
                path.join(site, "docs/index.html"),
                '<a href="cost.html">c</a><a href="#top">t</a>',
            );
            writeFileSync(path.join(site, "docs/cost.html"), '<h2 id="prices">Prices</h2>');
            for (const base of ["/", "/meridian/"]) {
                write(base);
                expect(deadLinks(site, base)).to.deep.equal([
                    "docs/index.html: #top",
                    `index.html: ${base}docs/cost.html#none`,
                    `index.html: ${base}docs/README.html`,
                ]);
            }
        } finally {
            rmSync(site, { recursive: true });
        }
    });
});
