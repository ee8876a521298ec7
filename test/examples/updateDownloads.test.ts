import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { contentsOf } from "../../examples/update-downloads/contents";
import { PRICES } from "../../examples/update-downloads/load/figures";
import { lifetimesOf } from "../../examples/update-downloads/load/lifetimes";
import { measure } from "../../examples/update-downloads/load/measure";
import { fetchesOf, loadOf, matches, partsOf, priceOf } from "../../examples/update-downloads/load/model";
import { RELEASE } from "../../examples/update-downloads/load/scenario";
import { LOAD_HEADS, loadTable } from "../../examples/update-downloads/load/table";
import { MANAGED_POLICIES } from "../../components/edge/distribution/policies";
import { at, json, type RegisteredResource } from "../support/preview";
import { tableIn } from "../support/systems/readmeTable";
import { ExampleSystem, isType, type Part } from "../support/systems/system";

const system = new ExampleSystem("update-downloads");

const ONE_REGION = "prod";
const PRIMARY = "prod-us";
const SECONDARY = "prod-eu";
const STACKS = [ONE_REGION, PRIMARY, SECONDARY];
const WITH_DISTRIBUTION = [ONE_REGION, PRIMARY];

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

/** As the system is described. */
const PARTS: readonly Part[] = [
    { part: "CloudFront", is: isType(DISTRIBUTION) },
    { part: "a lifetime for each kind", is: isType("aws:cloudfront/cachePolicy:CachePolicy"), atLeast: 3 },
    {
        part: "a shield before the balancer",
        is: isType(DISTRIBUTION, (inputs) => at(inputs, "origins[0].originShield.enabled") === true),
    },
    {
        part: "an alarm on cache hits",
        is: isType("aws:cloudwatch/metricAlarm:MetricAlarm", (_, name) => name.endsWith("-cache-hits")),
    },
    {
        part: "an alarm on what the balancer gets",
        is: isType(
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            (_, name) => name === "updates-balancer-requests",
        ),
    },
    { part: "a web ACL", is: isType("aws:wafv2/webAcl:WebAcl") },
    { part: "a certificate", is: isType("aws:acm/certificate:Certificate") },
    { part: "access logs", is: isType("aws:cloudwatch/logDelivery:LogDelivery") },
];

const BUCKET: readonly Part[] = [
    { part: "a bucket", is: isType("aws:s3/bucket:Bucket", (_, name) => name.includes("-objects-")) },
    { part: "a key-value store", is: isType("aws:cloudfront/keyValueStore:KeyValueStore") },
    { part: "a function", is: isType("aws:cloudfront/function:Function") },
    {
        part: "a weight that Pulumi leaves alone",
        is: ({ type, name, ignoreChanges }) =>
            type === "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey" &&
            name.endsWith("-origin-weight") &&
            ignoreChanges.includes("value"),
    },
    { part: "a policy for each duty", is: isType("aws:iam/policy:Policy"), atLeast: 2 },
];

interface Behaviour {
    pathPattern?: string;
    targetOriginId: string;
    cachePolicyId: string;
}

async function the(stack: string, type: string): Promise<RegisteredResource> {
    const [found, ...more] = (await system.resources(stack)).filter((resource) => resource.type === type);
    expect(more, type).to.deep.equal([]);
    expect(found, type).not.to.equal(undefined);
    return found as RegisteredResource;
}

/** Which path is kept for how long, by what, and where it is fetched from, as the distribution has it. */
async function pathsOf(stack: string): Promise<string[]> {
    const resources = await system.resources(stack);
    const { inputs } = await the(stack, DISTRIBUTION);
    const groups = (inputs["originGroups"] ?? []) as { originId: string; members: { originId: string }[] }[];
    const policies = new Map(
        resources
            .filter(({ type }) => type === "aws:cloudfront/cachePolicy:CachePolicy")
            .map(({ id, inputs: policy }) => [id, policy]),
    );
    const all = [
        ...(inputs["orderedCacheBehaviors"] as Behaviour[]),
        inputs["defaultCacheBehavior"] as Behaviour,
    ];
    return all.map(({ pathPattern = "*", targetOriginId, cachePolicyId }) => {
        const policy = policies.get(cachePolicyId);
        const parameters = policy?.["parametersInCacheKeyAndForwardedToOrigin"];
        const names = [
            ...((at(parameters, "headersConfig.headers.items") ?? []) as string[]),
            ...((at(parameters, "queryStringsConfig.queryStrings.items") ?? []) as string[]),
        ];
        const origins = groups
            .find(({ originId }) => originId === targetOriginId)
            ?.members.map(({ originId }) => originId) ?? [targetOriginId];
        if (policy === undefined) {
            expect(cachePolicyId).to.equal(MANAGED_POLICIES.cachingDisabled);
        }
        return [
            pathPattern,
            policy === undefined ? "nothing" : `${String(policy["maxTtl"])} s`,
            policy === undefined ? "" : ["path", ...names].join(", "),
            origins.join(", then "),
        ].join(" | ");
    });
}

