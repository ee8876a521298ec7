import { expect } from "chai";
import { Bench, phases } from "../../support/drill/commands";

const ARGV = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];

describe("failover", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    it("promotes the target although the primary's region does not answer", async () => {
        bench.world.lose("us");
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
        expect(bench.world.cluster("eu").capacity.min).to.equal(8);
        expect(bench.world.at("eu").fleets.get("web-eu")).to.include({ desired: 4, min: 2 });
        expect(phases(bench.report())).to.deep.equal([
            "guard: done",
            "confirm: done",
            "fail-over: done",
            "scale-target-fleets: done",
            "wait-switched: done",
            "scale-target-database: done",
            "verify: done",
            "wait-fleets: done",
        ]);
    });

    it("asks the lost region for its lock and for its word, and Route 53 what its checkers see", async () => {
        bench.world.lose("us");
        await bench.call(ARGV);
        const asked = bench.world.calls.filter((call) => call.startsWith("us-east-1"));
        expect([...new Set(asked)].sort()).to.deep.equal([
            "us-east-1 DescribeDBClusters",
            "us-east-1 DescribeDBInstances",
            "us-east-1 GetHealthCheckStatus",
            "us-east-1 GetParameter",
        ]);
    });

    it("is refused without the word for it", async () => {
        bench.world.lose("us");
        const { status, stderr } = await bench.call(["failover", "--to", "eu", "--yes"]);
        expect(status).to.equal(2);
        expect(stderr).to.contain("say --accept-data-loss");
        expect(bench.world.writer).to.equal("us");
    });

    it("is refused while the primary is well as seen from outside, whatever its API says", async () => {
        bench.world.faults.unreachable.add("us-east-1");
        expect((await bench.call(ARGV)).status).to.equal(1);
        expect(bench.report().error).to.deep.include({
            hint:
                "While the primary answers, `npm run drill -- switchover` moves the writer without loss. If you know that " +
                'us is lost, say --primary-is-lost "<why>".',
        });
        expect(bench.report().error?.message).to.match(/^us is green as seen from outside, and not red/);
        expect(bench.world.writer).to.equal("us");
    });

    it("goes through when the health path answers and every write fails", async () => {
        const post = bench.world.outside.post.bind(bench.world.outside);
        let fails = true;
        Object.assign(bench.world.outside, {
            post: (url: string, body: string, timeout: number) =>
                fails && bench.world.writer === "us"
                    ? Promise.resolve({ status: 500, body: "" })
                    : post(url, body, timeout),
        });
        expect((await bench.call(ARGV)).status).to.equal(0);
        fails = false;
        expect(bench.world.writer).to.equal("eu");
    });

    it("is refused when AWS could not promote the target, or should not", async () => {
        bench.world.lose("us");
        bench.world.faults.lost.add("eu");
        bench.world.cluster("eu").status = "inaccessible-encryption-credentials";
        expect((await bench.call(ARGV)).status).to.equal(1);
        const message = bench.report().error?.message ?? "";
        expect(message).to.contain("eu is pending-resync, and not connected: it lacks what was written");
        expect(message).to.contain(
            "the database in eu is down: cluster inaccessible-encryption-credentials, 2 of 2 instances serve",
        );
    });

    it("says how much would be lost", async () => {
        bench.world.lose("us");
        const { stdout } = await bench.call(ARGV);
        expect(stdout).to.match(/eu was 120 ms behind, measured 30 s ago: about that much is lost/);
    });

    it("gives up what is unfinished: on that day nobody finishes yesterday's rehearsal first", async () => {
        bench.world.at("eu").lag = 4000;
        expect((await bench.call(["switchover", "--to", "eu", "-y"])).status).to.equal(1);
        bench.world.at("eu").lag = 120;
        bench.world.lose("us");
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("Giving up the unfinished run switchover-20260301t120000000z.");
        expect(bench.world.holder("eu-central-1")).to.equal(undefined);
    });

    it("leaves no lock that keeps the way home shut, when the lost region is back with it", async () => {
        bench.world.at("eu").lag = 4000;
        await bench.call(["switchover", "--to", "eu", "-y"]);
        bench.world.at("eu").lag = 120;
        bench.world.lose("us");
        await bench.call(ARGV);
        expect(bench.world.holder("us-east-1")?.verb).to.equal("switchover");
        bench.world.faults.lost.clear();
        bench.world.faults.unreachable.clear();
        expect((await bench.call(["failback", "-y"])).status).to.equal(0);
        expect(bench.world.holder("us-east-1")).to.equal(undefined);
    });

    it("says what is still to be done", async () => {
        bench.world.lose("us");
        await bench.call(ARGV);
        expect(bench.report().afterwards.join("\n")).to.match(
            /set primaryRegion to eu[^]*npm run drill -- failback[^]*rds:unplanned-global-failover/,
        );
    });

    it("looks again when it goes on after an interruption, and refuses when the primary is back", async () => {
        for (const moment of ["confirm", "fail-over"]) {
            const own = new Bench();
            try {
                const before = own.world.snapshot();
                own.world.faults.lost.add("us");
                await own.dieAt(ARGV, moment);
                own.world.faults.lost.clear();
                expect((await own.call(ARGV)).status, moment).to.equal(1);
                expect(own.report().error?.message).to.match(
                    /^us is green as seen from outside, and not red/,
                );
                expect(own.world.writer).to.equal("us");
                if (moment !== "fail-over") {
                    expect(own.world.snapshot()).to.deep.equal(before);
                }
            } finally {
                own.dispose();
            }
        }
    });

    it("does not guard any more what AWS has done meanwhile", async () => {
        bench.world.lose("us");
        await bench.dieAt(ARGV, "fail-over", "effected");
        await bench.clock.sleep(600_000);
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(bench.world.calls.filter((call) => call.endsWith("FailoverGlobalCluster"))).to.have.length(1);
    });

    it("asks for the word for it again when it goes on, but not to roll back", async () => {
        bench.world.lose("us");
        await bench.dieAt(ARGV, "confirm");
        const { status, stderr } = await bench.call(["failover", "--to", "eu", "--yes"]);
        expect(status).to.equal(2);
        expect(stderr).to.contain("say --accept-data-loss");
        expect(bench.world.writer).to.equal("us");
        expect((await bench.call(["failover", "--rollback"])).status).to.equal(0);
    });

    it("asks nothing of anybody in a dry run", async () => {
        bench.world.lose("us");
        const { status, stdout } = await bench.call([...ARGV, "--dry-run"]);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("us");
        expect(stdout).to.contain("would ask for the word eu");
    });
});
