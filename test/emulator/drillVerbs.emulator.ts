/** Verbs and parts that need more of AWS than the emulator has: traffic by hand, rows that are missing, faults from FIS. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect } from "chai";
import { Experiments } from "../support/emulator/experiments";
import { OldPrimary } from "../support/emulator/oldPrimary";
import { emulatorClients, EmulatedWorld, REGIONS } from "../support/emulator/world";

describe("traffic against the emulator", function () {
    this.timeout(60_000);
    let world: EmulatedWorld;
    before(async () => {
        world = await EmulatedWorld.create();
    });
    after(() => world.dispose());

    const states = async (): Promise<Record<string, string>> => {
        const { status, stdout } = await world.call(["traffic", "--json"]);
        expect(status, stdout).to.equal(0);
        const list = JSON.parse(stdout) as { region: string; state: string }[];
        return Object.fromEntries(list.map(({ region, state }) => [region, state]));
    };

    it("turns a region off while that region is lost, leaves the last one on, and turns it on again", async () => {
        expect(await states()).to.deep.equal({ us: "on", eu: "on" });
        world.lose("us");
        const before = world.gate.calls.length;
        const { status, stdout } = await world.call(["traffic", "--region", "us", "--off", "--yes"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.match(/^off +us +set now; Route 53 follows within two minutes/m);
        // The switch of eu is in us, which says nothing; what is turned needs eu alone.
        expect(stdout).to.match(/^unknown +eu /m);
        const made = world.gate.calls.slice(before);
        expect(made.filter((call) => call.startsWith(REGIONS.eu))).to.deep.equal([
            `${REGIONS.eu} GetMetricData`,
            `${REGIONS.eu} PutMetricData`,
        ]);
        world.gate.unreachable.clear();
        world.shop.lost.clear();
        expect(await states()).to.deep.equal({ us: "off", eu: "on" });
        const last = await world.call(["traffic", "--region", "eu", "--off", "--yes"]);
        expect(last.status).to.equal(1);
        expect(last.stderr).to.contain("us is off already");
        const { stdout: table } = await world.call(["status"]);
        expect(table).to.match(
            /^look +us +Traffic +turned off by hand, .*npm run drill -- traffic --region us --on$/m,
        );
        const on = await world.call(["traffic", "--region", "us", "--on", "--yes"]);
        expect(on.status, on.stdout).to.equal(0);
        expect(await states()).to.deep.equal({ us: "on", eu: "on" });
    });

    it("is a process that answers a wrong call with 2, and without a terminal asks nobody", async () => {
        const wrong = await world.spawn(["traffic", "--region", "us"]).ended;
        expect(wrong.status, wrong.stderr).to.equal(2);
        const unasked = await world.spawn(["traffic", "--region", "us", "--off"]).ended;
        expect(unasked.status).to.equal(1);
        expect(unasked.stderr).to.contain("nobody can be asked");
        expect(await states()).to.deep.equal({ us: "on", eu: "on" });
    });
});

describe("missing against the emulator and PostgreSQL", function () {
    this.timeout(90_000);
    let world: EmulatedWorld;
    let old: OldPrimary;
    let copy: PGlite;
    let writer: PGlite;

    /** What a shop might have, with names, types and keys that are not everyday ones. */
    const SCHEMA = `
        create schema shop;
        create table shop.orders (id bigint primary key, total numeric(20, 2), lines jsonb, at timestamptz, changed timestamptz);
        create table "Baskets" (who uuid, "item's" text, count int, primary key ("item's", who));
        create table notes (text text);
        insert into shop.orders select g, g + 0.10, '{"tea": 1.50}', '2026-03-01 12:00+00', '2026-03-01 12:00+00'
            from generate_series(9007199254740001, 9007199254740600) g;
        insert into "Baskets" values ('00000000-0000-4000-8000-000000000001', 'a "b" : c', 1);`;

    before(async () => {
        const eu = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:reader";
        world = await EmulatedWorld.create({
            missing: {
                signIns: { eu },
                tables: [
                    { name: "shop.orders", changedAt: "changed" },
                    { name: "Baskets" },
                    { name: "notes" },
                ],
            },
        });
        [copy, writer] = await Promise.all([PGlite.create(), PGlite.create()]);
        await Promise.all([copy.exec(SCHEMA), writer.exec(`${SCHEMA} set timezone to 'Asia/Tokyo';`)]);
        await copy.exec(`
            insert into shop.orders values (9007199254740003, 5, null, now(), now()) on conflict (id) do update set total = 5, changed = '2026-03-02 00:00+00';
            insert into shop.orders values (9007199254749999, 7, '{"tea": 1.50}', '2026-03-01 23:59+00', now());
            insert into "Baskets" values ('00000000-0000-4000-8000-000000000002', 'é', 2);`);
        await writer.exec(
            "update shop.orders set total = 6, changed = '2026-03-03 00:00+00' where id = 9007199254740002",
        );
        old = new OldPrimary({
            region: REGIONS.us,
            clusterIdentifier: "meridian-prod-us",
            rds: emulatorClients(world.endpoint).rds,
            copy,
            writer,
        });
        world.gate.rules.unshift(old.rule);
        await world.moveToEu();
    });
    after(async () => {
        await Promise.all([copy.close(), writer.close()]);
        await world.dispose();
    });

    it("is refused while the writer's Data API is off, and restores nothing", async () => {
        const before = await world.snapshot();
        const { status } = await world.call(["missing"]);
        expect(status).to.equal(1);
        expect(world.report().error?.message).to.equal(
            "the Data API of meridian-prod-eu is off, and nothing is changed there",
        );
        expect(await world.snapshot()).to.deep.equal(before);
    });

    it("says which rows the writer has not, to the last digit, with reads alone, and leaves nothing", async () => {
        old.openFor(`arn:aws:rds:${REGIONS.eu}:${world.endpoint.accountId}:cluster:meridian-prod-eu`);
        const before = await world.snapshot();
        const { ended } = world.spawn(["missing"]);
        const { status, stderr, stdout } = await ended;
        expect(status, stdout + stderr).to.equal(1);
        expect(stdout).to.contain("# missing rows of us in eu (prod): FAIL");
        expect(world.report().reasons).to.deep.equal([
            "shop.orders: 1 missing, 2 differ (1 of them changed later in the old primary)",
            "public.Baskets: 1 missing, 0 differ",
            "public.notes was not compared: no key",
        ]);
        const folder = join(world.directory, "reports");
        const file = readdirSync(folder).find((name) => name.endsWith(".missing.jsonl")) ?? "";
        const text = readFileSync(join(folder, file), "utf8");
        expect(text).to.contain('"row":{"id":9007199254749999,"total":7.00,"lines":{"tea": 1.50}');
        const rows = text
            .trimEnd()
            .split("\n")
            .map(
                (line) => JSON.parse(line) as { table: string; state: string; key: string[]; newer?: string },
            );
        expect(rows.map(({ key, newer, state }) => [state, key.join("/"), newer])).to.deep.equal([
            ["differs", "9007199254740002", "writer"],
            ["differs", "9007199254740003", "copy"],
            ["missing", "9007199254749999", undefined],
            ["missing", "é/00000000-0000-4000-8000-000000000002", undefined],
        ]);
        expect(
            old.statements.map(([, sql]) => sql).filter((sql) => !sql.startsWith("select ")),
        ).to.deep.equal([]);
        expect(await world.snapshot()).to.deep.equal(before);
    });
});

