/** Compares two databases table by table and row by row, by key, and reads what one of them lacks. */
import { type Place, type QueryPort, type RowMark, type TableShape, type TableView } from "../aws/ports";
import { AwsCallError } from "../errors";
import { type MissingTable, type MissingTopology } from "../topology/types";

/** A database with what asks it. */
export interface Side {
    readonly query: QueryPort;
    readonly place: Place;
}

/** What became of a table. */
export interface TableResult {
    /** Schema and name. */
    readonly table: string;
    /** Why it was not compared; left out where it was. */
    readonly skipped?: "only in the copy" | "only in the writer" | "in neither" | "no key" | "another key";
    /** Columns that are on one side alone, which no hash is of. */
    readonly columnsApart: readonly string[];
    /** Rows of the copy that were looked for. */
    readonly rows: number;
    /** How many of them the writer has not. */
    readonly missing: number;
    /** How many it has with other content. */
    readonly differs: number;
    /** Those of them that were changed later in the copy than in the writer; left out where no column says it. */
    readonly newerInCopy?: number;
    /** Why it was not compared to its end; left out where it was. */
    readonly cut?: string;
    /** The keys of the first rows that are missing. */
    readonly missingKeys: readonly (readonly string[])[];
    /** The keys of the first rows that differ. */
    readonly differingKeys: readonly (readonly string[])[];
}

/** A row that the writer has not, or has with other content. */
export interface FoundRow {
    readonly table: string;
    readonly state: "missing" | "differs";
    readonly key: readonly string[];
    /** Which side changed it last, where a column says it. */
    readonly newer?: "copy" | "writer";
    /** What is in the copy, as JSON of PostgreSQL's: its numbers have more digits than JavaScript's. */
    readonly row: string;
}

/** A row that was found as a line of JSON; its content is null where it was too large to be read. */
export function lineOf({ row, ...rest }: FoundRow): string {
    return `${JSON.stringify(rest).slice(0, -1)},"row":${row.replaceAll("\n", " ")}}\n`;
}

/** How it is gone about. */
export interface Comparison {
    readonly copy: Side;
    readonly writer: Side;
    readonly settings: MissingTopology;
    /** Told of rows as they are found. */
    readonly onFound: (rows: readonly FoundRow[]) => void;
    /** Told of each table when it is done. */
    readonly onTable: (result: TableResult) => void;
    /** Called before each batch; throws when somebody has said stop. */
    readonly goOn: () => void;
}

/** Rows that are asked for at once. */
const BATCH = 500;

/** Keys of each kind that a result names. */
export const KEYS_SHOWN = 20;

const NOTHING = { columnsApart: [], rows: 0, missing: 0, differs: 0, missingKeys: [], differingKeys: [] };

/** Compares all tables, or those of the settings. */
export async function compareDatabases(comparison: Comparison): Promise<TableResult[]> {
    const { copy, onTable, settings, writer } = comparison;
    const [own, others] = await Promise.all([
        copy.query.tables(copy.place),
        writer.query.tables(writer.place),
    ]);
    const chosen: readonly MissingTable[] =
        settings.tables ?? [...new Set([...own, ...others].map(nameOf))].sort().map((name) => ({ name }));
    const results: TableResult[] = [];
    for (const table of chosen) {
        const name = table.name.includes(".") ? table.name : `public.${table.name}`;
        const shape = own.find((other) => nameOf(other) === name);
        const there = others.find((other) => nameOf(other) === name);
        const result = await compareTable(comparison, table, name, shape, there);
        results.push(result);
        onTable(result);
    }
    return results;
}

function nameOf({ schema, table }: TableShape): string {
    return `${schema}.${table}`;
}

async function compareTable(
    comparison: Comparison,
    wanted: MissingTable,
    table: string,
    shape: TableShape | undefined,
    there: TableShape | undefined,
): Promise<TableResult> {
    const skip = (skipped: NonNullable<TableResult["skipped"]>): TableResult => ({
        ...NOTHING,
        table,
        skipped,
    });
    if (shape === undefined || there === undefined) {
        return skip(
            shape !== undefined
                ? "only in the copy"
                : there !== undefined
                  ? "only in the writer"
                  : "in neither",
        );
    }
    const key = wanted.key ?? shape.key;
    const names = shape.columns.map(({ name }) => name);
    const theirs = there.columns.map(({ name }) => name);
    if (key.length === 0) {
        return skip("no key");
    }
    const needed = [...key, ...(wanted.changedAt === undefined ? [] : [wanted.changedAt])];
    if (needed.some((name) => !names.includes(name) || !theirs.includes(name))) {
        return skip("another key");
    }
    const hashed = names.filter((name) => theirs.includes(name));
    const columnsApart = [
        ...names.filter((name) => !hashed.includes(name)),
        ...theirs.filter((name) => !hashed.includes(name)),
    ];
    const { changedAt } = wanted;
    const view = { key, hashed, ...(changedAt === undefined ? {} : { changedAt }) };
    const compared = await compareRows(comparison, table, { ...view, shape }, { ...view, shape: there });
    return { ...compared, columnsApart };
}

