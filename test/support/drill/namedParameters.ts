/** Asks PostgreSQL as the RDS Data API does: parameters by name, which are all texts. */
import { type PGlite } from "@electric-sql/pglite";

/** The oid of PostgreSQL's type of texts: the Data API hands every parameter of the drill over as one. */
const TEXT = 25;

/** The rows that a statement answers, each a list of texts or null. */
export async function askByName(
    database: PGlite,
    sql: string,
    parameters: readonly (readonly [name: string, value: string])[],
): Promise<readonly (readonly (string | null)[])[]> {
    const names = parameters.map(([name]) => name);
    const numbered = sql.replaceAll(/(?<!:):(\w+)/g, (text, name: string) =>
        names.includes(name) ? `$${names.indexOf(name) + 1}` : text,
    );
    const { rows } = await database.query<(string | null)[]>(
        numbered,
        parameters.map(([, value]) => value),
        { rowMode: "array", paramTypes: names.map(() => TEXT) },
    );
    return rows;
}
