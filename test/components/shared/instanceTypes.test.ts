import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { architectureOf, commonArchitecture } from "../../../components/shared/instanceTypes";

describe("instance types", () => {
    const cases: Record<string, string | undefined> = {
        "t4g.small": "arm64",
        "a1.xlarge": "arm64",
        "m7gd.metal": "arm64",
        "c7gn.16xlarge": "arm64",
        "im4gn.large": "arm64",
        "is4gen.medium": "arm64",
        "x2gd.metal": "arm64",
        "g5g.xlarge": "arm64",
        "hpc7g.4xlarge": "arm64",
        "r8gb.metal-24xl": "arm64",
        "p6e-gb200.36xlarge": "arm64",
        "t3.nano": "x86_64",
        "m5.large": "x86_64",
        "g5.xlarge": "x86_64",
        "g4dn.metal": "x86_64",
        "gr6.4xlarge": "x86_64",
        "c7i-flex.large": "x86_64",
        "p6-b200.48xlarge": "x86_64",
        "u-6tb1.112xlarge": "x86_64",
        "u7in-16tb.224xlarge": "x86_64",
        "mac1.metal": undefined,
        "mac2-m2pro.metal": undefined,
        "t4g.smal": undefined,
        "t4g.0xlarge": undefined,
        t4g: undefined,
        "t4g.small.large": undefined,
        small: undefined,
        "T4G.small": undefined,
        "": undefined,
    };
    for (const [type, architecture] of Object.entries(cases)) {
        it(`takes "${type}" for ${architecture ?? "no type"}`, () => {
            expect(architectureOf(type)).to.equal(architecture);
        });
    }

    it("knows every type of @pulumi/aws but the Macs", () => {
        const unknown = Object.values(aws.ec2.InstanceType).filter(
            (type) => architectureOf(type) === undefined,
        );
        expect(unknown.filter((type) => !type.startsWith("mac"))).to.deep.equal([]);
        expect(unknown).to.not.be.empty;
    });

    it("finds the architecture that a list shares", () => {
        expect(commonArchitecture(["t4g.small", "m7g.large"])).to.equal("arm64");
        expect(commonArchitecture(["t3.small", "m5.large"])).to.equal("x86_64");
    });

    it("finds none for types that differ, for a stranger among them, and for no types", () => {
        expect(commonArchitecture(["t4g.small", "t3.small"])).to.equal(undefined);
        expect(commonArchitecture(["t4g.small", "nonsense"])).to.equal(undefined);
        expect(commonArchitecture(["nonsense", "t4g.small"])).to.equal(undefined);
        expect(commonArchitecture([])).to.equal(undefined);
    });
});
