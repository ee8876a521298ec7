import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type PreviewDocument } from "../../../../tools/preview/types";
import { SIGNATURE, UNKNOWN } from "../../../../tools/preview/values";
import { FIXTURE_PACK, ROOT } from "../../../support/policies/packProcesses";
import { preview } from "../../../support/preview/command";

describe("npm run preview, with policies", function () {
    // Several previews of all stacks, each with the packs' processes, beside another test file.
    this.timeout(180_000);
    let folder: string;

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-policies-"));
    });

    after(() => {
        fs.rmSync(folder, { recursive: true });
    });

    /** A pack that objects to every bucket without a team. */
    function teamPack(): string {
        return writePack(
            "team",
            `{
                name: "team-tag",
                description: "Buckets say whose they are.",
                validateResource: ({ props, type }, report) => {
                    if (type === "aws:s3/bucket:Bucket" && props.tags?.team !== "web") report("has no team.");
                },
            }`,
        );
    }

    /** A pack that objects to every bucket. */
    function strictPack(level: string): string {
        return writePack(
            level,
            `{
                name: "no-buckets",
                description: "There are no buckets.",
                enforcementLevel: "${level}",
                remediationSteps: "Take it away.",
                validateResource: ({ type }, report) => {
                    if (type === "aws:s3/bucket:Bucket") report("is a bucket.");
                },
            }`,
        );
    }

    function writePack(name: string, policy: string): string {
        const dir = path.join(folder, name);
        fs.mkdirSync(dir, { recursive: true });
        fs.writeFileSync(path.join(dir, "PulumiPolicy.yaml"), "runtime: nodejs\n");
        fs.writeFileSync(
            path.join(dir, "package.json"),
            '{ "name": "strict", "version": "0.0.1", "main": "index.js" }',
        );
        fs.writeFileSync(
            path.join(dir, "index.js"),
            `const { PolicyPack } = require(${JSON.stringify(path.join(ROOT, "node_modules/@pulumi/policy"))});
            new PolicyPack("strict", { policies: [${policy}] });`,
        );
        return dir;
    }

    it("reports a waiver that fits nothing in any stack, once all that it serves are judged", async () => {
        const file = path.join(folder, "waivers.json");
        const waiver = (urn: string): object => ({
            rule: "stateful-protected",
            urn,
            owner: "shop",
            reason: "a test",
            expires: new Date(Date.now() + 300 * 24 * 3_600_000).toISOString().slice(0, 10),
        });
        const typo = "urn:pulumi:prod-ux::meridian::*";
        const waivers = [waiver(typo), waiver("*::nothing"), waiver("urn:pulumi:prod-us::*::shop-none")];
        fs.writeFileSync(file, JSON.stringify({ settings: { waivers } }));
        const found = async (...stacks: string[]): Promise<(string | undefined)[]> => {
            const options = ["--policy-pack", "policies/resilience", "--policy-pack-config", file];
            const { status, stdout } = await preview("--json", ...options, ...stacks);
            expect(status).to.equal(1);
            const { policies } = JSON.parse(stdout) as PreviewDocument;
            return policies
                .filter(({ rule }) => rule === "waivers-in-order")
                .map(({ message }) => /for (\S+), owned by shop, covers nothing/.exec(message)?.[1]);
        };
        expect(await found("prod-us")).to.deep.equal(["urn:pulumi:prod-us::*::shop-none"]);
        expect(await found()).to.deep.equal(["urn:pulumi:prod-us::*::shop-none", typo, "*::nothing"]);
    });

    it("exits with 1 for a mandatory violation of a pack that it is given, and shows rule, place, reason and fix", async () => {
        const { status, stdout, stderr } = await preview("dev-us", "--policy-pack", strictPack("mandatory"));
        expect({ status, stderr }).to.deep.equal({ status: 1, stderr: "" });
        expect(stdout).to.match(
            /\nPolicy violations:\n {4}\[mandatory\] {2}strict {2}no-buckets\n {8}There are no buckets\.\n {8}- dev-us aws:s3:Bucket shop-[\w-]+: is a bucket\.\n/,
        );
        expect(stdout).to.contain("\n        Fix: Take it away.\n");
        expect(stdout).to.match(/\nPolicies: 1 rule in 1 pack: \d+ mandatory violations\n/);
    });

    it("exits with 0 for an advisory one, and with a configuration that says so", async () => {
        const config = path.join(folder, "advisory.json");
        fs.writeFileSync(config, '{ "no-buckets": "advisory" }');
        const fine = await preview("dev-us", "--policy-pack", strictPack("advisory"));
        expect({ status: fine.status, stderr: fine.stderr }).to.deep.equal({ status: 0, stderr: "" });
        const relaxed = await preview(
            "dev-us",
            "--policy-pack",
            strictPack("mandatory"),
            "--policy-pack-config",
            config,
        );
        expect(relaxed.status).to.equal(0);
        expect(relaxed.stdout).to.contain("[advisory]  strict  no-buckets");
    });

    it("runs none where it is told so", async () => {
        const { status, stdout } = await preview("dev-us", "--no-policies");
        expect(status).to.equal(0);
        expect(stdout).not.to.match(/^Polic/m);
    });

    it("mends what a configuration tells it to, for all packs and in what it shows", async () => {
        const config = (name: string, policies: object): string => {
            const file = path.join(folder, name);
            fs.writeFileSync(file, JSON.stringify(policies));
            return file;
        };
        const values = { team: "web" };
        const mending = { enforcementLevel: "remediate", tags: ["project", "team"], values };
        const { status, stdout } = await preview(
            "prod-global",
            "--json",
            ...["--policy-pack", teamPack(), "--policy-pack", "policies/residency-and-cost"],
            ...["--policy-pack-config", config("none.json", {})],
            ...["--policy-pack-config", config("mend.json", { all: "disabled", "cost-tags": mending })],
        );
        expect(status).to.equal(0);
        const { policies, policyPacks, stacks } = JSON.parse(stdout) as PreviewDocument;
        // The pack that comes first sees what the second has mended, too.
        expect(new Set(policies.map((each) => `${each.status} ${each.rule}`))).to.deep.equal(
            new Set(["remediated cost-tags"]),
        );
        expect(policyPacks?.map(({ rules }) => rules)).to.deep.equal([1, 1]);
        const states = stacks["prod-global"]?.steps.map(({ newState }) => newState) ?? [];
        for (const { urn, message } of policies) {
            const inputs = states.find((state) => state.urn === urn)?.inputs;
            expect(inputs?.["tags"]).to.include(values);
            expect(message).to.match(/^changed tags(\.team)?\.$/);
            expect(JSON.stringify(inputs)).not.to.contain(UNKNOWN).and.not.to.contain(SIGNATURE);
        }
        const buckets = states.filter(({ type }) => type === "aws:s3/bucket:Bucket");
        expect(
            policies.filter(({ urn }) => urn?.includes("aws:s3/bucket:Bucket")).map(({ urn }) => urn),
        ).to.have.members(buckets.map(({ urn }) => urn));
    });

    it("exits with 2 for a wrong configuration, with all that is wrong", async () => {
        const config = path.join(folder, "wrong.json");
        fs.writeFileSync(
            config,
            '{ "thing-sizes": "mandatory", "thing-size": { "most": 0 }, "thing-tags": { "enforcementLevel": "on" } }',
        );
        const { status, stdout, stderr } = await preview(
            "dev-us",
            "--policy-pack",
            FIXTURE_PACK,
            "--policy-pack-config",
            config,
        );
        expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
        expect(stderr).to.equal(
            [
                `error: ${config}: thing-sizes is not known (did you mean thing-size?); allowed: all, thing-size, thing-tags, thing-secret, thing-relations, thing-broken.`,
                `${config}: thing-size.most is 0; allowed: 1 or more.`,
                `${config}: thing-tags.enforcementLevel is "on"; allowed: advisory, mandatory, remediate, disabled.`,
                "",
            ].join("\n"),
        );
    });

    it("exits with 2 for a folder that is no pack", async () => {
        const { status, stderr } = await preview("--policy-pack", folder);
        expect({ status, stderr }).to.deep.equal({
            status: 2,
            stderr: `error: ${folder} is not a policy pack: it has no PulumiPolicy.yaml.\n`,
        });
    });

    it("exits with 1 for a pack that does not start, and says why", async () => {
        const dir = strictPack("silly");
        const { status, stderr } = await preview("dev-us", "--policy-pack", dir);
        expect(status).to.equal(1);
        expect(stderr).to.match(/^error: policy pack .*Unknown enforcement level type 'silly'/);
    });
});
