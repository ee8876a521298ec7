import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { parseCall } from "../../../tools/drill/cli/args";

interface Step {
    readonly name?: string;
    readonly if?: string;
    readonly run?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
}

interface Job {
    readonly if: string;
    readonly environment?: string;
    readonly "timeout-minutes": number;
    readonly steps: readonly Step[];
}

const { jobs, on } = parse(
    readFileSync(resolve(__dirname, "../../../.github/workflows/recovery-test.yml"), "utf8"),
) as { on: { schedule: { cron: string }[] }; jobs: { restore: Job; issue: Job } };

const script = jobs.issue.steps.find(({ name }) => name?.startsWith("Open, update") === true)!.with![
    "script"
] as string;

interface Issue {
    readonly number: number;
    readonly title: string;
    readonly pull_request?: object;
}

/** The script, run as actions/github-script runs it, against a GitHub that records. */
async function execute(open: readonly Issue[]): Promise<[string, Record<string, unknown>][]> {
    const writes: [string, Record<string, unknown>][] = [];
    const write =
        (name: string) =>
        (args: Record<string, unknown>): Promise<void> => {
            writes.push([name, args]);
            return Promise.resolve();
        };
    const listForRepo = (): void => undefined;
    const github = {
        rest: {
            issues: {
                listForRepo,
                create: write("create"),
                createComment: write("comment"),
                update: write("update"),
            },
        },
        paginate: (method: unknown, args: Record<string, unknown>) => {
            expect(method).to.equal(listForRepo);
            expect(args).to.include({ owner: "owner", repo: "repo", state: "open", labels: "recovery-test" });
            return Promise.resolve(open);
        },
    };
    const context = { repo: { owner: "owner", repo: "repo" }, serverUrl: "https://github.com", runId: 7 };
    const AsyncFunction = (async () => Promise.resolve()).constructor as new (
        ...parameters: string[]
    ) => (...values: unknown[]) => Promise<void>;
    await new AsyncFunction("github", "context", "core", "require", script)(
        github,
        context,
        {},
        createRequire(__filename),
    );
    return writes;
}

describe("the nightly recovery test", () => {
    let directory: string;
    const title = "The nightly recovery test fails";
    const issue: Issue = { number: 12, title };

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-"));
        mkdirSync(join(directory, "reports"));
        process.env["REPORTS"] = join(directory, "reports");
        process.env["RESULT"] = "failure";
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
        delete process.env["REPORTS"];
        delete process.env["RESULT"];
    });

    const report = (name: string, text: string): void => {
        writeFileSync(join(directory, "reports", name), text);
    };

    it("runs every night, and only where there is a role for it", () => {
        expect(on.schedule).to.have.length(1);
        expect(on.schedule[0]!.cron).to.match(/^\d+ \d+ \* \* \*$/);
        expect(jobs.restore.if).to.equal("vars.AWS_RECOVERY_TEST_ROLE_ARN != ''");
        expect(jobs.restore.environment).to.equal("recovery-test");
    });

    it("calls the drill as it wants to be called, for the database and for personal data", () => {
        const calls = jobs.restore.steps.flatMap(({ run = "" }) => (run.includes("drill") ? [run] : []));
        const parsed = calls.map((run) => {
            const words = run
                .slice(run.indexOf(" -- ") + 4)
                .replaceAll('"$ENVIRONMENT"', "dev")
                .replaceAll('"run $RUN"', "run")
                .trim()
                .split(/\s+/);
            return parseCall(words);
        });
        expect(
            parsed.map(({ options, verb, yes }) => [verb, options.resource, options.vault, yes]),
        ).to.deep.equal([
            ["restore-test", "Aurora", "next", true],
            ["restore-test", "DynamoDB", "next", true],
        ]);
    });

    const drills = jobs.restore.steps.filter(({ run = "" }) => run.includes("drill"));

    it("lets the drill read the stacks, wherever they are and whatever their secrets are under", () => {
        expect(drills).to.have.length(2);
        for (const { env } of drills) {
            expect(env).to.include({
                PULUMI_ACCESS_TOKEN: "${{ secrets.PULUMI_ACCESS_TOKEN }}",
                PULUMI_BACKEND_URL: "${{ vars.PULUMI_BACKEND_URL }}",
                PULUMI_CONFIG_PASSPHRASE: "${{ secrets.PULUMI_CONFIG_PASSPHRASE }}",
            });
        }
    });

    it("fails, and is heard of, when a restore hangs: GitHub would call a job cancelled that takes too long", () => {
        const limits = drills.map((step) => step["timeout-minutes"] ?? Infinity);
        const sum = limits.reduce((all, each) => all + each, 0);
        expect(sum + 10).to.be.at.most(jobs.restore["timeout-minutes"]);
    });

    it("publishes the figures whether or not it failed, and fails when a restore did", () => {
        const [publish, upload] = jobs.restore.steps.slice(-2);
        expect(publish!.run).to.contain("$GITHUB_STEP_SUMMARY");
        expect(upload!.uses).to.contain("actions/upload-artifact@");
        for (const step of [publish!, upload!]) {
            expect(step.if).to.equal("success() || failure()");
        }
        expect(JSON.stringify(jobs.restore)).not.to.contain("continue-on-error");
    });

    it("opens one issue, with the reports and a link to the run", async () => {
        report("b.md", "# second");
        report("a.md", "# first");
        report("a.json", "{}");
        expect(await execute([])).to.deep.equal([
            [
                "create",
                {
                    owner: "owner",
                    repo: "repo",
                    title,
                    labels: ["recovery-test"],
                    body: "https://github.com/owner/repo/actions/runs/7\n\n# first\n\n# second",
                },
            ],
        ]);
    });

    it("updates the issue that is open, and opens no second one", async () => {
        report("a.md", "# first");
        const writes = await execute([{ number: 3, title: "Another" }, issue]);
        expect(writes.map(([name, args]) => [name, args["issue_number"]])).to.deep.equal([["comment", 12]]);
    });

    it("takes no pull request for the issue", async () => {
        expect((await execute([{ ...issue, pull_request: {} }])).map(([name]) => name)).to.deep.equal([
            "create",
        ]);
    });

    it("says so when there is no report at all, and keeps to GitHub's limit", async () => {
        expect((await execute([]))[0]![1]["body"]).to.contain("It failed before it made a report.");
        report("a.md", "x".repeat(100_000));
        expect((await execute([]))[0]![1]["body"]).to.have.length.below(65_536);
    });

    it("closes the issue when it passes again, and says nothing when there is none", async () => {
        process.env["RESULT"] = "success";
        report("a.md", "# first");
        expect((await execute([issue])).map(([name]) => name)).to.deep.equal(["comment", "update"]);
        expect((await execute([issue]))[1]![1]).to.include({ issue_number: 12, state: "closed" });
        expect(await execute([])).to.deep.equal([]);
    });
});
