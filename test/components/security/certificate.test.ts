import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    optionFor,
    ValidatedCertificate,
    type ValidatedCertificateArgs,
    validatedNames,
} from "../../../components/security/certificate";
import { childrenOf, ofType, one, previewProgram, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal } from "../../support/surroundings";
import { waitsFor } from "../../support/components/tierArguments";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const RECORD = "aws:route53/record:Record";

const good: ValidatedCertificateArgs = {
    region: TEST_REGION,
    domainNames: ["origin-eu.shop.example.com", "origin.shop.example.com"],
    hostedZoneId: "Z0123456789EXAMPLE0AB",
};

function make(changes: Partial<ValidatedCertificateArgs> = {}) {
    return previewProgram(() => {
        const certificate = new ValidatedCertificate("shop", { ...good, ...changes }, inTestAccount());
        return { certificateArn: certificate.certificateArn };
    });
}

function refused(changes: Partial<ValidatedCertificateArgs>) {
    return refusal(() => new ValidatedCertificate("shop", { ...good, ...changes }, inTestAccount()));
}

describe("ValidatedCertificate", () => {
    it("asks for all names at once, to be validated by DNS", async () => {
        const preview = await make();
        expect(one(preview, CERTIFICATE).inputs).to.deep.include({
            domainName: "origin-eu.shop.example.com",
            subjectAlternativeNames: ["origin.shop.example.com"],
            validationMethod: "DNS",
            keyAlgorithm: "RSA_2048",
        });
    });

    it("gives out the ARN of the validation, which is known when the certificate is issued", async () => {
        const preview = await make();
        const validation = one(preview, VALIDATION);
        expect(preview.outputs["certificateArn"]).to.equal(validation.outputs["certificateArn"]);
        expect(validation.inputs["certificateArn"]).to.equal(one(preview, CERTIFICATE).outputs["arn"]);
        expect(waitsFor(preview, validation)).to.include.members([
            "shop-record-origin-eu.shop.example.com",
            "shop-record-origin.shop.example.com",
        ]);
    });

    it("writes records that other stacks may have written, and leaves them behind for these", async () => {
        const records = ofType(await make(), RECORD);
        expect(records.map((record) => record.name)).to.deep.equal([
            "shop-record-origin-eu.shop.example.com",
            "shop-record-origin.shop.example.com",
        ]);
        for (const record of records) {
            expect(record.inputs).to.include({
                allowOverwrite: true,
                zoneId: "Z0123456789EXAMPLE0AB",
                ttl: 300,
            });
            expect(record.retainOnDelete).to.equal(true);
        }
    });

    it("has one record for a wildcard and the name under it", async () => {
        const preview = await make({
            domainNames: ["*.shop.example.com", "shop.example.com", "a.shop.example.com"],
        });
        expect(ofType(preview, RECORD).map((record) => record.name)).to.deep.equal([
            "shop-record-shop.example.com",
            "shop-record-a.shop.example.com",
        ]);
        expect(validatedNames(["*.a.example", "a.example"])).to.deep.equal(["a.example"]);
    });

    it("keeps the records' names when a name is put first", async () => {
        const names = async (domainNames: ValidatedCertificateArgs["domainNames"]) =>
            ofType(await make({ domainNames }), RECORD).map((record) => record.urn);
        expect(await names(["new.shop.example.com", ...good.domainNames])).to.include.members(
            await names(good.domainNames),
        );
    });

    it("can be in CloudFront's region, whatever the provider's is", async () => {
        const preview = await make({ region: "us-east-1" });
        for (const type of [CERTIFICATE, VALIDATION]) {
            expect(one(preview, type).inputs["region"]).to.equal("us-east-1");
        }
    });

    it("passes region and provider on, and is the parent of all", async () => {
        const preview = await make();
        const component = one(preview, "meridian:index:ValidatedCertificate");
        expect(childrenOf(preview, component)).to.have.length(4);
        expectRegion(
            { ...preview, resources: preview.resources.filter(({ type }) => type !== RECORD) },
            TEST_REGION,
        );
        expect(Object.keys(component.outputs)).to.deep.equal(["certificateArn"]);
    });

    it("takes zones and names of other resources' making", async () => {
        const preview = await make({ hostedZoneId: pulumi.output(Promise.resolve("Z0OTHER")) });
        expect(ofType(preview, RECORD).map((record) => record.inputs["zoneId"])).to.deep.equal([
            "Z0OTHER",
            "Z0OTHER",
        ]);
    });

    describe("finds a name's validation", () => {
        const option = (domainName: string) => ({
            domainName,
            resourceRecordName: `_x.${domainName}`,
            resourceRecordType: "CNAME",
            resourceRecordValue: "_y.acm-validations.aws.",
        });

        it("in whatever order ACM lists them", () => {
            const options = [option("b.example.com"), option("a.example.com")];
            expect(optionFor("a.example.com", options)).to.equal(options[1]);
            expect(optionFor("a.example.com", options.toReversed())).to.equal(options[1]);
        });

        it("under a wildcard", () => {
            const options = [option("*.a.example.com")];
            expect(optionFor("a.example.com", options)).to.equal(options[0]);
        });

        it("or says what there is", () => {
            expect(() =>
                optionFor("c.example.com", [option("a.example.com"), option("b.example.com")]),
            ).to.throw(
                "ACM gave no validation record for c.example.com, only for a.example.com, b.example.com",
            );
        });
    });

    describe("refuses, before anything is made,", () => {
        it("no names, twice the same, and more than ten", async () => {
            expect(await refused({ domainNames: [] })).to.equal(
                'meridian:index:ValidatedCertificate "shop" has 1 problem in its arguments:\n' +
                    "  - domainNames is []; allowed: 1 to 10 different names",
            );
            expect(await refused({ domainNames: ["a.example.com", "a.example.com"] })).to.contain(
                "1 to 10 different",
            );
            const names = (count: number) =>
                Array.from({ length: count }, (_, index) => `a${index}.example.com`);
            expect((await make({ domainNames: names(10) })).error).to.equal(undefined);
            expect(await refused({ domainNames: names(11) })).to.contain("1 to 10 different names");
        });

        it("what is not a domain name, each with its place", async () => {
            expect(
                await refused({ region: "eu", domainNames: ["a.example.com", "A.example.com", "*.*.com"] }),
            ).to.equal(
                'meridian:index:ValidatedCertificate "shop" has 3 problems in its arguments:\n' +
                    '  - region is "eu"; allowed: an AWS region code, such as eu-central-1\n' +
                    '  - domainNames[1] is "A.example.com"; allowed: a domain name in lower case with two labels at least, which may begin with *.\n' +
                    '  - domainNames[2] is "*.*.com"; allowed: a domain name in lower case with two labels at least, which may begin with *.',
            );
        });

        it("a first name above 64 characters", async () => {
            const name = (length: number) => `${"a".repeat(length - 20)}.${"b".repeat(7)}.example.com`;
            expect(name(64)).to.have.length(64);
            expect((await make({ domainNames: [name(64)] })).error).to.equal(undefined);
            expect(await refused({ domainNames: [name(65)] })).to.contain(
                "at most 64 characters, because it is the certificate's subject. Put a shorter name first",
            );
            expect((await make({ domainNames: ["a.example.com", name(65)] })).error).to.equal(undefined);
        });
    });
});
