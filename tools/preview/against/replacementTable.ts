/** What the table of replacements holds; `npm run replacements` makes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What is known of a type by hand, see tools/replacements/byHand.json. */
export interface HandVerdicts {
    /** The Terraform provider's name of the type, under which its documentation and its source have it. */
    readonly see: string;
    /** A key of {@link ReplacementTable.sources}. */
    readonly from: string;
    /** Properties; `*` is all of them. */
    readonly replaces?: readonly string[];
    readonly mayReplace?: readonly string[];
    readonly updates?: readonly string[];
}

/** What the provider planned when it was asked for a change of every property, see tools/replacements/asked.json. */
export interface AskedVerdicts {
    /** As {@link HandVerdicts.see}. */
    readonly see: string;
    /** Properties for which it planned another resource, or their paths with dots. */
    readonly replaces: readonly string[];
    /** Properties that it does not have, or of which it planned nothing; every other it updates in place. */
    readonly untold: readonly string[];
}

/** What is known of a type. */
export interface TableRow {
    /** The type of CloudFormation that makes the same resource. */
    readonly twin?: string;
    /**
     * Who says that a change of a property makes another resource, by property or by its path with dots, a letter each:
     * `c` CloudFormation's schema, `m` the same for some changes, `n` @pulumi/aws-native, `p` the provider's
     * documentation, `s` the same for some changes.
     */
    readonly votes?: Readonly<Record<string, string>>;
    /** Whether what is by hand speaks of the whole type: every property that it does not name is updated in place. */
    readonly whole?: true;
    readonly byHand?: HandVerdicts;
    readonly asked?: AskedVerdicts;
}

/** The table. */
export interface ReplacementTable {
    /** When it was made, `2026-11-30`. */
    readonly date: string;
    /** The packages that it was made from. */
    readonly versions: Readonly<Record<string, string>>;
    /** What the rows by hand are from, and under `asked` who was asked. */
    readonly sources: Readonly<Record<string, string>>;
    /** What holds for all types of a package. */
    readonly everywhere: Readonly<Record<string, TableRow>>;
    readonly types: Readonly<Partial<Record<string, TableRow>>>;
}

/** The table's file. */
export const TABLE_FILE = join(__dirname, "replacements.json");

/** What AWS keeps without an order, by type: properties, or their paths with dots. */
export interface SetTable {
    /** Whose schema says so. */
    readonly source: string;
    readonly types: Readonly<Partial<Record<string, readonly string[]>>>;
}

/** Its file. */
export const SETS_FILE = join(__dirname, "sets.json");

let sets: SetTable | undefined;

/** Whether the items of a property have no order at AWS. */
export function isSet(type: string, path: string): boolean {
    sets ??= JSON.parse(readFileSync(SETS_FILE, "utf8")) as SetTable;
    return sets.types[type]?.includes(path) === true;
}

let table: ReplacementTable | undefined;

/** The table, read when it is first asked for: most previews never do. */
export function replacementTable(): ReplacementTable {
    table ??= JSON.parse(readFileSync(TABLE_FILE, "utf8")) as ReplacementTable;
    return table;
}
