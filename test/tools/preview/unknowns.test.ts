import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect } from "chai";
import { runProgram } from "../../../tools/preview/engine";
import { MASK, SECRET, SIGNATURE, UNKNOWN } from "../../../tools/preview/values";
import { one, previewProgram, testProvider } from "../../support/preview";

const PARAMETER = "aws:ssm/parameter:Parameter";

/** Previews a parameter whose value comes from other resources; answers the value, made up and as a real preview sees it. */
async function valueOf(make: (provider: aws.Provider) => pulumi.Input<string>): Promise<[unknown, unknown]> {
    const preview = await previewProgram(() => {
        const provider = testProvider();
        new aws.ssm.Parameter("parameter", { type: "String", description: make(provider) }, { provider });
    });
    const { state } = one(preview, PARAMETER);
    return [state.plainInputs()["description"], state.inputsWithUnknowns()["description"]];
}

describe("what a real preview would not know", () => {
    it("is an id or another computed property", async () => {
        const [id, real] = await valueOf((provider) => new aws.ec2.Vpc("net", {}, { provider }).id);
        expect(id).to.match(/^vpc-0[0-9a-f]{16}$/);
        expect(real).to.equal(UNKNOWN);
        const [, arn] = await valueOf((provider) => new aws.ec2.Vpc("net", {}, { provider }).arn);
        expect(arn).to.equal(UNKNOWN);
    });

    it("is whatever is computed from one, however it is changed on the way", async () => {
        const [text, real] = await valueOf((provider) => {
            const vpc = new aws.ec2.Vpc("net", {}, { provider });
            const parts = pulumi
                .all([vpc.id, "x"])
                .apply(([id, x]) => ({ inner: [id.slice(4, 6).toUpperCase(), x] }));
            return pulumi.jsonStringify(parts);
        });
        expect(text).to.match(/^\{"inner":\["0[0-9A-F]","x"\]\}$/);
        expect(real).to.equal(UNKNOWN);
    });

    it("is not an input, nor a name that Pulumi makes", async () => {
        const [name, real] = await valueOf((provider) => new aws.s3.Bucket("files", {}, { provider }).bucket);
        expect(name).to.match(/^files-[0-9a-f]{7}$/);
        expect(real).to.equal(name);
        const [, block] = await valueOf(
            (provider) => new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider }).cidrBlock,
        );
        expect(block).to.equal("10.0.0.0/16");
    });

    it("is the id of a bucket although it reads like its name", async () => {
        const [id, real] = await valueOf((provider) => new aws.s3.Bucket("files", {}, { provider }).id);
        expect(id).to.match(/^files-[0-9a-f]{7}$/);
        expect(real).to.equal(UNKNOWN);
    });

    it("is what a function answers about one", async () => {
        const [, real] = await valueOf((provider) => {
            const vpc = new aws.ec2.Vpc("net", {}, { provider });
            return aws.ssm.getParameterOutput({ name: pulumi.interpolate`/net/${vpc.id}` }, { provider })
                .value;
        });
        expect(real).to.equal(UNKNOWN);
    });

    it("leaves the rest of a property alone", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
            new aws.s3.Bucket(
                "files",
                { tags: { known: vpc.cidrBlock, unknown: vpc.id, fixed: "x" } },
                { provider },
            );
        });
        expect(one(preview, "aws:s3/bucket:Bucket").state.inputsWithUnknowns()["tags"]).to.deep.equal({
            known: "10.0.0.0/16",
            unknown: UNKNOWN,
            fixed: "x",
        });
    });

    it("is a whole id list of awsx.ec2.Vpc, but not how many subnets there are", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const vpc = new awsx.ec2.Vpc(
                "net",
                {
                    availabilityZoneNames: ["eu-central-1a", "eu-central-1b"],
                    natGateways: { strategy: "None" },
                    subnetStrategy: "Auto",
                    subnetSpecs: [{ type: "Isolated", cidrMask: 20 }],
                },
                { providers: { aws: provider } },
            );
            const parameter = (name: string, value: pulumi.Input<string>) =>
                new aws.ssm.Parameter(name, { type: "String", description: value }, { provider });
            parameter("ids", pulumi.jsonStringify(vpc.isolatedSubnetIds));
            parameter("count", pulumi.interpolate`${vpc.subnets.length}`);
            parameter("layout", pulumi.jsonStringify(vpc.subnetLayout));
            parameter(
                "block",
                vpc.subnets.apply((subnets) => subnets[1]?.cidrBlock ?? pulumi.output("")).apply(String),
            );
            parameter(
                "first",
                vpc.subnets.apply((subnets) => subnets[0]?.id ?? pulumi.output("")),
            );
            parameter("arn", vpc.vpc.arn);
        });
        expect(preview.error).to.equal(undefined);
        const real = (name: string) =>
            one(preview, PARAMETER, name).state.inputsWithUnknowns()["description"];
        expect(real("ids")).to.equal(UNKNOWN);
        expect(real("count")).to.equal("2");
        expect(real("layout")).to.contain('"cidrMask":20');
        expect(real("block")).to.equal("10.0.128.0/20");
        expect(real("first")).to.equal(UNKNOWN);
        expect(real("arn")).to.equal(UNKNOWN);
        expect(one(preview, PARAMETER, "first").inputs["description"]).to.match(/^subnet-0[0-9a-f]{16}$/);
        expect(one(preview, PARAMETER, "first").propertyDependencies["description"]).to.include(
            one(preview, "aws:ec2/subnet:Subnet", "net-isolated-1").urn,
        );
    });

    it("has its outputs in the state", async () => {
        const preview = await previewProgram(() => {
            new aws.s3.Bucket("files", {}, { provider: testProvider() });
        });
        const outputs = one(preview, "aws:s3/bucket:Bucket").state.outputsWithUnknowns();
        expect(outputs).to.include({
            arn: UNKNOWN,
            bucketRegionalDomainName: UNKNOWN,
            region: "eu-central-1",
        });
        expect(outputs["bucket"]).to.match(/^files-/);
    });

    it("stays unknown where the preview cannot make it up, and never reads undefined", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const thing = new aws.ec2.CustomerGateway(
                "gate",
                { type: "ipsec.1", bgpAsn: "65000" },
                { provider },
            );
            new aws.ssm.Parameter(
                "parameter",
                { type: "String", value: thing.deviceName.apply((name) => `is ${name}`) },
                {
                    provider,
                },
            );
        });
        expect(one(preview, PARAMETER).inputs["value"]).to.equal(UNKNOWN);
    });
});

