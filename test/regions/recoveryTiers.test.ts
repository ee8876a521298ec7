import { expect } from "chai";
import { STORE_TYPES } from "../../policies/framework/stores";
import { at } from "../support/preview";
import { type PreviewedStacks, projectStacks } from "../support/stacks";

describe("the recovery tiers of the project's stores", () => {
    let stacks: PreviewedStacks;

    before(async () => {
        stacks = await projectStacks();
    });

    /** Stores with the tag, as `stack name`. */
    const ofTier = (tier: string): string[] =>
        Object.values(stacks)
            .flatMap((stack) =>
                stack.resources
                    .filter(
                        ({ type, inputs }) =>
                            STORE_TYPES.includes(type) && at(inputs, "tags.recovery-tier") === tier,
                    )
                    .map(({ name }) => `${stack.name} ${name}`),
            )
            .sort();

    it("are the first where another region has a copy: databases with their sign-in, and static sites", () => {
        expect(ofTier("1")).to.deep.equal([
            "prod-eu shop-edge-static-bucket",
            "prod-global shop-db-eu-central-1-cluster",
            "prod-global shop-edge-static-bucket",
            "prod-us shop-db-cluster",
            "prod-us shop-db-master",
            "prod-us shop-edge-static-bucket",
        ]);
    });

    it("are the second where the law forbids such a copy: personal data", () => {
        expect(ofTier("2")).to.deep.equal([
            "prod-eu shop-pii-files-bucket",
            "prod-eu shop-pii-table",
            "prod-us shop-pii-files-bucket",
            "prod-us shop-pii-table",
        ]);
    });
});
