import { expect } from "chai";
import { renderJson } from "../../../tools/preview/render/json";
import { renderMarkdown } from "../../../tools/preview/render/markdown";
import { renderSummary } from "../../../tools/preview/render/summary";
import { renderTree } from "../../../tools/preview/render/tree";
import { type Diagnostic } from "../../../tools/preview/types";
import { documentOf, stackPreview } from "../../support/preview/documents";

const urn = (name: string): string => `urn:pulumi:a::b::aws:s3/bucket:Bucket::${name}`;
const diagnostics: Diagnostic[] = [
    ...Array.from({ length: 50 }, (): Diagnostic => ({ severity: "warning", message: "old\nby far" })),
    { severity: "info", message: "old\nby far" },
    ...["a", "a", "b", "c", "d", "e"].map((name): Diagnostic => ({
        severity: "warning",
        message: "open",
        urn: urn(name),
    })),
];
const document = documentOf(stackPreview("prod", [], { diagnostics }));

describe("what a program said more than once", () => {
    for (const [name, render] of Object.entries({ renderSummary, renderTree })) {
        it(`is printed once, with how often and of what, by ${name}`, () => {
            const text = render(document, { color: false, columns: 100 });
            expect(/Diagnostics:\n[^]*?(?=\n\n|$)/.exec(text)?.[0].trimEnd().split("\n")).to.deep.equal([
                "Diagnostics:",
                "    warning (50 times): old",
                "      by far",
                "    info: old",
                "      by far",
                "    aws:s3:Bucket (a), aws:s3:Bucket (b), aws:s3:Bucket (c) and 2 more:",
                "        warning (6 times): open",
            ]);
        });
    }

    it("is counted once in a comment, and is whole in JSON", () => {
        expect(renderMarkdown(document)).to.contain(" | 2 warnings (56 times) |\n");
        const { stacks } = JSON.parse(renderJson(document)) as {
            readonly stacks: { readonly prod: { readonly diagnostics: readonly unknown[] } };
        };
        expect(stacks.prod.diagnostics).to.have.length(57);
    });
});
