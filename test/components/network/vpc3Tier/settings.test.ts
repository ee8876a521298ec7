import { expect } from "chai";
import fc from "fast-check";

import { tierCidrBlocks } from "../../../../components/network/cidrPlan";
import {
    type AdditionalTier,
    NatGatewayStrategy,
    TierType,
    type Vpc3TierArgs,
} from "../../../../components/network/vpc3Tier/vpc3Tier";
import { withDefaults } from "../../../../components/network/vpc3Tier/settings";

const good: Vpc3TierArgs = {
    region: "eu-central-1",
    accountId: "111122223333",
    cidrBlock: "10.20.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
};

const anyTiers = fc
    .array(fc.constantFrom(...Object.values(TierType)), { maxLength: 4 })
    .map((types) => types.map((type, index): AdditionalTier => ({ name: `tier-${index}`, type })));

/** Every tier's blocks, by its name. */
function plan(additionalTiers: AdditionalTier[]): Record<string, string[]> {
    const { tiers } = withDefaults({ ...good, additionalTiers });
    return Object.fromEntries(tiers.map(({ name, slot }) => [name, tierCidrBlocks(good.cidrBlock, slot, 2)]));
}

describe("the defaults of Vpc3Tier", () => {
    it("give no block to two tiers", () => {
        fc.assert(
            fc.property(anyTiers, (tiers) => {
                const blocks = Object.values(plan(tiers)).flat();
                expect(new Set(blocks).size).to.equal(blocks.length);
                expect(blocks).to.have.length((4 + tiers.length) * 2);
            }),
        );
    });

    it("change no block when a tier is appended", () => {
        fc.assert(
            fc.property(
                anyTiers.filter((tiers) => tiers.length > 0),
                (tiers) => {
                    expect(plan(tiers)).to.deep.include(plan(tiers.slice(0, -1)));
                },
            ),
        );
    });

    it("ignore what web and api may call when there is no way to it", () => {
        const args = {
            ...good,
            internetEgressCidrBlocks: ["203.0.113.0/24"],
            internetEgressIpv6CidrBlocks: ["2001:db8::/32"],
        };
        expect(withDefaults(args)).to.deep.include({ egressIpv4: ["203.0.113.0/24"], egressIpv6: [] });
        expect(withDefaults({ ...args, natGateways: NatGatewayStrategy.None })).to.deep.include({
            egressIpv4: [],
            egressIpv6: [],
        });
        expect(
            withDefaults({ ...args, natGateways: NatGatewayStrategy.None, egressOnlyIpv6: true }),
        ).to.deep.include({ egressIpv4: [], egressIpv6: ["2001:db8::/32"] });
    });

    it("leave a list of interface endpoints as it is given, even empty", () => {
        const none = { ...good, natGateways: NatGatewayStrategy.None };
        expect(withDefaults({ ...none, interfaceEndpoints: [] }).interfaceEndpoints).to.deep.equal([]);
        expect(withDefaults({ ...good, interfaceEndpoints: ["sqs"] }).interfaceEndpoints).to.deep.equal([
            "sqs",
        ]);
    });
});
