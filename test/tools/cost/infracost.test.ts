import Ajv from "@redocly/ajv";
import { expect } from "chai";
import { estimate, type CostEstimate } from "../../../tools/cost/estimate";
import { renderInfracost } from "../../../tools/cost/render/infracost";
import { loadUsage } from "../../../tools/cost/usageFile";
import { documentOf, stackPreview } from "../../support/preview/documents";

const NOW = new Date("2026-11-30T12:00:00Z");

/** A decimal number as Go's decimal package reads one, or nothing. */
const amount = { type: ["string", "null"], pattern: "^-?\\d+(\\.\\d+)?$" };
const money = {
    totalHourlyCost: amount,
    totalMonthlyCost: amount,
    totalMonthlyUsageCost: amount,
};
const strict = (properties: object, optional: readonly string[] = []): object => ({
    type: "object",
    additionalProperties: false,
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
});
const breakdown = strict({
    resources: {
        type: "array",
        items: strict({
            name: { type: "string" },
            resourceType: { type: "string" },
            metadata: { type: "object" },
            hourlyCost: amount,
            monthlyCost: amount,
            monthlyUsageCost: amount,
            costComponents: {
                type: "array",
                items: strict({
                    name: { type: "string" },
                    unit: { type: "string" },
                    hourlyQuantity: amount,
                    monthlyQuantity: amount,
                    price: amount,
                    hourlyCost: amount,
                    monthlyCost: amount,
                    usageBased: { type: "boolean" },
                    priceNotFound: { type: "boolean" },
                }),
            },
        }),
    },
    ...money,
});
const summary = strict({
    totalDetectedResources: { type: "integer" },
    totalSupportedResources: { type: "integer" },
    totalUnsupportedResources: { type: "integer" },
    totalUsageBasedResources: { type: "integer" },
    totalNoPriceResources: { type: "integer" },
    unsupportedResourceCounts: { type: "object", additionalProperties: { type: "integer" } },
    noPriceResourceCounts: { type: "object", additionalProperties: { type: "integer" } },
});
const text = { type: "string" };

/** What infracost's commands read, by its published schema (schema/infracost.schema.json, version 0.2). */
const SCHEMA = strict({
    version: { const: "0.2" },
    metadata: strict({
        infracostCommand: text,
        vcsBranch: text,
        vcsCommitSha: text,
        vcsCommitAuthorName: text,
        vcsCommitAuthorEmail: text,
        vcsCommitTimestamp: text,
        vcsCommitMessage: text,
    }),
    currency: { const: "USD" },
    projects: {
        type: "array",
        items: strict({
            name: text,
            displayName: text,
            metadata: strict({ path: text, type: text }),
            pastBreakdown: breakdown,
            breakdown,
            diff: breakdown,
            summary,
        }),
    },
    ...money,
    pastTotalHourlyCost: amount,
    pastTotalMonthlyCost: amount,
    pastTotalMonthlyUsageCost: amount,
    diffTotalHourlyCost: amount,
    diffTotalMonthlyCost: amount,
    diffTotalMonthlyUsageCost: amount,
    timeGenerated: text,
    summary,
});

interface Document {
    readonly totalMonthlyCost: string;
    readonly projects: readonly {
        readonly name: string;
        readonly breakdown: {
            readonly totalMonthlyCost: string;
            readonly resources: readonly {
                readonly name: string;
                readonly monthlyCost: string | null;
                readonly costComponents: readonly {
                    readonly name: string;
                    readonly monthlyCost: string | null;
                    readonly price: string | null;
                    readonly priceNotFound: boolean;
                }[];
            }[];
        };
    }[];
}

const region = "us-east-1";
const result: CostEstimate = estimate(
    documentOf(
        stackPreview("prod-us", [
            { type: "aws:ec2/natGateway:NatGateway", name: "nat", inputs: { region } },
            { type: "aws:lambda/function:Function", name: "function", inputs: { region } },
            {
                type: "aws:docdb/clusterInstance:ClusterInstance",
                name: "db",
                inputs: { region, instanceClass: "db.r8g.large" },
            },
        ]),
        stackPreview("prod-eu", [
            { type: "aws:ec2/eip:Eip", name: "address", inputs: { region: "eu-central-1" } },
        ]),
    ),
    loadUsage("warm-standby"),
    { today: NOW },
);
const json = renderInfracost(result, { path: "/shop", now: NOW });
const document = JSON.parse(json) as Document;

describe("an estimate in the shape of infracost's", () => {
    it("has the fields that its schema asks for, and no others", () => {
        const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
        const valid = ajv.validate(SCHEMA, document);
        expect(ajv.errors ?? []).to.deep.equal([]);
        expect(valid).to.equal(true);
    });

    it("has a project for each stack, whose amounts are the estimate's", () => {
        expect(document.projects.map(({ name }) => name)).to.deep.equal(["prod-us", "prod-eu"]);
        expect(Number(document.totalMonthlyCost)).to.be.closeTo(result.totals.total, 1e-9);
        for (const { name, breakdown: own } of document.projects) {
            expect(Number(own.totalMonthlyCost)).to.be.closeTo(
                result.stacks[name]?.totals.total ?? NaN,
                1e-9,
            );
            for (const resource of own.resources) {
                const sum = resource.costComponents.reduce(
                    (all, each) => all + Number(each.monthlyCost ?? 0),
                    0,
                );
                expect(Number(resource.monthlyCost ?? 0)).to.be.closeTo(sum, 1e-9);
            }
        }
    });

    it("writes small prices in decimals, and what has no price as not found", () => {
        const components = document.projects.flatMap(({ breakdown: own }) =>
            own.resources.flatMap(({ costComponents }) => costComponents),
        );
        expect(components.find(({ name }) => name === "duration x86")?.price).to.equal("0.0000166667");
        expect(components.find(({ name }) => name === "db.r8g.large")).to.deep.include({
            price: null,
            monthlyCost: null,
            priceNotFound: true,
        });
        const of = (sought: string): unknown =>
            document.projects
                .flatMap(({ breakdown: own }) => own.resources)
                .find(({ name }) => name === sought)?.monthlyCost;
        expect(of("db")).to.equal(null);
        expect(of("function")).to.be.a("string");
        expect(json).not.to.match(/"\d[\d.]*e-?\d+"/);
    });
});
