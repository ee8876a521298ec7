import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import fc from "fast-check";
import { type SdkSerializer, type Serialized, serializeMarked } from "../../../tools/preview/serializer";
import { type Properties } from "../../../tools/preview/types";
import { OUTPUT, SIGNATURE, UNKNOWN, UNKNOWN_MARKER } from "../../../tools/preview/values";
import { previewProgram, testProvider } from "../../support/preview";

const rpc = createRequire(__filename)("@pulumi/pulumi/runtime/rpc") as {
    serializeResourceProperties: SdkSerializer;
};
const sdkSerializer = rpc.serializeResourceProperties;

const REMOTE = { keepOutputValues: true, excludeResourceReferencesFromDependencies: true };

const marked = (props: Properties, options?: typeof REMOTE): Promise<Serialized> =>
    serializeMarked({ serializeResourceProperties: sdkSerializer }, "label", props, options);

/** What the SDK's own serializer makes of arguments, and what it makes of them with the marks. */
async function both(props: Properties): Promise<[Properties, Properties]> {
    const [theirs] = await sdkSerializer("label", props, {});
    const [ours] = await marked(props);
    return [theirs, ours];
}

/** The properties that depend on something. */
function dependent(dependencies: Serialized[1]): string[] {
    return [...dependencies].filter(([, resources]) => resources.size > 0).map(([key]) => key);
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

/** What may name a property: assigning to `__proto__` names none. */
const key = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");

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
                fc.dictionary(key, tie("value"), {
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
            fc.asyncProperty(fc.dictionary(key, value, { noNullPrototype: true }), async (props) => {
                const [theirs, ours] = await both(props);
                expect(ours).to.deep.equal(theirs);
            }),
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
            const [values, dependencies] = await marked(props);
            const [, theirs] = await sdkSerializer("label", props, {});
            expect(dependent(dependencies)).to.deep.equal(["bucket", "component", "name", "both"]);
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
            const [values] = await marked({
                known: bucket.bucket,
                arn: bucket.arn,
                secret: pulumi.secret("hush"),
                nothing: pulumi.output(undefined),
            });
            expect(values["known"]).to.be.a("string");
            expect(values["arn"]).to.deep.include({ [SIGNATURE]: OUTPUT, dependencies: [UNKNOWN_MARKER] });
            expect(values["secret"]).to.deep.equal({ [SIGNATURE]: OUTPUT, value: "hush", secret: true });
            expect(values).to.not.have.property("nothing");
        });
    });

    it("says what each output comes from where a plugin has to know", async () => {
        await inProgram(async (provider) => {
            const bucket = new aws.s3.Bucket("files", {}, { provider });
            const [values, dependencies] = await marked({ list: [bucket.arn, "x"], bucket }, REMOTE);
            const urn = await promise(bucket.urn);
            const [arn, text] = values["list"] as [{ dependencies: string[] }, string];
            expect(arn.dependencies).to.have.members([urn, UNKNOWN_MARKER]);
            expect(text).to.equal("x");
            expect(dependent(dependencies)).to.deep.equal(["list"]);
        });
    });

    it("says of an error which property it is about, and keeps it the same error", async () => {
        const error = new Error("broken");
        const failing = (): Promise<unknown> => Promise.reject(error);
        const caught = await marked({ fine: 1, bad: { deep: failing() } }).catch((thrown: unknown) => thrown);
        expect(caught).to.equal(error);
        expect(error.message).to.contain('property "bad": broken');
    });

    it("passes on what the engine could not make up", async () => {
        await inProgram(async (provider) => {
            const gateway = new aws.ec2.CustomerGateway(
                "gate",
                { type: "ipsec.1", bgpAsn: "1" },
                { provider },
            );
            const [values] = await marked({ name: gateway.deviceName });
            // An output without a value is an unknown one.
            expect(values["name"]).to.deep.equal({ [SIGNATURE]: OUTPUT });
            expect(UNKNOWN).to.match(/^04da6b54-/);
        });
    });
});

async function promise(output: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => {
        output.apply(resolve);
    });
}
