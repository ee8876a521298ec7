import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { estimate, type CostEstimate, type Usage } from "../../../tools/cost/estimate";
import { usd } from "../../../tools/cost/render/money";
import { FREE_TYPES, whyFree } from "../../../policies/residency-and-cost/shared/cost/free";
import { PRICED_TYPES } from "../../../policies/residency-and-cost/shared/cost/least";
import { StackView } from "../../../policies/framework";
import { billOf } from "../../../policies/residency-and-cost/shared/cost/estimate";
import { classProperties } from "../../../tools/preview/aws/classProperties";
import { member } from "../../policies/residency-and-cost/cost/members";
import { typesOfUnknownCost } from "../../support/cost";
import { documentOf, type Row, stackPreview, urn } from "../../support/preview/documents";
import { projectPreview } from "../../support/projectPreview";
import { loadProfile, loadUsage } from "../../../tools/cost/usageFile";
import { README_FILE, rowOf } from "../../../tools/docs/costTable";

const NOW = new Date("2026-11-30T00:00:00Z");

const vpc = (name: string, region = "us-east-1"): Row => ({
    type: "aws:ec2/vpc:Vpc",
    name,
    inputs: { region },
});

function usageOf(values: Usage["values"], more: Partial<Usage> = {}): Usage {
    return { name: "test", values, byStack: [], viewers: {}, freeTier: false, ...more };
}

function sourcesIn(folder: string): string[] {
    return (readdirSync(folder, { recursive: true }) as string[])
        .filter((file) => file.endsWith(".ts"))
        .map((file) => path.join(folder, file));
}

function resourcesOf(result: CostEstimate, stack: string) {
    return (result.stacks[stack]?.components ?? []).flatMap(({ tiers }) =>
        tiers.flatMap(({ resources }) => resources),
    );
}

