import { expect } from "chai";

import { WebTier, type WebTierArgs } from "../../../../components/compute/webTier/webTier";
import { previewProgram, TEST_ACCOUNT } from "../../../support/preview";
import { inTestAccount, refusal } from "../../../support/surroundings";
import { goodWeb } from "../../../support/components/tierArguments";

const web = (changes: Partial<WebTierArgs> = {}) =>
    previewProgram(() => {
        new WebTier("shop-web", { ...goodWeb, ...changes }, inTestAccount());
    });
const refused = (changes: Partial<WebTierArgs>) =>
    refusal(() => new WebTier("shop-web", { ...goodWeb, ...changes }, inTestAccount()));

const problems = (...lines: string[]) =>
    `meridian:index:WebTier "shop-web" has ${lines.length === 1 ? "1 problem" : `${lines.length} problems`} in its arguments:\n` +
    lines.map((line) => `  - ${line}`).join("\n");

describe("a tier is refused, before anything is made,", () => {
    it("with capacities out of order, each with its bound", async () => {
        expect(
            await refused({
                capacity: { minSize: 4, maxSize: 4, onDemandBaseCapacity: 5, targetCpuPercent: 101 },
            }),
        ).to.equal(
            problems(
                "capacity.maxSize is 4; allowed: a whole number above minSize (4). Scaling, and replacing an instance before the old one goes, need the room",
                "capacity.onDemandBaseCapacity is 5; allowed: a whole number from 0 to maxSize (4)",
                "capacity.targetCpuPercent is 101; allowed: a number from 1 to 100",
            ),
        );
        expect(await refused({ capacity: { minSize: 0, onDemandPercentageAboveBase: 12.5 } })).to.equal(
            problems(
                "capacity.minSize is 0; allowed: a whole number from 1 to 10000",
                "capacity.onDemandPercentageAboveBase is 12.5; allowed: a number from 0 to 100 in steps of 1",
            ),
        );
    });

    it("but not with the bounds themselves", async () => {
        for (const capacity of [
            {
                minSize: 1,
                maxSize: 2,
                onDemandBaseCapacity: 0,
                onDemandPercentageAboveBase: 100,
                targetCpuPercent: 1,
            },
            {
                minSize: 4,
                maxSize: 5,
                onDemandBaseCapacity: 5,
                targetCpuPercent: 100,
                instanceTypes: ["t4g.small"],
            },
            { minSize: undefined, maxSize: undefined },
        ]) {
            expect((await web({ capacity })).error).to.equal(undefined);
        }
    });

    it("with types of two architectures", async () => {
        expect(
            await refused({ capacity: { instanceTypes: ["t4g.small", "t3.small", "m7g.medium"] } }),
        ).to.equal(
            problems(
                'capacity.instanceTypes is ["t4g.small","t3.small","m7g.medium"]; allowed: types of one architecture, arm64 or x86_64. One launch template has one image: t4g.small is arm64, t3.small is x86_64, m7g.medium is arm64',
            ),
        );
    });

    it("with what is no type, naming its place", async () => {
        expect(await refused({ capacity: { instanceTypes: ["t4g.small", "t4g", "m7g.medium"] } })).to.equal(
            problems('capacity.instanceTypes[1] is "t4g"; allowed: an EC2 instance type, such as t4g.small'),
        );
    });

    it("with too few types for Spot, or twice the same", async () => {
        expect(await refused({ capacity: { instanceTypes: ["t4g.small", "t4g.medium"] } })).to.equal(
            problems(
                'capacity.instanceTypes is ["t4g.small","t4g.medium"]; allowed: 3 to 40 different types. Where one type runs out of Spot capacity another one has some',
            ),
        );
        expect(
            await refused({ capacity: { instanceTypes: ["t4g.small", "t4g.small", "t4g.medium"] } }),
        ).to.contain("3 to 40 different types");
        expect(await refused({ capacity: { instanceTypes: [] } })).to.equal(
            problems(
                "capacity.instanceTypes is []; allowed: 3 to 40 different types. Where one type runs out of Spot capacity another one has some",
            ),
        );
    });

    it("with an image that does not say which build it is, or is none", async () => {
        expect(await refused({ image: "ghcr.io/example/shop:latest" })).to.equal(
            problems(
                'image is "ghcr.io/example/shop:latest"; allowed: an image\'s name with a tag other than latest, or with a sha256 digest. Name the build, or instances that start later run another one',
            ),
        );
        expect(await refused({ image: "Shop Web" })).to.equal(
            problems(
                'image is "Shop Web"; allowed: an image\'s name with a tag other than latest, or with a sha256 digest. Write it as [registry/]repository:tag or [registry/]repository@sha256:…, the repository in lower case',
            ),
        );
    });

    for (const [containerPort, why] of [
        [1023, "needs a capability"],
        [8443, "is nginx's"],
        [4317, "is the collector's"],
        [65536, "is no port"],
    ] as const) {
        it(`with a container's port that ${why}`, async () => {
            expect(await refused({ containerPort })).to.equal(
                problems(
                    `containerPort is ${containerPort}; allowed: a TCP port from 1024 to 65535 other than instancePort (8443), 2000, 4317, 4318`,
                ),
            );
        });
    }

    it("but not with the first and the last port", async () => {
        expect((await web({ containerPort: 1024, instancePort: 443 })).error).to.equal(undefined);
        expect((await web({ containerPort: 65535, instancePort: 1 })).error).to.equal(undefined);
    });

    for (const healthCheckPath of ["healthz", "/a b", "/a?b", "/a*", "/a;b", "/$a", `/${"a".repeat(128)}`]) {
        it(`with ${healthCheckPath.slice(0, 20)} for a health check's path`, async () => {
            expect(await refused({ healthCheckPath })).to.contain(
                "allowed: a path of at most 128 letters, digits and / . _ ~ - that begins with a slash",
            );
        });
    }

    it("with variables that no shell knows, and values that no program can be given", async () => {
        expect(await refused({ environment: { "1ST": "a", "A-B": "b", C: "c\0" } })).to.equal(
            problems(
                'environment["1ST"] is "1ST"; allowed: a name of letters, digits and underscores that does not begin with a digit',
                'environment["A-B"] is "A-B"; allowed: a name of letters, digits and underscores that does not begin with a digit',
                'environment["C"] is "a value with a NUL character"; allowed: any text without one',
            ),
        );
    });

    it("with more environment than user data can hold", async () => {
        expect(await refused({ environment: { A: "x".repeat(16_000) } })).to.match(
            /environment is "\d{5} bytes with the boot script"; allowed: at most 16384 bytes\. Keep long values in SSM parameters and pass their names$/,
        );
    });

    it("with tags that an instance's metadata cannot show", async () => {
        expect(await refused({ tags: { "cost centre": "a", "aws:b": "c", _index: "d", e: "f&g" } })).to.equal(
            problems(
                'tags["cost centre"] is "cost centre"; allowed: a key of 1 to 128 letters, digits and + - = . , _ : @',
                'tags["aws:b"] is "aws:b"; allowed: a key that does not begin with aws:',
                'tags["_index"] is "_index"; allowed: a key of 1 to 128 letters, digits and + - = . , _ : @',
                'tags["e"] is "f&g"; allowed: at most 256 letters, digits, spaces and _ . : / = + - @',
            ),
        );
    });

    it("with a retention that CloudWatch does not offer, a certificate of another region, and a wrong account", async () => {
        const certificateArn = `arn:aws:acm:us-east-1:${TEST_ACCOUNT}:certificate/1`;
        const message = await refused({
            logRetentionDays: 364,
            certificateArn,
            accountId: "1111",
            region: "eu-central-1",
        });
        expect(message).to.contain("3 problems");
        expect(message).to.contain('accountId is "1111"; allowed: 12 digits');
        expect(message).to.contain(
            `certificateArn is "${certificateArn}"; allowed: the ARN of an ACM certificate in eu-central-1, where the balancer is`,
        );
        expect(message).to.contain("logRetentionDays is 364; allowed: one of 1, 3, 5, 7");
    });

    it("in which all problems are told at once, by property for programs to read", async () => {
        const preview = await previewProgram(() => {
            new WebTier(
                "shop-web",
                { ...goodWeb, image: "a", containerPort: 1, healthCheckPath: "x", domainNames: [] },
                inTestAccount(),
            );
        });
        expect(preview.error?.problems?.map(({ propertyPath }) => propertyPath)).to.deep.equal([
            "image",
            "domainNames",
            "containerPort",
            "healthCheckPath",
        ]);
    });
});
