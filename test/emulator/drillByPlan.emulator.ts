/** A change of the writer by the plan of ARC Region switch, with the drill as a process, its SDK and the wire. */
import { expect } from "chai";
import { errorAnswer, holdAt, watchFirst } from "../support/emulator/gate";
import { EmulatedWorld, REGIONS } from "../support/emulator/world";
import { answerOnWire } from "../support/regionSwitch/wire";

const UNPLANNED = ["failover", "--to", "eu", "--accept-data-loss", "--yes", "--by-plan"];
const PLANNED = ["switchover", "--to", "eu", "--yes", "--by-plan"];

/** The promise: so soon after the command AWS is asked. */
const START_SECONDS = 30;

describe("a change of the writer by the plan", function () {
    this.timeout(90_000);
    let world: EmulatedWorld;
    beforeEach(async () => {
        world = await EmulatedWorld.create({
            regionSwitchPlanArn:
                "arn:aws:arc-region-switch::111122223333:plan/shop-switch-plan-1a2b3c4:abc123",
        });
        world.standIns.regionSwitch!.growsMilliseconds = 300;
    });
    afterEach(() => world.dispose());

    const executions = () => world.standIns.regionSwitch!.executions;
    const callsOf = (operation: string): string[] =>
        world.gate.calls.filter((call) => call.endsWith(` ${operation}`));

    /** Ends when the plan is to be started, and leaves that unanswered: heard by the service, or not. */
    function holdStart(isHeard: boolean): Promise<void> {
        return holdAt(
            world.gate,
            ({ operation }) => operation === "StartPlanExecution",
            isHeard,
            ({ body, operation, region }) =>
                answerOnWire(world.standIns.regionSwitch!, region, operation, body),
        );
    }

    it("fails over while the home region takes every call and answers none, and AWS is asked within 30 s", async () => {
        world.swallow("us");
        const started = watchFirst(world.gate, "StartPlanExecution");
        const { stderr, status, stdout } = await world.spawn(UNPLANNED).ended;
        process.stdout.write(`    the plan started after ${started() ?? "?"} s\n`);
        expect(status, stdout + stderr).to.equal(0);
        expect(started()).to.be.lessThan(START_SECONDS);
        expect(await world.writer()).to.equal("eu");
        expect(executions()).to.have.length(1);
        expect(executions()[0]).to.include({ mode: "ungraceful", region: REGIONS.eu, state: "completed" });
        expect(world.report()).to.include({ verdict: "PASS" });
    });

    for (const isHeard of [true, false]) {
        it(`starts it once when the process is killed while its start is ${isHeard ? "heard" : "not heard"}`, async () => {
            const held = holdStart(isHeard);
            const first = world.spawn(PLANNED);
            await held;
            first.child.kill("SIGKILL");
            await first.ended;
            expect(executions()).to.have.length(isHeard ? 1 : 0);
            const { status, stderr, stdout } = await world.call([...PLANNED, "--break-lock"]);
            expect(status, stdout + stderr).to.equal(0);
            expect(stdout).to.contain("Going on with switchover to eu by the plan");
            expect(executions()).to.have.length(1);
            expect(await world.writer()).to.equal("eu");
            expect(world.report()).to.include({ verdict: "PASS", resumed: true });
        });
    }

    it("asks again while Region switch throttles, and names it when it does not answer", async () => {
        world.gate.throttled.set("StartPlanExecution", 2);
        world.gate.throttled.set("GetPlanExecution", 2);
        const { status, stdout } = await world.call(PLANNED);
        expect(status, stdout).to.equal(0);
        expect(callsOf("StartPlanExecution").length).to.be.greaterThan(2);
        expect(executions()).to.have.length(1);
    });

    it("is left for the failover's own path when Region switch refuses to start the plan", async () => {
        world.lose("us");
        world.gate.rules.unshift((call) =>
            Promise.resolve(
                call.operation === "StartPlanExecution"
                    ? errorAnswer(call, 403, "AccessDeniedException", "not you")
                    : undefined,
            ),
        );
        const { status } = await world.call(UNPLANNED, { attempts: 2 });
        expect(status).to.equal(1);
        expect(world.report().error?.message).to.contain(
            "StartPlanExecution failed with AccessDeniedException: not you",
        );
        expect(world.report().error?.hint).to.contain("failover --to eu --accept-data-loss");
        const own = await world.call(
            UNPLANNED.filter((word) => word !== "--by-plan"),
            { attempts: 2 },
        );
        expect(own.status, own.stdout).to.equal(0);
        expect(await world.writer()).to.equal("eu");
        expect(executions()).to.deep.equal([]);
    });
});