describe("updates for a million devices", () => {
    it("are previewed without a warning for one region and for two", async () => {
        expect(await system.messages()).to.deep.equal([]);
        for (const stack of STACKS) {
            expect(await system.resources(stack), stack).not.to.have.length(0);
        }
    });

    it("have every part that their description names", async () => {
        for (const stack of WITH_DISTRIBUTION) {
            expect(await system.missing(stack, PARTS), stack).to.deep.equal([]);
        }
        expect(await system.missing(ONE_REGION, BUCKET)).to.deep.equal([]);
        expect(await system.missing(PRIMARY, BUCKET)).to.have.length(BUCKET.length);
    });

    it("leave the balancers as they are: no stack has one, or anything of one", async () => {
        for (const stack of STACKS) {
            const ofBalancers = (await system.resources(stack)).filter(({ type }) =>
                /^aws:(?:(?:lb|alb|elb|vpc|autoscaling)\/|ec2\/securityGroup)/.test(type),
            );
            expect(
                ofBalancers.map(({ name }) => name),
                stack,
            ).to.deep.equal([]);
        }
    });

    it("keep what the README says, and fetch it from where it says", async () => {
        expect(await pathsOf(ONE_REGION)).to.deep.equal(
            tableIn(system.readme, "paths").map((cells) => cells.join(" | ")),
        );
        expect(await pathsOf(PRIMARY)).to.deep.equal(
            tableIn(system.readme, "paths in two regions").map((cells) => cells.join(" | ")),
        );
    });

    it("give every role what the README says, and nothing else", async () => {
        expect(await system.ways(ONE_REGION), "a system without a network").to.deep.equal([]);
        expect(await system.access(ONE_REGION)).to.have.members(system.table("access"));
        const duties = (await system.resources(ONE_REGION))
            .filter(({ type }) => type === "aws:iam/policy:Policy")
            .map(({ name, inputs }) => {
                const { Statement } = json(inputs["policy"]) as {
                    Statement: { Action: string[]; Resource: string[] }[];
                };
                return [name, ...Statement.flatMap(({ Action }) => Action)];
            });
        expect(duties).to.have.deep.members(
            tableIn(system.readme, "duties").map(([name = "", actions = ""]) => [
                name,
                ...actions.split(", "),
            ]),
        );
    });

    it("fail over to the second region's balancer, which shows the same names", async () => {
        const { inputs } = await the(PRIMARY, DISTRIBUTION);
        expect(
            (inputs["origins"] as { domainName: string }[]).map(({ domainName }) => domainName),
        ).to.deep.equal([
            "updates-0123456789abcdef.us-east-1.elb.amazonaws.com",
            "updates-fedcba9876543210.eu-central-1.elb.amazonaws.com",
        ]);
        for (const stack of [PRIMARY, SECONDARY]) {
            const watched = (await system.resources(stack)).filter(({ name }) =>
                name.startsWith("updates-balancer-"),
            );
            expect(watched.map(({ inputs: alarm }) => alarm["region"])).to.deep.equal(
                Array(2).fill(stack === PRIMARY ? "us-east-1" : "eu-central-1"),
            );
        }
        expect(
            (await system.resources(SECONDARY)).filter(({ type }) => type.startsWith("aws:cloudfront/")),
        ).to.deep.equal([]);
    });

    describe("have a model of their load", () => {
        const contents = contentsOf(lifetimesOf(ONE_REGION));

        it("whose table the README has", () => {
            const [heads] = readFileSync(system.readme, "utf8")
                .split("<!-- computed: load -->")[1]
                ?.trim()
                .split("\n") ?? [""];
            expect(
                heads
                    ?.slice(1, -1)
                    .split("|")
                    .map((cell) => cell.trim()),
            ).to.deep.equal(LOAD_HEADS);
            expect(tableIn(system.readme, "load")).to.deep.equal(loadTable(lifetimesOf(ONE_REGION)));
        });

        it("which reads the lifetimes that the distribution has", async () => {
            const policies = (await system.resources(ONE_REGION)).filter(
                ({ type }) => type === "aws:cloudfront/cachePolicy:CachePolicy",
            );
            expect(policies.map(({ inputs }) => inputs["maxTtl"])).to.deep.equal(
                contents.map(({ lifetimeSeconds }) => lifetimeSeconds),
            );
        });

        it("which fetches an object once in each lifetime, and what is not kept each time", () => {
            const kept = (lifetimeSeconds: number) => [
                { name: "all", pathPatterns: ["/u/*"], lifetimeSeconds },
            ];
            for (const [lifetime, fetches] of [
                [3599, 2],
                [3600, 1],
                [3601, 1],
                [1, 3600],
            ] as const) {
                expect(fetchesOf("/u/a", kept(lifetime), 3600), String(lifetime)).to.equal(fetches);
            }
            expect(fetchesOf("/other", kept(60), 3600)).to.equal(Infinity);
            const ask = { times: 1, bytes: 10, rangeBytes: 10 };
            const few = {
                ...RELEASE,
                devices: 7,
                asks: [
                    { ...ask, path: "/other" },
                    { ...ask, path: "/u/a" },
                ],
            };
            expect(loadOf(few, { contents: kept(60) }).requests).to.equal(14);
            expect(loadOf(few).requests).to.equal(14);
            expect(loadOf(few, { contents: kept(1800) }).requests).to.equal(9);
        });

        it("which takes the first pattern that fits, as CloudFront does", () => {
            for (const [pattern, path, fits] of [
                ["/updates/*.json", "/updates/a/b.json", true],
                ["/updates/*.json", "/updates/b.jsonl", false],
                ["/updates/?.bin", "/updates/4.bin", true],
                ["/updates/?.bin", "/updates/42.bin", false],
                ["/Updates/*", "/updates/a", false],
                ["/a.b", "/a+b", false],
            ] as const) {
                expect(matches(pattern, path), `${pattern} ${path}`).to.equal(fits);
            }
            const seconds = (path: string): number => 3600 / fetchesOf(path, contents, 3600);
            expect(seconds("/updates/latest/manifest.json")).to.equal(60);
            expect(seconds("/downloads/latest/app.zip")).to.equal(300);
            expect(fetchesOf("/downloads/2.1/app.zip", contents, 3600)).to.equal(1);
        });

        it("which counts ranges, tiers of prices, and the bucket's share", () => {
            expect(partsOf({ bytes: 24, rangeBytes: 8 })).to.deep.equal([8, 8, 8]);
            expect(partsOf({ bytes: 25, rangeBytes: 8 })).to.deep.equal([8, 8, 8, 1]);
            expect(partsOf({ bytes: 2, rangeBytes: 8 })).to.deep.equal([2]);
            expect(priceOf(PRICES.dataOut, 100)).to.equal(0);
            expect(priceOf(PRICES.dataOut, 101)).to.be.closeTo(0.09, 1e-9);
            expect(priceOf(PRICES.dataOut, 10_241)).to.be.closeTo(10_140 * 0.09 + 0.085, 1e-6);
            const quarter = loadOf(RELEASE, { contents, weight: 25 });
            const none = loadOf(RELEASE, { contents, weight: 0 });
            expect(quarter.requests).to.equal(none.requests * 0.75);
            expect(quarter.bucketRequests).to.equal(none.requests * 0.25);
        });

        it("whose prices have a source and a day each", () => {
            for (const [name, { source, date, tiers }] of Object.entries(PRICES)) {
                expect(source, name).to.match(/pricing/);
                expect(date, name).to.match(/^20\d\d-\d\d/);
                expect(tiers.length, name).to.be.above(0);
            }
        });

        it("whose processor time can be measured again", async () => {
            const { millisecondsPerRequest, millisecondsPerMegabyte } = await measure(0.1);
            expect(millisecondsPerRequest).to.be.within(0.001, 10);
            expect(millisecondsPerMegabyte).to.be.within(0.01, 50);
        });
    });

    it("name in the README every file of the model", () => {
        const text = readFileSync(system.readme, "utf8");
        for (const file of readdirSync(join(system.folder, "load"))) {
            if (["index.ts", "measure.ts", "figures.ts", "scenario.ts"].includes(file)) {
                expect(text, file).to.include(`load/${file}`);
            }
        }
    });

    it("is watched from outside, and tried out, as its README says", async () => {
        expect(await system.recovery()).to.deep.equal(system.table("recovery"));
    });
});

describe("what updates for a million devices costs", () => {
    it("is known of every type of resource, or why it is not", async () => {
        expect(await system.typesOfUnknownCost()).to.deep.equal([]);
    });
});
