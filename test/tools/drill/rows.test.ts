import { expect } from "chai";
import { type TableView } from "../../../tools/drill/aws/ports";
import { rowReader } from "../../../tools/drill/aws/rows";
import { lineOf } from "../../../tools/drill/steps/comparing";

const place = { clusterArn: "cluster", secretArn: "secret" };

const SETTLED =
    "(select concat(set_config('DateStyle', 'ISO', true), set_config('IntervalStyle', 'iso_8601', true), " +
    "set_config('TimeZone', 'UTC', true), set_config('bytea_output', 'hex', true), " +
    "set_config('extra_float_digits', '3', true), set_config('lc_monetary', 'C', true))) is not null";

const view: TableView = {
    shape: {
        schema: "Shop",
        table: 'Order "lines"',
        columns: [
            { name: "order", type: "uuid" },
            { name: "line", type: "integer" },
            { name: "at", type: "timestamp(3) with time zone" },
        ],
        key: ["line", "order"],
    },
    key: ["line", "order"],
    hashed: ["order", "at"],
    changedAt: "at",
};

/** What reads rows of a database that answers so, and what it was asked. */
function reader(answer: (string | undefined)[][]): {
    readonly asked: [string, Readonly<Record<string, string>>][];
    readonly rows: ReturnType<typeof rowReader>;
} {
    const asked: [string, Readonly<Record<string, string>>][] = [];
    const rows = rowReader((_place, sql, parameters) => {
        asked.push([sql, parameters]);
        return Promise.resolve(answer);
    });
    return { asked, rows };
}

describe("the SQL that reads rows", () => {
    it("goes on after a key, in the key's own types and order", async () => {
        const { asked, rows } = reader([["7", "b-c", "hash", "12.5"]]);
        expect(await rows.marks(place, view, { after: ["6", "a'; drop"], limit: 2 })).to.deep.equal([
            { key: ["7", "b-c"], hash: "hash", changedAt: 12.5 },
        ]);
        expect(asked).to.deep.equal([
            [
                'select cast(t."line" as text), cast(t."order" as text), ' +
                    'md5(cast(row(t."order", t."at") as text)), ' +
                    'cast(extract(epoch from t."at") as text) from "Shop"."Order ""lines""" t ' +
                    `where ${SETTLED} ` +
                    'and (t."line", t."order") > (cast(:k0 as integer), cast(:k1 as uuid)) ' +
                    'order by t."line", t."order" limit 2',
                { k0: "6", k1: "a'; drop" },
            ],
        ]);
    });

    it("puts answers in the places of the keys that they were asked by", async () => {
        const { asked, rows } = reader([["2", "7", "b", "hash", undefined]]);
        const keys = [
            ["6", "a"],
            ["7", "b"],
        ];
        expect(await rows.marksOf(place, view, keys)).to.deep.equal([
            undefined,
            { key: ["7", "b"], hash: "hash" },
        ]);
        expect(asked[0]![1]).to.deep.equal({ keys: '[["6","a"],["7","b"]]' });
        const contents = reader([["1", '{"order":"a"}']]);
        expect(await contents.rows.contents(place, view, keys)).to.deep.equal(['{"order":"a"}', undefined]);
        expect(contents.asked[0]![0]).to.contain("row_to_json(t.*)");
    });

    it("names the tables of the database with their keys", async () => {
        const { asked, rows } = reader([[JSON.stringify(view.shape)]]);
        expect(await rows.tables(place)).to.deep.equal([view.shape]);
        expect(asked[0]![0])
            .to.contain("i.indisprimary")
            .and.to.contain(String.raw`not like 'pg\_%'`);
    });

    it("writes a row down with all digits of its numbers", () => {
        const row = '{"id":12345678901234567890.123}';
        expect(lineOf({ table: "public.a", state: "missing", key: ["1"], row })).to.equal(
            `{"table":"public.a","state":"missing","key":["1"],"row":${row}}\n`,
        );
    });
});