describe("an estimate", () => {
    it("counts tiers over all stacks of an account together", () => {
        const document = documentOf(stackPreview("prod-a", [vpc("a")]), stackPreview("prod-b", [vpc("b")]));
        const usage = usageOf({
            "vpc.gbBetweenZones": 0,
            "vpc.gbToInternet": 10_240,
            "vpc.gbToOtherRegions": 0,
        });
        const result = estimate(document, usage);
        // 10,240 × 0.09 and 10,240 × 0.085, shared by half.
        expect(result.totals.usage).to.be.closeTo(1792, 1e-6);
        expect(result.stacks["prod-a"]?.totals.usage).to.be.closeTo(896, 1e-6);
    });

    it("lets a stack's resources of a kind share what the stack uses", () => {
        const document = documentOf(stackPreview("prod-a", [vpc("a"), vpc("b"), vpc("c")]));
        const usage = usageOf({
            "vpc.gbBetweenZones": 300,
            "vpc.gbToInternet": 0,
            "vpc.gbToOtherRegions": 0,
        });
        const lines = resourcesOf(estimate(document, usage), "prod-a").flatMap((each) => each.lines);
        expect(lines.map(({ quantity }) => quantity)).to.deep.equal([200, 200, 200]);
    });

    it("gives stacks their part by the first pattern that fits, and what is theirs alone whole", () => {
        const document = documentOf(stackPreview("prod-a", [vpc("a")]), stackPreview("prod-b", [vpc("b")]));
        const usage = usageOf(
            { "vpc.gbBetweenZones": 100, "vpc.gbToInternet": 0, "vpc.gbToOtherRegions": 0 },
            {
                byStack: [
                    { stacks: "*-b", share: 0.1, values: { "vpc.gbToOtherRegions": 50 } },
                    { stacks: "prod-*", share: 0.5, values: {} },
                ],
            },
        );
        const result = estimate(document, usage);
        const quantities = (stack: string): number[] =>
            resourcesOf(result, stack).flatMap((each) => each.lines.map(({ quantity }) => quantity));
        expect(quantities("prod-a")).to.deep.equal([100]);
        expect(quantities("prod-b")).to.deep.equal([20, 50]);
    });

    it("lists what has no price in its region, and what the profile does not say, and counts neither", () => {
        const document = documentOf(
            stackPreview("prod-a", [
                { type: "aws:ec2/natGateway:NatGateway", name: "nat", inputs: { region: "sa-east-1" } },
                vpc("a"),
            ]),
        );
        const result = estimate(document, usageOf({}));
        expect(result.totals).to.deep.equal({ fixed: 0, usage: 0, total: 0 });
        expect(result.unpriced).to.equal(5);
        expect(resourcesOf(result, "prod-a").flatMap((each) => each.unpriced)).to.deep.include({
            name: "NAT gateway",
            basis: "fixed",
            reason: "The table has its price in eu-central-1, us-east-1, and none in sa-east-1.",
        });
        expect(resourcesOf(result, "prod-a").flatMap((each) => each.unpriced)).to.deep.include({
            name: "out to internet",
            basis: "usage",
            reason: "The usage profile does not say vpc.gbToInternet.",
        });
    });

    it("prices up to where the table ends, and lists the rest", () => {
        const bucket: Row = {
            type: "aws:s3/bucket:Bucket",
            name: "bucket",
            inputs: { region: "eu-central-1" },
        };
        const usage = usageOf({ "s3.reads": 0, "s3.storageGb": 102_400, "s3.writes": 0 });
        const [cost] = resourcesOf(estimate(documentOf(stackPreview("prod-a", [bucket])), usage), "prod-a");
        // 51,200 GB × 0.0245
        expect(cost?.totals.total).to.be.closeTo(1254.4, 1e-6);
        expect(cost?.unpriced.map(({ reason }) => reason)).to.deep.equal([
            "The table has no price beyond 51200 × GB-month in eu-central-1.",
        ]);
    });

    it("says which prices are stale, and by which day", () => {
        const row: Row = {
            type: "aws:docdb/clusterInstance:ClusterInstance",
            name: "db",
            inputs: { region: "us-east-1", instanceClass: "db.t3.medium" },
        };
        const document = documentOf(stackPreview("prod-a", [row]));
        const now = estimate(document, undefined, { today: NOW });
        expect([now.stale, now.staleBefore]).to.deep.equal([1, "2025-11-30"]);
        const [line] = resourcesOf(now, "prod-a").flatMap((each) => each.lines);
        expect([line?.stale, line?.date]).to.deep.equal([true, "2024-07-01"]);
        const then = estimate(document, undefined, { today: new Date("2024-08-01T00:00:00Z") });
        expect(then.stale).to.equal(0);
    });

    it("leaves out what is only read, and what a component is", () => {
        const document = documentOf(
            stackPreview("prod-a", [
                { type: "aws:route53/zone:Zone", name: "zone", op: "read" },
                { type: "meridian:index:Vpc3Tier", name: "shop", custom: false },
            ]),
        );
        expect(estimate(document)).to.deep.include({ totals: { fixed: 0, usage: 0, total: 0 }, unpriced: 0 });
    });

    it("puts resources under their outermost component, and into its tiers", () => {
        const web: Row = { type: "meridian:index:WebTier", name: "shop-web", custom: false };
        const webUrn = urn("prod-a", web);
        const key: Row = { type: "aws:kms/key:Key", name: "key", inputs: { region: "us-east-1" } };
        const document = documentOf(
            stackPreview("prod-a", [web, { ...key, parent: webUrn }, { ...key, name: "alone" }]),
        );
        const components = estimate(document).stacks["prod-a"]?.components ?? [];
        expect(components.map(({ name, tiers }) => [name, tiers.map(({ tier }) => tier)])).to.deep.equal([
            ["alone", ["security"]],
            ["shop-web", ["web"]],
        ]);
    });

    it("adds up: lines to resources, tiers, components, stacks and the whole", async () => {
        const { document } = await projectPreview();
        const result = estimate(document, loadUsage("warm-standby"), { today: NOW });
        const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);
        for (const stack of Object.values(result.stacks)) {
            for (const component of stack.components) {
                for (const tier of component.tiers) {
                    for (const { lines, totals, name } of tier.resources) {
                        expect(sum(lines.map(({ monthly }) => monthly)), name).to.be.closeTo(
                            totals.total,
                            1e-6,
                        );
                        for (const line of lines) {
                            expect(line.quantity * line.unitPrice, name).to.be.closeTo(line.monthly, 1e-9);
                        }
                    }
                    expect(sum(tier.resources.map(({ totals }) => totals.total))).to.be.closeTo(
                        tier.totals.total,
                        1e-6,
                    );
                }
                expect(sum(component.tiers.map(({ totals }) => totals.total))).to.be.closeTo(
                    component.totals.total,
                    1e-6,
                );
            }
            expect(sum(stack.components.map(({ totals }) => totals.total))).to.be.closeTo(
                stack.totals.total,
                1e-6,
            );
            expect(stack.totals.fixed + stack.totals.usage).to.be.closeTo(stack.totals.total, 1e-6);
        }
        expect(sum(Object.values(result.stacks).map(({ totals }) => totals.total))).to.be.closeTo(
            result.totals.total,
            1e-6,
        );
        expect(result.totals.fixed).to.be.above(1000);
        expect(result.totals.usage).to.be.above(100);
    });

    it("never falls with what is used, and is the same however stacks are ordered", () => {
        const stacks = ["prod-a", "prod-b"].map((name) => stackPreview(name, [vpc(name)]));
        const gb = fc.integer({ min: 0, max: 200_000 });
        fc.assert(
            fc.property(gb, gb, fc.boolean(), (one, more, freeTier) => {
                const totalFor = (amount: number, order: typeof stacks): number =>
                    estimate(
                        documentOf(...order),
                        usageOf(
                            {
                                "vpc.gbBetweenZones": 0,
                                "vpc.gbToInternet": amount,
                                "vpc.gbToOtherRegions": 0,
                            },
                            { freeTier },
                        ),
                    ).totals.total;
                const less = totalFor(one, stacks);
                expect(totalFor(one + more, stacks)).to.be.at.least(less - 1e-6);
                expect(totalFor(one, [...stacks].reverse())).to.be.closeTo(less, 1e-6);
            }),
            { numRuns: 40 },
        );
    });
});

