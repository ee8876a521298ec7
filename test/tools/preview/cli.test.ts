import { expect } from "chai";
import { join } from "node:path";
import { ANY_PROJECT_USAGE, USAGE, parseCli } from "../../../tools/preview/cli/args";
import { type CliContext, type PreviewRequest, main } from "../../../tools/preview/cli/main";
import { PolicyConfigError } from "../../../tools/preview/policies/errors";
import { type FindingStatus } from "../../../tools/preview/policies/findings";
import { WrongCall } from "../../../tools/shared/commandLine";
import { type OutputStream, colorWanted, writeAll } from "../../../tools/shared/streams";
import { documentOf, regionStack, stackPreview } from "../../support/preview/documents";

class Sink implements OutputStream {
    text = "";
    constructor(
        readonly isTTY = false,
        readonly columns = 100,
    ) {}
    write = (text: string, done?: (error?: Error | null) => void): void => {
        this.text += text;
        done?.();
    };
}

interface Outcome {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
    readonly requests: PreviewRequest[];
}

async function run(argv: readonly string[], change: Partial<CliContext> = {}): Promise<Outcome> {
    const stdout = new Sink();
    const stderr = new Sink();
    const requests: PreviewRequest[] = [];
    const status = await main(argv, {
        stdout,
        stderr,
        env: {},
        preview: (request) => {
            requests.push(request);
            return Promise.resolve(documentOf(regionStack));
        },
        previewAgainst: () => Promise.reject(new Error("nothing was to be compared")),
        draw: () => Promise.resolve(),
        examples: () => ["/project/examples/one", "/project/examples/two"],
        ...change,
    });
    return { status, stdout: stdout.text, stderr: stderr.text, requests };
}

