import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseCall } from "../../../tools/drill/cli/args";
import { usage } from "../../../tools/drill/cli/usage";
import { renderReport } from "../../../tools/drill/report/markdown";
import { type Report } from "../../../tools/drill/report/types";
import { RUNBOOKS } from "../../../tools/drill/runbooks";
import { Bench } from "../../support/drill/commands";

describe("the drill's command line", () => {
    it("reads a call", () => {
        expect(
            parseCall(["failover", "--to", "eu", "--accept-data-loss", "-y", "-e", "stage", "--dry-run"]),
        ).to.deep.equal({
            verb: "failover",
            environment: "stage",
            cached: false,
            stateDirectory: ".meridian",
            json: false,
            yes: true,
            help: false,
            drive: { dryRun: true, rollback: false, fresh: false, breakLock: false },
            options: { to: "eu", acceptDataLoss: true },
        });
        expect(parseCall(["rehearse", "--parts", "switchover, failback"]).options.parts).to.deep.equal([
            "switchover",
            "failback",
        ]);
    });

    const wrong: readonly (readonly [readonly string[], string])[] = [
        [
            ["failovr"],
            "there is no verb failovr; allowed: status, traffic, switchover, failover, failback, rehearse, restore-test, missing, upgrade",
        ],
        [
            ["switchover", "--accept-data-loss"],
            "--accept-data-loss is no option of switchover; its own are --to",
        ],
        [["--json", "status"], "the verb comes first: status --json"],
        [["--to"], "the verb comes first; allowed: status, traffic, switchover, failover"],
        [["status", "--rollback"], "status changes nothing, so there is nothing to roll back"],
        [["status", "--to", "eu"], "--to is no option of status"],
        [["switchover", "--too", "eu"], "there is no option --too\nDid you mean"],
        [["switchover", "eu"], "Unexpected argument 'eu'"],
        [["switchover", "--rollback", "--fresh"], "--rollback goes with neither --dry-run nor --fresh"],
    ];
    for (const [argv, text] of wrong) {
        it(`refuses ${argv.join(" ")}`, async () => {
            const bench = new Bench();
            try {
                const { status, stderr, stdout } = await bench.call(argv);
                expect([status, stdout]).to.deep.equal([2, ""]);
                expect(stderr).to.contain(`error: ${text}`);
                expect(stderr).to.contain("`npm run drill -- --help` shows how it is called.\n");
                expect(bench.world.calls).to.deep.equal([]);
            } finally {
                bench.dispose();
            }
        });
    }

    it("refuses a region that there is not, and one that is missing", async () => {
        const bench = new Bench();
        try {
            expect((await bench.call(["switchover", "--to", "mars"])).stderr).to.contain(
                "--to is mars; allowed: us, eu",
            );
            expect((await bench.call(["switchover"])).stderr).to.contain("--to is missing; allowed: us, eu");
        } finally {
            bench.dispose();
        }
    });

    it("prints JSON for machines alone on stdout", async () => {
        const bench = new Bench();
        try {
            const { stderr, stdout } = await bench.call(["switchover", "--to", "eu", "--yes", "--json"]);
            expect(JSON.parse(stdout)).to.deep.equal(JSON.parse(JSON.stringify(bench.report())));
            expect(stderr).to.contain("What will be done:");
        } finally {
            bench.dispose();
        }
    });

    it("shows its usage, with every verb", async () => {
        const bench = new Bench();
        try {
            expect(parseCall([]).help).to.equal(true);
            for (const argv of [["--help"], ["failover", "--help"]]) {
                expect((await bench.call(argv)).stdout).to.equal(usage());
            }
            // Long sentences go on in the next line.
            const unwrapped = usage().replaceAll(/\n {6}(?! )/g, " ");
            for (const runbook of RUNBOOKS) {
                expect(unwrapped).to.contain(`  ${runbook.usage} ${runbook.purpose}\n`);
            }
        } finally {
            bench.dispose();
        }
    });

    it("is an npm script, and answers a wrong call with 2 without loading the SDK", () => {
        const root = resolve(__dirname, "../../..");
        const { scripts } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const [program, ...args] = scripts["drill"]!.split(" ");
        expect(program).to.equal("node");
        const { status, stderr } = spawnSync(process.execPath, [...args, "switchover"], {
            cwd: root,
            encoding: "utf8",
            env: { ...process.env, PATH: "" },
        });
        expect(stderr).to.contain(
            "the stacks of prod could not be read: the Pulumi command line is not on the path",
        );
        expect(status).to.equal(1);
        const wrongCall = spawnSync(process.execPath, [...args, "lunch"], { cwd: root, encoding: "utf8" });
        expect(wrongCall.stderr).to.contain("there is no verb lunch");
        expect(wrongCall.status).to.equal(2);
    });

    it("has threads for names that are not resolved, also where nothing is compiled yet", function () {
        if (process.platform !== "linux") {
            this.skip();
        }
        const root = resolve(__dirname, "../../..");
        const { scripts } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const args = scripts["drill"]!.split(" ").slice(1, -1);
        // What was compiled is kept in the system's folder for temporary files.
        const empty = mkdtempSync(join(tmpdir(), "meridian-drill-"));
        try {
            const probe = join(empty, "probe.ts");
            writeFileSync(
                probe,
                `import { readdirSync, stat } from "node:fs";
                stat(".", () => console.log(readdirSync("/proc/self/task").length));`,
            );
            const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
            const { stdout } = spawnSync(process.execPath, [...args, probe], {
                cwd: root,
                encoding: "utf8",
                env: { ...env, TMPDIR: empty },
            });
            expect(Number(stdout)).to.be.greaterThan(100);
        } finally {
            rmSync(empty, { recursive: true, force: true });
        }
    });
});