describe("README's row of the profile that is the project as it is", () => {
    it("is what the preview comes to", async () => {
        const { document } = await projectPreview();
        const profile = loadProfile("warm-standby");
        const [, row = ""] = /^\| (`warm-standby`.*) \|$/m.exec(readFileSync(README_FILE, "utf8")) ?? [];
        const cells = row.split("|").map((cell) => cell.trim());
        expect(`| ${cells.join(" | ")} |`).to.equal(rowOf(profile, estimate(document, profile.usage)));
    });
});

describe("an amount", () => {
    it("reads as money", () => {
        expect([usd(1234.5), usd(0.004), usd(-3, { signed: true }), usd(3, { signed: true })]).to.deep.equal([
            "$1,234.50",
            "$0.00",
            "−$3.00",
            "+$3.00",
        ]);
    });
});

describe("the types of which a cost is known", () => {
    it("are all that the project has", async () => {
        const { document } = await projectPreview();
        expect(typesOfUnknownCost(document)).to.deep.equal([]);
    });

    it("are all that components and programs can make, whatever is switched on", () => {
        const types = ["components", "regions", "examples"].flatMap((folder) =>
            sourcesIn(folder).flatMap((file) =>
                [...readFileSync(file, "utf8").matchAll(/\bnew aws\.(\w+)\.(\w+)\(/g)].map(
                    ([, module = "", name = ""]) =>
                        `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`,
                ),
            ),
        );
        expect(types.filter((type) => classProperties(type).length === 0)).to.deep.equal([]);
        expect(types).to.include("aws:fis/experimentTemplate:ExperimentTemplate");
        const rows = [...new Set(types)].map((type, index) => ({ type, name: `made-${index}` }));
        expect(typesOfUnknownCost(documentOf(stackPreview("prod", rows)))).to.deep.equal([]);
    });

    it("are not those that nobody has looked at", () => {
        const strange = "aws:redshift/cluster:Cluster";
        const stack = stackPreview("prod", [
            { type: strange, name: "warehouse" },
            { type: "aws:iam/role:Role", name: "role" },
            { type: "random:index/randomId:RandomId", name: "id" },
        ]);
        expect(typesOfUnknownCost(documentOf(stack))).to.deep.equal([strange]);
    });

    it("are types that the provider has, looked at by properties that it has", () => {
        const isOwn = (type: string): boolean => type.startsWith("aws:");
        const strange = [...FREE_TYPES, ...PRICED_TYPES].filter(
            (type) => isOwn(type) && classProperties(type).length === 0,
        );
        expect(strange).to.deep.equal([]);
        for (const type of PRICED_TYPES.filter(isOwn)) {
            const read = new Set<string>();
            const inputs = new Proxy<Record<string, unknown>>(
                {},
                {
                    get: (_target, property) => void read.add(String(property)),
                    has: (_target, property) => read.add(String(property)).size < 0,
                },
            );
            const resource = { ...member({ type }), inputs };
            billOf(resource, new StackView([resource]));
            const known = classProperties(type);
            expect(
                [...read].filter((property) => !known.includes(property)),
                type,
            ).to.deep.equal([]);
        }
    });

    it("are either free, with a reason, or priced", () => {
        expect(FREE_TYPES.filter((type) => PRICED_TYPES.includes(type))).to.deep.equal([]);
        expect(FREE_TYPES.filter((type) => (whyFree(type) ?? "").length < 10)).to.deep.equal([]);
        expect(FREE_TYPES).to.have.length(new Set(FREE_TYPES).size);
    });
});
