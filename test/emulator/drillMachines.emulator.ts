/** The command line as processes of several machines, on disks that are full, and AWS's last word about the writer. */
import { expect } from "chai";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { exchange, look } from "../../tools/drill/engine/register";
import { holdAt } from "../support/emulator/gate";
import { EmulatedWorld, REGIONS, type Result } from "../support/emulator/world";

const FAILOVER = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];
const SWITCHOVER = ["switchover", "--to", "eu", "--yes"];

let world: EmulatedWorld;
beforeEach(async function () {
    this.timeout(60_000);
    world = await EmulatedWorld.create();
});
afterEach(() => world.dispose());

function onLees(argv: readonly string[]): Promise<Result> {
    return world.call(argv, { operator: "lee", host: "desk", stateDirectory: join(world.directory, "lee") });
}

describe("a drill whose machine is gone", function () {
    this.timeout(60_000);

    it("killed with SIGKILL behind the promotion, is gone on with by another machine to the same end", async () => {
        const whole = await EmulatedWorld.create();
        try {
            whole.lose("us");
            expect((await whole.call(FAILOVER, { attempts: 2 })).status).to.equal(0);
            world.lose("us");
            const held = holdAt(world.gate, ({ operation }) => operation === "FailoverGlobalCluster", true);
            const { child, ended } = world.spawn(FAILOVER);
            await held;
            child.kill("SIGKILL");
            expect((await ended).status).to.equal(-1);
            const refused = await onLees(FAILOVER);
            expect(refused.status).to.equal(1);
            expect(refused.stderr).to.match(
                /holds the lock in eu-central-1 since .*, which has begun fail-over/,
            );
            const { status, stdout } = await onLees([...FAILOVER, "--break-lock"]);
            expect(status, stdout).to.equal(0);
            expect(stdout).to.contain("Going on with failover to eu");
            expect(await world.holder("eu")).to.equal(undefined);
            expect(await world.snapshot()).to.deep.equal(await whole.snapshot());
        } finally {
            await whole.dispose();
        }
    });

    it("killed with SIGKILL before the switch, is rolled back by another machine to what was", async () => {
        const before = await world.snapshot();
        const held = holdAt(world.gate, ({ operation }) => operation === "SwitchoverGlobalCluster", false);
        const { child, ended } = world.spawn(SWITCHOVER);
        await held;
        child.kill("SIGKILL");
        await ended;
        const { status, stdout } = await onLees(["switchover", "--rollback", "--break-lock"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain('AWS has not taken "Switch over"');
        expect(await world.snapshot()).to.deep.equal(before);
    });

    it("does the rest where the target writes and nobody tells of a run", async () => {
        await world.moveToEu();
        world.lose("us");
        const { status, stdout } = await onLees(FAILOVER);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("failover to eu, which writes already");
        expect(stdout).to.contain("a write through the application has gone through");
    });

    it("is stopped before the switch by who has taken its lock meanwhile", async () => {
        let isTaken = false;
        world.gate.rules.unshift(async ({ operation }) => {
            if (operation !== "ListMetrics" && operation !== "GetMetricData") {
                return undefined;
            }
            if (!isTaken) {
                isTaken = true;
                const { parameters } = world.aws.in(REGIONS.eu);
                const name = "/meridian/prod/drill/lock";
                const seen = await look(parameters, name);
                const operator = { name: "lee", host: "desk", pid: 7 };
                expect(
                    await exchange(parameters, name, seen, { ...seen.value, operator, token: "lees" }),
                ).to.equal(true);
            }
            return undefined;
        });
        const { status } = await world.call(SWITCHOVER);
        expect(status).to.equal(1);
        expect(world.report().error?.message).to.contain("somebody else has taken the lock in eu-central-1");
        expect(await world.writer()).to.equal("us");
        expect(await world.holder("eu")).to.deep.include({ token: "lees" });
    });

    it("is re-taken by one of many processes at once", async () => {
        const { parameters } = world.aws.in(REGIONS.eu);
        await exchange(parameters, "/lock", { version: 0 }, { who: "dead" });
        const seen = await look(parameters, "/lock");
        const won = await Promise.all(
            [1, 2, 3, 4, 5].map((who) => exchange(parameters, "/lock", seen, { who })),
        );
        expect(won.filter(Boolean)).to.have.length(1);
        expect((await look(parameters, "/lock")).value).to.include({ who: won.indexOf(true) + 1 });
    });
});

describe("a drill on a disk that is full", function () {
    this.timeout(60_000);

    it("fails over as a process that may write to no file at all", async () => {
        world.lose("us");
        const { ended } = world.spawn(FAILOVER, {
            by: ["bash", "-c", 'ulimit -f 0; exec "$@"', "bash"],
            env: { TSX_DISABLE_CACHE: "1" },
        });
        const { status, stderr, stdout } = await ended;
        expect(status, stdout + stderr).to.equal(0);
        expect(stdout).to.contain("cannot be written to").and.to.contain("EFBIG");
        expect(stdout).to.contain("# failover to eu (prod): PASS");
        expect(stdout).to.contain("WARNING: the report could not be kept in");
        expect(await world.writer()).to.equal("eu");
        expect(await world.holder("eu")).to.equal(undefined);
    });

    it("fails over although its standard output takes nothing, and says everything on the other one", async function () {
        if (!existsSync("/dev/full")) {
            // Linux alone has a device that is full.
            this.skip();
        }
        world.lose("us");
        const full = openSync("/dev/full", "w");
        try {
            const { status, stderr } = await world.spawn(FAILOVER, { stdout: full }).ended;
            expect(status, stderr).to.equal(0);
            expect(stderr).to.contain("ENOSPC").and.to.contain("# failover to eu (prod): PASS");
        } finally {
            closeSync(full);
        }
        expect(await world.writer()).to.equal("eu");
    });

    it("fails over although whoever reads what it prints goes away", async () => {
        world.lose("us");
        const { status, stderr, stdout } = await world.spawn(FAILOVER, {
            by: ["bash", "-c", '"$@" | head -n 1; exit "${PIPESTATUS[0]}"', "bash"],
        }).ended;
        expect(status, stderr).to.equal(0);
        expect(stdout.trim().split("\n")).to.have.length(1);
        expect(stderr).to.contain("EPIPE").and.to.contain("# failover to eu (prod): PASS");
        expect(await world.writer()).to.equal("eu");
    });
});

describe("AWS's last word about the writer", function () {
    this.timeout(60_000);

    it("a switchover that AWS cancels is gone on with by the same command", async () => {
        world.standIns.switchMilliseconds = 300;
        world.standIns.cancels = 1;
        const { status } = await world.call(SWITCHOVER);
        expect(status).to.equal(1);
        expect(world.report().error?.message).to.equal(
            "AWS has cancelled the change of the writer: status available, us writes",
        );
        const again = await world.call(SWITCHOVER);
        expect(again.status, again.stdout).to.equal(0);
        expect(await world.writer()).to.equal("eu");
    });

    it("a switchover that AWS cancels is rolled back without --fresh", async () => {
        const before = await world.snapshot();
        world.standIns.switchMilliseconds = 300;
        world.standIns.cancels = 1;
        expect((await world.call(SWITCHOVER)).status).to.equal(1);
        const { status, stderr } = await world.call(["switchover", "--rollback"]);
        expect(status, stderr).to.equal(0);
        expect(await world.snapshot()).to.deep.equal(before);
    });

    it("two regions that disagree are red in status, and stop the way home", async () => {
        await world.moveToEu();
        const { accountId } = world.endpoint;
        world.standIns.stale.set(
            REGIONS.us,
            `arn:aws:rds:${REGIONS.us}:${accountId}:cluster:meridian-prod-us`,
        );
        const { status, stdout } = await world.call(["status"]);
        expect(status).to.equal(1);
        expect(stdout).to.match(
            /^BAD +all +Who writes +the regions disagree about who writes: us says that us writes, eu says that eu writes/m,
        );
        const failback = await world.call(["failback", "--yes"]);
        expect(failback.status).to.equal(1);
        expect(failback.stderr).to.contain("the regions disagree about who writes");
        world.standIns.stale.clear();
        expect((await world.call(["failback", "--yes"])).status).to.equal(0);
    });
});
