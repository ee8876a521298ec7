import { expect } from "chai";
import fc from "fast-check";
import { type Changes } from "../../../../tools/preview/against/changes";
import { compareDocuments } from "../../../../tools/preview/against/compare";
import { renderChangesMarkdown } from "../../../../tools/preview/render/changesMarkdown";
import { renderChanges } from "../../../../tools/preview/render/changesText";
import { LIMIT, MARKER } from "../../../../tools/preview/render/markdown";
import { type PreviewDocument } from "../../../../tools/preview/types";
import { type Given, sideOf } from "../../../support/preview/sides";

const table = (name: string, inputs: Given["inputs"] = {}, options: Given["options"] = {}): Given => ({
    type: "aws:dynamodb/table:Table",
    name,
    inputs: { name, hashKey: "id", ...inputs },
    options,
});

interface Both {
    readonly document: PreviewDocument;
    readonly changes: Changes;
}

function both(before: readonly Given[], after: readonly Given[], rest: Partial<Changes> = {}): Both {
    const document = sideOf(after);
    const changes = compareDocuments(sideOf(before), document, {
        before: "main (0a1b2c3)",
        after: "this branch",
    });
    return { document, changes: { ...changes, ...rest } };
}

function comment({ document, changes }: Both, limit?: number): string {
    return renderChangesMarkdown(document, changes, limit);
}

