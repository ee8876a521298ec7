import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { type AnalyzedResource, analyzedResource } from "../../../../tools/preview/policies/resources";
import { isSecret, secret, UNKNOWN } from "../../../../tools/preview/values";
import { one, previewProgram, testProvider } from "../../../support/preview";

/** The resource of a type that a program makes, as packs see it. */
async function analyzed(type: string, program: (provider: aws.Provider) => void): Promise<AnalyzedResource> {
    const preview = await previewProgram(() => {
        program(testProvider());
    });
    expect(preview.error).to.equal(undefined);
    return analyzedResource(one(preview, type).state);
}

describe("a resource as a policy pack sees it with the whole stack", () => {
    it("has its inputs, and those that are unknown are unknown in the state, too", async () => {
        const subnet = await analyzed("aws:ec2/subnet:Subnet", (provider) => {
            const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
            new aws.ec2.Subnet(
                "a",
                { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", tags: { vpc: vpc.id, tier: "web" } },
                { provider },
            );
        });
        expect(subnet.outputs).to.include({ vpcId: UNKNOWN, cidrBlock: "10.0.1.0/24" });
        expect(subnet.outputs["tags"]).to.deep.equal({ vpc: UNKNOWN, tier: "web" });
        expect(subnet.outputs["tagsAll"]).to.equal(UNKNOWN);
    });

    it("has what is nested beside an unknown value", async () => {
        const table = await analyzed("aws:dynamodb/table:Table", (provider) => {
            const key = new aws.kms.Key("key", {}, { provider });
            new aws.dynamodb.Table(
                "orders",
                {
                    attributes: [{ name: "id", type: "S" }],
                    hashKey: "id",
                    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
                },
                { provider },
            );
        });
        expect(table.outputs["serverSideEncryption"]).to.deep.equal({ enabled: true, kmsKeyArn: UNKNOWN });
    });

    it("has as unknown what AWS computes, whether or not a program may give it", async () => {
        const bucket = await analyzed("aws:s3/bucket:Bucket", (provider) => {
            new aws.s3.Bucket("files", {}, { provider });
        });
        // `policy` could have been given; `hostedZoneId` never.
        expect(bucket.outputs).to.include({
            id: UNKNOWN,
            arn: UNKNOWN,
            policy: UNKNOWN,
            hostedZoneId: UNKNOWN,
        });
        // Of these nothing comes but from a program.
        expect(bucket.outputs).to.not.have.property("forceDestroy");
    });

    it("has what the provider plans: names, the region, all tags", async () => {
        const bucket = await analyzed("aws:s3/bucket:Bucket", (provider) => {
            new aws.s3.Bucket("files", { tags: { team: "web" } }, { provider });
        });
        expect(bucket.outputs["bucket"]).to.match(/^files-[0-9a-f]{7}$/);
        expect(bucket.outputs["region"]).to.be.a("string").and.not.equal(UNKNOWN);
        expect(bucket.outputs["tagsAll"]).to.include({ team: "web" });
    });

    it("has policy documents as text, as the provider makes them, unknown as a whole where any of it is", async () => {
        const statement = { Effect: "Allow", Action: "s3:GetObject" } as const;
        const policyOf = async (
            resource: "known" | "unknown" | "secret" | "inside",
        ): Promise<AnalyzedResource> =>
            analyzed("aws:iam/policy:Policy", (provider) => {
                const bucket = new aws.s3.Bucket("files", {}, { provider });
                const arn = pulumi.output("arn:aws:s3:::files/*");
                const resources = {
                    known: arn,
                    unknown: bucket.arn,
                    secret: pulumi.secret(arn),
                    inside: pulumi.secret(arn),
                };
                const Statement = [{ ...statement, Resource: resources[resource] }];
                const policy: aws.iam.PolicyDocument = { Version: "2012-10-17", Statement };
                new aws.iam.Policy(
                    "read",
                    { policy: resource === "secret" ? pulumi.secret(policy) : policy },
                    { provider },
                );
            });
        const text = JSON.stringify({
            Statement: [{ Action: "s3:GetObject", Effect: "Allow", Resource: "arn:aws:s3:::files/*" }],
            Version: "2012-10-17",
        });
        const known = await policyOf("known");
        expect(JSON.parse(String(known.inputs["policy"]))).to.deep.equal(JSON.parse(text));
        expect(known.outputs["policy"]).to.equal(known.inputs["policy"]);
        const unknown = await policyOf("unknown");
        expect([unknown.inputs["policy"], unknown.outputs["policy"]]).to.deep.equal([UNKNOWN, UNKNOWN]);
        for (const which of ["secret", "inside"] as const) {
            const hidden = await policyOf(which);
            expect(isSecret(hidden.inputs["policy"])).to.equal(true);
            const { value } = hidden.inputs["policy"] as { readonly value: string };
            expect(JSON.parse(value)).to.deep.equal(JSON.parse(text));
        }
    });

    it("keeps secrets marked", async () => {
        const parameter = await analyzed("aws:ssm/parameter:Parameter", (provider) => {
            new aws.ssm.Parameter(
                "p",
                { type: "SecureString", value: "hidden" },
                { provider, additionalSecretOutputs: ["value"] },
            );
        });
        expect(parameter.outputs["value"]).to.deep.equal(secret("hidden"));
    });

    it("is what it is where it exists already and is only read", async () => {
        const vpc = await analyzed("aws:ec2/vpc:Vpc", (provider) => {
            aws.ec2.Vpc.get("net", "vpc-0a1b2c3d4e5f60718", {}, { provider });
        });
        expect(vpc.registered).to.equal(false);
        expect(Object.values(vpc.outputs)).to.not.include(UNKNOWN);
    });
});
