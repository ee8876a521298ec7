import { expect } from "chai";
import { type PolicyFinding } from "../../../tools/preview/policies/findings";
import fc from "fast-check";
import { renderTree } from "../../../tools/preview/render/tree";
import { type StackPreview } from "../../../tools/preview/types";
import { documentOf, regionStack, stackPreview } from "../../support/preview/documents";

const lines = (text: string): string[] => text.split("\n");
const plain = (...stacks: StackPreview[]): string[] =>
    lines(renderTree(documentOf(...stacks), { color: false }));

describe("the preview's tree", () => {
    it("has aligned columns, drawn branches, outputs, counts and a summary", () => {
        expect(lines(renderTree(documentOf(regionStack), { color: false, elapsed: 1234 }))).to.deep.equal([
            "Previewing prod-us:",
            "     Type                        Name                    Plan",
            " +   pulumi:pulumi:Stack         meridian-prod-us        create",
            " +   ├─ pulumi:providers:aws     aws                     create",
            " +   ├─ meridian:index:Vpc3Tier  shop-vpc                create",
            " +   │  ├─ awsx:ec2:Vpc          shop-vpc-network        create",
            " +   │  │  ├─ aws:ec2:Vpc        shop-vpc-network        create",
            " +   │  │  ├─ aws:ec2:Subnet     shop-vpc-network-web-1  create",
            " +   │  │  └─ aws:ec2:Subnet     shop-vpc-network-web-2  create",
            " +   │  └─ aws:ec2:FlowLog       shop-vpc-flow-log       create",
            " >   └─ aws:route53:Zone         zone                    read",
            "",
            "Outputs:",
            '    vpcId: "vpc-0a1b2c3d4e5f60718"',
            "    zones: [",
            '        "us-east-1a"',
            '        "us-east-1b"',
            "    ]",
            "    token: [secret]",
            "    ports: {",
            "        web : 8443",
            "        none: []",
            "    }",
            "",
            "Resources:",
            "    + 8 to create",
            "    > 1 to read",
            "",
            "Duration: 1.2 s",
            "",
        ]);
    });

    it("adds all stacks up", () => {
        const other = stackPreview("prod-global", [{ type: "aws:route53/record:Record", name: "apex" }]);
        expect(plain(regionStack, other).slice(-5)).to.deep.equal([
            "Summary:",
            "    prod-us      8 to create, 1 to read",
            "    prod-global  2 to create",
            "    10 to create, 1 to read",
            "",
        ]);
    });

    it("colours only when told to, and changes nothing else by it", () => {
        const colored = renderTree(documentOf(regionStack), { color: true });
        expect(colored).to.contain("\u001b[32m+\u001b[39m");
        expect(lines(colored.replace(/\u001b\[\d+m/g, ""))).to.deep.equal(plain(regionStack));
    });

    it("keeps the columns aligned, and within the terminal, whatever the names", () => {
        const names = fc.array(fc.stringMatching(/^[a-zA-Z0-9-]{1,90}$/), { minLength: 1, maxLength: 8 });
        fc.assert(
            fc.property(names, fc.integer({ min: 80, max: 140 }), (given, columns) => {
                const stack = stackPreview(
                    "prod-us",
                    given.map((name, index) => ({ type: `aws:ec2/thing${index}:Thing${index}`, name })),
                );
                const rows = lines(renderTree(documentOf(stack), { color: false, columns })).slice(
                    1,
                    given.length + 3,
                );
                const plan = rows[0]!.indexOf("Plan");
                for (const row of rows.slice(1)) {
                    expect(row.slice(plan)).to.equal("create");
                    expect(row.length).to.be.at.most(columns);
                }
            }),
        );
    });

    it("cuts the middle out of a name that is too long for the terminal, and nothing in a pipe", () => {
        const name = `shop-${"x".repeat(80)}-end`;
        const stack = stackPreview("prod-us", [{ type: "aws:s3/bucket:Bucket", name }]);
        expect(renderTree(documentOf(stack), { color: false, columns: 80 })).to.match(
            / {2}shop-x+…x+-end {2}create\n/,
        );
        expect(plain(stack).join("\n")).to.contain(name);
    });

    it("cuts the one type that is too long rather than every name", () => {
        const names = Array.from({ length: 10 }, (_, index) => `shop-edge-static-replica-policy-${index}`);
        const rows = names.map((name) => ({ type: "aws:s3/bucketPolicy:BucketPolicy", name }));
        const long = { type: `aws:s3:${"Long".repeat(12)}`, name: "shop" };
        const text = renderTree(documentOf(stackPreview("prod-us", [...rows, long])), {
            color: false,
            columns: 80,
        });
        expect(lines(text).filter((line) => line.includes("…"))).to.have.length(1);
        expect(text).to.match(/ \+ {3}└─ aws:s3:\w*…\w+ +shop +create\n/);
    });

    it("says what failed and why, without a stack trace and without outputs", () => {
        const error = {
            message: "the arguments are wrong:\n  cidrBlock is 10.0.0.0/8",
            stack: "Error: at /somewhere/vpc.ts:10",
            problems: [
                { propertyPath: "cidrBlock", reason: "cidrBlock is 10.0.0.0/8" },
                { propertyPath: "region", reason: "is not a region" },
            ],
            urn: "urn:pulumi:prod-us::meridian::meridian:index:Vpc3Tier::shop-vpc",
        };
        const document = documentOf({ ...regionStack, error }, stackPreview("prod-eu", []));
        const text = renderTree(document, { color: false });
        expect(text).to.contain(
            [
                "Diagnostics:",
                "    meridian:index:Vpc3Tier (shop-vpc):",
                "        error: the arguments are wrong:",
                "            cidrBlock is 10.0.0.0/8",
                "          region: is not a region",
                "",
                "",
            ]
                .join("\n")
                .replace(/\n\n$/, "\n\nPreviewing prod-eu:"),
        );
        expect(text).not.to.contain("vpc.ts").and.not.to.contain("Outputs:");
        expect(lines(text).slice(-5)).to.deep.equal([
            "Summary:",
            "    prod-us  failed",
            "    prod-eu  1 to create",
            "    1 of 2 stacks failed",
            "",
        ]);
    });

    it("shows the configuration and where a program failed when it is to be verbose", () => {
        const error = { message: "boom", stack: "Error: boom\n    at regions/regional.ts:12:3" };
        const text = renderTree(documentOf({ ...regionStack, error }), { color: false, verbose: true });
        expect(text).to.contain(
            'Configuration:\n    meridian:accountId: "111122223333"\n    meridian:token    : [secret]\n',
        );
        expect(text).to.contain("        at regions/regional.ts:12:3");
    });

    it("prints warnings with what they are about", () => {
        const diagnostics = [
            { severity: "warning" as const, message: "the certificate is for another region" },
            {
                severity: "info" as const,
                message: "two lines\nof it",
                urn: "urn:pulumi:a::b::aws:ec2/vpc:Vpc::network",
            },
        ];
        expect(
            renderTree(documentOf(stackPreview("prod-us", [], { diagnostics })), { color: false }),
        ).to.contain(
            [
                "Diagnostics:",
                "    warning: the certificate is for another region",
                "    aws:ec2:Vpc (network):",
                "        info: two lines",
                "          of it",
                "",
            ].join("\n"),
        );
    });

    it("lets no control character of a name through to the terminal", () => {
        const stack = stackPreview(
            "prod-us",
            [{ type: "aws:s3/bucket:Bucket", name: "a\u001b[2Jb\rc\u202ed" }],
            {
                outputs: { "k\u0007": "v\u009b" },
            },
        );
        expect(plain(stack).join("\n")).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    });

    describe("says of policies", () => {
        const bucket = (stack: string): string => `urn:pulumi:${stack}::meridian::aws:s3/bucket:Bucket::logs`;
        const finding: PolicyFinding = {
            status: "violation",
            pack: "security",
            rule: "s3-public",
            level: "mandatory",
            severity: "high",
            stack: "prod-us",
            urn: bucket("prod-us"),
            description: "Buckets are private.",
            message: "is public.",
            fix: "Block public access.",
            frameworks: ["security-hub:S3.8"],
        };
        const withFindings = (
            policies: readonly PolicyFinding[],
            options: { verbose?: boolean } = {},
        ): string =>
            renderTree(
                {
                    ...documentOf(regionStack),
                    policies,
                    policyPacks: [
                        { name: "security", version: "1.0.0", rules: 12 },
                        { name: "cost", version: "1.0.0", rules: 3 },
                    ],
                },
                { color: false, ...options },
            );

        it("what is violated by rule, the gravest first, each with its places and its fix", () => {
            const text = withFindings([
                { ...finding, level: "advisory", rule: "tags", severity: "critical", fix: "Tag it." },
                finding,
                { ...finding, stack: "prod-eu", urn: bucket("prod-eu"), message: "is public,\nto all." },
            ]);
            expect(text).to.contain(
                [
                    "Policy violations:",
                    "    [mandatory]  security  s3-public  high",
                    "        Buckets are private.",
                    "        - prod-us aws:s3:Bucket logs: is public.",
                    "        - prod-eu aws:s3:Bucket logs: is public,",
                    "          to all.",
                    "        Fix: Block public access.",
                    "    [advisory]  security  tags  critical",
                    "        Buckets are private.",
                    "        - prod-us aws:s3:Bucket logs: is public.",
                    "        Fix: Tag it.",
                    "",
                ].join("\n"),
            );
            expect(text).to.contain(
                "\n\nPolicies: 15 rules in 2 packs: 2 mandatory violations, 1 advisory\n",
            );
        });

        it("what is waived, and counts what is undecided", () => {
            const waived: PolicyFinding = {
                ...finding,
                status: "waived",
                message: "s3-public is waived until 2027-01-31 by ops (moving): is public.",
            };
            const undecided: PolicyFinding = {
                ...finding,
                status: "undecided",
                rule: "s3-policy",
                message: "string value at .policy can't be known during preview",
            };
            const findings = [waived, undecided, { ...undecided, stack: "prod-eu" }];
            const text = withFindings(findings);
            expect(text).to.contain(
                [
                    "Waived:",
                    "    s3-public  security",
                    "        - prod-us aws:s3:Bucket logs: s3-public is waived until 2027-01-31 by ops (moving): is public.",
                    "",
                    "Undecided until pulumi up:",
                    "    s3-policy: 2 resources in prod-us, prod-eu",
                    "",
                ].join("\n"),
            );
            expect(text).to.contain(
                "Policies: 15 rules in 2 packs: no violation, 1 waived, 2 undecided until pulumi up\n",
            );
            expect(withFindings(findings, { verbose: true })).to.contain(
                "        - prod-us aws:s3:Bucket logs: string value at .policy can't be known during preview\n",
            );
        });

        it("where several stacks break a rule together", () => {
            const { stack: _stack, urn: _urn, ...everywhere } = finding;
            expect(withFindings([everywhere])).to.contain("\n        - is public.\n");
            expect(withFindings([{ ...everywhere, stack: "prod-eu" }])).to.contain(
                "\n        - prod-eu: is public.\n",
            );
        });

        it("nothing where none ran", () => {
            expect(renderTree(documentOf(regionStack), { color: false })).not.to.match(/polic/i);
        });
    });
});
