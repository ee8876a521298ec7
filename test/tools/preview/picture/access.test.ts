import { expect } from "chai";
import { accessIn } from "../../../../tools/preview/analysis/access";
import { type AnalyzedResource } from "../../../../tools/preview/analysis/resource";
import { resource } from "../../../support/preview/resources";

const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/carts";
const BUCKET = "arn:aws:s3:::images";
const STORES = [
    resource("aws:dynamodb/table:Table", "carts", {}, { arn: TABLE }),
    resource("aws:s3/bucket:Bucket", "images", {}, { arn: BUCKET }),
];
const document = (...statements: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (action: string, on: string) => ({ Effect: "Allow", Action: action, Resource: on });

function access(role: object, ...more: readonly AnalyzedResource[]): string[] {
    const worn = resource("aws:iam/role:Role", "worker", role, { name: "worker-1" });
    return accessIn([...STORES, worn, ...more]).map(({ store, may }) => `${store} ${may}`);
}

const attached = (policyArn: string) =>
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", {
        role: "worker-1",
        policyArn,
    });

describe("who may do what, wherever it is written", () => {
    it("is in the role itself, too: its inline policies, and the ARNs of its managed ones", () => {
        expect(
            access({ inlinePolicies: [{ name: "use", policy: document(allow("dynamodb:GetItem", TABLE)) }] }),
        ).to.deep.equal(["carts read"]);
        const own = resource(
            "aws:iam/policy:Policy",
            "own",
            { policy: document(allow("s3:PutObject", `${BUCKET}/*`)) },
            { arn: "arn:aws:iam::111122223333:policy/own" },
        );
        expect(access({ managedPolicyArns: ["arn:aws:iam::111122223333:policy/own"] }, own)).to.deep.equal([
            "images write",
        ]);
        const list = resource("aws:iam/policyAttachment:PolicyAttachment", "list", {
            roles: ["worker-1"],
            policyArn: "arn:aws:iam::111122223333:policy/own",
        });
        expect(access({}, own, list)).to.deep.equal(["images write"]);
    });

    // Source: AWS Managed Policy Reference.
    it("is in AWS's own policies, by their names", () => {
        const of = (name: string): string[] => access({}, attached(`arn:aws:iam::aws:policy/${name}`));
        expect(of("AmazonDynamoDBFullAccess")).to.deep.equal(["carts read, write"]);
        expect(of("AmazonS3ReadOnlyAccess")).to.deep.equal(["images read"]);
        expect(of("AdministratorAccess")).to.deep.equal(["carts read, write", "images read, write"]);
        expect(of("service-role/AWSLambdaBasicExecutionRole")).to.deep.equal([]);
    });

    it("is not what is denied without a condition", () => {
        const rights = [allow("s3:GetObject", `${BUCKET}/*`), allow("s3:PutObject", `${BUCKET}/*`)];
        const denial = { Effect: "Deny", Action: "s3:Put*", Resource: "*" };
        const given = (...statements: readonly object[]): string[] =>
            access({ inlinePolicies: [{ policy: document(...rights, ...statements) }] });
        expect(given(denial)).to.deep.equal(["images read"]);
        const insecure = { Bool: { "aws:SecureTransport": "false" } };
        expect(given({ ...denial, Condition: insecure })).to.deep.equal(["images read, write"]);
        expect(given({ Effect: "Deny", Action: "s3:*", NotResource: `${BUCKET}/*` })).to.deep.equal([
            "images read, write",
        ]);
        expect(given({ Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::other/*" })).to.deep.equal([]);
    });
});
