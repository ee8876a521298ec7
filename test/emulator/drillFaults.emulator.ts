/** Trouble on the line between the drill and the emulator, below the SDK. */
import { expect } from "chai";
import { EmulatedWorld, REGIONS } from "../support/emulator/world";

describe("the drill against the emulator, in trouble", function () {
    this.timeout(60_000);
    let world: EmulatedWorld;
    beforeEach(async () => {
        world = await EmulatedWorld.create();
    });
    afterEach(() => world.dispose());

    it("status says READY when all is well, over real calls", async () => {
        const { status, stdout } = await world.call(["status", "--json"]);
        expect(status, stdout).to.equal(0);
        const { findings } = JSON.parse(stdout) as { findings: { state: string }[] };
        expect(findings.filter(({ state }) => state !== "ok")).to.deep.equal([]);
        expect(findings.length).to.be.greaterThan(16);
    });

    it("gets through when AWS throttles every kind of call", async () => {
        for (const operation of [
            "DescribeGlobalClusters",
            "DescribeDBClusters",
            "ModifyDBCluster",
            "UpdateAutoScalingGroup",
            "SwitchoverGlobalCluster",
            "PutParameter",
            "GetMetricData",
        ]) {
            world.gate.throttled.set(operation, 1);
        }
        world.gate.throttled.set("SwitchoverGlobalCluster", 3);
        const { status, stdout } = await world.call(["switchover", "--to", "eu", "--yes"]);
        expect(status, stdout).to.equal(0);
        expect(await world.writer()).to.equal("eu");
        expect([...world.gate.throttled.values()]).to.deep.equal([0, 0, 0, 0, 0, 0, 0]);
    });

    it("gets through when a call is not answered in time, whether or not it was heard", async () => {
        const hung: string[] = [];
        world.gate.rules.unshift(async (call, forward) => {
            const isHeard = call.operation === "SwitchoverGlobalCluster";
            if (
                !["SwitchoverGlobalCluster", "UpdateAutoScalingGroup"].includes(call.operation) ||
                hung.includes(call.operation)
            ) {
                return undefined;
            }
            hung.push(call.operation);
            if (isHeard) {
                await forward();
            }
            return "hang";
        });
        const { status, stdout } = await world.call(["switchover", "--to", "eu", "--yes"]);
        expect(status, stdout).to.equal(0);
        expect(hung.sort()).to.deep.equal(["SwitchoverGlobalCluster", "UpdateAutoScalingGroup"]);
        expect(await world.writer()).to.equal("eu");
    });

    it("fails over while the primary's region cuts every connection", async () => {
        world.lose("us");
        const before = world.gate.calls.length;
        const { status, stdout } = await world.call([
            "failover",
            "--to",
            "eu",
            "--accept-data-loss",
            "--yes",
        ]);
        expect(status, stdout).to.equal(0);
        expect(await world.writer()).to.equal("eu");
        const asked = world.gate.calls.slice(before).filter((call) => call.startsWith(REGIONS.us));
        expect(new Set(asked.map((call) => call.replace(/\/healthcheck\/.*/, "/healthcheck")))).to.deep.equal(
            new Set([
                `${REGIONS.us} GetParameter`,
                `${REGIONS.us} DescribeDBClusters`,
                `${REGIONS.us} DescribeDBInstances`,
                `${REGIONS.us} GET /2013-04-01/healthcheck`,
            ]),
        );
        const { status: again, stdout: table } = await world.call(["status"]);
        expect(table).to.contain(
            "unreachable: STS in us-east-1: GetCallerIdentity was not answered (ECONNRESET",
        );
        expect(again).to.equal(1);
    });

    it("refuses to fail over while the primary is well, and to switch over to a region that is not", async () => {
        const failover = await world.call(["failover", "--to", "eu", "--accept-data-loss", "--yes"]);
        expect(failover.status).to.equal(1);
        expect(failover.stdout).to.contain("us is green as seen from outside, and not red");
        world.shop.lose(REGIONS.eu);
        const switchover = await world.call(["switchover", "--to", "eu", "--yes"]);
        expect(switchover.status).to.equal(1);
        expect(switchover.stdout).to.contain(
            "eu is red as seen from outside: 0 of 3 Route 53 checkers say healthy",
        );
        expect(await world.writer()).to.equal("us");
    });

    it("times out on a switchover that never completes, and goes on when it is run again", async () => {
        const impatient = await EmulatedWorld.create({ timeouts: { "wait-switched": 1 } });
        try {
            impatient.standIns.neverSwitches = true;
            const { status } = await impatient.call(["switchover", "--to", "eu", "--yes"]);
            expect(status).to.equal(1);
            expect(impatient.report().error?.message).to.equal(
                "waited 1 s for eu to become the writer; last seen: status switching-over, us writes",
            );
            await impatient.standIns.finish(impatient.topology.globalClusterIdentifier);
            expect((await impatient.call(["switchover", "--to", "eu", "--yes"])).status).to.equal(0);
            expect(await impatient.writer()).to.equal("eu");
        } finally {
            await impatient.dispose();
        }
    });

    it("lets one of two operators through, and tells the other who it is", async () => {
        world.standIns.switchMilliseconds = 1000;
        const [first, second] = await Promise.all([
            world.call(["switchover", "--to", "eu", "--yes"]),
            world.call(["switchover", "--to", "eu", "--yes"], {
                operator: "lee",
                host: "desk",
                stateDirectory: `${world.directory}/lee`,
            }),
        ]);
        expect([first.status, second.status].sort()).to.deep.equal([0, 1]);
        const refused = first.status === 1 ? first : second;
        expect(refused.stderr).to.match(
            /(kim on laptop|lee on desk) \(process \d+\) holds the lock in eu-central-1 since/,
        );
        expect(await world.writer()).to.equal("eu");
        expect(world.gate.calls.filter((call) => call.endsWith("SwitchoverGlobalCluster"))).to.have.length(1);
    });

    it("destroys the copy when a restore fails, and leaves nothing", async () => {
        const before = await world.snapshot();
        world.standIns.restoreFailure = "The KMS key is not accessible";
        const { status } = await world.call(["restore-test"]);
        expect(status).to.equal(1);
        expect(world.report().error?.message).to.contain("is FAILED: The KMS key is not accessible");
        expect(await world.snapshot()).to.deep.equal(before);
    });

    it("refuses a wrong order of upgrades, and the emulator keeps its versions", async () => {
        const before = await world.snapshot();
        expect(
            (await world.call(["upgrade", "--to-version", "18.4", "--only", "us", "--yes"])).status,
        ).to.equal(1);
        expect(world.report().error?.message).to.equal(
            "the order is wrong: us writes, and eu is still on 18.3; upgrade eu first",
        );
        expect((await world.call(["upgrade", "--to-version", "18.4", "--dry-run"])).status).to.equal(0);
        expect(await world.snapshot()).to.deep.equal(before);
    });
});
