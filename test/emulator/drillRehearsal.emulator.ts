/** The whole cycle against the emulator, measured, with its report. */
import { expect } from "chai";
import { type Measurement } from "../../tools/drill/probe/types";
import { EmulatedWorld } from "../support/emulator/world";

describe("a rehearsal against the emulator", function () {
    this.timeout(120_000);
    let world: EmulatedWorld;
    let printed = "";

    before(async () => {
        world = await EmulatedWorld.create();
        world.standIns.switchMilliseconds = 1500;
        const before = await world.snapshot();
        const argv = ["rehearse", "--yes", "--parts", "switchover,failback,failover,restore"];
        const { status, stderr, stdout } = await world.call(argv);
        expect(status, stdout + stderr).to.equal(0);
        printed = stdout.slice(stdout.indexOf("\n# "));
        expect(await world.writer()).to.equal("us");
        const fleets = /"(web|api)-(us|eu)",2,\d/g;
        const without = (snapshot: unknown): string => JSON.stringify(snapshot).replaceAll(fleets, "");
        expect(without(await world.snapshot()), "but for what the fleets grew by").to.equal(without(before));
    });
    after(async () => {
        await world.dispose();
        process.stdout.write(`${printed.replace(/^/gm, "    ")}\n`);
    });

    const measured = (part: string): Measurement =>
        world.report().figures.find(({ name }) => name === `${part}: markers`)?.data as Measurement;

    it("goes through switchover, failback, failover, the way home and a restore", () => {
        expect(world.report()).to.include({ verdict: "PASS", outcome: "done" });
        expect(new Set(world.report().phases.map(({ id }) => id.replace(/\/[^/]*$/, "")))).to.deep.equal(
            new Set(["confirm", "switchover", "failback", "failover", "failover/return", "restore"]),
        );
        expect(world.report().phases.filter(({ seconds }) => seconds === undefined)).to.deep.equal([]);
    });

    it("measures as long as the writer was moving, and no marker lost, when that was planned", () => {
        for (const part of ["switchover", "failback", "return from the failover"]) {
            const { failed, lost, rpoSeconds, rtoSeconds } = measured(part);
            expect(rtoSeconds, part).to.be.within(1, 6);
            expect(failed, part).to.be.greaterThan(3);
            expect([lost, rpoSeconds], part).to.deep.equal([[], 0]);
        }
    });

    it("measures what the lost region had not sent when it was not", () => {
        const { lost, rpoSeconds, rtoSeconds } = measured("failover");
        expect(rtoSeconds).to.be.greaterThan(1.5);
        // As many through the world-wide host, and through either region's own.
        expect(lost.length).to.be.within(1, 12);
        expect(rpoSeconds).to.be.within(0.1, 1.5);
    });
});

describe("verdicts of a rehearsal against the emulator", function () {
    this.timeout(60_000);
    let world: EmulatedWorld | undefined;
    afterEach(() => world?.dispose());

    it("FAIL when writes are refused for longer than is allowed", async () => {
        world = await EmulatedWorld.create({ targets: { switchoverRtoSeconds: 1 } });
        world.standIns.switchMilliseconds = 2000;
        const { status } = await world.call(["rehearse", "--yes", "--parts", "switchover"]);
        expect(status).to.equal(1);
        expect(world.report().reasons.join()).to.match(/RTO \d+(\.\d)? s, and it must be under 1 s/);
    });

    it("FAIL when a failover loses all that was written for longer than is allowed", async () => {
        world = await EmulatedWorld.create({ targets: { failoverRpoSeconds: 2 } });
        world.standIns.switchMilliseconds = 500;
        world.shop.lagMilliseconds = 60_000;
        const { status, stdout } = await world.call(["rehearse", "--yes", "--parts", "failover"]);
        expect(status, stdout).to.equal(1);
        expect(world.report().reasons[0]).to.match(
            /^failover: RPO at least \d+(\.\d)? s, and it must be under 2 s: \d+ acknowledged markers are lost$/,
        );
    });

    it("FAIL when the application of the lost region goes on writing there", async () => {
        world = await EmulatedWorld.create({ targets: { failoverRpoSeconds: 1 } });
        world.standIns.switchMilliseconds = 500;
        world.shop.headstrong.add("us-east-1");
        const { status, stdout } = await world.call(["rehearse", "--yes", "--parts", "failover"]);
        expect(status, stdout).to.equal(1);
        expect(world.report().reasons.join("\n")).to.match(
            /failover: us took \d+ markers after eu had taken over/,
        );
    });

    it("INCONCLUSIVE when the switchover never completes, with what was waited for", async () => {
        world = await EmulatedWorld.create({ timeouts: { "wait-switched": 1 } });
        // Nobody notices: the stand-in shop is not told.
        world.standIns.neverSwitches = true;
        world.standIns.onSwitch = () => undefined;
        const { status } = await world.call(["rehearse", "--yes", "--parts", "switchover"]);
        expect(status).to.equal(3);
        expect(world.report()).to.include({ verdict: "INCONCLUSIVE", outcome: "halfway" });
        expect(world.report().error?.message).to.equal(
            "waited 1 s for eu to become the writer; last seen: status switching-over, us writes",
        );
    });
});