describe("a rehearsal against the emulator whose fault is an experiment of AWS FIS", function () {
    this.timeout(90_000);
    let world: EmulatedWorld;
    let experiments: Experiments;
    beforeEach(async () => {
        experiments = new Experiments();
        world = await EmulatedWorld.create({
            fault: { experiment: experiments.templateId },
            targets: { failoverRpoSeconds: 2 },
            timeouts: { "wait-red": 3 },
        });
        world.gate.rules.unshift(experiments.rule);
        world.standIns.switchMilliseconds = 500;
        experiments.onChange = async (moment) => {
            if (moment === "begun") {
                world.shop.lose(REGIONS.us);
            } else {
                await world.shop.giveBack(REGIONS.us);
            }
        };
    });
    afterEach(() => world.dispose());

    it("passes, with the experiment started once, stopped to heal, and found by its tag", async () => {
        const { status, stdout } = await world.call(["rehearse", "--yes", "--parts", "failover"]);
        expect(status, stdout).to.equal(0);
        expect(world.report()).to.include({ verdict: "PASS", outcome: "done" });
        const [made, ...more] = experiments.made;
        expect(more).to.deep.equal([]);
        expect(made).to.include({ region: REGIONS.us, status: "stopped" });
        expect(made?.tags).to.deep.equal({ "meridian:drill-run": `${world.report().run}/failover/strike` });
        const phase = (id: string): string | undefined =>
            world.report().phases.find((one) => one.id === `failover/${id}`)?.detail;
        expect(phase("strike")).to.equal(
            `the experiment ${made?.id ?? ""} is running (Experiment is pending.)`,
        );
        expect(phase("heal")).to.equal(
            `the experiment ${made?.id ?? ""} is stopped (Experiment halted by user action.)`,
        );
        expect(await world.writer()).to.equal("us");
    });

    it("is INCONCLUSIVE when an alarm ends it before the region is red, and says which", async () => {
        experiments.alarm = "Experiment stopped by stop condition meridian-prod-us-errors.";
        experiments.onChange = () => undefined;
        const { status, stdout } = await world.call(["rehearse", "--yes", "--parts", "failover"]);
        expect(status, stdout).to.equal(3);
        expect(world.report().reasons.join("\n")).to.contain("stop condition meridian-prod-us-errors");
        expect(await world.writer()).to.equal("us");
    });
});
