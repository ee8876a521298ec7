import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { afterFailover, Bench, phases } from "../../support/drill/commands";
import { type FakeTable } from "../../support/drill/fakeState";
import { topology } from "../../support/drill/topologies";

type Row = Readonly<Record<string, string>>;

const orders = (rows: readonly Row[]): FakeTable => ({
    schema: "public",
    table: "orders",
    columns: [
        { name: "id", type: "integer" },
        { name: "what", type: "text" },
        { name: "changed", type: "timestamp with time zone" },
    ],
    key: ["id"],
    rows: [...rows],
});

const row = (id: number, what = "tea", changed = 100): Row => ({
    id: String(id).padStart(4, "0"),
    what,
    changed: String(changed),
});

const many = (count: number): Row[] => Array.from({ length: count }, (_, index) => row(index));

/** The shop after a failover from us to eu. */
class After {
    readonly bench: Bench;

    constructor(
        snapshot: readonly FakeTable[],
        writer: readonly FakeTable[],
        missing: Record<string, unknown> = {},
    ) {
        this.bench = new Bench(topology({ missing }));
        const { world } = this.bench;
        afterFailover(this.bench, snapshot);
        world.cluster("eu").data = [...writer];
    }

    get files(): string[] {
        const folder = join(this.bench.directory, "reports");
        return existsSync(folder) ? readdirSync(folder) : [];
    }

