import * as aws from "@pulumi/aws";
import { expect } from "chai";
import * as path from "node:path";
import { runProgram } from "../../../../tools/preview/engine";
import { type PolicyFinding } from "../../../../tools/preview/policies/findings";
import { bothJudgements } from "../../../../tools/preview/policies/judgements";
import { PackProcess } from "../../../../tools/preview/policies/packProcess";
import { analyzedResource, assumedResource } from "../../../../tools/preview/policies/resources";
import { PolicyRunner } from "../../../../tools/preview/policies/runner";
import { UNKNOWN } from "../../../../tools/preview/values";
import { testProvider } from "../../../support/preview";

const ROOT = path.resolve(__dirname, "../../../..");

function finding(change: Partial<PolicyFinding>): PolicyFinding {
    return {
        status: "violation",
        pack: "p",
        rule: "r",
        level: "mandatory",
        stack: "dev",
        urn: "urn:a",
        description: "",
        message: "is wrong.",
        frameworks: [],
        ...change,
    };
}

describe("two judgements of one stack", () => {
    const told = (findings: readonly PolicyFinding[]): string[] =>
        findings.map(
            ({ assumed, message, rule, status }) =>
                `${status} ${rule} ${message}${assumed === true ? " assumed" : ""}`,
        );

    it("come to what the first says, and what only the second says is marked", () => {
        const known = finding({});
        const other = finding({ message: "is too wide." });
        expect(told(bothJudgements([known], [known, other]))).to.deep.equal([
            "violation r is wrong.",
            "violation r is too wide. assumed",
        ]);
    });

    it("tell a thing once that reads otherwise with other values", () => {
        const first = [finding({ message: "has a, and the other is not known." })];
        const second = [finding({ message: "has a and b." }), finding({ message: "has c." })];
        expect(told(bothJudgements(first, second))).to.deep.equal([
            "violation r has a, and the other is not known.",
            "violation r has c. assumed",
        ]);
        expect(told(bothJudgements([], [finding({}), finding({})]))).to.deep.equal([
            "violation r is wrong. assumed",
        ]);
    });

    it("leave undecided what neither could decide", () => {
        const open = finding({ status: "undecided", message: "is not known" });
        expect(told(bothJudgements([open], []))).to.deep.equal([]);
        expect(told(bothJudgements([open], [open]))).to.deep.equal(["undecided r is not known"]);
        const closed = finding({ message: "cannot be judged, because it is not known." });
        expect(told(bothJudgements([closed], [finding({})]))).to.deep.equal([
            "violation r cannot be judged, because it is not known.",
            "violation r is wrong. assumed",
        ]);
    });

    it("know of waivers what the second has seen", () => {
        const idle = finding({ rule: "waivers-in-order", message: "covers nothing." });
        const waived = finding({ status: "waived" });
        expect(told(bothJudgements([idle], [waived]))).to.deep.equal(["waived r is wrong. assumed"]);
        expect(told(bothJudgements([], [idle]))).to.deep.equal([
            "violation waivers-in-order covers nothing.",
        ]);
    });
});

describe("values that are made up for the second judgement", () => {
    it("are those that follow from what a resource is; what AWS chooses stays unknown", async () => {
        const { states } = await runProgram(() => {
            const provider = testProvider();
            const bucket = new aws.s3.Bucket("files", {}, { provider });
            new aws.s3.BucketPolicy("policy", { bucket: bucket.id, policy: bucket.arn }, { provider });
            new aws.lb.LoadBalancer("balancer", { subnets: ["subnet-1", "subnet-2"] }, { provider });
        });
        const find = (type: string) => {
            const state = states.find((each) => each.type === type);
            if (state === undefined) {
                throw new Error(`no ${type}`);
            }
            return { known: analyzedResource(state), assumed: assumedResource(state) };
        };
        const policy = find("aws:s3/bucketPolicy:BucketPolicy");
        expect(policy.known.inputs["policy"]).to.equal(UNKNOWN);
        expect(policy.assumed.inputs["policy"]).to.match(/^arn:aws:s3:::files-[0-9a-f]{7}$/);
        expect(policy.assumed.outputs["policy"]).to.equal(policy.assumed.inputs["policy"]);
        const { assumed, known } = find("aws:lb/loadBalancer:LoadBalancer");
        expect(known.outputs["arn"]).to.equal(UNKNOWN);
        expect(assumed.outputs["arn"]).to.match(/^arn:aws:elasticloadbalancing:/);
        expect(assumed.outputs["subnetMappings"]).to.deep.equal([
            { subnetId: "subnet-1" },
            { subnetId: "subnet-2" },
        ]);
        expect(assumed.outputs["ipAddressType"]).to.equal(UNKNOWN);
        expect(assumed.inputs).not.to.have.property("subnetMappings");
    });
});

describe("an inline policy that names a new ARN", () => {
    let process: PackProcess;

    before(() => {
        process = new PackProcess(path.join(ROOT, "policies/security-baseline"), { project: "meridian" });
    });

    after(async () => {
        await process.close();
    });

    /** What the pack says of a role's inline policy with these statements beside one that names a new bucket. */
    async function judge(statement: object): Promise<PolicyFinding[]> {
        const run = await runProgram(
            () => {
                const provider = testProvider();
                const bucket = new aws.s3.Bucket("files", {}, { provider });
                const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" }, { provider });
                new aws.iam.RolePolicy(
                    "inline",
                    {
                        role: role.name,
                        policy: bucket.arn.apply((Resource) =>
                            JSON.stringify({
                                Version: "2012-10-17",
                                Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource }, statement],
                            }),
                        ),
                    },
                    { provider },
                );
            },
            { stack: "dev-us" },
        );
        const runner = new PolicyRunner({
            project: "meridian",
            organization: "organization",
            packs: [{ process }],
            stacks: ["dev-us"],
        });
        const { findings } = await runner.analyze(run);
        return findings.filter(({ urn }) => urn?.endsWith("::inline") === true);
    }

    it("is judged by the made-up one: all actions on everything are a violation, marked", async () => {
        const findings = await judge({ Effect: "Allow", Action: "*", Resource: "*" });
        const admin = findings.filter(({ rule }) => rule === "iam-full-admin");
        expect(admin).to.have.length(1);
        expect(admin[0]).to.deep.include({ status: "violation", level: "mandatory", assumed: true });
        expect(findings.filter(({ status }) => status === "undecided")).to.deep.equal([]);
    });

    it("passes where it asks for little", async () => {
        const findings = await judge({ Effect: "Deny", Action: "*", Resource: "*" });
        expect(findings).to.deep.equal([]);
    });
});
