import { expect } from "chai";
import { problemsOf } from "../../support/regions/stackConfigs";
import { describeKeys, line } from "../../support/regions/keyRules";

const ecr = (region: string): string => `111122223333.dkr.ecr.${region}.amazonaws.com/shop:1.0.0`;
const image =
    "a container image with a version, such as ghcr.io/example/shop:1.4.2 or one with @sha256: and 64 digits, and " +
    "not :latest, which may differ from instance to instance";

describe("the rules of the tiers", () => {
    describeKeys([
        {
            key: "webMinSize",
            good: [2, 11],
            bad: [
                [1, "2 to 500"],
                [-2, "2 to 500"],
            ],
        },
        {
            key: "webMaxSize",
            good: [5, 500],
            bad: [
                [4, "more than 4 (meridian:webMinSize), or there is nothing to scale, and at most 500"],
                [501, "more than 4 (meridian:webMinSize), or there is nothing to scale, and at most 500"],
            ],
            with: { webMinSize: 4 },
        },
        {
            key: "apiMaxSize",
            good: [3],
            bad: [[2, "more than 2 (meridian:apiMinSize), or there is nothing to scale, and at most 500"]],
            with: { apiOnDemandBaseCapacity: 1 },
        },
        {
            key: "webOnDemandBaseCapacity",
            good: [0, 12],
            bad: [
                [13, "0 to 12 (meridian:webMaxSize)"],
                [-1, "0 to 12 (meridian:webMaxSize)"],
            ],
        },
        {
            key: "webContainerPort",
            good: [1024, 65535],
            bad: [1023, 65536, 8443, 2000, 4317, 4318].map((port): [number, string] => [
                port,
                "a port from 1024 to 65535 but 8443, 2000, 4317, 4318, which the instance uses itself",
            ]),
        },
        {
            key: "webTargetCpuPercent",
            good: [10, 90],
            bad: [
                [9, "10 to 90"],
                [91, "10 to 90"],
            ],
        },
        {
            key: "webTargetRequestsPerInstance",
            good: [1, 1_000_000],
            bad: [
                [0, "1 to 1000000"],
                [1_000_001, "1 to 1000000"],
            ],
        },
        {
            key: "webImage",
            good: [
                "nginx:1.27",
                "registry.example.com:5000/shop/web:v1",
                `ghcr.io/example/shop@sha256:${"0f".repeat(32)}`,
                ecr("us-east-1"),
            ],
            bad: [
                ["nginx", image],
                ["nginx:latest", image],
                ["registry.example.com:5000/shop", image],
                ["Nginx:1", image],
                [`shop@sha256:${"0f".repeat(31)}`, image],
                ["", image],
            ],
        },
        { key: "apiImage", good: ["shop:2"], bad: [["shop:latest", image]] },
    ]);

    describe("instance types", () => {
        const key = "webInstanceTypes";
        const arm = ["t4g.small", "m7g.medium", "c7g.medium"];

        it("have a size that EC2 has of their family", () => {
            expect(
                problemsOf({ [key]: [...arm, "c7g.3xlarge", "t4g.9xlarge", "c7g.5xlarge"] }),
            ).to.deep.equal([
                `meridian:${key} in Pulumi.prod-us.yaml has c7g.3xlarge, c7g.5xlarge; allowed: the sizes of c7g that EC2 ` +
                    "has, which are medium, large, xlarge, 2xlarge, 4xlarge, 8xlarge, 12xlarge, 16xlarge, metal",
                `meridian:${key} in Pulumi.prod-us.yaml has t4g.9xlarge; allowed: the sizes of t4g that EC2 has, which ` +
                    "are nano, micro, small, medium, large, xlarge, 2xlarge",
            ]);
        });

        it("may be of a family that is newer than the SDK, and of a metal size", () => {
            expect(problemsOf({ [key]: [...arm, "c99g.3xlarge", "m8g.metal-12xl"] })).to.deep.equal([]);
        });

        it("are three where Spot is used, and one may do where it is not", () => {
            expect(problemsOf({ [key]: arm })).to.deep.equal([]);
            expect(problemsOf({ [key]: ["t4g.small"], webOnDemandBaseCapacity: 12 })).to.deep.equal([]);
        });

        it("are not two where Spot is used", () => {
            const two = arm.slice(0, 2);
            const allowed = "3 to 40 instance types, since what is above the on-demand base is Spot";
            expect(problemsOf({ [key]: two })).to.deep.equal([line(key, two, allowed)]);
        });

        it("are not none, and not 41", () => {
            expect(problemsOf({ [key]: [], webOnDemandBaseCapacity: 12 })).to.deep.equal([
                line(key, [], "1 to 40 instance types"),
            ]);
            const many = ["c6g", "c7g", "c8g", "m6g", "m7g", "m8g", "r6g", "r7g", "r8g"]
                .flatMap((family) =>
                    ["medium", "large", "xlarge", "2xlarge", "4xlarge"].map((size) => `${family}.${size}`),
                )
                .slice(0, 41);
            const allowed = "3 to 40 instance types, since what is above the on-demand base is Spot";
            expect(problemsOf({ [key]: many })).to.deep.equal([line(key, many, allowed)]);
            expect(problemsOf({ [key]: many.slice(1) })).to.deep.equal([]);
        });

        it("share an architecture", () => {
            const mixed = [...arm, "t3.small"];
            expect(problemsOf({ [key]: mixed })).to.deep.equal([
                line(key, mixed, "types of one architecture, because they start from one image") +
                    ". Of these, t4g.small is arm64, m7g.medium is arm64, c7g.medium is arm64, t3.small is x86_64",
            ]);
            expect(problemsOf({ [key]: ["t3.small", "m5.large", "c5.large"] })).to.deep.equal([]);
        });

        it("exist, and are named once", () => {
            expect(problemsOf({ [key]: [...arm, "t4g.smal"] })).to.deep.equal([
                line(`${key}[3]`, "t4g.smal", "an EC2 instance type, such as t4g.small"),
            ]);
            expect(problemsOf({ [key]: [...arm, "t4g.small"] })).to.deep.equal([
                line(`${key}[3]`, "t4g.small", "each value once"),
            ]);
        });

        it("are checked for the API tier as well", () => {
            expect(problemsOf({ apiInstanceTypes: [...arm, "big"] })).to.deep.equal([
                line("apiInstanceTypes[3]", "big", "an EC2 instance type, such as t4g.small"),
            ]);
        });
    });
});
