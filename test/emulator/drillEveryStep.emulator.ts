/** Against the emulator: killing a run at every step, before and after its effect, and running it again. */
import { expect } from "chai";
import { SimulatedDeath } from "../../tools/drill/engine/runner";
import { EmulatedWorld } from "../support/emulator/world";

interface Scenario {
    readonly title: string;
    readonly argv: readonly string[];
    readonly given?: (world: EmulatedWorld) => Promise<void> | void;
}

const SCENARIOS: readonly Scenario[] = [
    { title: "switchover", argv: ["switchover", "--to", "eu", "--yes"] },
    {
        title: "failover",
        argv: ["failover", "--to", "eu", "--accept-data-loss", "--yes"],
        given: (world) => {
            world.lose("us");
        },
    },
    {
        title: "failback",
        argv: ["failback", "--yes"],
        given: (world) => world.moveToEu(),
    },
    { title: "restore-test of a cluster", argv: ["restore-test"] },
    { title: "restore-test of a table", argv: ["restore-test", "--resource", "DynamoDB", "--region", "eu"] },
    { title: "upgrade", argv: ["upgrade", "--to-version", "18.4", "--yes"] },
];

/** Enough for calls that are answered, and soon enough for those of a lost region that are not. */
const ATTEMPTS = 2;

/** Runs at a time: each has a world of its own, and mostly waits. */
const ABREAST = 4;

async function inWorld<T>({ given }: Scenario, work: (world: EmulatedWorld) => Promise<T>): Promise<T> {
    const world = await EmulatedWorld.create();
    try {
        await given?.(world);
        return await work(world);
    } finally {
        await world.dispose();
    }
}

function wholeRun(scenario: Scenario): Promise<{ readonly moments: string[]; readonly snapshot: unknown }> {
    return inWorld(scenario, async (world) => {
        const moments: string[] = [];
        const { status, stderr, stdout } = await world.call(scenario.argv, {
            attempts: ATTEMPTS,
            checkpoint: (step, moment) => moments.push(`${step} ${moment}`),
        });
        expect(status, stdout + stderr).to.equal(0);
        return { moments, snapshot: await world.snapshot() };
    });
}

function killedRun(scenario: Scenario, place: number): Promise<unknown> {
    return inWorld(scenario, async (world) => {
        let count = 0;
        const death: unknown = await world
            .call(scenario.argv, {
                attempts: ATTEMPTS,
                checkpoint: () => {
                    count += 1;
                    if (count === place + 1) {
                        throw new SimulatedDeath();
                    }
                },
            })
            .catch((error: unknown) => error);
        expect(death).to.be.instanceOf(SimulatedDeath);
        const { status, stderr, stdout } = await world.call(scenario.argv, { attempts: ATTEMPTS });
        expect(status, stdout + stderr).to.equal(0);
        return world.snapshot();
    });
}

describe("a drill that is killed against the emulator and run again ends in the same state", function () {
    this.timeout(120_000);
    for (const scenario of SCENARIOS) {
        it(`${scenario.title}, killed at every step, before and after its effect`, async () => {
            const { moments, snapshot } = await wholeRun(scenario);
            expect(moments.length).to.be.greaterThan(8);
            for (let first = 0; first < moments.length; first += ABREAST) {
                const places = moments.slice(first, first + ABREAST).map((_, index) => first + index);
                const ends = await Promise.all(places.map((place) => killedRun(scenario, place)));
                ends.forEach((end, index) => {
                    expect(end, moments[first + index]).to.deep.equal(snapshot);
                });
            }
        });
    }
});