    /** The rows that were written beside the report. */
    get found(): Record<string, unknown>[] {
        const name = this.files.find((file) => file.endsWith(".missing.jsonl"))!;
        const file = join(this.bench.directory, "reports", name);
        expect(statSync(file).mode & 0o777).to.equal(0o600);
        return readFileSync(file, "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as Record<string, unknown>);
    }
}

describe("missing", () => {
    let after: After | undefined;
    afterEach(() => {
        after?.bench.dispose();
    });

    async function run(made: After, argv: readonly string[] = []): Promise<number> {
        after = made;
        const before = made.bench.world.snapshot();
        const { status } = await made.bench.call(["missing", ...argv]);
        expect(made.bench.world.snapshot(), "the world is as before").to.deep.equal(before);
        return status;
    }

    it("says which rows the writer has not, writes them down, and destroys the copy", async () => {
        const made = new After([orders([row(1), row(2), row(3)])], [orders([row(2), row(4)])]);
        expect(await run(made)).to.equal(1);
        const report = made.bench.report();
        expect(phases(report)).to.deep.equal([
            "find-snapshot: done",
            "restore-snapshot: done",
            "add-instance: done",
            "open: done",
            "compare: done",
            "destroy: done",
        ]);
        expect(report.subject).to.equal("rows of us in eu");
        expect(report.reasons).to.deep.equal(["public.orders: 2 missing, 0 differ"]);
        expect(report.figures[0]?.data).to.deep.include({
            rows: 3,
            missing: 2,
            missingKeys: [["0001"], ["0003"]],
        });
        expect(made.found).to.deep.equal([
            { table: "public.orders", state: "missing", key: ["0001"], row: row(1) },
            { table: "public.orders", state: "missing", key: ["0003"], row: row(3) },
        ]);
    });

    it("passes when nothing is missing, with no file of rows", async () => {
        const made = new After([orders(many(1200))], [orders(many(1201))]);
        expect(await run(made)).to.equal(0);
        expect(made.bench.report().figures[0]?.data).to.include({ rows: 1200, missing: 0, differs: 0 });
        expect(made.files.filter((file) => file.endsWith(".jsonl"))).to.deep.equal([]);
    });

    it("is refused while there is no snapshot, and while it is not whole", async () => {
        const made = new After([], []);
        const { snapshots } = made.bench.world.at("us");
        const [snapshot] = snapshots.splice(0, 1, {
            ...snapshots[0]!,
            identifier: "rds:unplanned-global-failover-meridian-prod-other-2026",
        });
        expect(await run(made)).to.equal(1);
        expect(made.bench.report()).to.include({ outcome: "refused" });
        expect(made.bench.report().error?.message).to.equal(
            "us has no snapshot rds:unplanned-global-failover-meridian-prod-us-…",
        );
        snapshots.splice(0, 1, { ...snapshot!, status: "creating" });
        expect(await run(made)).to.equal(1);
        expect(made.bench.report().error?.message).to.match(/-us-2026-03-02-03-10 is creating$/);
    });

    it("takes the newest snapshot", async () => {
        const made = new After([orders([row(1)])], [orders([])]);
        const { snapshots } = made.bench.world.at("us");
        snapshots.push({
            ...snapshots[0]!,
            identifier: `${snapshots[0]!.identifier}-old`,
            createdAt: 1,
            data: [],
        });
        expect(await run(made)).to.equal(1);
        expect(made.bench.report().figures[0]?.data).to.include({ missing: 1 });
    });

    it("says what differs, and with a column of changes which side is newer", async () => {
        const copy = [orders([row(1, "tea", 200), row(2, "tea", 200), row(3)])];
        const writer = [orders([row(1, "milk", 100), row(2, "milk", 300), row(3)])];
        const plain = new After(copy, writer);
        expect(await run(plain), "nobody knows which is newer").to.equal(3);
        expect(plain.bench.report().figures[0]?.data).to.deep.include({
            differs: 2,
            missing: 0,
            differingKeys: [["0001"], ["0002"]],
        });
        plain.bench.dispose();
        const dated = new After(copy, writer, { tables: [{ name: "orders", changedAt: "changed" }] });
        expect(await run(dated)).to.equal(1);
        expect(dated.bench.report().reasons).to.deep.equal([
            "public.orders: 0 missing, 2 differ (1 of them changed later in the old primary)",
        ]);
        expect(dated.found.map(({ newer }) => newer)).to.deep.equal(["copy", "writer"]);
    });

    it("passes over a table that one side has not, that has no key, or whose key is another one", async () => {
        const named = (table: string, changes: Partial<FakeTable> = {}): FakeTable => ({
            ...orders([row(1)]),
            table,
            ...changes,
        });
        const made = new After(
            [named("gone"), named("keyless", { key: [] }), named("same")],
            [named("later"), named("keyless", { key: [] }), named("same")],
        );
        expect(await run(made)).to.equal(1);
        expect(made.bench.report().figures.map(({ name, value }) => [name, value])).to.deep.equal([
            ["public.gone", "only in the copy"],
            ["public.keyless", "no key"],
            ["public.later", "only in the writer"],
            ["public.same", "1 rows, 0 missing, 0 differ"],
        ]);
        made.bench.dispose();
        const told = new After([named("same")], [named("same")], {
            tables: [{ name: "shop.none" }, { name: "same", key: ["number"] }, { name: "same", key: ["id"] }],
        });
        expect(await run(told)).to.equal(3);
        expect(told.bench.report().figures.map(({ value }) => value)).to.deep.equal([
            "in neither",
            "another key",
            "1 rows, 0 missing, 0 differ",
        ]);
    });

    it("compares the columns that both sides have, and names the others", async () => {
        const { columns, ...rest } = orders([row(1)]);
        const made = new After(
            [{ ...rest, columns }],
            [
                {
                    ...rest,
                    columns: [...columns, { name: "note", type: "text" }],
                    rows: [{ ...row(1), note: "x" }],
                },
            ],
        );
        expect(await run(made)).to.equal(0);
        expect(made.bench.report().figures[0]?.value).to.contain("columns on one side alone: note");
    });

    it("says where it was cut, and counts no further", async () => {
        const few = new After([orders(many(10))], [orders([])], { maxFound: 4 });
        expect(await run(few)).to.equal(1);
        expect(few.bench.report().figures[0]?.data).to.include({ missing: 4, rows: 4 });
        expect(few.bench.report().reasons[0]).to.contain("cut after missing.maxFound (4) rows");
        expect(few.found).to.have.length(4);
        few.bench.dispose();
        const short = new After([orders(many(10))], [orders(many(10))], { maxRows: 9 });
        expect(await run(short), "what is behind the cut is not known").to.equal(3);
        expect(short.bench.report().reasons[0]).to.contain("cut after missing.maxRows (9) rows");
        short.bench.dispose();
        const whole = new After([orders(many(10))], [orders(many(10))], { maxRows: 10 });
        expect(await run(whole)).to.equal(0);
    });

    it("asks for less where it is more than the Data API answers at once", async () => {
        const made = new After([orders(many(700))], [orders([])]);
        made.bench.world.faults.mostRows = 100;
        expect(await run(made)).to.equal(1);
        expect(made.found).to.have.length(700);
        expect(made.bench.report().figures[0]?.data).to.include({ missing: 700, rows: 700 });
    });

    it("names a row that is too large to be read", async () => {
        const made = new After([orders([row(1), row(2, "huge"), row(3)])], [orders([])]);
        expect(await run(made)).to.equal(1);
        expect(made.found.map((found) => found["row"])).to.deep.equal([row(1), null, row(3)]);
    });

    it("destroys the copy when somebody interrupts the comparison", async () => {
        const made = new After([orders(many(700))], [orders([])]);
        after = made;
        const { world } = made.bench;
        const before = world.snapshot();
        const stop = new AbortController();
        const { status } = await made.bench.call(["missing"], {
            signal: stop.signal,
            checkpoint: (step, moment) => {
                if (step === "compare" && moment === "started") {
                    stop.abort(new Error("interrupted"));
                }
            },
        });
        expect(status).not.to.equal(0);
        expect(made.bench.report().phases.at(-1)).to.include({ id: "destroy", state: "done" });
        expect(world.snapshot()).to.deep.equal(before);
    });

    it("keeps rows and keys out of the lock, which others may read", async () => {
        const made = new After(
            [orders([{ ...row(1), id: "nobody else's", what: "nobody's" }])],
            [orders([])],
        );
        expect(await run(made)).to.equal(1);
        for (const key of ["us", "eu"]) {
            const versions = [...made.bench.world.at(key).parameters.values()];
            expect(JSON.stringify(versions)).not.to.contain("nobody");
        }
    });

    it("refuses the region that writes, and a call without a secret or with the Data API off", async () => {
        const made = new After([], []);
        after = made;
        const { stderr, status } = await made.bench.call(["missing", "--region", "eu"]);
        expect([status, stderr]).to.deep.equal([
            1,
            "error: eu writes now, so it is no old primary\n--region is one of us.\n",
        ]);
        expect((await made.bench.call(["missing", "--region", "mars"])).status).to.equal(2);
        made.bench.dispose();
        const bare = new After([], []);
        Object.assign(bare.bench.topology.missing, { signIns: {} });
        bare.bench.world.cluster("eu").dataApi = false;
        expect(await run(bare)).to.equal(1);
        expect(bare.bench.report().error?.message)
            .to.contain("missing.signIns.eu is missing in the drill's settings")
            .and.to.contain("the Data API of meridian-prod-eu is off");
    });

    it("lists every problem of its settings", () => {
        expect(() =>
            topology({
                missing: {
                    signIns: {
                        ue: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:reader",
                        eu: "reader",
                    },
                    tables: [{ key: [] }],
                    maxRow: 1,
                },
            }),
        ).to.throw(
            "the topology in the test has 5 problems:\n" +
                "  - missing.maxRow is not known; did you mean maxRows?\n" +
                "  - missing.signIns.ue is not known; did you mean us?\n" +
                '  - missing.signIns.eu is "reader"; allowed: the ARN of a secret\n' +
                "  - missing.tables[0].key is []; allowed: a list of columns, one or more\n" +
                "  - missing.tables[0].name is missing; allowed: a text",
        );
    });
});
