/** Killing the tool at any step and running it again ends in the same state: for every verb, every step, both moments. */
import { expect } from "chai";
import { afterFailover, Bench } from "../../support/drill/commands";

interface Scenario {
    readonly title: string;
    readonly argv: readonly string[];
    /** What is the case before. */
    readonly given?: (bench: Bench) => void;
    /** What the whole run ends with. */
    readonly status?: number;
}

/** A failover from us to eu that lost a row. */
function givenTables(bench: Bench): void {
    const table = {
        schema: "public",
        table: "orders",
        columns: [{ name: "id", type: "integer" }],
        key: ["id"],
        rows: [],
    };
    afterFailover(bench, [{ ...table, rows: [{ id: "1" }] }]);
    bench.world.cluster("eu").data = [table];
}

const SCENARIOS: readonly Scenario[] = [
    { title: "switchover", argv: ["switchover", "--to", "eu", "--yes"] },
    {
        title: "failover",
        argv: ["failover", "--to", "eu", "--accept-data-loss", "--yes"],
        given: ({ world }) => {
            world.lose("us");
        },
    },
    { title: "switchover by the plan", argv: ["switchover", "--to", "eu", "--yes", "--by-plan"] },
    {
        title: "failover by the plan",
        argv: ["failover", "--to", "eu", "--accept-data-loss", "--yes", "--by-plan"],
        given: ({ world }) => {
            world.lose("us");
        },
    },
    {
        title: "failback",
        argv: ["failback", "--yes"],
        given: ({ world }) => {
            world.writer = "eu";
            world.at("us").lag = 100;
            world.at("eu").lag = undefined;
        },
    },
    { title: "restore-test of a cluster", argv: ["restore-test", "--yes"] },
    { title: "restore-test of a table", argv: ["restore-test", "--yes", "--resource", "DynamoDB"] },
    {
        title: "restore-test that fails",
        argv: ["restore-test", "--yes"],
        status: 1,
        given: ({ world }) => {
            world.faults.restoreFails = true;
        },
    },
    {
        title: "restore-test from code",
        argv: [
            "restore-test",
            "--yes",
            "--region=eu",
            "--from=code",
            "--set=domainName=drill.example.com",
            "--set=hostedZoneId=Z1",
        ],
    },
    { title: "missing", argv: ["missing"], given: givenTables, status: 1 },
    { title: "upgrade", argv: ["upgrade", "--to-version", "18.7", "--yes"] },
    { title: "a new major version", argv: ["upgrade", "--to-version", "19.1", "--allow-major", "--yes"] },
    {
        title: "rehearse",
        argv: ["rehearse", "--yes", "--parts", "switchover,failback,failover,restore"],
    },
];

interface Moment {
    readonly step: string;
    readonly moment: "started" | "effected";
}

/** Runs it whole, noting every moment at which it could die. */
async function wholeRun(scenario: Scenario): Promise<{ moments: Moment[]; snapshot: unknown }> {
    const bench = new Bench();
    try {
        scenario.given?.(bench);
        const moments: Moment[] = [];
        const { status, stderr, stdout } = await bench.call(scenario.argv, {
            checkpoint: (step, moment) => moments.push({ step, moment }),
        });
        expect(status, stdout + stderr).to.equal(scenario.status ?? 0);
        return { moments, snapshot: [bench.world.snapshot(), [...bench.stacks]] };
    } finally {
        bench.dispose();
    }
}

/** Kills a run at a moment, counted from 0. */
async function killAt(bench: Bench, argv: readonly string[], place: number): Promise<void> {
    let count = -1;
    await bench.dieWhen(argv, () => {
        count += 1;
        return count === place;
    });
}

/** Kills it at a moment, and runs it again. */
async function killedRun(scenario: Scenario, place: number): Promise<unknown> {
    const bench = new Bench();
    try {
        scenario.given?.(bench);
        await killAt(bench, scenario.argv, place);
        const { status, stderr, stdout } = await bench.call(scenario.argv);
        expect(bench.report().resumed, "resumed").to.equal(true);
        // A probe that was not looking for a while cannot vouch for what it did not see.
        const allowed = scenario.title === "rehearse" ? [0, 3] : [scenario.status ?? 0];
        expect(allowed, stdout + stderr).to.include(status);
        const open = bench.journals().filter(({ kind }) => kind === "opened").length;
        const closed = bench.journals().filter(({ kind }) => kind === "closed").length;
        expect(closed, "closed journals").to.equal(open);
        return [bench.world.snapshot(), [...bench.stacks]];
    } finally {
        bench.dispose();
    }
}

describe("a drill that is killed and run again ends in the same state", () => {
    for (const scenario of SCENARIOS) {
        it(`${scenario.title}, killed at every step, before and after its effect`, async () => {
            const { moments, snapshot } = await wholeRun(scenario);
            expect(moments.length).to.be.greaterThan(6);
            for (const [place, { moment, step }] of moments.entries()) {
                expect(await killedRun(scenario, place), `${step} ${moment}`).to.deep.equal(snapshot);
            }
        });
    }

    it("dies twice and still gets there", async () => {
        const scenario = SCENARIOS[0]!;
        const { moments, snapshot } = await wholeRun(scenario);
        const bench = new Bench();
        try {
            for (const place of [3, 5]) {
                await killAt(bench, scenario.argv, place);
            }
            const { status } = await bench.call(scenario.argv);
            expect(status).to.equal(0);
            expect([bench.world.snapshot(), []]).to.deep.equal(snapshot);
            expect(moments.length).to.be.greaterThan(10);
        } finally {
            bench.dispose();
        }
    });
});

describe("a switchover that is killed and rolled back", () => {
    const { argv } = SCENARIOS[0]!;

    it("is as before, wherever it was killed until the switch; from there on the way is forward", async () => {
        const { moments, snapshot } = await wholeRun(SCENARIOS[0]!);
        // AWS is asked, and the journal alone decides nothing: what was begun may not have been heard.
        const finalStep = moments.findIndex(
            ({ moment, step }) => step === "switch-over" && moment === "effected",
        );
        expect(finalStep).to.be.greaterThan(8);
        for (const [place, { moment, step }] of moments.entries()) {
            const bench = new Bench();
            try {
                const before = bench.world.snapshot();
                await killAt(bench, argv, place);
                const { status, stderr } = await bench.call(["switchover", "--rollback", "--yes"]);
                if (place < finalStep) {
                    expect(status, `${step} ${moment}: ${stderr}`).to.equal(0);
                    expect(bench.world.snapshot(), `${step} ${moment}`).to.deep.equal(before);
                    expect(bench.journals().at(-1)).to.include({ kind: "closed", outcome: "rolled-back" });
                } else {
                    expect(status, `${step} ${moment}`).to.equal(1);
                    expect(stderr).to.contain('"Switch over" has begun, and from there the way is forward');
                    expect((await bench.call(argv)).status).to.equal(0);
                    expect([bench.world.snapshot(), []]).to.deep.equal(snapshot);
                }
            } finally {
                bench.dispose();
            }
        }
    });

    it("is as before when the rollback is killed, too, and run again", async () => {
        const bench = new Bench();
        try {
            const before = bench.world.snapshot();
            await killAt(bench, argv, 8);
            await bench.dieWhen(["switchover", "--rollback"], () => true);
            expect((await bench.call(["switchover", "--rollback"])).status).to.equal(0);
            expect(bench.world.snapshot()).to.deep.equal(before);
        } finally {
            bench.dispose();
        }
    });
});
