// Whatever another resource gives may be an argument: an output says in the end what the plain value would have said.
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { ApiTier, type ApiTierArgs } from "../../../components/compute/apiTier/apiTier";
import {
    EdgeDistribution,
    type EdgeDistributionArgs,
} from "../../../components/edge/edgeDistribution/edgeDistribution";
import { SAMPLE_IMAGE } from "../../../components/compute/sampleImage";
import { mergeTags } from "../../../components/shared/tags";
import { Vpc3Tier, type Vpc3TierArgs } from "../../../components/network/vpc3Tier/vpc3Tier";
import { WebTier, type WebTierArgs } from "../../../components/compute/webTier/webTier";
import { previewProgram, type ProgramPreview } from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";
import { shopArgs } from "../../support/components/distributionArguments";
import { bootScript, goodApi, goodWeb } from "../../support/components/tierArguments";

const goodVpc: Vpc3TierArgs = {
    region: "eu-central-1",
    accountId: "111122223333",
    cidrBlock: "10.20.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
};

const web = (args: Partial<WebTierArgs>) =>
    previewProgram(() => new WebTier("shop-web", { ...goodWeb, ...args }, inTestAccount()));
const api = (args: Partial<ApiTierArgs>) =>
    previewProgram(() => new ApiTier("shop-api", { ...goodApi, ...args }, inTestAccount()));
const edge = (args: Partial<EdgeDistributionArgs>) =>
    previewProgram(() => new EdgeDistribution("shop-edge", { ...shopArgs, ...args }, inTestAccount()));
const vpc = (args: Partial<Vpc3TierArgs>) =>
    previewProgram(() => new Vpc3Tier("shop", { ...goodVpc, ...args }, inTestAccount()));

/** An output, as another resource gives it. */
function later<T>(value: T): pulumi.Output<T> {
    return pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
}

/** What was registered, by type and sorted, so that resources that are called otherwise compare as well. */
function registered(preview: ProgramPreview): string[] {
    expect(preview.error, preview.error?.message).to.equal(undefined);
    return preview.resources
        .filter((resource) => resource.custom)
        .map((resource) => `${resource.type} ${JSON.stringify(resource.inputs)}`)
        .sort();
}

async function expectSame(plain: Promise<ProgramPreview>, asOutputs: Promise<ProgramPreview>): Promise<void> {
    expect(registered(await asOutputs)).to.deep.equal(registered(await plain));
}

describe("arguments that are outputs", () => {
    const lists = {
        balancerSubnetIds: [later("subnet-0a"), "subnet-0b"],
        balancerSecurityGroupIds: later([later("sg-0balancer")]),
        instanceSubnetIds: [later("subnet-1a"), later("subnet-1b")],
    };

    it("make the same WebTier", async () => {
        await expectSame(
            web({}),
            web({
                ...lists,
                alarmTopicArns: (goodWeb.alarmTopicArns as string[]).map(later),
                domainNames: (goodWeb.domainNames as string[]).map(later),
                image: later("ghcr.io/example/shop:1.4.2"),
                tags: later({ project: "meridian", "cost-centre": "shop" }),
            }),
        );
    });

    it("make the same WebTier of the sample image, whose environment comes with it", async () => {
        const environment = { COLOUR: "green" };
        const script = async (image: pulumi.Input<string>): Promise<string[]> =>
            bootScript(await web({ image, environment }))
                .split("\n")
                .filter((line) => line.includes("--env "))
                .map((line) => line.replace(/ *\\$/, "").trim())
                .sort();
        expect(await script(later(SAMPLE_IMAGE))).to.deep.equal(await script(SAMPLE_IMAGE));
    });

    it("make the same ApiTier", async () => {
        const queue = "arn:aws:sqs:eu-central-1:111122223333:orders";
        await expectSame(
            api({ queueArns: [queue], privateZoneName: "internal.shop.example.com" }),
            api({
                ...lists,
                queueArns: [later(queue)],
                privateDnsName: later("api.eu.internal.shop.example.com"),
                privateZoneName: later("internal.shop.example.com"),
                tags: { project: later("meridian"), "cost-centre": "shop" },
            }),
        );
        await expectSame(api({}), api({ privateDnsName: later("api.eu.internal.shop.example.com") }));
    });

    it("make the same EdgeDistribution", async () => {
        const tags = { team: "web" };
        await expectSame(
            edge({ tags, contentSecurityPolicy: "default-src 'self'" }),
            edge({
                domainNames: (shopArgs.domainNames as string[]).map(later),
                dynamicOrigin: { ...shopArgs.dynamicOrigin, domainName: later("origin-eu.shop.example.com") },
                contentSecurityPolicy: later("default-src 'self'"),
                tags: later(tags),
            }),
        );
    });

    it("make the same Vpc3Tier", async () => {
        await expectSame(vpc({ tags: { team: "web" } }), vpc({ tags: later({ team: "web" }) }));
    });

    it("call records after the place of a name that is not known yet, and after the name where it is", async () => {
        const preview = await edge({ domainNames: [later("eu.shop.example.com"), "de.shop.example.com"] });
        const names = preview.resources.map((resource) => resource.name);
        expect(names).to.include.members(["shop-edge-a-0", "shop-edge-a-de.shop.example.com"]);
        expect(names).to.include.members([
            "shop-edge-certificate-record-0",
            "shop-edge-certificate-record-de.shop.example.com",
        ]);
    });
});

describe("arguments that turn out to be wrong when they are known", () => {
    const cases: [string, (wrap: <T>(value: T) => pulumi.Input<T>) => Promise<ProgramPreview>][] = [
        ["image", (wrap) => web({ image: wrap("shop:latest") })],
        ["domainNames[0]", (wrap) => web({ domainNames: [wrap("Shop.example.com")] })],
        ['tags["aws:name"]', (wrap) => web({ tags: wrap({ "aws:name": "x" }) })],
        ['tags["team"]', (wrap) => web({ tags: { team: wrap("a\tb") } })],
        ["privateDnsName[0]", (wrap) => api({ privateDnsName: wrap("api") })],
        ["privateZoneName", (wrap) => api({ privateZoneName: wrap("other.example.com") })],
        ["domainNames[0]", (wrap) => edge({ domainNames: [wrap("shop")] })],
        ["dynamicOrigin.domainName", (wrap) => edge({ dynamicOrigin: { domainName: wrap("origin") } })],
        ["contentSecurityPolicy", (wrap) => edge({ contentSecurityPolicy: wrap("a\nb") })],
    ];
    for (const [path, make] of cases) {
        it(`are refused with the same words: ${path}`, async () => {
            const now = (await make((value) => value)).error?.message ?? "accepted";
            const then = (await make((value) => later(value))).error?.message ?? "accepted";
            expect(now).to.include(`  - ${path} is `);
            expect(then).to.include(now.slice(now.indexOf("meridian:index:")).trim());
        });
    }
});

describe("tags from several places", () => {
    it("are one map, in which what comes later wins", async () => {
        expect(mergeTags({ a: "1", b: "1" }, undefined, { b: "2" })).to.deep.equal({ a: "1", b: "2" });
        const merged = pulumi.output(mergeTags({ a: "1", b: "1" }, later({ b: "2" })));
        const known = await new Promise((resolve) => {
            merged.apply((tags) => {
                resolve(tags);
            });
        });
        expect(known).to.deep.equal({ a: "1", b: "2" });
    });
});
