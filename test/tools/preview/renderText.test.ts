import { expect } from "chai";
import fc from "fast-check";
import { clip, pad, shorten, width, wrap } from "../../../tools/preview/render/text";

describe("text on a terminal", () => {
    it("is measured in columns: wide characters take two, combining marks and colours none", () => {
        const cases: readonly (readonly [string, number])[] = [
            ["", 0],
            ["shop-vpc", 8],
            ["grün…", 5],
            ["e\u0301", 1],
            ["店", 2],
            ["ｗｅｂ", 6],
            ["한글", 4],
            ["🚀", 2],
            ["\u{20000}", 2],
            ["a\u200bb", 2],
            ["├─ └─ │", 7],
            ["\u001b[32mcreate\u001b[39m", 6],
        ];
        for (const [text, columns] of cases) {
            expect(width(text), JSON.stringify(text)).to.equal(columns);
        }
    });

    it("is filled up and cut by columns", () => {
        expect(pad("店", 4)).to.equal("店  ");
        expect(shorten("shop-web-alb", 9)).to.equal("shop…-alb");
        expect(shorten("店店店店店", 7)).to.equal("店…店");
        expect(shorten("店店", 4)).to.equal("店店");
        expect(clip("店店", 3)).to.equal("店");
        expect(shorten("shop", 1)).to.equal("…");
        expect(shorten("shop", 0)).to.equal("");
    });

    it("breaks between words, and keeps the indent", () => {
        expect(wrap("    - prod-us aws:s3:Bucket logs: is public.", 30, 2)).to.deep.equal([
            "    - prod-us aws:s3:Bucket",
            "      logs: is public.",
        ]);
        expect(wrap("short", 30)).to.deep.equal(["short"]);
        expect(wrap("x".repeat(300), undefined)).to.deep.equal(["x".repeat(300)]);
        expect(wrap("arn:aws:s3:::shop-logs-targets", 12)).to.deep.equal([
            "arn:aws:s3::",
            ":shop-logs-t",
            "argets",
        ]);
    });

    const texts = fc.array(
        fc.oneof(
            fc.string(),
            fc.string({ unit: "grapheme" }),
            fc.constant("店".repeat(9)),
            fc.constant("\u001b[33m"),
        ),
    );

    it("is never wider than it may be, and loses nothing when it is broken", () => {
        fc.assert(
            fc.property(
                texts,
                fc.nat(12),
                fc.integer({ min: 2, max: 60 }),
                fc.nat(8),
                (words, indent, columns, hang) => {
                    const line = " ".repeat(indent) + words.join(" ").replaceAll("\n", " ");
                    const lines = wrap(line, columns, hang);
                    for (const each of lines) {
                        expect(width(each)).to.be.at.most(columns);
                    }
                    expect(lines.join("").replaceAll(" ", "")).to.equal(line.replaceAll(" ", ""));
                },
            ),
        );
    });

    it("is never wider than it may be when it is cut", () => {
        fc.assert(
            fc.property(texts, fc.nat(40), (words, columns) => {
                expect(width(shorten(words.join(""), columns))).to.be.at.most(columns);
                expect(width(clip(words.join(""), columns))).to.be.at.most(columns);
            }),
        );
    });
});
