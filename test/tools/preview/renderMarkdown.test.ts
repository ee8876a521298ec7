import { expect } from "chai";
import fc from "fast-check";
import { type PolicyFinding } from "../../../tools/preview/policies/findings";
import { LIMIT, MARKER, renderMarkdown } from "../../../tools/preview/render/markdown";
import { type StackPreview } from "../../../tools/preview/types";
import { type Row, documentOf, regionStack, stackPreview, urn } from "../../support/preview/documents";

const finding: PolicyFinding = {
    status: "violation",
    pack: "core",
    rule: "s3-public",
    level: "mandatory",
    description: "Buckets are private.",
    message: "is public.",
    frameworks: [],
};
const lines = (text: string): string[] => text.split("\n");

/** A stack with so many buckets under one component. */
function large(
    stack: string,
    resources: number,
    name = (index: number): string => `bucket-${index}`,
): StackPreview {
    const parent: Row = { type: "meridian:index:SecureBucket", name: "buckets", custom: false };
    const buckets = Array.from({ length: resources }, (_, index) => ({
        type: "aws:s3/bucket:Bucket",
        name: name(index),
        parent: urn(stack, parent),
    }));
    return stackPreview(stack, [parent, ...buckets]);
}

describe("the preview as a pull-request comment", () => {
    it("has marker, verdict, counts, what components make, and folded trees", () => {
        const other = stackPreview("prod-global", [{ type: "aws:route53/record:Record", name: "apex" }]);
        expect(lines(renderMarkdown(documentOf(regionStack, other)))).to.deep.equal([
            MARKER,
            "## ✅ Preview: 10 to create, 1 to read in 2 stacks",
            "",
            "| Stack | To create | To read | Result |",
            "|---|--:|--:|---|",
            "| <code>prod-us</code> | 8 | 1 | fine |",
            "| <code>prod-global</code> | 2 | 0 | fine |",
            "",
            "### What each component makes",
            "",
            "| Component | Class | <code>prod-us</code> | <code>prod-global</code> | Chiefly |",
            "|---|---|--:|--:|---|",
            "| <code>shop-vpc</code> | <code>Vpc3Tier</code> | 4 | – | 2 Subnet, 1 FlowLog, 1 Vpc |",
            "| directly in the stack | | 1 | 1 | 1 Record, 1 Zone |",
            "",
            "<details>",
            "<summary><code>prod-us</code>: 8 to create, 1 to read</summary>",
            "",
            "<pre>",
            "+ pulumi:pulumi:Stack  meridian-prod-us",
            "+   pulumi:providers:aws  aws",
            "+   meridian:index:Vpc3Tier  shop-vpc",
            "+     awsx:ec2:Vpc  shop-vpc-network",
            "+       aws:ec2:Vpc  shop-vpc-network",
            "+       aws:ec2:Subnet  shop-vpc-network-web-1",
            "+       aws:ec2:Subnet  shop-vpc-network-web-2",
            "+     aws:ec2:FlowLog  shop-vpc-flow-log",
            "&#62;   aws:route53:Zone  zone",
            "</pre>",
            "",
            "</details>",
            "",
            "<details>",
            "<summary><code>prod-global</code>: 2 to create</summary>",
            "",
            "<pre>",
            "+ pulumi:pulumi:Stack  meridian-prod-global",
            "+   aws:route53:Record  apex",
            "</pre>",
            "",
            "</details>",
            "",
        ]);
    });

    it("counts a component's resources per stack in one row", () => {
        const text = renderMarkdown(documentOf(large("prod-us", 3), large("prod-eu", 5)));
        expect(text).to.contain("| <code>buckets</code> | <code>SecureBucket</code> | 3 | 5 | 8 Bucket |");
    });

    it("tells of a failure first, without a stack trace", () => {
        const error = {
            message: "the <configuration> is wrong",
            stack: "at index.ts:3",
            urn: urn("prod-us", { type: "aws:ec2/vpc:Vpc", name: "net" }),
        };
        const text = renderMarkdown(documentOf({ ...regionStack, error }, stackPreview("prod-eu", [])));
        expect(text).to.contain("## ❌ Preview: 1 of 2 stacks failed\n");
        expect(text).to.contain("| <code>prod-us</code> | 8 | 1 | <b>failed</b> |");
        expect(text).to.contain(
            "<pre>\nprod-us, aws:ec2:Vpc (net):\n    the &#60;configuration&#62; is wrong\n</pre>",
        );
        expect(text).not.to.contain("index.ts");
        expect(text.indexOf("### Errors")).to.be.below(text.indexOf("### What each"));
    });

    it("has a section for policy violations only where the document has them", () => {
        const document = documentOf(regionStack);
        expect(renderMarkdown(document)).not.to.match(/### Policies/);
        expect(
            renderMarkdown({ ...document, policyPacks: [{ name: "core", version: "1.0.0", rules: 7 }] }),
        ).to.contain("### Policies\n\n7 rules in 1 pack: no violation.\n");
        const text = renderMarkdown({
            ...document,
            policies: [
                {
                    ...finding,
                    message: "is\n public | really.",
                    stack: "prod-us",
                    urn: urn("prod-us", { type: "aws:s3/bucket:Bucket", name: "logs" }),
                    fix: "Block it.",
                },
                { ...finding, status: "waived", rule: "s3-logs", message: "is waived." },
                { ...finding, status: "undecided", rule: "s3-policy", message: "is not known." },
            ],
            policyPacks: [{ name: "core", version: "1.0.0", rules: 7 }],
        });
        expect(text).to.contain("## ❌ Preview: 1 mandatory policy violation\n");
        expect(text).to.contain(
            [
                "### Policies",
                "",
                "7 rules in 1 pack: 1 mandatory violation, 1 waived, 1 undecided until pulumi up.",
                "",
                "| Level | Policy | Resource | What is wrong |",
                "|---|---|---|---|",
                "| <b>mandatory</b> | <code>s3-public</code> | <code>prod-us aws&#58;s3&#58;Bucket logs</code> | is public &#124; really. Fix&#58; Block it. |",
                "| waived | <code>s3-logs</code> |  | is waived. |",
                "",
            ].join("\n"),
        );
        expect(text).to.contain("<code>s3-policy</code> 1\n\n</details>");
    });

    it("fits exactly at the limit, and says what it cut one byte below", () => {
        const document = documentOf(large("prod-us", 300));
        const whole = renderMarkdown(document);
        // 1,500 bytes are kept back for saying what was cut; a last line break is dropped.
        const needed = Buffer.byteLength(whole) + 1500 + 1;
        expect(renderMarkdown(document, needed)).to.equal(whole);
        const cut = renderMarkdown(document, needed - 1);
        expect(cut).to.contain("Cut to fit into a comment: 1 of 302 resources of <code>prod-us</code>.");
        expect(cut).to.contain("\n  … 1 more\n</pre>");
    });

    it("cuts the largest trees, keeps small ones whole, and says how much of which it cut", () => {
        const text = renderMarkdown(
            documentOf(large("prod-us", 3000), large("prod-small", 5), large("prod-eu", 3000)),
        );
        const told =
            /Cut to fit into a comment: (\d+) of 3002 resources of <code>prod-us<\/code>, (\d+) of 3002 resources of <code>prod-eu<\/code>\. /.exec(
                text,
            );
        expect(told).not.to.equal(null);
        const shown = (text.match(/aws:s3:Bucket {2}bucket-/g) ?? []).length;
        expect(shown).to.equal(3000 - Number(told![1]) + (3000 - Number(told![2])) + 5);
        expect(Buffer.byteLength(text)).to.be.within(LIMIT - 2500, LIMIT);
    });

    it("is never too long, however long and odd the names, and never loses the marker and the verdict", () => {
        const name = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
        const error = fc.option(fc.record({ message: fc.string({ unit: "binary", maxLength: 30_000 }) }), {
            nil: undefined,
        });
        const stack = fc.tuple(fc.nat(1500), name, error);
        fc.assert(
            fc.property(
                fc.array(stack, { minLength: 1, maxLength: 6 }),
                fc.integer({ min: 8_000, max: LIMIT }),
                (stacks, limit) => {
                    const previews = stacks.map(([resources, text, failure], index) => {
                        const preview = large(`prod-${index}`, resources, (each) => `${text}${each}`);
                        return failure === undefined ? preview : { ...preview, error: failure };
                    });
                    const comment = renderMarkdown(documentOf(...previews), limit);
                    expect(Buffer.byteLength(comment)).to.be.at.most(limit);
                    expect(comment.length).to.be.at.most(limit);
                    expect(comment.startsWith(`${MARKER}\n## `)).to.equal(true);
                    expect(comment.match(/<details>/g)?.length).to.equal(
                        comment.match(/<\/details>/g)?.length,
                    );
                    expect(comment.match(/<pre>/g)?.length).to.equal(comment.match(/<\/pre>/g)?.length);
                },
            ),
            { numRuns: 40 },
        );
    });

    it("stays short with hundreds of stacks, too", () => {
        const stacks = Array.from({ length: 400 }, (_, index) => large(`prod-r${index}`, 20));
        const text = renderMarkdown(documentOf(...stacks));
        expect(Buffer.byteLength(text)).to.be.at.most(LIMIT);
        expect(text).to.match(/Cut to fit into a comment: \d+ of 400 stacks, .*, \d+ more\. <code>npm run/);
    });

    it("lets no name become structure, a link, an image or a mention", () => {
        const evil =
            "a|b`c`<b>x</b></pre></details>[l](https://evil.example)![i](//e)@org/team **B** \n| r | www.evil.example #12";
        const row: Row = { type: "meridian:index:Evil", name: evil, custom: false };
        const violation = {
            ...finding,
            rule: evil,
            level: "advisory",
            message: evil,
            urn: urn("prod-us", row),
        };
        const failed = { ...stackPreview("prod-us", [row]), stack: evil, error: { message: evil } };
        const text = renderMarkdown({ ...documentOf(failed), policies: [violation] });
        // Outside our own tags there is no angle bracket at all.
        const ownTags = /<\/?(?:details|summary|pre|code|b)>|<!-- meridian-preview -->/g;
        expect(text.replace(ownTags, "")).not.to.match(/[<>]/);
        expect(text).not.to.match(/\]\(|:\/\/|www\.|@\w/);
        // Markdown reads nothing inside <pre>; elsewhere nothing may be left that it would read.
        expect(text.replace(/<pre>[^<]*<\/pre>/g, "")).not.to.match(/!\[|`|\*\*|\]/);
        // Every table row has as many cells as its table.
        const violationRow = lines(text).find((line) => line.startsWith("| advisory"))!;
        expect(violationRow.split("|")).to.have.length(6);
        expect(lines(text).filter((line) => line.startsWith("| r |"))).to.deep.equal([]);
        // And yet it is all there to be read.
        const shown = text
            .replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
            .replaceAll("\u200b", "");
        expect(shown).to.contain(evil.replace("\n", "\ufffd"));
    });
});