describe("the drill in an environment of one region", () => {
    const root = resolve(__dirname, "../../..");
    let folder: string;
    let file: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "meridian-drill-"));
        file = join(folder, "dev.json");
        const region = {
            key: "us",
            region: "us-east-1",
            clusterIdentifier: "meridian-dev-us",
            originHost: "origin-us.dev.shop.example.com",
            autoScalingGroups: { web: "web-1", api: "api-1" },
        };
        writeFileSync(
            file,
            JSON.stringify({
                environment: "dev",
                accountId: "444455556666",
                domainName: "dev.shop.example.com",
                globalClusterIdentifier: "meridian-dev",
                home: "us",
                regions: [region],
                capacity: { writerMin: 0, standbyMin: 4, max: 4 },
            }),
        );
    });

    after(() => {
        rmSync(folder, { recursive: true });
    });

    const drill = (...argv: string[]) =>
        spawnSync(
            process.execPath,
            ["--require=tsx/cjs", "tools/drill/index.ts", ...argv, "--topology", file, "--state-dir", folder],
            { cwd: root, encoding: "utf8" },
        );

    it("says that there is nothing to fail over to, and what works there", () => {
        for (const argv of [["status"], ["failover", "--to", "us", "--accept-data-loss"], ["rehearse"]]) {
            const { status, stderr } = drill(...argv);
            expect(stderr, argv[0]).to.equal(
                "error: dev has us (us-east-1) alone, so there is nothing to fail over to\n" +
                    "Of the drill's verbs, restore-test works there.\n",
            );
            expect(status, argv[0]).to.equal(1);
        }
    });

    it("restores what is backed up there", () => {
        // It gets past the regions, to what this topology lacks.
        const { status, stderr } = drill("restore-test", "--resource", "DynamoDB");
        expect(stderr).to.contain("us has no table in the topology");
        expect(status).to.equal(2);
    });
});

describe("the report", () => {
    const report: Report = {
        verb: "switchover",
        environment: "prod",
        subject: "to eu",
        dryRun: false,
        run: "switchover-1",
        operator: "kim on laptop",
        began: "2026-03-01T12:00:00.000Z",
        ended: "2026-03-01T12:01:00.000Z",
        outcome: "halfway",
        verdict: "FAIL",
        reasons: ["a | b\nc"],
        warnings: ["look\nat it"],
        figures: [{ name: "RTO", value: "40 s" }],
        phases: [
            { id: "switchover/a", title: "First", state: "done", seconds: 65 },
            { id: "b", title: "Second", state: "not reached", detail: "x | y" },
        ],
        afterwards: ["tell somebody"],
        error: { message: "\n  - one\n  - two", hint: "Do this." },
        resumed: true,
    };

    it("names phases with their durations, what went wrong, and what is still to be done", () => {
        expect(renderReport(report)).to.equal(
            [
                "# switchover to eu (prod): FAIL",
                "",
                "- a | b c",
                "",
                "Stopped halfway: the journal is open, and the same command goes on.",
                "Run switchover-1 by kim on laptop, 2026-03-01T12:00:00.000Z to 2026-03-01T12:01:00.000Z, resumed after an interruption.",
                "",
                "## What went wrong",
                "",
                "- one\n  - two",
                "",
                "Do this.",
                "",
                "## Warnings",
                "",
                "- look at it",
                "",
                "## Figures",
                "",
                "| Figure | Value |",
                "| --- | --- |",
                "| RTO | 40 s |",
                "",
                "## Phases",
                "",
                "| Phase | State | Took | What came of it |",
                "| --- | --- | --- | --- |",
                "| switchover: First | done | 1 min 5 s |  |",
                "| Second | not reached |  | x \\| y |",
                "",
                "## Still to be done",
                "",
                "- tell somebody",
                "",
            ].join("\n"),
        );
    });
});
