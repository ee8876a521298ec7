/** What AWS says goes before what the journal says: a change that AWS took back, and one that the journal forgot. */
import { expect } from "chai";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bench, phases } from "../../support/drill/commands";

const SWITCHOVER = ["switchover", "--to", "eu", "--yes"];
const FAILOVER = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];

describe("a change of the writer that AWS cancels", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
        bench.world.faults.cancels = 1;
    });
    afterEach(() => {
        bench.dispose();
    });

    it("is said soon, with what to do", async () => {
        const { status, stdout } = await bench.call(SWITCHOVER);
        expect(status).to.equal(1);
        expect(stdout).to.contain("status switching-over, us writes");
        expect(bench.report()).to.include({ outcome: "halfway" });
        expect(bench.report().error).to.deep.equal({
            message: "AWS has cancelled the change of the writer: status available, us writes",
            hint:
                "Look at the events of the global database in the RDS console. Run the same command again to ask AWS " +
                "once more, or with --rollback.",
        });
        const seconds = bench.report().phases.find(({ id }) => id === "wait-switched")?.seconds;
        expect(seconds).to.be.within(40, 60);
    });

    it("is said as soon when it was over before anybody looked", async () => {
        const { world } = bench;
        world.switchMilliseconds = 20;
        world.lose("us");
        const { fleets } = world.aws.in("eu-central-1");
        const others = { ...world.aws };
        Object.assign(world.aws, {
            in: (region: string) => ({
                ...others.in(region),
                fleets: {
                    ...fleets,
                    // The fleets are asked to grow before anybody looks at the database again.
                    resize: async (...args: Parameters<typeof fleets.resize>) => {
                        await world.clock.sleep(1000);
                        await fleets.resize(...args);
                    },
                },
            }),
        });
        await bench.call(FAILOVER);
        expect(bench.report().error?.message).to.contain("AWS has cancelled the change of the writer");
        const seconds = bench.report().phases.find(({ id }) => id === "wait-switched")?.seconds;
        expect(seconds).to.be.within(0, 45);
        expect((await bench.call(FAILOVER)).status).to.equal(0);
    });

    it("is gone on with by the same command, which looks at the lag again and asks once more", async () => {
        await bench.call(SWITCHOVER);
        const { status, stdout } = await bench.call(SWITCHOVER);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("Going on with switchover to eu");
        expect(bench.world.writer).to.equal("eu");
        const calls = bench.world.calls.filter((call) => /SwitchoverGlobalCluster|GetMetricData/.test(call));
        expect(calls.map((call) => call.split(" ")[1])).to.deep.equal([
            "GetMetricData",
            "SwitchoverGlobalCluster",
            "GetMetricData",
            "SwitchoverGlobalCluster",
        ]);
    });

    it("is rolled back without --fresh", async () => {
        const before = bench.world.snapshot();
        await bench.call(SWITCHOVER);
        const { status, stderr, stdout } = await bench.call(["switchover", "--rollback"]);
        expect(status, stderr).to.equal(0);
        expect(stdout).to.contain('AWS has not taken "Switch over": status available, us writes');
        expect(bench.world.snapshot()).to.deep.equal(before);
        expect(phases(bench.report())).to.include("switch-over: undone");
    });

    it("is gone on with after a kill, too, while AWS is still at cancelling it", async () => {
        await bench.dieAt(SWITCHOVER, "wait-switched");
        await bench.clock.sleep(25_000);
        const { status, stdout } = await bench.call(SWITCHOVER);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
    });

    it("is waited for by a rollback until AWS has done with it", async () => {
        const before = bench.world.snapshot();
        await bench.dieAt(SWITCHOVER, "wait-switched");
        await bench.clock.sleep(25_000);
        const { status, stderr } = await bench.call(["switchover", "--rollback"]);
        expect(status, stderr).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    it("is asked for once more by a failover, whose guard looks again", async () => {
        bench.world.lose("us");
        expect((await bench.call(FAILOVER)).status).to.equal(1);
        const { status, stdout } = await bench.call(FAILOVER);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
    });
});

describe("a journal that forgot that the switch was begun", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    async function forget(): Promise<void> {
        await bench.dieAt(SWITCHOVER, "switch-over", "effected");
        const directory = join(bench.directory, "journal");
        const [name = ""] = readdirSync(directory);
        const lines = readFileSync(join(directory, name), "utf8").trim().split("\n");
        writeFileSync(
            join(directory, name),
            lines.filter((line) => !line.includes('"switch-over"')).join("\n") + "\n",
        );
    }

    it("undoes nothing while AWS switches over, and says what AWS says", async () => {
        await forget();
        const floor = bench.world.cluster("eu").capacity.min;
        const { status, stderr, stdout } = await bench.call(["switchover", "--rollback"]);
        expect(status, stdout).to.equal(1);
        expect(stderr).to.contain(
            '"Switch over" has begun, and from there the way is forward: status switching-over, us writes',
        );
        expect(bench.world.cluster("eu").capacity.min).to.equal(floor);
        expect((await bench.call(SWITCHOVER)).status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
    });

    it("undoes nothing where AWS cannot be asked", async () => {
        await forget();
        bench.world.faults.unreachable.add("us-east-1");
        const floor = bench.world.cluster("eu").capacity.min;
        const aws = bench.world.aws.in("eu-central-1");
        const silent = {
            ...aws,
            database: { ...aws.database, globalDatabase: () => Promise.reject(new Error("no answer")) },
        };
        const others = { ...bench.world.aws };
        Object.assign(bench.world.aws, {
            in: (region: string) => (region === "eu-central-1" ? silent : others.in(region)),
        });
        const { status, stderr } = await bench.call(["switchover", "--rollback"]);
        expect(status).to.equal(1);
        expect(stderr).to.contain("for AWS to say whether eu is to write");
        expect(bench.world.cluster("eu").capacity.min).to.equal(floor);
    });
});