describe("the preview's command line", () => {
    const nothing = {
        against: undefined,
        cwd: undefined,
        allExamples: false,
        stacks: [],
        format: "summary",
        config: {},
        stackOutputs: {},
        primaryRegion: undefined,
        policies: { packs: [], configs: [] },
        color: undefined,
        verbose: false,
        plainSdk: false,
    };

    it("previews the project in another folder", async () => {
        for (const call of [["--cwd", "examples/one"], ["-C", "examples/one"], ["--cwd=examples/one"]]) {
            const { requests } = await run([...call, "prod"]);
            expect(requests.map(({ cwd, stacks }) => [cwd, stacks])).to.deep.equal([
                ["examples/one", ["prod"]],
            ]);
        }
        expect((await run([])).requests[0]).not.to.have.property("cwd");
    });

    it("previews all examples, one after the other", async () => {
        const { status, stdout, requests } = await run(["--all-examples", "--no-policies"]);
        expect(requests.map(({ cwd, stacks, policies }) => [cwd, stacks, policies])).to.deep.equal([
            ["/project/examples/one", [], undefined],
            ["/project/examples/two", [], undefined],
        ]);
        expect(status).to.equal(0);
        const shown = (await run([])).stdout.split("\n")[0] ?? "";
        expect(stdout)
            .to.match(/^examples\/one\n\n/)
            .and.match(/\n\nexamples\/two\n\n/);
        expect(stdout.split(shown)).to.have.length(3);
    });

    it("prints all examples as one JSON document, each with the shape of one project's", async () => {
        const { stdout } = await run(["--all-examples", "--json"]);
        const one: unknown = JSON.parse((await run(["--json"])).stdout);
        expect(JSON.parse(stdout)).to.deep.equal({ projects: { one, two: one } });
        expect((await run(["--all-examples", "--markdown"])).stdout).to.match(/^## examples\/one\n\n/);
    });

    it("fails for any example that fails, and shows the others all the same", async () => {
        const bad = (request: PreviewRequest) =>
            Promise.resolve(
                request.cwd?.endsWith("one") === true
                    ? documentOf({ ...regionStack, error: { message: "no" } })
                    : documentOf(regionStack),
            );
        const { status, stdout } = await run(["--all-examples"], { preview: bad });
        expect(status).to.equal(1);
        expect(stdout).to.include("examples/two");
    });

    it("refuses all examples with a stack, with a folder, and where there is none", async () => {
        for (const [call, message] of [
            [["--all-examples", "prod-us"], "leave out prod-us"],
            [["--all-examples", "--cwd", "examples/one"], "exclude each other"],
            [["--all-examples", "--against", "main"], "exclude each other"],
        ] as const) {
            const { status, stderr } = await run(call);
            expect([status, stderr.includes(message)]).to.deep.equal([2, true]);
        }
        const none = await run(["--all-examples"], { examples: () => [] });
        expect([none.status, none.stderr.includes("no Pulumi project in examples/")]).to.deep.equal([
            2,
            true,
        ]);
    });

    it("draws into files beside what it prints, and for all examples into folders", async () => {
        const drawn: unknown[] = [];
        const draw: CliContext["draw"] = (_document, files) => {
            drawn.push(files);
            return Promise.resolve();
        };
        const { stdout } = await run(["--html", "shop.html", "--svg", "shop.svg", "--json"], { draw });
        expect(JSON.parse(stdout)).to.have.property("stacks");
        await run(["--all-examples", "--html", "no-such-folder"], { draw });
        expect(drawn).to.deep.equal([
            { html: "shop.html", svg: "shop.svg" },
            { html: join("no-such-folder", "one.html") },
            { html: join("no-such-folder", "two.html") },
        ]);
    });

    it("refuses files that cannot be written, all of them and before anything is previewed", async () => {
        const draw = () => Promise.resolve();
        const wrong = await run(["--html", __dirname, "--svg", "no/such/folder.svg"], { draw });
        expect([wrong.status, wrong.requests]).to.deep.equal([2, []]);
        expect(wrong.stderr.replace(/\s+/g, " "))
            .to.include(`--html ${__dirname} is a folder: give the file to write`)
            .and.include("--svg no/such/folder.svg cannot be written: there is no folder no/such");
        const folder = await run(["--all-examples", "--html", __filename], { draw });
        expect([
            folder.status,
            folder.stderr.includes("is a file: with --all-examples give a folder"),
        ]).to.deep.equal([2, true]);
    });

    it("takes what to compare with, and says what is wrong with it", async () => {
        expect(parseCli(["--against", "main"])?.against).to.equal("main");
        const asked: unknown[] = [];
        const { status, stderr } = await run(["--against", "main", "--cwd", "infra"], {
            previewAgainst: (against, { cwd }) => {
                asked.push([against, cwd]);
                return Promise.reject(new WrongCall("main is no commit."));
            },
        });
        expect(asked).to.deep.equal([["main", "infra"]]);
        expect([status, stderr.startsWith("main is no commit.")]).to.deep.equal([2, true]);
    });

    it("leaves the SDK as it is where that is asked for", async () => {
        expect((await run([])).requests.map(({ plainSdk }) => plainSdk)).to.deep.equal([false]);
        expect((await run(["--plain-sdk"])).requests.map(({ plainSdk }) => plainSdk)).to.deep.equal([true]);
    });

    it("takes stacks and flags in any order", () => {
        expect(parseCli([])).to.deep.equal(nothing);
        expect(
            parseCli([
                "prod-us",
                "--config",
                "a=b=c",
                "--json",
                "prod-eu",
                "prod-us",
                "-c",
                "p:k=",
                "--no-color",
                "-v",
            ]),
        ).to.deep.equal({
            ...nothing,
            stacks: ["prod-us", "prod-eu"],
            format: "json",
            config: { a: "b=c", "p:k": "" },
            color: false,
            verbose: true,
        });
        expect(parseCli(["--markdown", "--primary-region=eu-central-1", "--color"])).to.deep.equal({
            ...nothing,
            format: "markdown",
            primaryRegion: "eu-central-1",
            color: true,
        });
        expect(parseCli(["--tree"])).to.deep.equal({ ...nothing, format: "tree" });
        expect(parseCli(["-t", "-v"])).to.deep.equal({ ...nothing, format: "tree", verbose: true });
        expect(parseCli(["--config=list=-1", "--", "--odd"])).to.deep.equal({
            ...nothing,
            stacks: ["--odd"],
            config: { list: "-1" },
        });
    });

    const wrong: [string[], string][] = [
        [["--jsno"], "There is no flag --jsno. Did you mean --json?"],
        [["--policies"], "There is no flag --policies. Did you mean --no-policies?"],
        [["--policy-pack"], "--policy-pack needs a value."],
        [["--policy-pack", "a", "--no-policies"], "--policy-pack and --no-policies exclude each other."],
        [
            ["--policy-pack-config", "a.json"],
            "There are 1 --policy-pack-config, and 0 --policy-pack to configure.",
        ],
        [["-x"], "There is no flag -x."],
        [["--json=yes"], "--json takes no value."],
        [["--primary-region"], "--primary-region needs a value."],
        [["--config", "--json"], "--config needs a value."],
        [["--config", "key"], "--config key must have the form key=value."],
        [["-c", "=value"], "--config =value must have the form key=value."],
        [["--tree", "--json"], "--tree and --json exclude each other."],
        [["--tree", "--markdown"], "--tree and --markdown exclude each other."],
        [["--trees"], "There is no flag --trees. Did you mean --tree?"],
        [["--json", "--markdown"], "--json and --markdown exclude each other."],
        [["--color", "--no-color"], "--color and --no-color exclude each other."],
        [["--x", "--json=1"], "There is no flag --x.\n--json takes no value."],
    ];
    for (const [argv, message] of wrong) {
        it(`answers ${argv.join(" ")} with the usage and status 2`, async () => {
            const { status, stdout, stderr, requests } = await run(argv);
            expect({ status, stdout, stderr, requests }).to.deep.equal({
                status: 2,
                stdout: "",
                stderr: `${message}\n\n${USAGE}`,
                requests: [],
            });
        });
    }

    it("answers stacks that there are not the same way", async () => {
        const preview = (): Promise<never> => Promise.reject(new WrongCall("There is no stack prod-ue."));
        expect(await run(["prod-ue"], { preview })).to.include({
            status: 2,
            stdout: "",
            stderr: `There is no stack prod-ue.\n\n${USAGE}`,
        });
    });

    it("prints the usage when asked for it", async () => {
        expect(await run(["--help"])).to.deep.equal({ status: 0, stdout: USAGE, stderr: "", requests: [] });
    });

    it("mentions every flag in the usage", () => {
        for (const flag of [
            "cwd",
            "all-examples",
            "tree",
            "json",
            "markdown",
            "config",
            "stack-outputs",
            "primary-region",
            "policy-pack",
            "policy-pack-config",
            "no-policies",
            "color",
            "no-color",
            "verbose",
            "help",
        ]) {
            expect(USAGE).to.contain(`--${flag}`);
        }
        expect(USAGE.split("\n").every((line) => line.length <= 80)).to.equal(true);
    });

    it("mentions no flag of this project alone where it previews any", () => {
        expect(ANY_PROJECT_USAGE).to.match(/^Usage: meridian-preview \[stack…\] \[flags\]$/m);
        for (const own of ["npm run", "--all-examples", "--primary-region", "examples/"]) {
            expect(ANY_PROJECT_USAGE).not.to.include(own);
        }
        for (const flag of ["--cwd dir", "--stack-outputs stack=file", "--html file", "--against ref"]) {
            expect(ANY_PROJECT_USAGE).to.include(flag);
        }
        expect(ANY_PROJECT_USAGE.split("\n").every((line) => line.length <= 80)).to.equal(true);
    });

    it("refuses outputs of other stacks that name no stack or no file, or a file without any", async () => {
        for (const given of ["acme/net/prod", "=outputs.json", "acme/net/prod="]) {
            const { status, stderr } = await run(["--stack-outputs", given]);
            expect([
                status,
                stderr.includes(`--stack-outputs ${given} must have the form stack=file.`),
            ]).to.deep.equal([2, true]);
        }
        expect(parseCli(["--stack-outputs", "acme/net/prod=a.json"])?.stackOutputs).to.deep.equal({
            "acme/net/prod": "a.json",
        });
    });

    it("hands on stacks, configuration and the writing region", async () => {
        const { requests } = await run(["prod-us", "--config", "webMinSize=4", "--primary-region", "eu"]);
        expect(requests).to.have.length(1);
        expect(requests[0]).to.deep.include({
            stacks: ["prod-us"],
            config: { webMinSize: "4" },
            primaryRegion: "eu",
        });
    });

    it("prints what was asked for, and exits with 0 when all is fine", async () => {
        expect(await run([])).to.include({ status: 0, stderr: "" });
        expect((await run([])).stdout).to.match(/^Previewing prod-us: 8 to create, 1 to read\n/);
        expect((await run(["--tree"])).stdout).to.match(/^Previewing prod-us:\n {5}Type /);
        expect((await run(["--json"])).stdout).to.match(/^\{\n {2}"stacks": \{\n {4}"prod-us": /);
        expect((await run(["--markdown"])).stdout).to.match(/^<!-- meridian-preview -->\n/);
    });

    it("exits with 1 when a program failed, and still prints what there is", async () => {
        const failing = {
            ...regionStack,
            error: { message: "boom", stack: "Error: boom\n    at regional.ts:1" },
        };
        const preview = (): Promise<ReturnType<typeof documentOf>> =>
            Promise.resolve(documentOf(failing, stackPreview("prod-eu", [])));
        for (const flags of [[], ["--tree"], ["--json"], ["--markdown"]]) {
            const { status, stdout } = await run(flags, { preview });
            expect(status).to.equal(1);
            expect(stdout).to.contain("boom").and.not.to.contain("regional.ts");
        }
    });

    it("exits with 1 when a mandatory policy is violated, and with 0 for anything less", async () => {
        const finding = {
            pack: "core",
            rule: "s3",
            description: "Buckets are private.",
            message: "is public.",
            frameworks: [],
        };
        const withFinding = (level: string, status: FindingStatus): Partial<CliContext> => ({
            preview: () =>
                Promise.resolve({ ...documentOf(regionStack), policies: [{ ...finding, level, status }] }),
        });
        expect((await run([], withFinding("mandatory", "violation"))).status).to.equal(1);
        expect((await run([], withFinding("advisory", "violation"))).status).to.equal(0);
        for (const status of ["waived", "undecided", "remediated"] as const) {
            expect((await run([], withFinding("mandatory", status))).status).to.equal(0);
        }
    });

    it("takes policy packs and their configuration, or none", async () => {
        const { requests } = await run([
            "--policy-pack",
            "policies/a",
            "--policy-pack-config=a.json",
            "--policy-pack",
            "policies/b",
        ]);
        expect(requests[0]?.policies).to.deep.equal({
            packs: ["policies/a", "policies/b"],
            configs: ["a.json"],
        });
        expect((await run([])).requests[0]?.policies).to.deep.equal({ packs: [], configs: [] });
        expect((await run(["--no-policies"])).requests[0]?.policies).to.equal(undefined);
    });

    it("exits with 2 for policies that cannot be run, without the usage", async () => {
        const preview = (): Promise<never> =>
            Promise.reject(new PolicyConfigError("prod.json", ["rds-port is 1; allowed: a level"]));
        expect(await run([], { preview })).to.include({
            status: 2,
            stdout: "",
            stderr: "error: prod.json: rds-port is 1; allowed: a level.\n",
        });
    });

    it("reports its own failure in one line", async () => {
        const preview = (): Promise<never> => Promise.reject(new Error("Pulumi.yaml cannot be read"));
        expect(await run([], { preview })).to.include({
            status: 1,
            stdout: "",
            stderr: "error: Pulumi.yaml cannot be read\n",
        });
    });

    it("shows progress on a terminal, and takes it away before it prints, also when the preview throws", async () => {
        const shown = "\r\u001b[2KLoading the program\r\u001b[2KPreviewing prod-us: 1 resource\r\u001b[2K";
        const previewing = async (request: PreviewRequest): Promise<void> => {
            // Longer than the least time between two updates.
            await new Promise((resolve) => setTimeout(resolve, 60));
            request.onProgress({ stack: "prod-us", resources: 1 });
        };
        const fine = new Sink(true);
        await run([], {
            stderr: fine,
            preview: async (request) => (await previewing(request), documentOf(regionStack)),
        });
        expect(fine.text).to.equal(shown);
        const bad = new Sink(true);
        await run([], {
            stderr: bad,
            preview: async (request) => (await previewing(request), Promise.reject(new Error("boom"))),
        });
        expect(bad.text).to.equal(`${shown}error: boom\n`);
    });

    it("keeps what a program prints out of the document", async () => {
        const stdout = new Sink();
        const stderr = new Sink();
        const preview = (): Promise<ReturnType<typeof documentOf>> => {
            stdout.write("from the program\n");
            return Promise.resolve(documentOf(regionStack));
        };
        await run(["--json"], { stdout, stderr, preview });
        expect(JSON.parse(stdout.text)).to.have.all.keys("stacks", "policies", "cost");
        expect(stderr.text).to.equal("from the program\n");
    });

    it("colours by flag, then NO_COLOR, then FORCE_COLOR, then the terminal", () => {
        const pipe = new Sink(false);
        const terminal = new Sink(true);
        expect(colorWanted(true, { NO_COLOR: "1" }, pipe)).to.equal(true);
        expect(colorWanted(false, { FORCE_COLOR: "1" }, terminal)).to.equal(false);
        expect(colorWanted(undefined, { NO_COLOR: "1", FORCE_COLOR: "1" }, terminal)).to.equal(false);
        expect(colorWanted(undefined, { NO_COLOR: "", FORCE_COLOR: "1" }, pipe)).to.equal(true);
        expect(colorWanted(undefined, { FORCE_COLOR: "0" }, terminal)).to.equal(false);
        expect(colorWanted(undefined, {}, terminal)).to.equal(true);
        expect(colorWanted(undefined, { TERM: "dumb" }, terminal)).to.equal(false);
        expect(colorWanted(undefined, {}, pipe)).to.equal(false);
    });

    it("keeps to the terminal's columns, then to COLUMNS, then to 80 for the summary and to none for the tree", async () => {
        const name = `shop-${"x".repeat(150)}-end`;
        const preview = (): Promise<ReturnType<typeof documentOf>> =>
            Promise.resolve(
                documentOf(
                    stackPreview("prod-us", [
                        { type: "meridian:index:WebTier", name, custom: false },
                        { type: "aws:s3/bucket:Bucket", name },
                    ]),
                ),
            );
        const widest = async (argv: string[], stdout: Sink, env: CliContext["env"] = {}): Promise<number> => {
            await run([...argv, "--no-color"], { stdout, env, preview });
            return Math.max(...stdout.text.split("\n").map((line) => line.length));
        };
        for (const format of [[], ["--tree"]]) {
            expect(await widest(format, new Sink(true, 60))).to.be.within(50, 60);
            expect(await widest(format, new Sink(true, 60), { COLUMNS: "70" })).to.be.within(50, 60);
            expect(await widest(format, new Sink(false), { COLUMNS: "70" })).to.be.within(61, 70);
            // A terminal that does not know its size, and a COLUMNS that is no number.
            expect(await widest(format, new Sink(true, 0), { COLUMNS: "70" })).to.be.within(61, 70);
        }
        expect(await widest([], new Sink(false), { COLUMNS: "wide" })).to.be.within(71, 80);
        expect(await widest(["--tree"], new Sink(false), { COLUMNS: "0" })).to.be.above(160);
    });

    it("breaks messages on standard error where its terminal ends", async () => {
        const stderr = new Sink(true, 40);
        const preview = (): Promise<never> =>
            Promise.reject(new Error("Pulumi.yaml cannot be read ".repeat(8)));
        await run([], { stderr, preview });
        const lines = stderr.text.replace(/\r\u001b\[2K[^\r]*(?=\r)|\r\u001b\[2K/g, "").split("\n");
        expect(lines.length).to.be.above(5);
        expect(lines.every((line) => line.length <= 40)).to.equal(true);
        expect(lines.join(" ").match(/cannot/g)).to.have.length(8);
    });

    it("does not mind a reader that has gone away, and minds everything else", async () => {
        const broken = (code: string): OutputStream => ({
            write: (_, done) => done?.(Object.assign(new Error(code), { code })),
        });
        await writeAll(broken("EPIPE"), "text");
        const failure = await writeAll(broken("ENOSPC"), "text").catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(Error).with.property("message", "ENOSPC");
    });
});
