import { expect } from "chai";
import { InterruptedError } from "../../../tools/drill/errors";
import { Bench, phases } from "../../support/drill/commands";
import { topology } from "../../support/drill/topologies";

const ARGV = ["switchover", "--to", "eu", "--yes"];

describe("switchover", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    it("prepares the target, switches, verifies, and lowers the other", async () => {
        const { status } = await bench.call(ARGV);
        expect(status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
        expect(bench.world.cluster("eu").capacity).to.deep.equal({ min: 8, max: 64 });
        expect(bench.world.cluster("us").capacity).to.deep.equal({ min: 4, max: 64 });
        expect(bench.world.at("eu").fleets.get("web-eu")).to.include({ min: 2, desired: 4 });
        expect(phases(bench.report())).to.deep.equal([
            "preflight: done",
            "confirm: done",
            "scale-target-database: done",
            "scale-target-fleets: done",
            "wait-fleets: done",
            "wait-lag: done",
            "switch-over: done",
            "wait-switched: done",
            "verify: done",
            "scale-other-down: done",
        ]);
    });

    it("asks AWS to switch over once, in the region that writes", async () => {
        await bench.call(ARGV);
        expect(bench.world.calls.filter((call) => call.endsWith("SwitchoverGlobalCluster"))).to.deep.equal([
            "us-east-1 SwitchoverGlobalCluster",
        ]);
    });

    it("says what it will do before it does it, and reports phases with durations", async () => {
        const { stdout } = await bench.call(ARGV);
        expect(stdout.indexOf("  6. Wait for the replication to catch up")).to.be.greaterThan(0);
        expect(stdout.indexOf("Switch over: from us (us-east-1) to eu (eu-central-1)")).to.be.lessThan(
            stdout.indexOf("AWS has taken up the switchover"),
        );
        const { phases: reported, ...report } = bench.report();
        expect(report).to.deep.include({
            verb: "switchover",
            environment: "prod",
            subject: "to eu",
            outcome: "done",
            verdict: "PASS",
            operator: "kim on laptop",
            resumed: false,
            dryRun: false,
        });
        expect(reported.find(({ id }) => id === "wait-switched")).to.include({ seconds: 40 });
        expect(stdout).to.contain("| Wait until eu writes | done | 40 s | status available, eu writes |");
        expect(report.afterwards[0]).to.contain("set primaryRegion to eu");
    });

    it("does the rest where the target writes already: whoever moved it may not have got to it", async () => {
        bench.world.writer = "eu";
        const { status } = await bench.call(ARGV);
        expect(status).to.equal(0);
        expect(bench.world.cluster("eu").capacity.min).to.equal(8);
        expect(bench.report()).to.include({ subject: "to eu, which writes already" });
        expect(phases(bench.report())).to.deep.equal([
            "wait-switched: done",
            "scale-target-database: done",
            "verify: done",
            "scale-target-fleets: done",
            "wait-fleets: done",
        ]);
        expect(bench.world.calls.filter((call) => call.endsWith("SwitchoverGlobalCluster"))).to.deep.equal(
            [],
        );
        expect((await bench.call(ARGV)).status).to.equal(0);
        expect(phases(bench.report())).to.include("scale-target-database: already so");
    });

    it("takes the AWS region for the key", async () => {
        expect((await bench.call(["switchover", "--to", "eu-central-1", "-y"])).status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
    });

    describe("preflight", () => {
        async function refusal(): Promise<string> {
            const before = bench.world.snapshot();
            const { status, stdout } = await bench.call(ARGV);
            expect(status, stdout).to.equal(1);
            expect(bench.report().outcome).to.equal("refused");
            expect(bench.world.snapshot(), "nothing is changed").to.deep.equal(before);
            return bench.report().error?.message ?? "";
        }

        it("refuses another account before it looks at anything else", async () => {
            bench.world.accountId = "999988887777";
            expect(await refusal()).to.equal(
                "the credentials are of account 999988887777, and prod is in 111122223333",
            );
        });

        it("refuses clusters that are not available", async () => {
            bench.world.cluster("eu").status = "maintenance";
            expect(await refusal()).to.equal("the cluster in eu is maintenance, and not available");
        });

        it("refuses a target without an instance", async () => {
            bench.world.cluster("eu").instances = [{ identifier: "e-1", status: "creating" }];
            expect(await refusal()).to.equal("eu has no instance that is available: e-1 creating");
        });

        it("refuses different engine versions", async () => {
            bench.world.cluster("eu").version = "18.7";
            expect(await refusal()).to.equal(
                "us runs 18.6 and eu 18.7: Aurora switches over between equal versions alone; finish the upgrade",
            );
        });

        it("refuses a target that could not carry the load", async () => {
            bench.world.cluster("eu").capacity.max = 32;
            expect(await refusal()).to.equal(
                "eu may grow to 32 ACU and us to 64: it could not carry the load",
            );
        });

        it("refuses a target that looks bad from outside", async () => {
            bench.world.faults.lost.add("eu");
            expect(await refusal()).to.contain("eu is red as seen from outside: 0 of 3 Route 53 checkers");
        });

        it("refuses a missing fleet", async () => {
            bench.world.at("eu").fleets.delete("api-eu");
            expect(await refusal()).to.equal("there is no Auto Scaling group api-eu in eu");
        });

        it("says everything at once", async () => {
            bench.world.cluster("us").status = "backing-up";
            bench.world.cluster("eu").version = "18.5";
            expect((await refusal()).split("\n  - ")).to.have.length(3);
        });
    });

    it("changes nothing in a dry run, and makes the checks", async () => {
        const before = bench.world.snapshot();
        const { status, stdout } = await bench.call(["switchover", "--to", "eu", "--dry-run"]);
        expect(status).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(before);
        expect(bench.world.calls.filter((call) => !/Describe|Get|List/.test(call))).to.deep.equal([]);
        expect(stdout).to.contain("Raise the floor of eu's database: from 4 to 8 ACU");
        expect(bench.report()).to.include({ dryRun: true, verdict: "PASS" });
        expect(phases(bench.report())).to.include("switch-over: would do");
    });

    it("fails a dry run whose checks fail", async () => {
        bench.world.cluster("eu").version = "18.5";
        expect((await bench.call(["switchover", "--to", "eu", "--dry-run"])).status).to.equal(1);
        expect(bench.report()).to.include({ outcome: "refused", verdict: "FAIL" });
    });

    describe("asking the operator", () => {
        it("goes on when they type the region", async () => {
            const questions: string[] = [];
            const ask = (question: string): Promise<string> => {
                questions.push(question);
                return Promise.resolve("eu");
            };
            expect((await bench.call(["switchover", "--to", "eu"], { ask })).status).to.equal(0);
            expect(questions).to.deep.equal([
                "This will switch the writer over from us to eu in prod. Type eu to go on: ",
            ]);
        });

        it("stops when they do not", async () => {
            const ask = (): Promise<string> => Promise.resolve("no");
            expect((await bench.call(["switchover", "--to", "eu"], { ask })).status).to.equal(1);
            expect(bench.world.writer).to.equal("us");
            expect(bench.journals().at(-1)).to.include({ kind: "closed", outcome: "refused" });
        });

        it("does nothing where nobody can be asked", async () => {
            const { status } = await bench.call(["switchover", "--to", "eu"]);
            expect(status).to.equal(1);
            expect(bench.report().outcome).to.equal("refused");
            expect(bench.report().error).to.deep.equal({
                message: "nobody can be asked to switch the writer over from us to eu in prod",
                hint: "Say --yes, or run it in a terminal.",
            });
            expect(bench.world.writer).to.equal("us");
        });
    });

    it("waits for the lag anew when it goes on after an interruption", async () => {
        await bench.dieAt(ARGV, "switch-over");
        bench.world.at("eu").lag = 4000;
        expect((await bench.call(ARGV)).status).to.equal(1);
        expect(bench.report().error?.message).to.contain("last seen: 4000 ms behind");
        expect(bench.world.writer).to.equal("us");
        bench.world.at("eu").lag = 300;
        expect((await bench.call(ARGV)).status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
    });

    it("waits until the target has caught up", async () => {
        bench.world.at("eu").lag = 4000;
        void bench.clock.sleep(30_000).then(() => {
            bench.world.at("eu").lag = 300;
        });
        expect((await bench.call(ARGV)).status).to.equal(0);
        expect(bench.report().phases.find(({ id }) => id === "wait-lag")).to.include({ seconds: 30 });
    });

    it("times out on a lag that stays, before the switch, and can be rolled back", async () => {
        bench.world.at("eu").lag = 4000;
        const before = bench.world.snapshot();
        const { status } = await bench.call(ARGV);
        expect(status).to.equal(1);
        expect(bench.report().outcome).to.equal("halfway");
        expect(bench.report().error).to.deep.equal({
            message:
                "waited 15 min for eu to be at most 1000 ms behind us; last seen: 4000 ms behind, measured 30 s ago",
            hint:
                "Look at the writer's load (a large batch?) and at the replication alarm. Run the same command again " +
                "to go on, or with --rollback.",
        });
        expect(bench.world.holder("us-east-1")?.verb, "the lock stays: it is half done").to.equal(
            "switchover",
        );
        expect((await bench.call(["switchover", "--rollback"])).status).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    it("times out on a switchover that never completes, and goes on waiting when it is run again", async () => {
        bench.world.faults.neverSwitches = true;
        const { status } = await bench.call(ARGV);
        expect(status).to.equal(1);
        const { error, outcome } = bench.report();
        expect(outcome).to.equal("halfway");
        expect(error?.message).to.equal(
            "waited 30 min for eu to become the writer; last seen: status switching-over, us writes",
        );
        expect(error?.hint).to.contain("AWS has not finished");
        bench.world.faults.neverSwitches = false;
        const again = await bench.call(ARGV);
        expect(again.status).to.equal(0);
        expect(again.stdout).to.contain("Going on with switchover to eu");
        expect(bench.world.calls.filter((call) => call.endsWith("SwitchoverGlobalCluster"))).to.have.length(
            1,
        );
    });

    it("keeps to a step's own time limit when a call hangs", async () => {
        const limited = new Bench(topology({ timeouts: { "wait-switched": 60 } }));
        try {
            let began = 0;
            const checkpoint = (step: string, moment: string): void => {
                if (step === "switch-over" && moment === "effected") {
                    limited.world.faults.failing.set("DescribeGlobalClusters", "hangs");
                    began = limited.clock.now();
                }
            };
            expect((await limited.call(ARGV, { checkpoint })).status).to.equal(1);
            expect(limited.report().error?.message).to.equal("the step took longer than its 60 s");
            expect(limited.clock.now() - began).to.equal(65_000);
        } finally {
            limited.dispose();
        }
    });

    it("gets through when AWS throttles and does not answer now and then", async () => {
        for (const operation of ["SwitchoverGlobalCluster", "GetMetricData"]) {
            bench.world.faults.throttled.set(operation, 2);
        }
        expect((await bench.call(ARGV)).status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
    });

    it("stops when it is interrupted, keeps lock and journal, and goes on when it is run again", async () => {
        const stop = new AbortController();
        bench.world.at("eu").lag = 4000;
        void bench.clock.sleep(20_000).then(() => {
            stop.abort(new InterruptedError("interrupted by SIGINT"));
        });
        expect((await bench.call(ARGV, { signal: stop.signal })).status).to.equal(1);
        expect(bench.report().error).to.deep.equal({
            message: "interrupted by SIGINT",
            hint: "Run the same command again to go on, or with --rollback.",
        });
        bench.world.at("eu").lag = 10;
        expect((await bench.call(ARGV)).status).to.equal(0);
        expect(["us-east-1", "eu-central-1"].map((region) => bench.world.holder(region))).to.deep.equal([
            undefined,
            undefined,
        ]);
    });

    it("refuses to begin something else while a run is unfinished, unless that is given up", async () => {
        bench.world.at("eu").lag = 4000;
        await bench.call(ARGV);
        const { status, stderr } = await bench.call(["rehearse", "--yes"]);
        expect(status).to.equal(1);
        expect(stderr).to.contain(
            "switchover-20260301t120000000z is unfinished since 2026-03-01T12:00:00.000Z",
        );
        bench.world.at("eu").lag = 10;
        const fresh = await bench.call(["switchover", "--to", "eu", "--yes", "--fresh"]);
        expect(fresh.status).to.equal(0);
        expect(fresh.stdout).to.contain("Giving up the unfinished run switchover-20260301t120000000z.");
    });

    it("refuses a second operator, who has no journal of it", async () => {
        bench.world.at("eu").lag = 4000;
        await bench.call(ARGV);
        const second = await bench.call(ARGV, {
            operator: { name: "lee", host: "desk", pid: 1 },
            stateDirectory: `${bench.directory}/other`,
        });
        expect(second.status).to.equal(1);
        expect(second.stderr).to.match(/kim on laptop \(process \d+\) holds the lock in eu-central-1 since/);
        expect(bench.world.writer).to.equal("us");
    });

    it("has nothing to roll back where nothing is unfinished", async () => {
        const { status, stderr } = await bench.call(["switchover", "--rollback"]);
        expect(status).to.equal(1);
        expect(stderr).to.contain("there is no unfinished run of switchover to roll back");
    });
});

describe("failback", () => {
    it("goes home", async () => {
        const bench = new Bench();
        try {
            expect((await bench.call(ARGV)).status).to.equal(0);
            expect((await bench.call(["failback", "-y"])).status).to.equal(0);
            expect(bench.world.writer).to.equal("us");
            expect(bench.world.cluster("us").capacity.min).to.equal(8);
            expect(bench.world.cluster("eu").capacity.min).to.equal(4);
            expect((await bench.call(["failback"])).stdout).to.contain(
                "failback to us, which writes already",
            );
        } finally {
            bench.dispose();
        }
    });

    it("refuses while the old primary is still catching up", async () => {
        const bench = new Bench();
        try {
            await bench.call(ARGV);
            bench.world.faults.lost.add("us");
            expect((await bench.call(["failback", "-y"])).status).to.equal(1);
            expect(bench.report().error?.message).to.contain("us is pending-resync, and not connected");
        } finally {
            bench.dispose();
        }
    });
});
