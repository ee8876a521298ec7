/** From any machine: a run that stopped on one is gone on with, or taken back, on another. */
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Bench, type Result } from "../../support/drill/commands";

const FAILOVER = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];
const SWITCHOVER = ["switchover", "--to", "eu", "--yes"];

/** Another machine: another host, another directory. */
const LEE = { name: "lee", host: "desk", pid: process.pid };

describe("a run that stopped on a machine that is gone", () => {
    let bench: Bench;
    let elsewhere: string;
    beforeEach(() => {
        bench = new Bench();
        elsewhere = mkdtempSync(join(bench.directory, "lee-"));
    });
    afterEach(() => {
        bench.dispose();
        rmSync(elsewhere, { recursive: true, force: true });
    });

    const onLees = (argv: readonly string[]): Promise<Result> =>
        bench.call(argv, { operator: LEE, stateDirectory: elsewhere });

    /** What a run that nothing interrupts ends with. */
    async function whole(argv: readonly string[], given: (own: Bench) => void): Promise<unknown> {
        const own = new Bench();
        try {
            given(own);
            expect((await own.call(argv)).status).to.equal(0);
            return own.world.snapshot();
        } finally {
            own.dispose();
        }
    }

    it("is named with what it has passed, and gone on with by who says that it is gone", async () => {
        bench.world.lose("us");
        await bench.dieAt(FAILOVER, "fail-over", "effected");
        await bench.clock.sleep(600_000);
        const refused = await onLees(FAILOVER);
        expect(refused.status).to.equal(1);
        expect(refused.stderr).to.match(
            /kim on laptop \(process \d+\) holds the lock in eu-central-1 since .*, for 10 min.*: failover, journal failover-\w+, which has begun fail-over/,
        );
        expect(refused.stderr).to.contain("the same verb then goes on where that run stopped");
        const { status, stdout } = await onLees([...FAILOVER, "--break-lock"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("Going on with failover to eu").and.to.contain("which kim began on laptop");
        const end = await whole(FAILOVER, ({ world }) => {
            world.lose("us");
        });
        const locks = (snapshot: unknown): unknown => JSON.parse(JSON.stringify(snapshot));
        bench.world.faults.unreachable.clear();
        expect(locks(bench.world.snapshot())).to.deep.equal(locks(end));
        expect(bench.world.calls.filter((call) => call.endsWith("FailoverGlobalCluster"))).to.have.length(1);
    });

    it("is the same at whichever step it stopped", async () => {
        const end = await whole(SWITCHOVER, () => undefined);
        for (const step of [
            "preflight",
            "scale-target-database",
            "scale-target-fleets",
            "switch-over",
            "wait-switched",
            "verify",
            "scale-other-down",
        ]) {
            for (const moment of ["started", "effected"] as const) {
                const own = new Bench();
                try {
                    await own.dieAt(SWITCHOVER, step, moment);
                    const { status, stdout } = await own.call([...SWITCHOVER, "--break-lock"], {
                        operator: LEE,
                        stateDirectory: join(own.directory, "lee"),
                    });
                    expect(status, `${step} ${moment}: ${stdout}`).to.equal(0);
                    expect(stdout).to.contain("Going on with switchover to eu");
                    expect(own.world.snapshot(), `${step} ${moment}`).to.deep.equal(end);
                } finally {
                    own.dispose();
                }
            }
        }
    });

    it("is taken back from another machine, to what it was", async () => {
        const before = bench.world.snapshot();
        await bench.dieAt(SWITCHOVER, "wait-lag", "started");
        const refused = await onLees(["switchover", "--rollback"]);
        expect(refused.status).to.equal(1);
        expect(refused.stderr).to.contain("say --break-lock as well");
        const { status, stdout } = await onLees(["switchover", "--rollback", "--break-lock"]);
        expect(status, stdout).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    it("is taken back from another machine wherever it stopped before the switch", async () => {
        for (const step of ["scale-target-database", "scale-target-fleets", "switch-over"]) {
            const own = new Bench();
            try {
                const before = own.world.snapshot();
                await own.dieAt(SWITCHOVER, step, step === "switch-over" ? "started" : "effected");
                const { status, stdout } = await own.call(["switchover", "--rollback", "--break-lock"], {
                    operator: LEE,
                    stateDirectory: join(own.directory, "lee"),
                });
                expect(status, stdout).to.equal(0);
                expect(own.world.snapshot(), step).to.deep.equal(before);
            } finally {
                own.dispose();
            }
        }
    });

    it("is not taken back from another machine once AWS has switched", async () => {
        await bench.dieAt(SWITCHOVER, "switch-over", "effected");
        const { status, stderr } = await onLees(["switchover", "--rollback", "--break-lock"]);
        expect(status).to.equal(1);
        expect(stderr).to.contain('"Switch over" has begun, and from there the way is forward');
    });

    it("needs no word for it on the same machine, from another directory, when its process is no more", async () => {
        const dead = { name: "kim", host: "laptop", pid: 2 ** 30 };
        await bench.dieAt(SWITCHOVER, "verify", "started", { operator: dead });
        const { status, stdout } = await bench.call(SWITCHOVER, { stateDirectory: elsewhere });
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("Going on with switchover to eu");
    });

    it("is begun anew by who says --fresh", async () => {
        await bench.dieAt(SWITCHOVER, "wait-lag", "started");
        const { status, stdout } = await onLees([...SWITCHOVER, "--break-lock", "--fresh"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).not.to.contain("Going on with");
    });

    it("does no harm when its own machine comes back and goes on, behind the other one's end", async () => {
        await bench.dieAt(SWITCHOVER, "switch-over", "effected");
        expect((await onLees([...SWITCHOVER, "--break-lock"])).status).to.equal(0);
        const end = bench.world.snapshot();
        const { status, stdout } = await bench.call(SWITCHOVER);
        expect(status, stdout).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(end);
    });

    it("leaves nothing undone although no lock tells of it: who finds that the target writes does the rest", async () => {
        bench.world.lose("us");
        await bench.dieAt(FAILOVER, "wait-switched", "effected");
        bench.world.at("eu").parameters.clear();
        const { status, stdout } = await onLees(FAILOVER);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("failover to eu, which writes already");
        expect(bench.world.cluster("eu").capacity.min).to.equal(8);
        expect(stdout).to.contain("a write through the application has gone through");
        expect(bench.world.holder("eu-central-1")).to.equal(undefined);
    });

    it("goes no further itself when it was not gone after all", async () => {
        let isBroken = false;
        const { status } = await bench.call(SWITCHOVER, {
            checkpoint: (step) => {
                if (step === "wait-lag" && !isBroken) {
                    isBroken = true;
                    // Lee takes the lock, and is at its first step.
                    const holder = bench.world.holder("eu-central-1")!;
                    for (const key of ["us", "eu"]) {
                        const { parameters } = bench.world.at(key);
                        const versions = parameters.get("/meridian/prod/drill/lock") ?? [];
                        const value = { ...holder, operator: LEE, token: "lees", after: versions.length };
                        parameters.set("/meridian/prod/drill/lock", [...versions, JSON.stringify(value)]);
                    }
                }
            },
        });
        expect(status).to.equal(1);
        expect(bench.report().error?.message).to.match(/^somebody else has taken the lock in (eu|us)-\w+-1/);
        expect(bench.world.calls.filter((call) => call.endsWith("SwitchoverGlobalCluster"))).to.deep.equal(
            [],
        );
        expect(bench.world.holder("eu-central-1")).to.deep.include({ operator: LEE });
    });
});

describe("machines whose clocks are off", () => {
    const HOUR = 3_600_000;
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    for (const [what, first, second] of [
        ["an hour ahead", HOUR, 0],
        ["an hour behind", -HOUR, 0],
        ["an hour ahead of one that is behind", HOUR, -HOUR],
    ] as const) {
        it(`go on with each other's runs: the first one is ${what}`, async () => {
            bench.world.lose("us");
            await bench.dieAt(FAILOVER, "fail-over", "effected", { clockAhead: first });
            const elsewhere = {
                operator: LEE,
                stateDirectory: join(bench.directory, "lee"),
                clockAhead: second,
            };
            const refused = await bench.call(FAILOVER, elsewhere);
            expect(refused.stderr).to.match(
                /holds the lock in eu-central-1 since \S+, for (0 ms|\d+ (min|h|s))/,
            );
            const { status, stdout } = await bench.call([...FAILOVER, "--break-lock"], elsewhere);
            expect(status, stdout).to.equal(0);
            expect(bench.world.cluster("eu").capacity.min).to.equal(8);
            expect(bench.world.holder("eu-central-1")).to.equal(undefined);
            expect(bench.world.calls.filter((call) => call.endsWith("FailoverGlobalCluster"))).to.have.length(
                1,
            );
        });
    }

    it("do not wait for the time that a clock was ahead before they roll back", async () => {
        const before = bench.world.snapshot();
        await bench.dieAt(SWITCHOVER, "switch-over", "started", { clockAhead: HOUR });
        const began = bench.clock.now();
        const { status, stdout } = await bench.call(["switchover", "--rollback"]);
        expect(status, stdout).to.equal(0);
        expect((bench.clock.now() - began) / 1000).to.be.lessThan(120);
        expect(bench.world.snapshot()).to.deep.equal(before);
    });
});
