import { expect } from "chai";
import fc from "fast-check";
import { rule as statefulProtected } from "../../../policies/resilience/rules/stateful-protected";
import { type PolicyFinding } from "../../../tools/preview/policies/findings";
import { factsOf, notesOf, STATEFUL_TYPES } from "../../../tools/preview/render/notable";
import { renderSummary } from "../../../tools/preview/render/summary";
import { width } from "../../../tools/preview/render/text";
import { renderTree } from "../../../tools/preview/render/tree";
import { type PreviewDocument, type StackPreview } from "../../../tools/preview/types";
import { documentOf, regionStack, type Row, stackPreview, urn } from "../../support/preview/documents";

const lines = (text: string): string[] => text.split("\n");
const plain = (document: PreviewDocument, columns = 80): string[] =>
    lines(renderSummary(document, { color: false, columns }));

const provider: Row = { type: "pulumi:providers:aws", name: "aws", inputs: { region: "us-east-1" } };

/** `kind: text`, with an exclamation mark where a reviewer should stop, for what these resources have to say. */
function notes(...rows: readonly Row[]): string[] {
    const stack = stackPreview("prod-us", [provider, ...rows]);
    return notesFor(stack);
}

function notesFor(stack: StackPreview): string[] {
    return notesOf(stack.steps, factsOf(stack)).map(
        ({ kind, text, warning }) => `${kind}${warning ? "!" : ""}: ${text}`,
    );
}

