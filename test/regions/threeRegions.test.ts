import { expect } from "chai";
import { TOKYO } from "../support/regions/manyRegions";
import { type PreviewedStacks, projectStacks, stackOf } from "../support/stacks";

describe("a third region", () => {
    let two: PreviewedStacks;
    let three: PreviewedStacks;

    before(async () => {
        two = await projectStacks();
        three = await projectStacks({ moreRegions: [TOKYO] });
    });

    it("takes one entry and one stack file", () => {
        expect(Object.keys(three).sort()).to.deep.equal(["prod-ap", "prod-eu", "prod-global", "prod-us"]);
        const stack = stackOf(three, "prod-ap");
        for (const type of ["ApiTier", "AuroraGlobal", "EdgeDistribution", "Vpc3Tier", "WebTier"]) {
            expect(stack.ofType(`meridian:index:${type}`), type).to.have.length(1);
        }
        expect(stack.one("pulumi:providers:aws").inputs.region).to.equal("ap-northeast-1");
        expect(stack.one("aws:ec2/vpc:Vpc").inputs.cidrBlock).to.equal("10.30.0.0/16");
    });

    it("leaves what the other regions have as it is", () => {
        for (const name of ["prod-us", "prod-eu"]) {
            const after = new Map(stackOf(three, name).resources.map(({ inputs, urn }) => [urn, inputs]));
            const touched = stackOf(two, name)
                .resources.filter(
                    ({ inputs, urn }) => JSON.stringify(inputs) !== JSON.stringify(after.get(urn)),
                )
                .map((resource) => resource.name);
            // The emergency secret gets one more replica, and its functions may look for the writer there.
            const expected =
                name === "prod-us"
                    ? ["shop-db", "shop-db-master", "shop-db-preparation-policy", "shop-db-rotation-policy"]
                    : [];
            expect(touched.sort(), name).to.deep.equal(expected);
            const added = [...after.keys()].filter(
                (urn) => !stackOf(two, name).resources.some((old) => old.urn === urn),
            );
            expect(
                added.every((urn) => urn.includes("shop-db-secret-encryption-ap-northeast-1")),
                name,
            ).to.equal(true);
        }
    });

    it("joins the global database and the records", () => {
        const global = stackOf(three, "prod-global");
        const clusters = global.ofType("aws:rds/cluster:Cluster");
        expect(clusters.map(({ region }) => region).sort()).to.deep.equal(["ap-northeast-1", "eu-central-1"]);
        const latency = global
            .ofType("aws:route53/record:Record")
            .flatMap(({ inputs }) => (inputs.latencyRoutingPolicies ?? []) as { region: string }[])
            .map(({ region }) => region);
        expect(latency.sort()).to.deep.equal(["ap-northeast-1", "eu-central-1", "us-east-1"]);
        const pairs = global
            .ofType("aws:route53/record:Record")
            .filter(({ inputs }) => inputs.failoverRoutingPolicies !== undefined)
            .map(({ inputs }) => inputs.name);
        expect(pairs.filter((name) => name === "ap.origin.shop.example.com")).to.have.length(2);
    });

    it("is known to the world-wide distribution by a header of its own", () => {
        const { origins } = stackOf(three, "prod-global").one(
            "aws:cloudfront/distribution:Distribution",
        ).inputs;
        const dynamic = (origins as { originId: string; customHeaders?: { name: string }[] }[]).find(
            ({ originId }) => originId === "dynamic",
        );
        expect(dynamic?.customHeaders?.map(({ name }) => name).sort()).to.deep.equal([
            "x-meridian-origin-ap",
            "x-meridian-origin-eu",
            "x-meridian-origin-us",
        ]);
    });
});
