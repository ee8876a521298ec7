import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect } from "chai";
import { UNKNOWN } from "../../../tools/preview/values";
import { ofType, one, previewProgram, testProvider } from "../../support/preview";

/** A component with one bucket, whose tags come from its arguments. */
class Store extends pulumi.ComponentResource {
    constructor(name: string, args: { owner: pulumi.Input<string> }, opts?: pulumi.ComponentResourceOptions) {
        super("meridian:index:Store", name, args, opts);
        new aws.s3.Bucket(`${name}-bucket`, { tags: { owner: args.owner } }, { parent: this });
        this.registerOutputs({});
    }
}

describe("transforms in the preview", () => {
    it("change the properties of a component's children", async () => {
        const preview = await previewProgram(() => {
            new Store(
                "shop",
                { owner: "team" },
                {
                    providers: [testProvider()],
                    transforms: [
                        ({ type, props, opts }) =>
                            type === "aws:s3/bucket:Bucket"
                                ? {
                                      props: {
                                          ...props,
                                          tags: { ...(props["tags"] as object), changed: "yes" },
                                      },
                                      opts,
                                  }
                                : undefined,
                    ],
                },
            );
        });
        expect(one(preview, "aws:s3/bucket:Bucket").inputs["tags"]).to.deep.equal({
            owner: "team",
            changed: "yes",
        });
    });

    it("change resource options", async () => {
        const preview = await previewProgram(() => {
            new Store(
                "shop",
                { owner: "team" },
                {
                    providers: [testProvider()],
                    transforms: [
                        ({ props, opts }) => ({
                            props,
                            opts: pulumi.mergeOptions(opts, {
                                protect: true,
                                retainOnDelete: true,
                                ignoreChanges: ["tags"],
                                replaceOnChanges: ["bucket"],
                            }),
                        }),
                    ],
                },
            );
        });
        const bucket = one(preview, "aws:s3/bucket:Bucket");
        expect(bucket).to.include({ protect: true, retainOnDelete: true });
        expect(bucket.ignoreChanges).to.deep.equal(["tags"]);
        expect(bucket.state.replaceOnChanges).to.deep.equal(["bucket"]);
        expect(bucket.provider).to.match(/::pulumi:providers:aws::aws::/);
    });

    it("run from the inside out, the stack's last", async () => {
        const seen: string[] = [];
        const note = (label: string): pulumi.ResourceTransform => {
            return ({ type, props, opts }) => {
                if (type !== "aws:s3/bucket:Bucket") {
                    return undefined;
                }
                seen.push(label);
                const tags = props["tags"] as Record<string, string>;
                return { props: { ...props, tags: { ...tags, last: label } }, opts };
            };
        };
        const preview = await previewProgram(() => {
            pulumi.runtime.registerResourceTransform(note("stack"));
            const outer = new pulumi.ComponentResource(
                "meridian:index:Outer",
                "outer",
                {},
                { providers: [testProvider()], transforms: [note("outer")] },
            );
            const inner = new pulumi.ComponentResource(
                "meridian:index:Inner",
                "inner",
                {},
                { parent: outer, transforms: [note("inner")] },
            );
            new aws.s3.Bucket("bucket", { tags: {} }, { parent: inner, transforms: [note("own")] });
        });
        expect(one(preview, "aws:s3/bucket:Bucket").inputs["tags"]).to.deep.equal({ last: "stack" });
        expect(seen).to.deep.equal(["own", "inner", "outer", "stack"]);
    });

    it("reach the children that a plugin makes", async () => {
        const preview = await previewProgram(() => {
            new awsx.ec2.Vpc(
                "net",
                {
                    availabilityZoneNames: ["eu-central-1a"],
                    natGateways: { strategy: "None" },
                    subnetStrategy: "Auto",
                    subnetSpecs: [{ type: "Isolated", cidrMask: 20 }],
                },
                {
                    providers: { aws: testProvider() },
                    transforms: [
                        ({ type, props, opts }) =>
                            type === "aws:ec2/subnet:Subnet"
                                ? { props: { ...props, enableDns64: true }, opts }
                                : undefined,
                    ],
                },
            );
        });
        expect(one(preview, "aws:ec2/subnet:Subnet").inputs).to.include({ enableDns64: true });
    });

    it("keep secrets, unknown values and dependencies", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            const password = new random.RandomPassword("password", { length: 12 });
            const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
            new aws.ssm.Parameter(
                "parameter",
                { type: "SecureString", value: password.result },
                {
                    provider,
                    transforms: [({ props, opts }) => ({ props: { ...props, description: vpc.id }, opts })],
                },
            );
        });
        const parameter = one(preview, "aws:ssm/parameter:Parameter");
        const vpc = one(preview, "aws:ec2/vpc:Vpc");
        expect(parameter.inputs["description"]).to.equal(vpc.id);
        expect(parameter.dependencies).to.include(vpc.urn);
        expect(parameter.propertyDependencies["description"]).to.deep.equal([vpc.urn]);
        expect(parameter.state.inputs["value"]).to.equal("[secret]");
        expect(parameter.state.inputsWithUnknowns()).to.include({ description: UNKNOWN, value: UNKNOWN });
    });

    it("may be refused by the type's properties", async () => {
        const preview = await previewProgram(() => {
            new Store(
                "shop",
                { owner: "team" },
                {
                    providers: [testProvider()],
                    transforms: [
                        ({ type, props, opts }) =>
                            type === "aws:s3/bucket:Bucket"
                                ? { props: { ...props, colour: "red" }, opts }
                                : undefined,
                    ],
                },
            );
        });
        expect(preview.error).to.deep.equal({
            message: "aws:s3/bucket:Bucket has no property colour",
            urn: "urn:pulumi:test::meridian::meridian:index:Store$aws:s3/bucket:Bucket::shop-bucket",
        });
    });

    it("may take a property away that other resources of the type have", async () => {
        const preview = await previewProgram(() => {
            const provider = testProvider();
            new aws.s3.Bucket(
                "first",
                { forceDestroy: true },
                {
                    provider,
                    transformations: [
                        ({ props, opts }) => {
                            const { forceDestroy, ...others } = props as aws.s3.BucketArgs;
                            expect(forceDestroy).to.equal(true);
                            return { props: others, opts };
                        },
                    ],
                },
            );
            new aws.s3.Bucket("second", { forceDestroy: true }, { provider });
        });
        const inputs = ofType(preview, "aws:s3/bucket:Bucket").map((bucket) => bucket.inputs["forceDestroy"]);
        expect(inputs).to.deep.equal([undefined, true]);
    });

    it("fail the preview when they throw", async () => {
        const preview = await previewProgram(() => {
            new aws.s3.Bucket(
                "bucket",
                {},
                {
                    provider: testProvider(),
                    transforms: [
                        () => {
                            throw new Error("not this one");
                        },
                    ],
                },
            );
        });
        expect(preview.error?.message).to.equal("transform failed: Error: not this one");
        expect(() => ofType(preview, "aws:s3/bucket:Bucket")).to.throw("the program failed");
    });

    it("change what functions are asked", async () => {
        const preview = await previewProgram(() => {
            pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({
                args: { ...args, name: "com.amazonaws.global.cloudfront.origin-facing" },
                opts,
            }));
            const list = aws.ec2.getManagedPrefixListOutput({ name: "other" }, { provider: testProvider() });
            return { name: list.name };
        });
        expect(preview.outputs["name"]).to.equal("com.amazonaws.global.cloudfront.origin-facing");
    });
});
