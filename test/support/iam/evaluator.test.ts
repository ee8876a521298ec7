import { expect } from "chai";
import { decide, mayAssume } from "./evaluator";

const SUB = "cognito-identity.amazonaws.com:sub";
const OWN = "arn:aws:s3:::files/${cognito-identity.amazonaws.com:sub}/*";
const ANN = "eu-central-1:aaaa";

/** A policy of one statement. */
function policy(statement: object): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
}

function ask(documents: string[], action: string, resource: string, context: Record<string, string> = {}) {
    return decide({ role: documents }, { action, resource, context });
}

const reading = policy({ Action: "s3:Get*", Resource: OWN });

describe("the evaluator of policies", () => {
    it("allows what a statement names, in whatever letters the action is, and nothing else", () => {
        const asAnn = { [SUB]: ANN };
        expect(ask([reading], "s3:GetObject", `arn:aws:s3:::files/${ANN}/a/b`, asAnn)).to.equal("allowed");
        expect(ask([reading], "S3:getobject", `arn:aws:s3:::files/${ANN}/a`, asAnn)).to.equal("allowed");
        expect(ask([reading], "s3:PutObject", `arn:aws:s3:::files/${ANN}/a`, asAnn)).to.equal("not allowed");
        expect(ask([reading], "s3:GetObject", "arn:aws:s3:::FILES/a", asAnn)).to.equal("not allowed");
        expect(ask([reading], "s3:GetObject", "arn:aws:s3:::files/other/a", asAnn)).to.equal("not allowed");
    });

    it("lets nothing match where the request has no value for a variable, unless the variable says one", () => {
        expect(ask([reading], "s3:GetObject", "arn:aws:s3:::files//a")).to.equal("not allowed");
        expect(ask([reading], "s3:GetObject", "arn:aws:s3:::files/a/a")).to.equal("not allowed");
        const otherwise = policy({
            Action: "s3:*",
            Resource: "arn:aws:s3:::files/${aws:PrincipalTag/team, 'all'}/*",
        });
        expect(ask([otherwise], "s3:GetObject", "arn:aws:s3:::files/all/a")).to.equal("allowed");
    });

    it("reads no pattern in what a variable stands for, and one in an escaped star neither", () => {
        const all = { [SUB]: "*" };
        expect(ask([reading], "s3:GetObject", "arn:aws:s3:::files/other/a", all)).to.equal("not allowed");
        expect(ask([reading], "s3:GetObject", "arn:aws:s3:::files/*/a", all)).to.equal("allowed");
        const star = policy({ Action: "s3:*", Resource: "arn:aws:s3:::files/${*}" });
        expect(ask([star], "s3:GetObject", "arn:aws:s3:::files/a")).to.equal("not allowed");
        expect(ask([star], "s3:GetObject", "arn:aws:s3:::files/*")).to.equal("allowed");
    });

    it("denies whatever else allows", () => {
        const shut = policy({ Effect: "Deny", NotAction: "s3:ListBucket", Resource: "*" });
        const open = policy({ Action: "*", Resource: "*" });
        expect(ask([open, shut], "s3:GetObject", "arn:aws:s3:::files/a")).to.equal("denied");
        expect(ask([open, shut], "s3:ListBucket", "arn:aws:s3:::files")).to.equal("allowed");
        const elsewhere = policy({ Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::files*" });
        expect(ask([open, elsewhere], "s3:GetObject", "arn:aws:s3:::files/a")).to.equal("allowed");
        expect(ask([open, elsewhere], "s3:GetObject", "arn:aws:s3:::other/a")).to.equal("denied");
    });

    it("holds a statement to all of its conditions, and to one of the values of each", () => {
        const listing = policy({
            Action: "s3:ListBucket",
            Resource: "*",
            Condition: {
                StringLike: { "s3:prefix": ["${cognito-identity.amazonaws.com:sub}/*", "public/*"] },
            },
        });
        const of = (prefix?: string) =>
            ask([listing], "s3:ListBucket", "arn:aws:s3:::files", {
                [SUB]: ANN,
                ...(prefix === undefined ? {} : { "s3:prefix": prefix }),
            });
        expect([`${ANN}/`, "public/a", "", "other/"].map(of)).to.deep.equal([
            "allowed",
            "allowed",
            "not allowed",
            "not allowed",
        ]);
        expect(of()).to.equal("not allowed");
    });

    it("knows what becomes of a key that is not there, for every kind of operator", () => {
        const with_ = (Condition: object) =>
            ask([policy({ Action: "*", Resource: "*", Condition })], "a:B", "c");
        expect(with_({ StringEquals: { k: "v" } })).to.equal("not allowed");
        expect(with_({ StringEqualsIfExists: { k: "v" } })).to.equal("allowed");
        expect(with_({ StringNotEquals: { k: "v" } })).to.equal("allowed");
        expect(with_({ "ForAnyValue:StringLike": { k: "v" } })).to.equal("not allowed");
        expect(with_({ "ForAllValues:StringLike": { k: "v" } })).to.equal("allowed");
        expect(with_({ Null: { k: "true" } })).to.equal("allowed");
        expect(with_({ Null: { k: "false" } })).to.equal("not allowed");
        expect(with_({ NumericLessThan: { k: "1.2" } })).to.equal("not allowed");
    });

    it("compares numbers, flags and ARNs as such", () => {
        const with_ = (Condition: object, value: string) =>
            ask([policy({ Action: "*", Resource: "*", Condition })], "a:B", "c", { k: value });
        expect(with_({ NumericLessThan: { k: "1.2" } }, "1.1")).to.equal("allowed");
        expect(with_({ NumericLessThan: { k: "1.2" } }, "1.2")).to.equal("not allowed");
        expect(with_({ Bool: { k: "false" } }, "False")).to.equal("allowed");
        const arn = "arn:aws:s3:::files";
        expect(with_({ ArnLike: { k: "arn:aws:*:::files" } }, arn)).to.equal("allowed");
        expect(with_({ ArnLike: { k: "arn:*:files" } }, arn)).to.equal("not allowed");
        expect(with_({ StringLike: { k: "arn:*:files" } }, arn)).to.equal("allowed");
    });

    it("gives up on what it does not know", () => {
        expect(() =>
            ask([policy({ Action: "*", Resource: "*", Condition: { IpAddress: { k: "0/0" } } })], "a", "b"),
        ).to.throw("the operator IpAddress is not understood");
        expect(() => ask([policy({ NotPrincipal: "*", Action: "*", Resource: "*" })], "a", "b")).to.throw(
            "the element NotPrincipal is not understood",
        );
        const old = JSON.stringify({ Version: "2008-10-17", Statement: [] });
        expect(() => ask([old], "a", "b")).to.throw("the version 2008-10-17 is not understood");
        const open = policy({ Principal: "*", Action: "*", Resource: "*" });
        expect(() =>
            decide({ role: [], resource: [open] }, { action: "a", resource: "b", context: {} }),
        ).to.throw("only statements of a resource's policy that deny everybody");
    });

    it("lets in whom a trust policy names with the claims that it demands", () => {
        const trust = policy({
            Principal: { Federated: "cognito-identity.amazonaws.com" },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "pool" } },
        });
        const of = (principal: string, aud: string) =>
            mayAssume(trust, principal, "sts:AssumeRoleWithWebIdentity", {
                "cognito-identity.amazonaws.com:aud": aud,
            });
        expect(of("cognito-identity.amazonaws.com", "pool")).to.equal(true);
        expect(of("cognito-identity.amazonaws.com", "other")).to.equal(false);
        expect(of("accounts.google.com", "pool")).to.equal(false);
    });
});
