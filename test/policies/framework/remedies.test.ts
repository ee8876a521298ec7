import { expect } from "chai";
import { secret, SIGNATURE, ARCHIVE, ASSET, UNKNOWN } from "../../../tools/preview/values";
import { type Properties } from "../../../tools/preview/types";
import { PackUnderTest } from "../../support/policies/packs";
import { resource } from "../../support/policies/packProcesses";

const BUCKET = "aws:s3/bucket:Bucket";
const FUNCTION = "aws:lambda/function:Function";
const GROUP = "aws:autoscaling/group:Group";
const PROVIDER = "pulumi:providers:aws";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

// printf 'hello' | sha256sum
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

describe("a remediation", () => {
    const pack = PackUnderTest.load("residency-and-cost");
    const provider = resource(PROVIDER, "home", {
        defaultTags: JSON.stringify({ tags: { owner: "platform" } }),
    });

    /** The inputs after the tags of the configuration were added. */
    const tagged = async (
        type: string,
        inputs: Properties,
        config: Readonly<Record<string, unknown>> = {},
    ): Promise<Properties | undefined> =>
        pack.remediate(
            "cost-tags",
            resource(type, "it", inputs, { provider: provider.urn }),
            { resources: [], get: (urn) => (urn === provider.urn ? provider : undefined) },
            { tags: ["project", "owner"], types: [type], values: { project: "shop" }, ...config },
        );

    it("leaves secret and unknown neighbours as they are", async () => {
        const tags = { note: secret("s3cr3t"), id: UNKNOWN };
        expect(await tagged(BUCKET, { bucket: UNKNOWN, tags })).to.deep.equal({
            bucket: UNKNOWN,
            tags: { ...tags, project: "shop" },
        });
        expect(await tagged(BUCKET, { tags: secret({ note: "n" }) })).to.deep.equal({
            tags: secret({ note: "n", project: "shop" }),
        });
    });

    it("adds a tag to what the provider has made of all tags, too", async () => {
        const tagsAll = { owner: "platform", note: secret("s") };
        expect(await tagged(BUCKET, { tags: { note: secret("s") }, tagsAll })).to.deep.equal({
            tags: { note: secret("s"), project: "shop" },
            tagsAll: { ...tagsAll, project: "shop" },
        });
        expect(await tagged(BUCKET, { tagsAll: UNKNOWN })).to.deep.equal({
            tags: { project: "shop" },
            tagsAll: UNKNOWN,
        });
    });

    it("hands on files, texts and addresses of archives and assets", async () => {
        const archive = (rest: object): object => ({ [SIGNATURE]: ARCHIVE, ...rest });
        const asset = (rest: object): object => ({ [SIGNATURE]: ASSET, ...rest });
        for (const code of [
            archive({ path: "./app" }),
            archive({ uri: "https://example.com/app.zip" }),
            asset({ path: "./app.zip" }),
            asset({ uri: "https://example.com/app.zip" }),
            archive({
                assets: {
                    "index.js": asset({ text: "hello", hash: HELLO }),
                    "vendor.js": asset({ uri: "https://example.com/vendor.js" }),
                    lib: archive({ assets: { "a.js": asset({ path: "./a.js" }) } }),
                },
            }),
        ]) {
            expect(await tagged(FUNCTION, { code })).to.deep.equal({ code, tags: { project: "shop" } });
        }
    });

    it("does nothing about a tag that has no value", async () => {
        expect(await tagged(BUCKET, {}, { values: {} })).to.equal(undefined);
        expect(await tagged(GROUP, {}, { values: {}, tags: ["project"] })).to.equal(undefined);
        expect(await tagged(TEMPLATE, {}, { values: {}, tags: ["project"] })).to.equal(undefined);
        expect(await tagged(BUCKET, { tags: { project: "" } }, { values: { project: "x" } })).to.deep.equal({
            tags: { project: "x" },
        });
    });

    it("gives groups their provider's tags, and hands all of them on", async () => {
        const name = { key: "Name", value: "web", propagateAtLaunch: false };
        const project = { key: "project", value: "shop", propagateAtLaunch: true };
        const owner = { key: "owner", value: "platform", propagateAtLaunch: true };
        expect(await tagged(GROUP, {})).to.deep.equal({ tags: [project, owner] });
        expect(await tagged(GROUP, { tags: [name, { ...owner, propagateAtLaunch: false }] })).to.deep.equal({
            tags: [name, owner, project],
        });
        expect(await tagged(GROUP, { tags: [{ key: "project", value: "" }, owner] })).to.deep.equal({
            tags: [project, owner],
        });
        const own = { ...owner, value: "web team" };
        expect(await tagged(GROUP, { tags: [project, own] })).to.equal(undefined);
    });

    it("gives volumes the tags that their template has", async () => {
        const volume = { resourceType: "volume", tags: { project: "shop", owner: "platform" } };
        const instance = { resourceType: "instance", tags: { a: "b" } };
        expect(await tagged(TEMPLATE, {})).to.deep.equal({
            tags: { project: "shop" },
            tagSpecifications: [volume],
        });
        const tags = { project: "other" };
        expect(await tagged(TEMPLATE, { tags, tagSpecifications: [instance] })).to.deep.equal({
            tags,
            tagSpecifications: [instance, { ...volume, tags: { ...volume.tags, project: "other" } }],
        });
        const bare = { resourceType: "volume", tags: { project: "other" } };
        expect(await tagged(TEMPLATE, { tags, tagSpecifications: [bare, instance] })).to.deep.equal({
            tags,
            tagSpecifications: [{ ...bare, tags: { project: "other", owner: "platform" } }, instance],
        });
    });

    it("writes nothing of what it cannot know to the end", async () => {
        const inputs = { tags: UNKNOWN };
        expect(await tagged(BUCKET, inputs)).to.equal(undefined);
        expect(await tagged(TEMPLATE, { tagSpecifications: [{ resourceType: UNKNOWN }] })).to.equal(
            undefined,
        );
    });
});
