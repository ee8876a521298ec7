import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import fc from "fast-check";
import { type SerializeOptions, serializeArguments } from "../../../tools/preview/serializer";
import { type Properties } from "../../../tools/preview/types";
import { OUTPUT, SIGNATURE, UNKNOWN, UNKNOWN_MARKER } from "../../../tools/preview/values";
import { previewProgram, testProvider } from "../../support/preview";

type SdkSerializer = (
    label: string,
    props: Properties,
    options?: Record<string, boolean>,
) => Promise<[Properties, Map<string, Set<pulumi.Resource>>]>;

const rpc = createRequire(__filename)("@pulumi/pulumi/runtime/rpc") as {
    serializeResourceProperties: SdkSerializer;
};
const sdkSerializer = rpc.serializeResourceProperties;

const CUSTOM: SerializeOptions = { withDependencies: false, countReferences: true };
const REMOTE: SerializeOptions = { withDependencies: true, countReferences: false };

/** What the SDK's own serializer makes of arguments, and what this one makes of them. */
async function both(props: Properties): Promise<[Properties, Properties]> {
    const [theirs] = await sdkSerializer("label", props, {});
    const [ours] = await serializeArguments(props, CUSTOM);
    return [theirs, ours];
}

/** Runs in a program, where resources can be made. */
async function inProgram(check: (provider: aws.Provider) => Promise<void>): Promise<void> {
    const preview = await previewProgram(async () => {
        await check(testProvider());
    });
    if (preview.cause instanceof Error) {
        throw preview.cause;
    }
}

describe("the serializer of arguments", () => {
    it("does with plain data, promises and outputs what the SDK does", async () => {
        const leaf = fc.oneof(
            fc.string(),
            fc.integer(),
            fc.boolean(),
            fc.constant(null),
            fc.constant(undefined),
        );
        const { value } = fc.letrec<{ value: unknown; node: unknown }>((tie) => ({
            value: fc.oneof(
                { maxDepth: 4 },
                leaf,
                fc.array(tie("value"), { maxLength: 4 }),
                fc.dictionary(fc.string({ minLength: 1 }), tie("value"), {
                    maxKeys: 4,
                    noNullPrototype: true,
                }),
                tie("node"),
            ),
            node: fc.oneof(
                leaf.map((plain) => pulumi.output(plain)),
                tie("value").map((inner) => Promise.resolve(inner)),
                leaf.map(() => () => "a function"),
            ),
        }));
        await fc.assert(
            fc.asyncProperty(
                fc.dictionary(fc.string({ minLength: 1 }), value, { noNullPrototype: true }),
                async (props) => {
                    const [theirs, ours] = await both(props);
                    expect(ours).to.deep.equal(theirs);
                },
            ),
            { numRuns: 200 },
        );
    });

    it("does with assets and archives what the SDK does", async () => {
        const [theirs, ours] = await both({
            file: new pulumi.asset.FileAsset("a.txt"),
            text: new pulumi.asset.StringAsset("text"),
            archive: new pulumi.asset.AssetArchive({
                "a.txt": new pulumi.asset.StringAsset("a"),
                b: new pulumi.asset.FileArchive("b"),
            }),
            left: undefined,
            id: "x",
            urn: "y",
        });
        expect(ours).to.deep.equal(theirs);
        expect(Object.keys(ours)).to.deep.equal(["file", "text", "archive"]);
    });

    it("refers to resources, and counts them as dependencies of their property", async () => {
        await inProgram(async (provider) => {
            const bucket = new aws.s3.Bucket("files", {}, { provider });
            const component = new pulumi.ComponentResource("meridian:index:Thing", "thing");
            const props = {
                bucket,
                component,
                name: bucket.bucket,
                both: [bucket.arn, component.urn],
                plain: 1,
            };
            const [values, dependencies] = await serializeArguments(props, CUSTOM);
            const [, theirs] = await sdkSerializer("label", props, {});
            expect([...dependencies.keys()]).to.deep.equal(["bucket", "component", "name", "both"]);
            for (const [key, resources] of dependencies) {
                // The SDK counts the marker of unknown values as well.
                const real = [...(theirs.get(key) ?? [])].filter(
                    (resource) => resource === bucket || resource === component,
                );
                expect(
                    [...resources].filter((resource) => resource === bucket || resource === component),
                    key,
                ).to.have.members(real);
            }
            expect(values["bucket"]).to.include({ urn: await promise(bucket.urn) });
            expect(values["component"]).to.deep.include({ urn: await promise(component.urn) });
            expect(values["plain"]).to.equal(1);
        });
    });

    it("marks what a real preview would not know, and what is secret", async () => {
        await inProgram(async (provider) => {
            const bucket = new aws.s3.Bucket("files", {}, { provider });
            const [values] = await serializeArguments(
                {
                    known: bucket.bucket,
                    arn: bucket.arn,
                    secret: pulumi.secret("hush"),
                    nothing: pulumi.output(undefined),
                },
                CUSTOM,
            );
            expect(values["known"]).to.be.a("string");
            expect(values["arn"]).to.deep.include({ [SIGNATURE]: OUTPUT, dependencies: [UNKNOWN_MARKER] });
            expect(values["secret"]).to.deep.equal({ [SIGNATURE]: OUTPUT, value: "hush", secret: true });
            expect(values).to.not.have.property("nothing");
        });
    });

    it("says what each output comes from where a plugin has to know", async () => {
        await inProgram(async (provider) => {
            const bucket = new aws.s3.Bucket("files", {}, { provider });
            const [values, dependencies] = await serializeArguments(
                { list: [bucket.arn, "x"], bucket },
                REMOTE,
            );
            const urn = await promise(bucket.urn);
            const [arn, text] = values["list"] as [{ dependencies: string[] }, string];
            expect(arn.dependencies).to.deep.equal([urn, UNKNOWN_MARKER]);
            expect(text).to.equal("x");
            expect([...dependencies.keys()]).to.deep.equal(["list"]);
        });
    });

    it("says of an error which property it is about, and keeps it the same error", async () => {
        const error = new Error("broken");
        const failing = (): Promise<unknown> => Promise.reject(error);
        const caught = await serializeArguments({ fine: 1, bad: { deep: failing() } }, CUSTOM).catch(
            (thrown: unknown) => thrown,
        );
        expect(caught).to.equal(error);
        expect(error.message).to.equal('error serializing property "bad": broken');
    });

    it("passes on what the engine could not make up", async () => {
        await inProgram(async (provider) => {
            const gateway = new aws.ec2.CustomerGateway(
                "gate",
                { type: "ipsec.1", bgpAsn: "1" },
                { provider },
            );
            const [values] = await serializeArguments({ name: gateway.deviceName }, CUSTOM);
            expect(values["name"]).to.deep.equal({ [SIGNATURE]: OUTPUT, dependencies: [UNKNOWN_MARKER] });
            expect(UNKNOWN).to.match(/^04da6b54-/);
        });
    });
});

async function promise(output: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => {
        output.apply(resolve);
    });
}
