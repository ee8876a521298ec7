/** The command line as a process of its own, killed by the system: nothing lost, nothing half done unreported. */
import { expect } from "chai";
import { holdAt } from "../support/emulator/gate";
import { EmulatedWorld } from "../support/emulator/world";

describe("npm run drill, killed with SIGKILL and run again", function () {
    this.timeout(60_000);
    let world: EmulatedWorld;
    beforeEach(async () => {
        world = await EmulatedWorld.create();
    });
    afterEach(() => world.dispose());

    const cases: readonly (readonly [string, readonly string[], string, boolean])[] = [
        [
            "before AWS hears of the switchover",
            ["switchover", "--to", "eu", "--yes"],
            "SwitchoverGlobalCluster",
            false,
        ],
        [
            "after AWS has heard of the switchover",
            ["switchover", "--to", "eu", "--yes"],
            "SwitchoverGlobalCluster",
            true,
        ],
        [
            "while it scales the target up",
            ["switchover", "--to", "eu", "--yes"],
            "UpdateAutoScalingGroup",
            true,
        ],
        ["while a restore starts", ["restore-test"], "PUT /restore-jobs", true],
    ];
    for (const [when, argv, operation, isHeard] of cases) {
        it(`${argv[0] ?? ""}, killed ${when}`, async () => {
            const whole = await EmulatedWorld.create();
            try {
                expect((await whole.call(argv)).status).to.equal(0);
                const held = holdAt(world.gate, (call) => call.operation === operation, isHeard);
                const { child, ended } = world.spawn(argv);
                await held;
                child.kill("SIGKILL");
                expect((await ended).status).to.equal(-1);
                const again = await world.spawn(argv).ended;
                expect(again.status, again.stdout + again.stderr).to.equal(0);
                expect(again.stdout).to.contain(`Going on with ${argv[0] ?? ""}`);
                expect(again.stdout).to.contain("resumed after an interruption");
                expect(await world.snapshot()).to.deep.equal(await whole.snapshot());
            } finally {
                await whole.dispose();
            }
        });
    }

    for (const signal of ["SIGTERM", "SIGHUP"] as const) {
        it(`stops at ${signal}, says how to go on, and can be rolled back`, async () => {
            await stopBy(signal);
        });
    }

    async function stopBy(signal: NodeJS.Signals): Promise<void> {
        const before = await world.snapshot();
        const held = holdAt(world.gate, (call) => call.operation === "GetMetricData", false);
        const { child, ended } = world.spawn(["switchover", "--to", "eu", "--yes"]);
        await held;
        child.kill(signal);
        const { status, stderr, stdout } = await ended;
        expect(status).to.equal(1);
        expect(stderr).to.contain(`${signal}: stopping at the next safe point`);
        expect(stdout).to.contain(`interrupted by ${signal}`);
        expect(stdout).to.contain("Run the same command again to go on, or with --rollback.");
        const back = await world.spawn(["switchover", "--rollback"]).ended;
        expect(back.status, back.stdout + back.stderr).to.equal(0);
        expect(await world.snapshot()).to.deep.equal(before);
    }

    it("refuses a second process while the first is at work", async () => {
        const held = holdAt(world.gate, (call) => call.operation === "GetMetricData", false);
        const { child, ended } = world.spawn(["switchover", "--to", "eu", "--yes"]);
        await held;
        const second = await world.spawn(["switchover", "--to", "eu", "--yes"]).ended;
        expect(second.status).to.equal(1);
        expect(second.stderr).to.contain(`(process ${child.pid ?? 0}) holds the lock`);
        child.kill("SIGKILL");
        await ended;
    });
});
