import { expect } from "chai";
import { createUrn, nameOf, packageOf, parseUrn, typeOf } from "../../../tools/preview/urn";
import {
    ASSET,
    asPreviewed,
    containsSecret,
    containsUnknown,
    dependenciesOf,
    forTransform,
    MASK,
    masked,
    OUTPUT,
    plain,
    resourceReference,
    secret,
    SECRET,
    SIGNATURE,
    UNKNOWN,
    unknownValue,
} from "../../../tools/preview/values";

const URN = "urn:pulumi:dev::shop::a:b:C::thing";
const SECRET_OUTPUT = { [SIGNATURE]: OUTPUT, value: "hush", secret: true, dependencies: [URN] };

describe("property values", () => {
    const values = {
        plain: { list: [1, "x", null] },
        secret: { inner: [secret("hush")] },
        output: SECRET_OUTPUT,
        unknown: unknownValue("vpc-1", [URN]),
        lost: { [SIGNATURE]: OUTPUT },
        nothing: { [SIGNATURE]: OUTPUT, value: null },
        custom: resourceReference(URN, "id-1"),
        component: resourceReference(URN),
        asset: { [SIGNATURE]: ASSET, text: "x" },
    };
    const common = {
        plain: { list: [1, "x", null] },
        lost: UNKNOWN,
        custom: "id-1",
        component: URN,
        asset: { [SIGNATURE]: ASSET, text: "x" },
    };

    it("are plain for those who compute with them", () => {
        expect(plain(values)).to.deep.equal({
            ...common,
            secret: { inner: ["hush"] },
            output: "hush",
            unknown: "vpc-1",
        });
    });

    it("are masked for those who print them", () => {
        expect(masked(values)).to.deep.equal({
            ...common,
            secret: { inner: [MASK] },
            output: MASK,
            unknown: "vpc-1",
        });
    });

    it("are as a real preview has them for policies", () => {
        const wrapped = { [SIGNATURE]: SECRET, value: "hush" };
        expect(asPreviewed(values)).to.deep.equal({
            ...common,
            secret: { inner: [wrapped] },
            output: wrapped,
            unknown: UNKNOWN,
        });
    });

    it("are outputs for transforms only where they are secret or unknown", () => {
        expect(forTransform(values)).to.deep.include({
            output: SECRET_OUTPUT,
            unknown: values.unknown,
            lost: values.lost,
            custom: "id-1",
        });
    });

    it("are not copied where there is nothing to change", () => {
        const simple = { a: { b: [1, 2] } };
        expect(plain(simple)).to.equal(simple);
        expect(masked(simple)).to.equal(simple);
    });

    it("tell what they hold and what they come from", () => {
        expect(containsSecret(values.secret)).to.equal(true);
        expect(containsSecret(values.plain)).to.equal(false);
        expect(containsUnknown({ a: [UNKNOWN] })).to.equal(true);
        expect(containsUnknown(values.plain)).to.equal(false);
        expect(dependenciesOf([values.unknown, { x: SECRET_OUTPUT }, "y"])).to.deep.equal([URN, URN]);
    });
});

describe("URNs", () => {
    it("hold the types of all parents but the stack", () => {
        const stack = createUrn("dev", "shop", undefined, "pulumi:pulumi:Stack", "shop-dev");
        expect(stack).to.equal("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
        const parent = createUrn("dev", "shop", stack, "a:b:C", "one");
        expect(parent).to.equal("urn:pulumi:dev::shop::a:b:C::one");
        expect(createUrn("dev", "shop", parent, "d:e:F", "two")).to.equal(
            "urn:pulumi:dev::shop::a:b:C$d:e:F::two",
        );
    });

    it("are taken apart, whatever a name holds", () => {
        const urn = "urn:pulumi:dev::shop::a:b:C$d:e/f:F::x::y";
        expect(parseUrn(urn)).to.deep.equal({
            stack: "dev",
            project: "shop",
            qualifiedType: "a:b:C$d:e/f:F",
            type: "d:e/f:F",
            name: "x::y",
        });
        expect([nameOf(urn), typeOf(urn)]).to.deep.equal(["x::y", "d:e/f:F"]);
        expect(packageOf("aws:ec2/vpc:Vpc")).to.equal("aws");
        expect(packageOf("pulumi:providers:aws")).to.equal("aws");
    });
});