/** A row that was found, before what is in it is read. */
type Found = Omit<FoundRow, "row" | "table">;

async function compareRows(
    comparison: Comparison,
    table: string,
    view: TableView,
    theirView: TableView,
): Promise<TableResult> {
    const { copy, goOn, onFound, settings, writer } = comparison;
    const all: Found[] = [];
    let rows = 0;
    let after: readonly string[] | undefined;
    let cut: string | undefined;
    for (;;) {
        goOn();
        if (rows >= settings.maxRows) {
            const [next] = await copy.query.marks(copy.place, view, { ...from(after), limit: 1 });
            cut = next === undefined ? undefined : `after missing.maxRows (${settings.maxRows}) rows`;
            break;
        }
        const limit = Math.min(BATCH, settings.maxRows - rows);
        const marks = await smaller(limit, (size) =>
            copy.query.marks(copy.place, view, { ...from(after), limit: size }),
        );
        if (marks.length === 0) {
            break;
        }
        const theirs = await inParts(
            marks.map(({ key }) => key),
            (keys) => writer.query.marksOf(writer.place, theirView, keys),
        );
        const found = marks.flatMap((mark, index) => judge(mark, theirs[index]));
        const room = settings.maxFound - all.length;
        const kept = found.slice(0, room);
        if (kept.length > 0) {
            onFound(await readRows(copy, view, table, kept));
        }
        all.push(...kept);
        if (found.length > room) {
            // No further than to the last row that is counted.
            rows += marks.findIndex(({ key }) => key === found[room]?.key);
            cut = `after missing.maxFound (${settings.maxFound}) rows that are missing or differ`;
            break;
        }
        rows += marks.length;
        after = marks.at(-1)?.key;
    }
    const missing = all.filter(({ state }) => state === "missing");
    const differing = all.filter(({ state }) => state === "differs");
    const keys = (list: readonly Found[]): (readonly string[])[] =>
        list.slice(0, KEYS_SHOWN).map(({ key }) => key);
    return {
        table,
        columnsApart: [],
        rows,
        missing: missing.length,
        differs: differing.length,
        ...(view.changedAt === undefined
            ? {}
            : { newerInCopy: differing.filter(({ newer }) => newer === "copy").length }),
        ...(cut === undefined ? {} : { cut }),
        missingKeys: keys(missing),
        differingKeys: keys(differing),
    };
}

function from(after: readonly string[] | undefined): { readonly after?: readonly string[] } {
    return after === undefined ? {} : { after };
}

function judge(mark: RowMark, theirs: RowMark | undefined): Found[] {
    const { key } = mark;
    if (theirs === undefined) {
        return [{ state: "missing", key }];
    }
    if (theirs.hash === mark.hash) {
        return [];
    }
    const isKnown = mark.changedAt !== undefined && theirs.changedAt !== undefined;
    return [
        {
            state: "differs",
            key,
            ...(isKnown
                ? { newer: (mark.changedAt ?? 0) > (theirs.changedAt ?? 0) ? "copy" : "writer" }
                : {}),
        },
    ];
}

/** What is in rows; null in the place of one that is more than the Data API answers at once. */
async function readRows(
    copy: Side,
    view: TableView,
    table: string,
    found: readonly Found[],
): Promise<FoundRow[]> {
    const contents = await inParts(
        found.map(({ key }) => key),
        (keys) => copy.query.contents(copy.place, view, keys),
        "null",
    );
    return found.map((row, index) => ({ table, ...row, row: contents[index] ?? "null" }));
}

/**
 * Asks for what belongs to keys, in parts where it is more than the Data API answers at once.
 *
 * @param instead What stands for one that is too large by itself; left out: that is an error.
 */
async function inParts<T>(
    keys: readonly (readonly string[])[],
    ask: (keys: readonly (readonly string[])[]) => Promise<readonly (T | undefined)[]>,
    instead?: T,
): Promise<readonly (T | undefined)[]> {
    try {
        return await ask(keys);
    } catch (error) {
        if (!isTooLarge(error) || (keys.length === 1 && instead === undefined)) {
            throw error;
        }
        if (keys.length === 1) {
            return [instead];
        }
        const half = Math.ceil(keys.length / 2);
        return [
            ...(await inParts(keys.slice(0, half), ask, instead)),
            ...(await inParts(keys.slice(half), ask, instead)),
        ];
    }
}

/** Asks for fewer where it is more than the Data API answers at once. */
async function smaller<T>(limit: number, ask: (limit: number) => Promise<T>): Promise<T> {
    try {
        return await ask(limit);
    } catch (error) {
        if (!isTooLarge(error) || limit === 1) {
            throw error;
        }
        return smaller(Math.ceil(limit / 2), ask);
    }
}

/** The Data API answers 1 MiB at most, and has no code of its own for more. */
function isTooLarge(error: unknown): boolean {
    return error instanceof AwsCallError && /response size limit/i.test(error.message);
}
