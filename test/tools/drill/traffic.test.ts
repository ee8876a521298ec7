import { expect } from "chai";
import { Bench } from "../../support/drill/commands";
import { topology } from "../../support/drill/topologies";

describe("traffic", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    const published = (key: string) =>
        bench.world.at(key).metrics.get(JSON.stringify({ Region: key === "eu" ? "us" : "eu" }));

    it("shows every region's switch, and changes nothing", async () => {
        const { status, stdout } = await bench.call(["traffic"]);
        expect(status).to.equal(0);
        expect(stdout).to.match(/^on {7}us /m);
        expect(stdout).to.match(/^on {7}eu /m);
        expect(bench.world.calls.filter((call) => /Put/.test(call))).to.deep.equal([]);
    });

    it("turns a region's traffic off and on by its switch, with values that a minute that is over holds", async () => {
        const off = await bench.call(["traffic", "--region", "us-east-1", "--off", "--yes"]);
        expect(off.status).to.equal(0);
        const now = bench.clock.now();
        expect(published("eu")).to.deep.equal(
            [2, 1, 0].map((minutes) => ({ at: now - minutes * 60_000, value: 1 })),
        );
        expect((await bench.call(["traffic"])).stdout).to.match(/^off {6}us /m);
        await bench.clock.sleep(60_000);
        const on = await bench.call(["traffic", "--region", "us", "--on", "--yes"]);
        expect(on.stdout).to.contain("set now; Route 53 follows within two minutes");
        expect(
            published("eu")
                ?.slice(3)
                .map(({ value }) => value),
        ).to.deep.equal([0, 0, 0]);
        expect((await bench.call(["traffic"])).stdout).to.match(/^on {7}us /m);
    });

    it("turns a region on again within the minute in which it was turned off: of a minute the highest value counts", async () => {
        await bench.clock.sleep(20_000);
        await bench.call(["traffic", "--region", "us", "--off", "--yes"]);
        await bench.clock.sleep(10_000);
        const { stdout } = await bench.call(["traffic", "--region", "us", "--on", "--yes"]);
        const next = "2026-03-01T12:01:00.000Z";
        expect(stdout).to.contain(`set from ${next} on, since until then it is off by an earlier value`);
        expect(published("eu")?.at(-1)).to.deep.equal({ at: Date.parse(next), value: 0 });
        expect((await bench.call(["traffic"])).stdout).to.match(/^on {7}us /m);
    });

    it("sets what is now by AWS's clock, when this machine's is off", async () => {
        for (const ahead of [600_000, -600_000]) {
            const own = new Bench();
            own.world.clockAheadMilliseconds = ahead;
            await own.call(["traffic", "--region", "us", "--off", "--yes"]);
            const last = own.world
                .at("eu")
                .metrics.get(JSON.stringify({ Region: "us" }))
                ?.at(-1);
            expect(last).to.deep.equal({ at: own.clock.now() + ahead, value: 1 });
            own.dispose();
        }
    });

    it("turns a region off within the minute in which it was turned on", async () => {
        for (const way of ["--off", "--on", "--off"]) {
            await bench.call(["traffic", "--region", "us", way, "--yes"]);
        }
        // What --on has written for the next minute does not turn it on again.
        const minutes = new Map<number, number>();
        for (const { at, value } of published("eu") ?? []) {
            const minute = Math.floor(at / 60_000);
            minutes.set(minute, Math.max(value, minutes.get(minute) ?? 0));
        }
        expect([...minutes.values()]).to.deep.equal([1, 1, 1, 1]);
        expect((await bench.call(["traffic"])).stdout).to.match(/^off {6}us /m);
    });

    it("turns off a region that is lost, from the one that is there, and asks nothing of us-east-1", async () => {
        bench.world.faults.unreachable.add("us-east-1");
        const { status, stdout } = await bench.call(["traffic", "--region", "us", "--off", "--yes"]);
        expect(status).to.equal(0);
        expect(published("eu")).to.have.lengthOf(3);
        // The other switch is in the region that is lost.
        expect(stdout).to.match(/^unknown {2}eu /m);
    });

    it("turns no region off when no other one is on", async () => {
        await bench.call(["traffic", "--region", "us", "--off", "--yes"]);
        const { status, stderr } = await bench.call(["traffic", "--region", "eu", "--off", "--yes"]);
        expect(status).to.equal(1);
        expect(stderr).to.contain("us is off already");
        expect(published("us")).to.equal(undefined);
    });

    it("asks first, and does nothing where the answer is another word or it is tried out", async () => {
        const answered = await bench.call(["traffic", "--region", "us", "--off"], {
            ask: () => Promise.resolve("no"),
        });
        expect(answered.status).to.equal(1);
        const dry = await bench.call(["traffic", "--region", "us", "--off", "--dry-run"]);
        expect(dry.stdout).to.contain("would turn the traffic of us off, by TrafficOff in eu-central-1");
        expect(published("eu")).to.equal(undefined);
    });

    it("says what to set where a region has no switch", async () => {
        const regions = topology().regions.map(({ trafficSwitch: _, ...region }) => region);
        const without = new Bench(topology({ regions }));
        const { status, stderr } = await without.call(["traffic", "--region", "us", "--off", "--yes"]);
        without.dispose();
        expect(status).to.equal(1);
        expect(stderr).to.contain("us has no switch\n").and.to.contain("trafficSwitch: true");
    });

    for (const [argv, problem] of [
        [["--off"], "--region is missing beside --off; allowed: us (us-east-1), eu (eu-central-1)"],
        [["--region", "moon", "--on"], '--region is "moon" beside --on'],
        [["--region", "us"], "--region goes with --off or --on"],
        [["--region", "us", "--on", "--off"], "--on and --off do not go together"],
    ] as const) {
        it(`refuses ${argv.join(" ")}`, async () => {
            const { status, stderr } = await bench.call(["traffic", ...argv]);
            expect(status).to.equal(2);
            expect(stderr).to.contain(problem);
        });
    }

    describe("in status", () => {
        const findings = async () => {
            const { stdout } = await bench.call(["status", "--json"]);
            return JSON.parse(stdout) as {
                verdict: string;
                findings: { subject: string; region?: string; state: string; text: string }[];
            };
        };

        it("is named where it was turned off, with what turns it on, and stops no failover", async () => {
            await bench.call(["traffic", "--region", "us", "--off", "--yes"]);
            const report = await findings();
            const found = report.findings.find(
                ({ region, subject }) => subject === "Traffic" && region === "us",
            );
            expect(found?.state).to.equal("warn");
            expect(found?.text).to.contain("traffic --region us --on");
            expect(report.verdict).to.equal("READY");
        });

        for (const [state, change] of [
            ["ENABLING", (given: Bench) => (given.world.acceleratedRecovery = "ENABLING")],
            ["cannot be asked", (given: Bench) => given.world.faults.unreachable.add("us-east-1")],
        ] as const) {
            it(`says so when the zone's accelerated recovery is ${state}`, async () => {
                change(bench);
                const found = (await findings()).findings.find(({ subject }) => subject === "Hosted zone");
                expect(found).to.include({ state: "warn" });
                expect(found?.text).to.contain(state);
            });
        }
    });
});
