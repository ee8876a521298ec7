import { expect } from "chai";
import { classProperties } from "../../../tools/preview/aws/classProperties";
import { synthesizeNative } from "../../../tools/preview/aws/native";
import { NATIVE_MODELS } from "../../../tools/preview/aws/tables/native";
import { type Properties } from "../../../tools/preview/types";
import { UNKNOWN } from "../../../tools/preview/values";

const PROVIDER = { region: "eu-central-1", allowedAccountIds: '["111122223333"]' };
const GROUP = "arn:aws:personalize:eu-central-1:111122223333:dataset-group/shop";

/** Asks for a resource as the engine would. */
function ask(type: string, inputs: Properties = {}, provider: Properties = PROVIDER, name = "shop") {
    const urn = `urn:pulumi:prod::shop::${type}::${name}`;
    return synthesizeNative({ urn, type, name, inputs, provider, properties: classProperties(type) });
}

describe("the models of types of @pulumi/aws-native", () => {
    it("name classes of the package, and outputs that those have", () => {
        for (const [type, { outputs = {}, nameProperty = "name", autoName }] of Object.entries(
            NATIVE_MODELS,
        )) {
            const names = autoName === false ? [] : [nameProperty];
            expect(classProperties(type), type).to.include.members([...Object.keys(outputs), ...names]);
        }
    });

    it("give ARNs as ids, and as the output that says so", () => {
        expect(ask("aws-native:personalize:DatasetGroup", { name: "shop" })).to.deep.include({
            id: GROUP,
            computed: { datasetGroupArn: GROUP },
        });
        expect(
            ask("aws-native:personalize:Dataset", { datasetGroupArn: GROUP, datasetType: "Items" }).id,
        ).to.equal("arn:aws:personalize:eu-central-1:111122223333:dataset/shop/ITEMS");
        const tracker = ask("aws-native:personalize:EventTracker", { datasetGroupArn: GROUP });
        expect(tracker.id).to.match(/:event-tracker\/[0-9a-f]{8}$/);
        expect(tracker.computed["trackingId"]).to.match(/^[0-9a-f-]{36}$/);
    });

    it("name what has no name after the logical one, within 63 characters", () => {
        const type = "aws-native:personalize:Schema";
        expect(ask(type).defaults["name"]).to.match(/^shop-[0-9a-f]{7}$/);
        expect(ask(type, {}, PROVIDER, "s".repeat(55)).defaults["name"]).to.have.lengthOf(63);
        expect(() => ask(type, {}, PROVIDER, "s".repeat(56))).to.throw("cannot be longer than 63 characters");
    });

    it("leave unknown what comes of what is unknown", () => {
        const { id } = ask("aws-native:personalize:Dataset", {
            datasetGroupArn: UNKNOWN,
            datasetType: "Items",
        });
        expect(id).to.match(/^shop-[0-9a-f]{7}$/);
    });

    it("are in the region of their provider, and of no other", () => {
        expect(() => ask("aws-native:personalize:Schema", {}, {})).to.throw("Missing region configuration");
        const elsewhere = { ...PROVIDER, region: "us-east-1" };
        expect(ask("aws-native:personalize:Schema", {}, elsewhere).id).to.include(":us-east-1:");
    });

    it("know types without a model by their names alone", () => {
        const { id, defaults } = ask("aws-native:s3:Bucket");
        expect(id).to.match(/^shop-[0-9a-f]{7}$/);
        expect(defaults).to.deep.equal({});
    });
});

describe("the properties of a class of @pulumi/aws-native", () => {
    it("are its arguments and its outputs", () => {
        expect(classProperties("aws-native:personalize:EventTracker")).to.have.members([
            "datasetGroupArn",
            "eventTrackerArn",
            "name",
            "tags",
            "trackingId",
        ]);
    });

    it("are none where there is no such class", () => {
        expect(classProperties("aws-native:personalize:Campaign")).to.deep.equal([]);
        expect(classProperties("aws-native:nothing")).to.deep.equal([]);
    });
});
