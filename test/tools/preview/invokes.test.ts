import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { policyDocument } from "../../../tools/preview/aws/policyDocument";
import { previewProgram, testProvider } from "../../support/preview";

/** Previews one call with the test provider of a region, and answers its result. */
async function call(
    ask: (opts: pulumi.InvokeOptions) => Promise<unknown>,
    region = "eu-central-1",
): Promise<Record<string, unknown>> {
    const preview = await previewProgram(async () => ({
        result: await ask({ provider: testProvider(region) }),
    }));
    if (preview.error !== undefined) {
        throw new Error(preview.error.message);
    }
    return preview.outputs["result"] as Record<string, unknown>;
}

describe("functions in the preview", () => {
    it("answer who and where", async () => {
        expect(await call((opts) => aws.getCallerIdentity({}, opts))).to.include({
            accountId: "111122223333",
        });
        expect(await call((opts) => aws.getRegion({}, opts))).to.include({ region: "eu-central-1" });
        expect(await call((opts) => aws.getPartition({}, opts), "cn-north-1")).to.include({
            partition: "aws-cn",
            dnsSuffix: "amazonaws.com.cn",
            reverseDnsPrefix: "cn.com.amazonaws",
        });
        const zones = await call((opts) => aws.getAvailabilityZones({}, opts));
        expect(zones["names"]).to.deep.equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
        expect(
            (await call((opts) => aws.getAvailabilityZones({}, opts), "us-east-1"))["names"],
        ).to.have.length(6);
    });

    it("answer for the region that they are asked about", async () => {
        const preview = await previewProgram(async () => {
            const provider = testProvider();
            const here = await aws.ec2.getManagedPrefixList({ name: "x" }, { provider });
            const there = await aws.ec2.getManagedPrefixList(
                { name: "x", region: "us-east-1" },
                { provider },
            );
            return { here: here.arn, there: there.arn };
        });
        expect(preview.outputs["here"]).to.match(
            /^arn:aws:ec2:eu-central-1:aws:prefix-list\/pl-[0-9a-f]{8}$/,
        );
        expect(preview.outputs["there"]).to.match(/^arn:aws:ec2:us-east-1:aws:prefix-list\/pl-[0-9a-f]{8}$/);
        expect(preview.invokes.map(({ token, region, args }) => ({ token, region, args }))).to.deep.equal([
            {
                token: "aws:ec2/getManagedPrefixList:getManagedPrefixList",
                region: "eu-central-1",
                args: { name: "x" },
            },
            {
                token: "aws:ec2/getManagedPrefixList:getManagedPrefixList",
                region: "us-east-1",
                args: { name: "x", region: "us-east-1" },
            },
        ]);
        expect(preview.invokes[0]?.provider).to.match(/::pulumi:providers:aws::aws::/);
    });

    it("know AWS's prefix lists and how much of a group's rules they take", async () => {
        const name = "com.amazonaws.global.cloudfront.origin-facing";
        expect(await call((opts) => aws.ec2.getManagedPrefixList({ name }, opts))).to.include({
            name,
            maxEntries: 55,
        });
        const filters = [
            { name: "prefix-list-name", values: ["com.amazonaws.eu-central-1.ipv6.route53-healthchecks"] },
        ];
        expect(await call((opts) => aws.ec2.getManagedPrefixList({ filters }, opts))).to.include({
            name: "com.amazonaws.eu-central-1.ipv6.route53-healthchecks",
            addressFamily: "IPv6",
            maxEntries: 25,
        });
    });

    it("know balancers by their ARNs, each kind by a name of its form", async () => {
        const arn = (kind: string): string =>
            `arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/${kind}/Updates/0123456789abcdef`;
        for (const [kind, loadBalancerType, dnsName] of [
            ["app", "application", "updates-0123456789abcdef.us-east-1.elb.amazonaws.com"],
            ["net", "network", "updates-0123456789abcdef.elb.us-east-1.amazonaws.com"],
        ] as const) {
            expect(
                await call((opts) => aws.lb.getLoadBalancer({ arn: arn(kind), region: "us-east-1" }, opts)),
            ).to.include({ loadBalancerType, dnsName, arnSuffix: `${kind}/Updates/0123456789abcdef` });
        }
    });

    it("find images, parameters, zones and services", async () => {
        const image = { name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" };
        expect((await call((opts) => aws.ssm.getParameter(image, opts)))["value"]).to.match(
            /^ami-0[0-9a-f]{16}$/,
        );
        expect(await call((opts) => aws.ssm.getParameter({ name: "/shop/x" }, opts))).to.include({
            arn: "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/x",
        });
        expect((await call((opts) => aws.ec2.getAmi({ owners: ["amazon"] }, opts)))["id"]).to.match(
            /^ami-0[0-9a-f]{16}$/,
        );
        expect(
            await call((opts) => aws.route53.getZone({ zoneId: "Z0123456789EXAMPLE0AB" }, opts)),
        ).to.include({
            zoneId: "Z0123456789EXAMPLE0AB",
            arn: "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE0AB",
        });
        expect((await call((opts) => aws.route53.getZone({ name: "example.com." }, opts)))["name"]).to.equal(
            "example.com",
        );
        expect(
            await call((opts) =>
                aws.ec2.getVpcEndpointService({ service: "s3", serviceType: "Gateway" }, opts),
            ),
        ).to.include({
            serviceName: "com.amazonaws.eu-central-1.s3",
            serviceType: "Gateway",
        });
        expect(await call((opts) => aws.elb.getServiceAccount({}, opts))).to.include({
            arn: "arn:aws:iam::054676820928:root",
        });
        expect(
            await call((opts) => aws.cloudfront.getCachePolicy({ name: "Managed-CachingDisabled" }, opts)),
        ).to.include({ id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" });
        expect((await call((opts) => aws.kms.getAlias({ name: "alias/aws/s3" }, opts)))["arn"]).to.equal(
            "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3",
        );
    });

    it("write policies", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const document = aws.iam.getPolicyDocumentOutput(
                { statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] },
                { provider },
            );
            return { json: document.json };
        });
        expect(JSON.parse(String(preview.outputs["json"]))).to.deep.equal({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
        });
    });

    it("say so when they are not known, or not for that region", async () => {
        let message = "";
        await call((opts) => aws.ec2.getVpcs({}, opts)).catch((error: unknown) => {
            message = String(error);
        });
        expect(message).to.contain(
            "The offline preview has no answer for the function aws:ec2/getVpcs:getVpcs",
        );
        await call((opts) => aws.elb.getServiceAccount({}, opts), "eu-central-2").catch((error: unknown) => {
            message = String(error);
        });
        expect(message).to.contain("logdelivery.elasticloadbalancing.amazonaws.com");
    });
});