describe("secrets in the preview", () => {
    it("are masked wherever they may be shown", async () => {
        const { preview, states, plainOutputs } = await runProgram(
            () => {
                const provider = testProvider();
                const password = new random.RandomPassword("password", { length: 20 });
                const config = new pulumi.Config().requireSecret("token");
                new aws.ssm.Parameter(
                    "parameter",
                    {
                        type: "SecureString",
                        value: pulumi.interpolate`a ${password.result} b`,
                        tags: { token: config },
                    },
                    { provider },
                );
                return { password: password.result, nested: { token: config, plain: "shown" } };
            },
            { config: { "meridian:token": "hush-hush" }, secretKeys: ["meridian:token"] },
        );
        const clear = String(plainOutputs["password"]);
        expect(clear).to.match(/^[A-Za-z0-9]{20}$/);
        const shown = JSON.stringify(preview);
        expect(shown).to.not.contain(clear);
        expect(shown).to.not.contain("hush-hush");
        expect(preview.outputs).to.deep.equal({ password: MASK, nested: { token: MASK, plain: "shown" } });
        expect(preview.config).to.deep.equal({ "meridian:token": MASK });
        const parameter = states.find((state) => state.type === PARAMETER);
        expect(parameter?.inputs).to.deep.include({ value: MASK, tags: { token: MASK } });
        expect(parameter?.outputs).to.deep.include({ value: MASK, tags: MASK, tagsAll: MASK });
        expect(parameter?.plainInputs()["value"]).to.equal(`a ${clear} b`);
        expect(parameter?.inputsWithUnknowns()["tags"]).to.deep.equal({
            token: { [SIGNATURE]: SECRET, value: "hush-hush" },
        });
    });

    it("stay secret through a resource's outputs", async () => {
        const { preview } = await runProgram(() => {
            const provider = testProvider();
            const parameter = new aws.ssm.Parameter(
                "parameter",
                { type: "SecureString", value: pulumi.secret("hush") },
                { provider, additionalSecretOutputs: ["arn"] },
            );
            return { value: parameter.value, arn: parameter.arn, name: parameter.name };
        });
        expect(preview.outputs).to.include({ value: MASK, arn: MASK });
        expect(preview.outputs["name"]).to.match(/^parameter-/);
    });
});
