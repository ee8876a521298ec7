import { expect } from "chai";
import { PackUnderTest } from "../../support/policies/packs";
import { copyOf } from "../../support/policies/ownStacks";

const PROVIDER = "pulumi:providers:aws";

describe("provider-pinned with requireAssumeRole", () => {
    it("finds a provider that assumes no role", async () => {
        const pack = PackUnderTest.load("residency-and-cost");
        const stack = await copyOf("prod-us");
        const findings = pack.ruleRunner("provider-pinned", { requireAssumeRole: true }).stack(stack);
        expect(findings).to.have.length(1);
        expect(findings[0]?.message).to.include("has no assumeRoles.");
        expect(findings[0]?.urn).to.equal(stack.find(PROVIDER).urn);
    });

    it("looks at a provider through what uses it, where the engine does not hand it over", async () => {
        const pack = PackUnderTest.load("residency-and-cost");
        const stack = await copyOf("prod-eu");
        const provider = stack.find(PROVIDER);
        stack.unset(provider, "allowedAccountIds");
        const others = stack.resources.filter((resource) => resource.type !== PROVIDER);
        const seen = { resources: others, get: (urn: string) => stack.get(urn) };
        const findings = pack.ruleRunner("provider-pinned").stack(seen);
        expect(findings).to.have.length(1);
        expect(findings[0]?.message).to.include('has the provider "aws", which has no allowedAccountIds.');
    });
});
