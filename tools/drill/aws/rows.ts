/** Reads rows of any table by key: the SQL, and what is made of its answers. */
import { type Place, type QueryPort, type RowMark, type TableShape, type TableView } from "./ports";

/** Runs a statement, with parameters that are all texts. Every column of it is a text, or null. */
export type RunSql = (
    place: Place,
    sql: string,
    parameters: Readonly<Record<string, string>>,
) => Promise<readonly (readonly (string | undefined)[])[]>;

type Key = readonly string[];

/** The part of the Data API that reads rows. */
export function rowReader(run: RunSql): Pick<QueryPort, "contents" | "marks" | "marksOf" | "tables"> {
    return {
        async tables(place) {
            const rows = await run(place, TABLES, {});
            return rows.map(([text = "{}"]) => JSON.parse(text) as TableShape);
        },
        async marks(place, view, { after, limit }) {
            const parameters = Object.fromEntries((after ?? []).map((value, index) => [`k${index}`, value]));
            const rows = await run(place, marksSql(view, after !== undefined, limit), parameters);
            return rows.map((row) => toMark(view, row));
        },
        async marksOf(place, view, keys) {
            const rows = await run(place, marksOfSql(view), { keys: JSON.stringify(keys) });
            return inPlaces(keys, rows, (row) => toMark(view, row));
        },
        async contents(place, view, keys) {
            const rows = await run(place, contentsSql(view), { keys: JSON.stringify(keys) });
            return inPlaces(keys, rows, ([text]) => text ?? "null");
        },
    };
}

/** How values become texts, which each cluster, database and role may have set for itself. */
const SETTINGS = {
    DateStyle: "ISO",
    IntervalStyle: "iso_8601",
    TimeZone: "UTC",
    bytea_output: "hex",
    extra_float_digits: "3",
    lc_monetary: "C",
};

/**
 * A condition that is true, and makes settings for the statement that it is in: the Data API takes one statement at a
 * time, and each is a transaction. It depends on no row, so that PostgreSQL asks it before it reads the first one.
 */
function settling(settings: Readonly<Record<string, string>>): string {
    const made = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
    return `(select concat(${made.join(", ")})) is not null`;
}

const SETTLED = settling(SETTINGS);

/** With types by their full names, which casts find wherever the other cluster looks for types. */
const TABLES = `select cast(json_build_object(
    'schema', n.nspname,
    'table', c.relname,
    'columns', (
        select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
            order by a.attnum), '[]')
        from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'key', (
        select coalesce(json_agg(a.attname order by k.place), '[]')
        from pg_catalog.pg_index i
        cross join lateral unnest(i.indkey) with ordinality k(attnum, place)
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary)) as text)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
    and ${settling({ search_path: "pg_catalog" })}
    and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
order by n.nspname, c.relname`;

function marksSql(view: TableView, hasAfter: boolean, limit: number): string {
    const columns = view.key.map((name) => `t.${quoted(name)}`);
    const places = view.key.map((name, index) => `cast(:k${index} as ${typeOf(view, name)})`);
    return (
        `select ${markColumns(view).join(", ")} from ${tableName(view)} t ` +
        `where ${SETTLED} ` +
        (hasAfter ? `and (${columns.join(", ")}) > (${places.join(", ")}) ` : "") +
        `order by ${columns.join(", ")} limit ${limit}`
    );
}

function marksOfSql(view: TableView): string {
    return `select cast(e.place as text), ${markColumns(view).join(", ")} ${byKeys(view)}`;
}

function contentsSql(view: TableView): string {
    // With the star, or a column that is named as the alias would be taken for the row.
    return `select cast(e.place as text), cast(row_to_json(t.*) as text) ${byKeys(view)}`;
}

/** The rows of a table whose keys are given as a JSON list of lists of texts. */
function byKeys(view: TableView): string {
    const same = view.key.map(
        (name, index) => `t.${quoted(name)} = cast(e.k ->> ${index} as ${typeOf(view, name)})`,
    );
    return (
        "from jsonb_array_elements(cast(:keys as jsonb)) with ordinality e(k, place) " +
        `join ${tableName(view)} t on ${same.join(" and ")} where ${SETTLED}`
    );
}

/** The columns that a mark is made of: the key's, the hash, and the time of the change. */
function markColumns(view: TableView): string[] {
    const hashed = view.hashed.map((name) => `t.${quoted(name)}`);
    return [
        ...view.key.map((name) => `cast(t.${quoted(name)} as text)`),
        `md5(cast(row(${hashed.join(", ")}) as text))`,
        ...(view.changedAt === undefined
            ? []
            : [`cast(extract(epoch from t.${quoted(view.changedAt)}) as text)`]),
    ];
}

function toMark({ changedAt, key }: TableView, row: readonly (string | undefined)[]): RowMark {
    const when = row[key.length + 1];
    return {
        key: row.slice(0, key.length).map((value) => value ?? ""),
        hash: row[key.length] ?? "",
        ...(changedAt === undefined || when === undefined ? {} : { changedAt: Number(when) }),
    };
}

/** Puts rows that begin with their place, from 1, in the places of the keys that they were asked by. */
function inPlaces<T>(
    keys: readonly Key[],
    rows: readonly (readonly (string | undefined)[])[],
    make: (row: readonly (string | undefined)[]) => T,
): (T | undefined)[] {
    const found = new Map(rows.map(([place = "", ...row]) => [Number(place) - 1, make(row)]));
    return keys.map((_key, index) => found.get(index));
}

function typeOf({ shape }: TableView, column: string): string {
    return shape.columns.find(({ name }) => name === column)?.type ?? "text";
}

function tableName({ shape }: TableView): string {
    return `${quoted(shape.schema)}.${quoted(shape.table)}`;
}

function quoted(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}