describe("a policy document", () => {
    const written = (args: Record<string, unknown>): unknown =>
        JSON.parse(String(policyDocument(args)["json"]));

    it("has principals, conditions and lists as the provider writes them", () => {
        expect(
            written({
                policyId: "id",
                statements: [
                    {
                        sid: "Read",
                        effect: "Deny",
                        actions: ["s3:GetObject", "s3:ListBucket"],
                        notResources: ["a", "b"],
                        principals: [
                            { type: "Service", identifiers: ["logs.amazonaws.com"] },
                            { type: "AWS", identifiers: ["1", "2"] },
                        ],
                        conditions: [
                            { test: "StringEquals", variable: "aws:SourceAccount", values: ["1"] },
                            { test: "StringEquals", variable: "aws:PrincipalTag/x", values: ["a", "b"] },
                        ],
                    },
                ],
            }),
        ).to.deep.equal({
            Version: "2012-10-17",
            Id: "id",
            Statement: [
                {
                    Sid: "Read",
                    Effect: "Deny",
                    Action: ["s3:ListBucket", "s3:GetObject"],
                    NotResource: ["b", "a"],
                    Principal: { Service: "logs.amazonaws.com", AWS: ["2", "1"] },
                    Condition: {
                        StringEquals: { "aws:SourceAccount": "1", "aws:PrincipalTag/x": ["b", "a"] },
                    },
                },
            ],
        });
    });

    it("names everybody with a star", () => {
        const document = written({
            statements: [{ actions: ["a"], principals: [{ type: "*", identifiers: ["*"] }] }],
        });
        expect(document).to.deep.nested.include({ "Statement[0].Principal": "*" });
    });

    it("takes statements from others, and lets later ones replace those of the same Sid", () => {
        const source = JSON.stringify({ Statement: { Sid: "A", Effect: "Allow", Action: "x:Y" } });
        const over = JSON.stringify({ Statement: [{ Sid: "A", Effect: "Deny", Action: "x:Y" }] });
        expect(
            written({
                sourcePolicyDocuments: [source],
                statements: [{ sid: "B", actions: ["b"] }],
                overridePolicyDocuments: [over],
            }),
        ).to.deep.equal({
            Version: "2012-10-17",
            Statement: [
                { Sid: "A", Effect: "Deny", Action: "x:Y" },
                { Sid: "B", Effect: "Allow", Action: "b" },
            ],
        });
    });
});
