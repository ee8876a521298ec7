import { expect } from "chai";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { README_FILE, readmeWith } from "../../../tools/docs/readmeSample";
import { USAGE } from "../../../tools/preview/cli/args";
import { type PreviewDocument } from "../../../tools/preview/types";
import { type Outcome, preview } from "../../support/preview/command";

const root = resolve(__dirname, "../../..");
// As `npm run preview` calls it.
const command = ["--require=tsx/cjs", "--stack-trace-limit=2", "tools/preview/index.ts"];

function previewProcess(...args: string[]): Outcome {
    // What the machine says of colours must not decide what is tested.
    const env = { ...process.env };
    delete env["NO_COLOR"];
    delete env["FORCE_COLOR"];
    delete env["COLUMNS"];
    return spawnSync(process.execPath, [...command, ...args], {
        cwd: root,
        env,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
    });
}

describe("npm run preview", function () {
    // The packs judge all stacks, beside another test file.
    this.timeout(180_000);

    it("prints one JSON document of all stacks and nothing else", async () => {
        const { status, stdout, stderr } = await preview("--json");
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        const document = JSON.parse(stdout) as PreviewDocument;
        expect(Object.keys(document.stacks)).to.include.members(["prod-us", "prod-eu", "prod-global"]);
        for (const { changeSummary, steps } of Object.values(document.stacks)) {
            const unnamed = steps.filter(({ urn }) => /::pulumi:providers:\w+::default_[\d_]+$/.test(urn));
            expect(
                unnamed.map(({ op }) => op),
                "the engine does not count it",
            ).to.deep.equal(["create"]);
            const created = steps.filter(({ op }) => op === "create").length - unnamed.length;
            expect(changeSummary.create).to.equal(created).and.to.be.above(50);
        }
    });

    it("runs the project's packs over all stacks, and counts what they found", async () => {
        const { status, stdout, stderr } = await preview("--json");
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        const { policies, policyPacks } = JSON.parse(stdout) as PreviewDocument;
        expect(policyPacks?.map(({ name }) => name)).to.deep.equal([
            "meridian-security-baseline",
            "meridian-resilience",
            "meridian-residency-and-cost",
            "meridian-deployability",
            "meridian-cross-stack",
        ]);
        expect(policyPacks?.every(({ rules }) => rules > 0)).to.equal(true);
        expect(policies.filter((finding) => finding.status === "violation" && finding.level === "mandatory"))
            .to.be.empty;
        expect(policies.filter(({ status }) => status === "undecided")).to.deep.equal([]);
        for (const finding of policies) {
            expect(finding).to.include.all.keys(
                "status",
                "pack",
                "rule",
                "level",
                "description",
                "message",
                "frameworks",
            );
        }
    });

    it("prints what README.md shows of it", async () => {
        const { status, stdout } = await preview();
        expect(status).to.equal(0);
        expect(stdout).to.match(
            /\nPolicies: \d+ rules in \d+ packs: no violation.*\nCost: \$[\d,.]+ a month before use.*\nDuration: [\d.]+ m?s\n/,
        );
        const readme = readFileSync(README_FILE, "utf8");
        expect(readmeWith(readme, stdout)).to.equal(readme, "run `npm run docs -- readme`");
    });

    it("judges the environment of one region with its own profile, and finds nothing", () => {
        const { status, stdout, stderr } = previewProcess("dev-us", "--json");
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        const { policies } = JSON.parse(stdout) as PreviewDocument;
        const found = policies as readonly { readonly status: string; readonly rule: string }[];
        expect(
            found.filter((finding) => finding.status !== "undecided").map(({ rule }) => rule),
        ).to.deep.equal([]);
    });

    it("swaps the regions' roles only where there are several", async () => {
        const { status, stdout } = await preview("--json", "--no-policies", "--primary-region", "eu");
        expect(status).to.equal(0);
        const { stacks } = JSON.parse(stdout) as PreviewDocument;
        expect(Object.keys(stacks)).to.deep.equal(["prod-eu", "prod-us", "prod-global"]);
    });

    it("prints a plain summary into a pipe, and colours it when told to", async () => {
        const { status, stdout, stderr } = await preview("dev-us", "--no-policies");
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        expect(stdout).to.match(
            /^Previewing dev-us \(us-east-1\): \d+ to create\n {5}Component +Name +Resources\n/,
        );
        expect(stdout).to.match(
            /\n \+ {3}WebTier +shop-web +\d+\n {7}internet {3}load balancer shop-web-alb\n/,
        );
        expect(stdout).to.match(/\nDuration: [\d.]+ m?s\nAdd --tree /);
        expect(stdout)
            .not.to.contain("\u001b")
            .and.not.to.match(/Previewing prod-/)
            .and.not.to.match(/.{81}/);
        expect((await preview("dev-us", "--color", "--no-policies")).stdout).to.contain("\u001b[36mWebTier");
    });

    it("prints every resource and output with --tree, unshortened in a pipe", async () => {
        const { status, stdout, stderr } = await preview("dev-us", "--tree", "--no-policies");
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        expect(stdout).to.match(
            /^Previewing dev-us:\n {5}Type +Name +Plan\n \+ {3}pulumi:pulumi:Stack +meridian-dev-us +create\n/,
        );
        // By name, as the engine prints them.
        expect(stdout).to.match(/\nOutputs:\n {4}alarmTopicArn +: "arn:[^\n]+\n {4}apiUrl /);
        expect(stdout).to.match(/\n {4}region +: "us-east-1"\n/);
        expect(stdout).to.match(/\nResources:\n {4}\+ \d+ to create\n/);
        expect(stdout).not.to.contain("…");
        expect((await preview("dev-us", "--tree", "--color", "--no-policies")).stdout).to.contain(
            "\u001b[32mcreate",
        );
    });

    it("exits with 1 and says why when a program fails", async () => {
        const { status, stdout, stderr } = await preview("prod-us", "--config", "webMinSize=0");
        expect({ status, stderr }).to.deep.equal({ status: 1, stderr: "" });
        expect(stdout).to.contain("meridian:webMinSize from --config is 0; allowed: ");
        expect(stdout).not.to.match(/^ +at .*:\d+:\d+/m);
    });

    it("exits with 2 and the usage for a wrong call, naming the stacks that there are", () => {
        expect(previewProcess("--jsno")).to.deep.include({
            status: 2,
            stdout: "",
            stderr: `There is no flag --jsno. Did you mean --json?\n\n${USAGE}`,
        });
        const { status, stdout, stderr } = previewProcess("prod-ue");
        expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
        expect(stderr).to.match(
            /^There is no stack prod-ue: the stacks are dev-us, (?:prod-[a-z]+, )+prod-us\. Did you mean prod-us\?\n/,
        );
    });

    it("answers a wrong call without loading Pulumi's SDK", () => {
        const loaded = `process.on("exit", () => console.log(Object.keys(require.cache).join("\\n")))`;
        const watch = `data:text/javascript,import{createRequire}from"node:module";const require=createRequire("${root}/index.js");${encodeURIComponent(loaded)}`;
        const { status, stdout } = spawnSync(
            process.execPath,
            ["--import=tsx", "--import", watch, "tools/preview/index.ts", "--jsno"],
            { cwd: root, encoding: "utf8" },
        );
        expect(status).to.equal(2);
        expect(stdout)
            .to.contain("/tools/preview/cli/args.ts")
            .and.not.to.contain("/@pulumi/pulumi/index.js");
    });

    it("ends quietly when its reader goes away", async () => {
        const child = spawn(process.execPath, [...command, "dev-us", "--json", "--no-policies"], {
            cwd: root,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let errors = "";
        child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
        child.stdout.once("data", () => child.stdout.destroy());
        const status = await new Promise((done) => child.once("close", done));
        expect({ status, errors }).to.deep.equal({ status: 0, errors: "" });
    });
});