describe("the preview's summary", () => {
    it("has a row for each component, with what is notable below it, and last what stands in the stack by itself", () => {
        const web: Row = { type: "meridian:index:WebTier", name: "shop-web", custom: false };
        const inWeb = (row: Row): Row => ({ ...row, parent: urn("prod-us", web) });
        const stack = stackPreview(
            "prod-us",
            [
                provider,
                web,
                inWeb({ type: "aws:lb/loadBalancer:LoadBalancer", name: "shop-web-alb" }),
                inWeb({ type: "aws:s3/bucket:Bucket", name: "shop-web-logs", protect: true }),
                { type: "meridian:index:AlarmTopic", name: "shop-alarms", custom: false },
                { type: "aws:route53/zone:Zone", name: "zone", op: "read" },
            ],
            { outputs: { url: "https://us.shop.example.com", token: "[secret]" } },
        );
        expect(
            lines(renderSummary(documentOf(stack), { color: false, columns: 80, elapsed: 1234 })),
        ).to.deep.equal([
            "Previewing prod-us (us-east-1): 6 to create, 1 to read",
            "     Component   Name         Resources",
            " +   WebTier     shop-web             2",
            "       internet   load balancer shop-web-alb",
            "       data       Bucket; protected",
            " +   AlarmTopic  shop-alarms          0",
            " >   directly in the stack            1",
            "       makes      Zone zone",
            "",
            "Outputs: url, token",
            "",
            "Duration: 1.2 s",
            "Add --tree for every resource and output.",
            "npm run preview:live compares with what exists: changes and replacements.",
            "",
        ]);
    });

    it("counts loose resources by kind where there are too many to name", () => {
        const loose = Array.from({ length: 7 }, (_, index) => ({
            type: "aws:sqs/queue:Queue",
            name: `q${index}`,
        }));
        expect(plain(documentOf(stackPreview("prod-us", loose)))).to.include("       makes      7 Queue");
    });

    it("says what failed, and shows the configuration when it is to be verbose", () => {
        const failing = {
            ...regionStack,
            error: { message: "boom", stack: "Error: boom\n    at regional.ts:1" },
        };
        const text = renderSummary(documentOf(failing), { color: false, columns: 80, verbose: true });
        expect(text).to.match(
            /^Previewing prod-us: failed\nConfiguration:\n {4}meridian:accountId: "111122223333"\n/,
        );
        expect(text).to.contain("Diagnostics:\n    error: boom\n").and.to.contain("at regional.ts:1");
        expect(text).not.to.contain("Outputs:");
    });

    it("colours only when told to, and changes nothing else by it", () => {
        const options = { columns: 60 };
        const colored = renderSummary(documentOf(regionStack), { ...options, color: true });
        expect(colored).to.contain("\u001b[36mVpc3Tier");
        expect(colored.replace(/\u001b\[\d+m/g, "")).to.equal(
            renderSummary(documentOf(regionStack), { ...options, color: false }),
        );
    });

    it("is not wider than the terminal, nor is the tree, whatever there is to say", () => {
        const word = fc.oneof(
            fc.stringMatching(/^[a-zA-Z0-9-]{1,90}$/),
            fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
            fc.constant("店".repeat(40)),
        );
        const finding: PolicyFinding = {
            status: "violation",
            pack: "security",
            rule: "s3-public",
            level: "mandatory",
            severity: "high",
            stack: "prod-us",
            description: "",
            message: "",
            frameworks: [],
        };
        fc.assert(
            fc.property(
                fc.array(word, { minLength: 1, maxLength: 5 }),
                fc.integer({ min: 12, max: 140 }),
                fc.boolean(),
                (words, columns, color) => {
                    let parent: string | undefined;
                    const rows = words.map((name, index) => {
                        const row: Row = {
                            type:
                                index % 2 === 0
                                    ? `meridian:index:${name}`
                                    : "aws:lb/loadBalancer:LoadBalancer",
                            name,
                            custom: index % 2 === 1,
                            ...(parent === undefined ? {} : { parent }),
                        };
                        parent = urn("prod-us", row, parent);
                        return row;
                    });
                    const text = words.join(" ");
                    const stack = stackPreview("prod-us", rows, {
                        outputs: { [text]: { deep: [text, { [text]: "[secret]" }] } },
                        config: { [text]: text },
                        diagnostics: [
                            {
                                severity: "warning",
                                message: text,
                                ...(parent === undefined ? {} : { urn: parent }),
                            },
                        ],
                    });
                    const statuses = ["violation", "waived", "undecided", "remediated"] as const;
                    const document: PreviewDocument = {
                        ...documentOf(stack, { ...stack, stack: "prod-eu", error: { message: text } }),
                        policies: statuses.map((status) => ({
                            ...finding,
                            status,
                            description: text,
                            message: text,
                            fix: text,
                        })),
                        policyPacks: [{ name: "security", version: "1.0.0", rules: 12 }],
                    };
                    for (const render of [renderSummary, renderTree]) {
                        const options = { color, columns, elapsed: 1, verbose: true };
                        for (const line of lines(render(document, options))) {
                            expect(width(line), JSON.stringify(line)).to.be.at.most(columns);
                        }
                    }
                },
            ),
        );
    });

    it("breaks a violation between words, below where it began", () => {
        const document: PreviewDocument = {
            ...documentOf(regionStack),
            policies: [
                {
                    status: "violation",
                    pack: "security-baseline",
                    rule: "s3-bucket-public",
                    level: "mandatory",
                    stack: "prod-us",
                    description: "Buckets are private.",
                    message:
                        "lets everybody read what is in it, which is never what a bucket of this project is for.",
                    frameworks: [],
                },
            ],
        };
        expect(plain(document, 60)).to.include.members([
            "    [mandatory]  security-baseline  s3-bucket-public",
            "        - prod-us: lets everybody read what is in it, which",
            "          is never what a bucket of this project is for.",
        ]);
    });
});

describe("what the summary calls notable", () => {
    it("is each way in from the internet, and that one is open", () => {
        const ingress = (inputs: Record<string, unknown>): Row => ({
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "rule",
            inputs: { fromPort: 443, toPort: 443, ipProtocol: "tcp", ...inputs },
        });
        const cases: readonly (readonly [Row, string[]])[] = [
            [{ type: "aws:lb/loadBalancer:LoadBalancer", name: "alb" }, ["internet: load balancer alb"]],
            [{ type: "aws:lb/loadBalancer:LoadBalancer", name: "nlb", inputs: { internal: true } }, []],
            [ingress({ cidrIpv4: "0.0.0.0/0" }), ["internet!: port 443 from everybody"]],
            [
                ingress({ cidrIpv6: "::/0", fromPort: 80, toPort: 90 }),
                ["internet!: ports 80 to 90 from everybody"],
            ],
            [ingress({ cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" }), ["internet!: every port from everybody"]],
            [ingress({ cidrIpv4: "10.0.0.0/8" }), []],
            [ingress({ referencedSecurityGroupId: "sg-1" }), []],
            [ingress({ prefixListId: "pl-1" }), ["internet: port 443 from prefix list pl-1"]],
            [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "old",
                    inputs: {
                        ingress: [{ cidrBlocks: ["0.0.0.0/0"], fromPort: 22, toPort: 22, protocol: "tcp" }],
                    },
                },
                ["internet!: port 22 from everybody"],
            ],
            [
                {
                    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                    name: "out",
                    inputs: { type: "egress", cidrBlocks: ["0.0.0.0/0"], fromPort: 443, toPort: 443 },
                },
                [],
            ],
            [
                {
                    type: "aws:cloudfront/distribution:Distribution",
                    name: "edge",
                    inputs: { aliases: ["shop.example.com"], webAclId: "arn:aws:wafv2:…" },
                },
                ["internet: distribution shop.example.com"],
            ],
            [
                { type: "aws:cloudfront/distribution:Distribution", name: "edge" },
                ["internet!: distribution edge without a web ACL"],
            ],
            [
                {
                    type: "aws:lambda/functionUrl:FunctionUrl",
                    name: "fn",
                    inputs: { authorizationType: "NONE" },
                },
                ["internet!: function URL fn without authorization"],
            ],
            [
                {
                    type: "aws:rds/clusterInstance:ClusterInstance",
                    name: "db",
                    inputs: { publiclyAccessible: true, instanceClass: "db.r8g.large" },
                },
                [
                    "internet!: database db with a public address",
                    "capacity: 1 database instance of db.r8g.large",
                ],
            ],
            [
                {
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    name: "logs",
                    inputs: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true },
                },
                ["internet!: bucket that may become public (logs)"],
            ],
        ];
        for (const [row, expected] of cases) {
            expect(notes(row), JSON.stringify(row)).to.deep.equal(expected);
        }
    });

    it("is a prefix list by its name, where the program looked it up", () => {
        const stack = stackPreview("prod-us", [
            {
                type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                name: "rule",
                inputs: { prefixListId: "pl-1", fromPort: 443, toPort: 443, ipProtocol: "tcp" },
            },
        ]);
        const token = "aws:ec2/getManagedPrefixList:getManagedPrefixList";
        const result = { id: "pl-1", name: "com.amazonaws.global.cloudfront.origin-facing" };
        expect(notesFor({ ...stack, invokes: [{ token, args: {}, result }] })).to.deep.equal([
            "internet: port 443 from com.amazonaws.global.cloudfront.origin-facing",
        ]);
    });

    it("is what holds data, and what of it is not protected", () => {
        const bucket = (name: string, protect: boolean): Row => ({
            type: "aws:s3/bucket:Bucket",
            name,
            protect,
        });
        const key: Row = { type: "aws:kms/key:Key", name: "key", protect: true };
        expect(notes(bucket("a", true), bucket("b", true), key)).to.deep.equal([
            "data: 2 Bucket, Key; protected",
        ]);
        expect(notes(bucket("a", true), bucket("b", false))).to.deep.equal([
            "data!: 2 Bucket; not protected: b",
        ]);
        expect(notes(bucket("a", false))).to.deep.equal(["data!: Bucket; not protected"]);
        expect(notes({ ...key, op: "read" })).to.deep.equal([]);
    });

    it("calls the same types stateful as the policy that asks for their protection", () => {
        expect([...STATEFUL_TYPES].sort()).to.deep.equal(statefulProtected.config?.types.default);
    });

    it("is what costs by the hour", () => {
        const endpoint = (name: string, vpcEndpointType: string): Row => ({
            type: "aws:ec2/vpcEndpoint:VpcEndpoint",
            name,
            inputs: { vpcEndpointType, subnetIds: ["subnet-1", "subnet-2"] },
        });
        const group = (name: string): Row => ({
            type: "aws:autoscaling/group:Group",
            name,
            inputs: { minSize: 2, maxSize: 12 },
        });
        expect(
            notes(
                { type: "aws:ec2/natGateway:NatGateway", name: "nat" },
                endpoint("s3", "Gateway"),
                endpoint("ssm", "Interface"),
                group("web"),
                group("api"),
                { type: "aws:ec2/instance:Instance", name: "one", inputs: { instanceType: "t4g.nano" } },
            ),
        ).to.deep.equal([
            "capacity: 1 NAT gateway, 1 interface endpoint in 2 zones, 2 groups of 2 to 12 instances, 1 instance of t4g.nano",
        ]);
        expect(
            notes(
                {
                    type: "aws:rds/cluster:Cluster",
                    name: "db",
                    protect: true,
                    inputs: { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 64 } },
                },
                {
                    type: "aws:rds/clusterInstance:ClusterInstance",
                    name: "db-1",
                    inputs: { instanceClass: "db.serverless" },
                },
            ),
        ).to.deep.equal([
            "data: Cluster; protected",
            "capacity: 1 database instance of db.serverless (0.5 to 64 ACU)",
        ]);
    });

    it("is who makes secrets and who is told them", () => {
        expect(
            notes(
                { type: "random:index/randomPassword:RandomPassword", name: "password" },
                {
                    type: "aws:lb/listenerRule:ListenerRule",
                    name: "rule",
                    inputs: { conditions: [{ values: ["[secret]"] }] },
                },
            ),
        ).to.deep.equal(["secrets: RandomPassword; secret values in rule"]);
    });

    it("is roles, and those that others than AWS services assume", () => {
        const role = (name: string, assumeRolePolicy?: unknown): Row => ({
            type: "aws:iam/role:Role",
            name,
            inputs: assumeRolePolicy === undefined ? {} : { assumeRolePolicy },
        });
        const trust = (Principal: unknown): string =>
            JSON.stringify({ Statement: [{ Effect: "Allow", Principal }] });
        expect(notes(role("a", trust({ Service: "ec2.amazonaws.com" })))).to.deep.equal(["access: 1 role"]);
        expect(
            notes(
                role("a", trust({ Service: "ec2.amazonaws.com" })),
                role("b", trust({ AWS: "arn:aws:iam::444455556666:root" })),
                role("c", trust("*")),
                role("d", "not JSON"),
                role("e"),
            ),
        ).to.deep.equal(["access!: 5 roles; assumed by others than AWS services: b, c, d, e"]);
    });

    it("is what lies in another region than the stack's provider", () => {
        const inRegion = (name: string, type: string, region: string): Row => ({
            type,
            name,
            protect: true,
            outputs: { region },
        });
        expect(
            notes(
                inRegion("a", "aws:sns/topic:Topic", "us-east-1"),
                inRegion("b", "aws:sns/topic:Topic", "eu-central-1"),
                inRegion("c", "aws:backup/vault:Vault", "eu-central-1"),
                inRegion("d", "aws:sns/topic:Topic", "ap-northeast-1"),
            ),
        ).to.deep.equal([
            "data: Vault; protected",
            "elsewhere: 1 resource in ap-northeast-1",
            "elsewhere: 2 resources in eu-central-1, among them Vault",
        ]);
    });
});
