import { expect } from "chai";
import { Bench } from "../../support/drill/commands";
import { topology, topologyJson } from "../../support/drill/topologies";

const ARGV = ["rehearse", "--yes"];

describe("rehearse", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    const figure = (name: string): unknown => bench.report().figures.find((each) => each.name === name)?.data;

    it("switches over and back, and measures both from the probe's record", async () => {
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(bench.report()).to.include({ verdict: "PASS", outcome: "done" });
        expect(bench.report().reasons).to.deep.equal([
            "switchover: RTO 40 s (target: under 1 min), RPO 0 ms (target: under 1 s)",
            "failback: RTO 40 s (target: under 1 min), RPO 0 ms (target: under 1 s)",
        ]);
        expect(figure("switchover: RTO")).to.equal(40);
        expect(figure("switchover: RPO")).to.equal(0);
        expect(bench.world.writer).to.equal("us");
    });

    it("fails when writes are dropped for 90 s", async () => {
        bench.world.faults.dropsWritesFor = 50_000;
        expect((await bench.call(ARGV)).status).to.equal(1);
        expect(bench.report()).to.include({ verdict: "FAIL", outcome: "done" });
        expect(figure("switchover: RTO")).to.equal(90);
        expect(bench.report().reasons[0]).to.equal("switchover: RTO 1 min 30 s, and it must be under 1 min");
    });

    it("holds the same figures against the targets of the configuration", async () => {
        const lenient = new Bench(topology({ targets: { switchoverRtoSeconds: 91 } }));
        try {
            lenient.world.faults.dropsWritesFor = 50_000;
            expect((await lenient.call(ARGV)).status).to.equal(0);
        } finally {
            lenient.dispose();
        }
    });

    it("is inconclusive when AWS takes the switchover up and never finishes it", async () => {
        bench.world.faults.neverSwitches = true;
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report()).to.include({ verdict: "INCONCLUSIVE", outcome: "halfway" });
        expect(bench.report().reasons[0]).to.equal(
            "switchover: no write failed and the same region writes as before: the fault never took effect",
        );
    });

    it("is inconclusive when AWS answers a switchover and does nothing", async () => {
        bench.world.faults.ignoresSwitches = true;
        bench.world.switchMilliseconds = 0;
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report().verdict).to.equal("INCONCLUSIVE");
    });

    it("fails over, goes home and restores, with a figure for each", async () => {
        const { status, stdout } = await bench.call([...ARGV, "--parts", "failover,restore"]);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("us");
        expect(bench.world.faults.lost.size, "the fault is healed").to.equal(0);
        expect(figure("failover: RTO")).to.equal(48);
        expect(figure("return from the failover: RTO")).to.equal(40);
        expect(bench.report().figures.map(({ name }) => name)).to.include("restore: From start to verified");
    });

    it("computes the RPO of a failover from the markers that are gone", async () => {
        bench.world.lagMilliseconds = 2500;
        await bench.call([...ARGV, "--parts", "failover"]);
        expect(figure("failover: RPO")).to.equal(3);
        expect(figure("failover: markers")).to.have.property("lost").with.length(3);
        expect(bench.report().verdict).to.equal("PASS");
    });

    it("fails a failover that loses more than is allowed", async () => {
        const strict = new Bench(topology({ targets: { failoverRpoSeconds: 2 } }));
        try {
            strict.world.lagMilliseconds = 2500;
            expect((await strict.call([...ARGV, "--parts", "failover"])).status).to.equal(1);
            expect(strict.report().reasons[0]).to.equal(
                "failover: RPO 3 s, and it must be under 2 s: 3 acknowledged markers are lost",
            );
        } finally {
            strict.dispose();
        }
    });

    it("is inconclusive when the fault never took effect, and does not fail over", async () => {
        Object.assign(bench.world, { command: () => Promise.resolve() });
        expect((await bench.call([...ARGV, "--parts", "failover"])).status).to.equal(3);
        expect(bench.report().reasons.join("\n")).to.contain("the fault never took effect");
        expect(bench.world.writer).to.equal("us");
        expect(bench.report().outcome, "the fault is healed, so nothing is left").to.equal("failed");
        expect(bench.report().phases.find(({ id }) => id === "failover/heal")).to.include({ state: "done" });
    });

    it("heals the fault when a step after it fails", async () => {
        bench.world.cluster("eu").status = "stopped";
        expect((await bench.call([...ARGV, "--parts", "failover"])).status).not.to.equal(0);
        expect(bench.world.faults.lost.size).to.equal(0);
        expect(bench.world.writer).to.equal("us");
    });

    it("does not begin before writes go through", async () => {
        bench.world.faults.lost.add("us");
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report().error?.message).to.equal(
            "waited 2 min for 5 markers in a row to be written; last seen: HTTP 503",
        );
        expect(bench.world.calls.some((call) => call.includes("Switchover"))).to.equal(false);
    });

    it("refuses a call that it cannot serve", async () => {
        const { fault: _fault, probe: _probe, ...rest } = topologyJson();
        const bare = new Bench(topology({ ...rest, fault: undefined, probe: undefined }));
        try {
            expect((await bare.call(ARGV)).stderr).to.contain(
                "a rehearsal needs the URL that markers are written to",
            );
            const withUrl = [...ARGV, "--probe-url", "https://shop.example.com/markers"];
            expect((await bare.call([...withUrl, "--parts", "failover"])).stderr).to.contain(
                "the part failover needs commands that take the primary away",
            );
            expect((await bare.call([...withUrl, "--parts", "lunch"])).stderr).to.contain(
                "--parts is lunch; allowed: switchover, failback, failover, restore",
            );
            expect((await bare.call([...withUrl, "--parts", "failback"])).stderr).to.contain("name both");
            expect((await bare.call([...withUrl, "--to", "us"])).stderr).to.contain(
                "--to is us; allowed: eu",
            );
            expect((await bare.call(withUrl)).status).to.equal(0);
        } finally {
            bare.dispose();
        }
    });

    it("stays away when it is told to, and says how to come home", async () => {
        expect((await bench.call([...ARGV, "--parts", "switchover"])).status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
        expect(bench.report().afterwards).to.deep.equal([
            "eu writes now: `npm run drill -- failback` goes home.",
        ]);
    });
});
