import { PGlite } from "@electric-sql/pglite";
import { expect } from "chai";
import { type RowMark, type TableView } from "../../tools/drill/aws/ports";
import { rowReader } from "../../tools/drill/aws/rows";
import { askByName } from "../support/drill/namedParameters";

const place = { clusterArn: "cluster", secretArn: "secret" };

/** What a cluster, a database or a role may have set otherwise than another. */
const OTHERWISE = {
    DateStyle: "SQL, DMY",
    IntervalStyle: "sql_standard",
    bytea_output: "escape",
    TimeZone: "Asia/Tokyo",
    extra_float_digits: "-10",
    search_path: "other, public",
};

const COLUMNS = {
    day: ["date", "'2026-02-01'"],
    at: ["timestamp", "'2026-02-01 03:04:05.123456'"],
    moment: ["timestamptz", "'2026-02-01 03:04:05+00'"],
    moments: ["timestamptz[]", "array['2026-02-01 03:04:05+00'::timestamptz]"],
    during: ["tstzrange", "'[2026-02-01 03:04:05+00,2026-02-02 00:00:00+00)'"],
    span: ["interval", "'1 year 2 mons -3 days +04:05:06.7'"],
    bytes: ["bytea", String.raw`'\x00ff41'`],
    ratio: ["double precision", "0.1::float8 + 0.2"],
    small: ["real", "1.0::real / 3"],
    mood: ["other.mood", "'calm'"],
} as const;

describe("the SQL that reads rows, on PostgreSQL", () => {
    let database: PGlite;

    before(async () => {
        database = await PGlite.create();
        const columns = Object.entries(COLUMNS);
        await database.exec(
            "create schema other; create type other.mood as enum ('calm'); " +
                `create table own (${columns.map(([name, [type]]) => `${name} ${type}`).join(", ")}, ` +
                "primary key (day, moment, span, bytes, ratio)); " +
                `insert into own values (${columns.map(([, [, value]]) => value).join(", ")})`,
        );
    });

    after(async () => {
        await database.close();
    });

    const rows = rowReader(async (_place, sql, parameters) => {
        const answer = await askByName(database, sql, Object.entries(parameters));
        return answer.map((row) => row.map((value) => value ?? undefined));
    });

    async function set(settings: Partial<typeof OTHERWISE>): Promise<void> {
        await database.exec("reset all");
        for (const [name, value] of Object.entries(settings)) {
            await database.exec(`set ${name} = ${name === "search_path" ? value : `'${value}'`}`);
        }
    }

    async function told(): Promise<{ view: TableView; marks: readonly RowMark[]; contents: unknown }> {
        const [shape] = await rows.tables(place);
        const view = {
            shape: shape!,
            key: shape!.key,
            hashed: Object.keys(COLUMNS),
            changedAt: "moment",
        };
        const marks = await rows.marks(place, view, { limit: 10 });
        const keys = marks.map(({ key }) => key);
        return { view, marks, contents: await rows.contents(place, view, keys) };
    }

    for (const [name, value] of Object.entries(OTHERWISE)) {
        it(`tells rows alike whatever ${name} is`, async () => {
            await set({});
            const plain = await told();
            expect(plain.marks).to.have.length(1);
            await set({ [name]: value });
            expect(await told()).to.deep.equal(plain);
        });
    }

    it("finds a row by the key that a database told which is set otherwise", async () => {
        await set({});
        const { marks, view } = await told();
        const keys = marks.map(({ key }) => key);
        await set(OTHERWISE);
        expect(await rows.marksOf(place, view, keys)).to.deep.equal(marks);
        expect(await rows.marks(place, view, { after: keys[0]!, limit: 10 })).to.deep.equal([]);
    });

    it("leaves the settings of the session as they are", async () => {
        await set(OTHERWISE);
        await told();
        expect((await askByName(database, "show IntervalStyle", []))[0]).to.deep.equal(["sql_standard"]);
        expect((await askByName(database, "show TimeZone", []))[0]).to.deep.equal(["Asia/Tokyo"]);
    });
});
