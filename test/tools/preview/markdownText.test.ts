import { expect } from "chai";
import { code, inline } from "../../../tools/preview/render/markdownText";

/** The text that GitHub looks for references in: entities are read before, and code is passed over. */
function looked(markdown: string): string {
    return markdown
        .replace(/<code>[^<]*<\/code>/g, "\u0000")
        .replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
}

/** What a reader sees, and copies where no invisible space is in it. */
function shown(markdown: string): string {
    return looked(markdown.replace(/<\/?code>/g, ""));
}

// Source: GitHub Docs, "Autolinked references and URLs".
const REFERENCES = /#\d|\bGH-\d|@\w|(?<![\w-])(?=\w*[a-f])[\da-f]{7,40}(?![\w-])/i;
const COMMIT = "a5c3785ed8d6a35868bc169f07e40e889087fd2e";

describe("text of a program in a comment", () => {
    for (const text of [
        "#12",
        "closes #12, (#3) and GH-26",
        "gh-7",
        "jlord/sheetsee.js#26",
        "@github/support",
        COMMIT,
        `jlord@${COMMIT}`,
        `jlord/sheetsee.js@${COMMIT}`,
        "tag: 0a1b2c3.",
        '"image": "shop:0a1b2c3"',
    ]) {
        it(`makes no reference of ${text}`, () => {
            expect(text).to.match(REFERENCES);
            expect(looked(inline(text))).not.to.match(REFERENCES);
            expect(shown(inline(text)).replaceAll("\u200b", "")).to.equal(text);
        });
    }

    it("is left as it is where it is none, and commits and code can be copied", () => {
        for (const text of [
            "sg-0123456789abcdef0",
            "111122223333",
            "defaced",
            "#a and # 1",
            "5 GH",
            "65536000",
        ]) {
            expect(shown(inline(text)), text).to.equal(text);
            expect(inline(text), text).not.to.contain("<code>");
        }
        expect(inline(`at ${COMMIT}`)).to.equal(`at <code>${COMMIT}</code>`);
        expect(code("#12 GH-1")).to.equal("<code>&#35;12 GH-1</code>");
    });
});
