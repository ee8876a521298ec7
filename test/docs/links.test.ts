// Links from page to page, to files and to headings lead somewhere.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import GithubSlugger from "github-slugger";

const root = path.resolve(__dirname, "../..");

/** The text without what is shown as code. */
function prose(text: string): string {
    return text.replace(/^( *)(```|~~~).*\n[\s\S]*?^\1\2.*$/gm, "").replace(/`[^`\n]*`/g, "");
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
    const slugger = new GithubSlugger();
    const withoutCode = text.replace(/^( *)(```|~~~).*\n[\s\S]*?^\1\2.*$/gm, "");
    const headings = [...withoutCode.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
        slugger.slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/`/g, "")),
    );
    return new Set(headings);
}

/** What is wrong with the links of a page. */
function deadLinks(page: string, text: string): string[] {
    return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, href = ""]) => {
        if (/^[a-z]+:/.test(href)) {
            return [];
        }
        const [file = "", anchor] = href.split("#");
        const target = file === "" ? path.join(root, page) : path.resolve(root, path.dirname(page), file);
        if (!existsSync(target)) {
            return [`${page}: ${href}: there is no such file`];
        }
        const readable = statSync(target).isFile() && target.endsWith(".md");
        return anchor === undefined || !readable || anchorsOf(readFileSync(target, "utf8")).has(anchor)
            ? []
            : [`${page}: ${href}: there is no such heading`];
    });
}

describe("the links of the pages", () => {
    const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
        cwd: root,
        encoding: "utf8",
    })
        .trim()
        .split("\n")
        .filter((page) => existsSync(path.join(root, page)));

    it("lead to files and headings that are there", () => {
        expect(pages).to.include.members(["README.md", "docs/README.md"]);
        const dead = pages.flatMap((page) => deadLinks(page, readFileSync(path.join(root, page), "utf8")));
        expect(dead.join("\n")).to.equal("");
    });

    it("are found dead where they are", () => {
        const links = "[a](#layout) [b](#b) [c](no.md) [d](docs/drill.md#verbs) [e](https://example.com/x)";
        const code = "`[f](no.md)`\n\n```\n[g](no.md)\n```\n";
        expect(deadLinks("README.md", `${links}\n\n${code}`)).to.deep.equal([
            "README.md: #b: there is no such heading",
            "README.md: no.md: there is no such file",
        ]);
    });
});