describe("the comment of a comparison", () => {
    it("is one line where nothing changes", () => {
        expect(comment(both([table("a")], [table("a")]))).to.equal(
            `${MARKER}\n✅ Preview: nothing changes against main &#40;<code>0a1b2c3</code>&#41;.\n`,
        );
    });

    it("has verdict, totals, what is lost, cost and recovery before the folded details", () => {
        const text = comment(
            both(
                [
                    table("orders", { pointInTimeRecovery: { enabled: true } }),
                    table("carts", {}, { protect: true }),
                    table("pages"),
                    { type: "aws:sns/topic:Topic", name: "news", inputs: { displayName: "a" } },
                ],
                [
                    table("orders", { pointInTimeRecovery: { enabled: true }, hashKey: "order" }),
                    { type: "aws:sns/topic:Topic", name: "news", inputs: { displayName: "b" } },
                ],
                {
                    cost: {
                        currency: "USD",
                        before: 100,
                        after: 1250.5,
                        stacks: { prod: { before: 100, after: 1250.5 } },
                        items: [{ stack: "prod", name: "orders", before: 0, after: 1150.5 }],
                        unpriced: [],
                    },
                },
            ),
        );
        expect(text.split("\n")).to.deep.equal([
            MARKER,
            "## 🛑 Preview: data is lost with 1 resource; 2 to delete, 1 to replace, 1 to update",
            "",
            "Against main &#40;<code>0a1b2c3</code>&#41;.",
            "",
            "| Stack | Create | Update | Replace | May replace | Delete | Unchanged |",
            "|---|--:|--:|--:|--:|--:|--:|",
            "| <code>prod</code> | 0 | 1 | 1 | 0 | 2 | 0 |",
            "",
            "### Data",
            "",
            "- 🛑 <code>prod</code>: aws&#58;dynamodb&#58;Table pages is deleted, and with it every item of the table&#58; nothing holds it &#40;protect is not set&#41;",
            "- ⚠️ <code>prod</code>: aws&#58;dynamodb&#58;Table orders is replaced &#40;hashKey changes&#41;, and with it every item of the table&#58; a copy is left &#40;DynamoDB keeps a last backup for 35 days, since point-in-time recovery is on&#41;",
            "- 🔒 <code>prod</code>: aws&#58;dynamodb&#58;Table carts is deleted, and with it every item of the table&#58; the update is refused &#40;protect is set&#58; pulumi up refuses&#41;",
            "",
            "### Cost",
            "",
            "$1,250.50 a month before use, +$1,150.50.",
            "",
            "| | Before | After | Change |",
            "|---|--:|--:|--:|",
            "| <code>prod</code> | $100.00 | $1,250.50 | +$1,150.50 |",
            "| <code>prod</code> orders | $0.00 | $1,150.50 | +$1,150.50 |",
            "",
            "<details>",
            "<summary><code>prod</code>: 2 to delete, 1 to replace, 1 to update</summary>",
            "",
            "<pre>",
            "- aws:dynamodb:Table carts",
            "    it is protected: pulumi up refuses",
            "- aws:dynamodb:Table pages",
            "± aws:dynamodb:Table orders",
            '    hashKey: "id" → "order"  (replaces)',
            "    the old one goes before the new one is made, since its name orders is given: until then there is none",
            "~ aws:sns:Topic news",
            '    displayName: "a" → "b"',
            "</pre>",
            "",
            "</details>",
            "",
        ]);
    });

    it("never says that nothing changes where a side failed", () => {
        const failed = (document: PreviewDocument): PreviewDocument => ({
            ...document,
            stacks: Object.fromEntries(
                Object.entries(document.stacks).map(([name, stack]) => [
                    name,
                    { ...stack, error: { message: "It broke." } },
                ]),
            ),
        });
        const [one, other] = [sideOf([table("a")]), sideOf([table("b")], {}, "eu")];
        const together = (first: PreviewDocument, second: PreviewDocument): PreviewDocument => ({
            ...first,
            stacks: { ...first.stacks, ...second.stacks },
        });
        const title = (before: PreviewDocument, after: PreviewDocument): string | undefined => {
            const changes = compareDocuments(before, after);
            const terminal = renderChanges(after, changes, { color: false, columns: 80 }, false);
            expect(terminal).not.to.match(/: nothing changes\.$/m);
            return comment({ document: after, changes }).split("\n")[1];
        };
        expect(title(failed(one), one)).to.equal("## ⚠️ Preview: nothing is known of 1 of 1 stack");
        expect(title(one, failed(one))).to.equal("## ❌ Preview: 1 of 1 stack failed");
        expect(title(together(one, failed(other)), together(one, other))).to.equal(
            "## ⚠️ Preview: nothing changes; nothing is known of 1 of 2 stacks",
        );
    });

    it("tells an error of several lines in as many, once, whichever side has it", () => {
        const one = sideOf([table("a")]);
        const failed: PreviewDocument = {
            ...one,
            stacks: Object.fromEntries(
                Object.entries(one.stacks).map(([name, stack]) => [
                    name,
                    { ...stack, error: { message: "It has 2 problems:\n  - one\n  - other" } },
                ]),
            ),
        };
        const lines = (before: PreviewDocument, after: PreviewDocument): string[] =>
            renderChanges(after, compareDocuments(before, after), { color: false, columns: 80 }, false).split(
                "\n",
            );
        const ours = lines(one, failed);
        expect(ours[0]).to.equal("Comparing prod: failed");
        expect(ours.slice(3, 6)).to.deep.equal([
            "    error: It has 2 problems:",
            "        - one",
            "        - other",
        ]);
        expect(lines(failed, one).slice(0, 4)).to.deep.equal([
            "Comparing prod: the other side failed",
            "    It has 2 problems:",
            "      - one",
            "      - other",
        ]);
    });

    it("names each of five that follow a replacement, and the replaced one", () => {
        const network: Given = {
            type: "aws:ec2/vpc:Vpc",
            name: "net",
            inputs: { cidrBlock: "10.0.0.0/16" },
            outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0123456789abcdef0" },
        };
        const followers = ["a", "b", "c", "d", "e"].map((name): Given => ({
            type: "aws:route53/zone:Zone",
            name,
            inputs: { vpcs: ["vpc-0123456789abcdef0"] },
            from: { vpcs: ["net"] },
        }));
        const moved = { ...network, inputs: { cidrBlock: "10.1.0.0/16" } };
        const text = comment(both([network, ...followers], [moved, ...followers]));
        expect(text).to.include("± aws:ec2:Vpc net\n");
        for (const { name } of followers) {
            expect(text).to.include(
                `~ aws:route53:Zone ${name}\n    vpcs refers to net, which is replaced\n`,
            );
        }
    });

    it("tells of a replacement by its own cause, also where another's is a second one", () => {
        const network: Given = {
            type: "aws:ec2/subnet:Subnet",
            name: "data",
            inputs: { cidrBlock: "10.0.1.0/24" },
            outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0aaaaaaaaaaaaaaa1" },
        };
        const balancer = (internal: boolean): Given => ({
            type: "aws:lb/loadBalancer:LoadBalancer",
            name: "front",
            inputs: { internal, subnets: ["subnet-0aaaaaaaaaaaaaaa1"] },
            from: { subnets: ["data"] },
        });
        const moved = { ...network, inputs: { cidrBlock: "10.0.2.0/24" } };
        const text = comment(both([network, balancer(true)], [moved, balancer(false)]));
        expect(text).to.include("LoadBalancer front is replaced&#58; internal changes");
    });

    it("does not say that data is lost where it only may be", () => {
        const domain = (subnet: string): Given => ({
            type: "aws:opensearch/domain:Domain",
            name: "search",
            inputs: { vpcOptions: { subnetIds: [subnet] } },
        });
        expect(comment(both([domain("a")], [domain("b")])).split("\n")[1]).to.equal(
            "## ⚠️ Preview: data may be lost with 1 resource; 1 that may be replaced",
        );
    });

    it("counts nothing as free that has no price", () => {
        const gap = { partly: ["after" as const], gaps: { before: 0, after: 1 } };
        const { document, changes } = both([table("a")], [table("a", { note: "x" })], {
            cost: {
                currency: "USD",
                before: 30,
                after: 20,
                ...gap,
                stacks: { prod: { before: 30, after: 20, ...gap } },
                items: [{ stack: "prod", name: "db", before: 10, after: 0, ...gap }],
                unpriced: [{ name: "hours of db", reason: "There is no row." }],
            },
        });
        expect(comment({ document, changes })).to.include(
            [
                "At least $20.00 a month before use, where it was $30.00; what has no price is left out (1 thing).",
                "",
                "| | Before | After | Change |",
                "|---|--:|--:|--:|",
                "| <code>prod</code> | $30.00 | at least $20.00 | not known |",
                "| <code>prod</code> db | $10.00 | no price | not known |",
                "| hours of db | | no price&#58; There is no row. | |",
            ].join("\n"),
        );
        expect(renderChanges(document, changes, { color: false, columns: 120 }, false)).to.include(
            [
                "    At least $20.00 a month before use, where it was $30.00; what has no price is left out (1 thing)",
                "    prod db: $10.00 → no price",
                "    hours of db: no price: There is no row.",
            ].join("\n"),
        );
    });

    it("names every resource that loses data, however many there are", () => {
        const stores = Array.from({ length: 500 }, (_, index) => table(`store-with-a-longer-name-${index}`));
        const text = comment(both(stores, []));
        expect(Buffer.byteLength(text)).to.be.below(LIMIT);
        const top = text.slice(0, text.indexOf("<details>"));
        for (const { name } of stores) {
            expect(top).to.match(new RegExp(`\\b${name}\\b`));
        }
    });

    it("tells once what the stacks of regions have alike, and says what stands in the way", () => {
        const region = (name: string, hours: number, block: string): PreviewDocument =>
            sideOf(
                [
                    ...["a", "b", "c", "d"].map((each): Given => ({
                        type: "aws:docdb/cluster:Cluster",
                        name: each,
                        inputs: { backupRetentionPeriod: hours },
                    })),
                    {
                        type: "aws:ec2/subnet:Subnet",
                        name: "data",
                        inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", availabilityZone: block },
                    },
                    {
                        type: "shop:index:Store",
                        name: "store",
                        inputs: { deletionProtection: hours === 7 },
                        options: { custom: false },
                    },
                ],
                {},
                name,
            );
        const regions = (hours: number, block: string): PreviewDocument => {
            const all = ["us", "eu", "ap", "sa"].map((name) => region(name, hours, block));
            return {
                ...all[0]!,
                stacks: Object.assign({}, ...all.map(({ stacks }) => stacks)) as PreviewDocument["stacks"],
            };
        };
        const [before, document] = [regions(7, "a"), regions(1, "b")];
        const text = comment({ document, changes: compareDocuments(before, document) });
        expect(text).to.include(
            "## ⚠️ Preview: pulumi up fails at 4 resources; recovery is worse in 16 respects; 4 to replace, 16 to update\n",
        );
        expect(text).to.include(
            "### Recovery\n\n| | Stack | What | Before | After |\n|---|---|---|---|---|\n| 🔻 | 4 stacks | retention of backups of 4 resources | 7 days | 1 day |\n\n",
        );
        expect(text).to.include(
            "### Replacements\n\n- 4 stacks: aws&#58;ec2&#58;Subnet data is replaced&#58; availabilityZone changes; the new one cannot be made",
        );
    });

    it("tells once what many resources have alike, and what ignoreChanges keeps", () => {
        const topics = (owner: string): Given[] =>
            ["a", "b", "c", "d", "e"].map((name) => ({
                type: "aws:sns/topic:Topic",
                name,
                inputs: { tags: { owner } },
                outputs: { tagsAll: { owner } },
                ...(name === "e" ? { options: { ignoreChanges: ["tags"] } } : {}),
            }));
        const text = comment(both(topics("one"), topics("two")));
        expect(text).to.include('~ tags.owner: "one" → "two" (4 resources)\n= aws:sns:Topic e\n');
        expect(text).to.include(
            "aws&#58;sns&#58;Topic e keeps tags.owner &#34;one&#34; and does not get &#34;two&#34;",
        );
        expect(text).not.to.include("aws:sns:Topic a");
    });

    it("fits whatever there is, and keeps verdict, totals and what is lost", () => {
        const long = (prefix: string, length: number): string => prefix + "é".repeat(length);
        fc.assert(
            fc.property(
                fc.integer({ min: 0, max: 400 }),
                fc.integer({ min: 0, max: 900 }),
                fc.integer({ min: 0, max: 200 }),
                (stores, others, length) => {
                    const many = (count: number, of: (name: string) => Given): Given[] =>
                        Array.from({ length: count }, (_, index) => of(long(`r${index}-`, length)));
                    const made = both(
                        many(stores, (name) => table(name)),
                        many(others, (name) => ({ type: "aws:sns/topic:Topic", name, inputs: { name } })),
                    );
                    const text = comment(made);
                    expect(Buffer.byteLength(text)).to.be.below(LIMIT);
                    if (stores > 0) {
                        expect(text).to.include(`data is lost with ${stores} resource`);
                        expect(text).to.include("### Data\n\n- 🛑");
                        expect(text).to.include("| <code>prod</code> |");
                    }
                },
            ),
            { numRuns: 12 },
        );
        const many = (value: string): Given[] =>
            Array.from({ length: 1500 }, (_, index) => ({
                type: "aws:ssm/parameter:Parameter",
                name: `p${index}`,
                inputs: { value: `${value}${index}` },
            }));
        const cut = comment(both(many("a"), many("b")));
        expect(cut).to.match(/Cut to fit into a comment: \d+ of 3000 changes of <code>prod<\/code>\./);
        expect(cut).to.match(/\n {2}… \d+ more\n<\/pre>/);
        expect(comment(both(many("a"), many("b")), 4_000).length).to.be.below(4_000);
    });

    it("lets no text of a program become structure, a link or a mention", () => {
        const evil = "</pre><img src=x> @team [x](https://evil.example) | `code`";
        const text = comment(
            both(
                [table("a", { note: "b" })],
                [table("a", { note: evil, hashKey: evil }), { type: "aws:sns/topic:Topic", name: evil }],
            ),
        );
        expect(text).not.to.include("<img");
        expect(text).not.to.match(/@team|\]\(|:\/\//);
        expect(text.match(/<\/pre>/g)).to.have.length(1);
    });
});

describe("a comparison on the terminal", () => {
    const made = both(
        [table("orders"), { type: "aws:sns/topic:Topic", name: "news", inputs: { displayName: "a" } }],
        [
            table("orders", { hashKey: "order" }),
            { type: "aws:sns/topic:Topic", name: "news", inputs: { displayName: "b" } },
        ],
    );
    const plain = { color: false, columns: 80 } as const;

    it("is by component first, and every property with --tree", () => {
        const summary = renderChanges(made.document, made.changes, plain, false).split("\n");
        expect(summary.slice(0, 5)).to.deep.equal([
            "Comparing prod: 1 to replace, 1 to update",
            " ±   Table orders",
            "       replace itself: hashKey changes",
            " ~   Topic news",
            "       update itself: displayName changes",
        ]);
        const tree = renderChanges(made.document, made.changes, plain, true);
        expect(tree).to.include(
            ' ±   aws:dynamodb:Table orders\n       hashKey: "id" → "order"  (replaces)\n',
        );
        expect(tree).to.include("Against main (0a1b2c3): 1 to replace, 1 to update.\n");
        expect([...summary, ...tree.split("\n")].filter((line) => line.length > 80)).to.deep.equal([]);
    });

    it("says what stands in the way, and what ignoreChanges keeps", () => {
        const topics = (owner: string, version: string, block: string): Given[] => [
            ...["a", "b", "c", "d"].map((name) => ({
                type: "aws:sns/topic:Topic",
                name,
                inputs: {
                    tags: { owner },
                    ...(name === "d" ? { displayName: version, signatureVersion: version } : {}),
                },
                ...(name === "d" ? { options: { ignoreChanges: ["displayName"] } } : {}),
            })),
            { type: "aws:ec2/subnet:Subnet", name: "net", inputs: { vpcId: "vpc", cidrBlock: block } },
            {
                type: "aws:ec2/subnet:Subnet",
                name: "zone",
                inputs: { vpcId: "vpc", cidrBlock: "10.0.9.0/24", availabilityZone: block },
            },
        ];
        const { document, changes } = both(
            topics("one", "1", "10.0.0.0/24"),
            topics("two", "2", "10.0.1.0/24"),
        );
        const lines = renderChanges(document, changes, { color: false, columns: 200 }, false).split("\n");
        expect(lines).to.include(
            "       update itself: signatureVersion changes; keeps displayName by ignoreChanges",
        );
        expect(lines).to.include("       replace itself: cidrBlock changes");
        expect(lines).to.include(
            "       replace itself: availabilityZone changes; the new one cannot be made while the old one is there, since " +
                "there is one with the same vpcId and cidrBlock: pulumi up fails",
        );
        expect(lines).to.include(
            "Against main (0a1b2c3): pulumi up fails at 1 resource; 2 to replace, 4 to update.",
        );
    });
});
