/** Puts together what each source says of each property. */
import {
    type AskedVerdicts,
    type HandVerdicts,
    type ReplacementTable,
    type TableRow,
} from "../preview/against/replacementTable";
import { type SchemaType } from "./cloudFormation";
import { type NativeType } from "./native";
import { type DocumentedType } from "./providerDocs";
import { normalized, propertyPairs } from "./twins";

export { type ReplacementTable } from "../preview/against/replacementTable";

/** What is known of a type beside what the sources say, with where it is from. */
export interface HandRow extends HandVerdicts {
    /** Whether every other property is updated in place. */
    readonly whole?: boolean;
}

/** The rows by hand. */
export interface HandTable {
    readonly sources: Readonly<Record<string, string>>;
    /** Rows for all types of a package. */
    readonly everywhere: Readonly<Record<string, HandRow>>;
    readonly types: Readonly<Record<string, HandRow>>;
}

/** What the provider answered. */
export interface AskedTable {
    /** Who was asked. */
    readonly source: string;
    readonly types: Readonly<Record<string, AskedVerdicts>>;
}

/** What the sources are. */
export interface Sources {
    /** When the table was made, `2026-11-30`. */
    readonly date: string;
    /** The versions of the packages that it was made from. */
    readonly versions: Readonly<Record<string, string>>;
    readonly documented: readonly DocumentedType[];
    readonly twinOf: (type: string) => SchemaType | undefined;
    readonly native: readonly NativeType[];
    readonly byHand: HandTable;
    readonly asked: AskedTable;
}

/**
 * The table of all types of @pulumi/aws that a source speaks of.
 *
 * @throws Error where a row by hand is of a type or a property that @pulumi/aws does not have.
 */
export function tableOf({
    date,
    versions,
    documented,
    twinOf,
    native,
    byHand,
    asked,
}: Sources): ReplacementTable {
    refuseStrangeRows(byHand, documented);
    const natives = new Map(
        native.map(({ type, replaceOnChanges }) => [
            normalized(type.slice(type.indexOf(":") + 1)),
            new Set(replaceOnChanges.map(normalizedPath)),
        ]),
    );
    const types = new Map<string, TableRow>();
    for (const type of documented) {
        types.set(type.type, rowOf(type, twinOf(type.type), natives));
    }
    for (const [type, row] of types) {
        const told = asked.types[type];
        if (told !== undefined) {
            types.set(type, { ...row, asked: told });
        }
    }
    for (const [type, row] of Object.entries(byHand.types)) {
        types.set(type, withHand(types.get(type) ?? {}, row));
    }
    const told = [...types]
        .filter(([, row]) => Object.keys(row).length > 0)
        .sort(([one], [other]) => (one < other ? -1 : 1));
    return {
        date,
        versions,
        sources: { ...byHand.sources, asked: asked.source },
        everywhere: Object.fromEntries(
            Object.entries(byHand.everywhere).map(([pkg, row]) => [pkg, withHand({}, row)]),
        ),
        types: Object.fromEntries(told),
    };
}

/** A table's text: a type a line, so that a new version shows what has changed. */
export function tableText({ types, ...head }: { readonly types: object }): string {
    const rows = Object.entries(types).map(
        ([type, row]) => `  ${JSON.stringify(type)}: ${JSON.stringify(row)}`,
    );
    return `${JSON.stringify(head).slice(0, -1)},\n "types": {\n${rows.join(",\n")}\n }}\n`;
}

function refuseStrangeRows({ types }: HandTable, documented: readonly DocumentedType[]): void {
    const inputs = new Map(documented.map((each) => [each.type, each.inputs]));
    const strange = Object.entries(types)
        .filter(([type]) => type.startsWith("aws:"))
        .flatMap(([type, { replaces = [], mayReplace = [], updates = [] }]) => {
            const known = inputs.get(type);
            return known === undefined
                ? [type]
                : [...replaces, ...mayReplace, ...updates]
                      .filter((property) => !known.includes(property))
                      .map((property) => `${type}: ${property}`);
        });
    if (strange.length > 0) {
        throw new Error(
            `byHand.json has rows of what @pulumi/aws does not have; correct or delete them:\n${strange.join("\n")}`,
        );
    }
}

function withHand(row: TableRow, { see, from, whole, ...verdicts }: HandRow): TableRow {
    return { ...row, ...(whole === true ? { whole } : {}), byHand: { see, from, ...verdicts } };
}

function rowOf(
    documented: DocumentedType,
    twin: SchemaType | undefined,
    natives: ReadonlyMap<string, ReadonlySet<string>>,
): TableRow {
    const votes = new Map<string, Set<string>>();
    const vote = (path: string, letter: string): void => {
        votes.set(path, (votes.get(path) ?? new Set()).add(letter));
    };
    if (twin !== undefined) {
        const inputsOf = new Map<string, string[]>();
        for (const [input, property] of propertyPairs(documented, twin)) {
            inputsOf.set(property, [...(inputsOf.get(property) ?? []), input]);
        }
        const native = natives.get(normalized(twin.name.replace(/^AWS::/, "")));
        for (const [path, replacement] of twin.properties) {
            for (const own of ownPaths(path, inputsOf)) {
                if (replacement !== undefined) {
                    vote(own, replacement === "yes" ? "c" : "m");
                }
                if (native?.has(normalizedPath(path)) === true) {
                    vote(own, "n");
                }
            }
        }
    }
    for (const [path, said] of documented.replacements) {
        vote(path, said === "always" ? "p" : "s");
    }
    const sorted = [...votes].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
        ...(twin === undefined ? {} : { twin: twin.name }),
        ...(sorted.length === 0
            ? {}
            : {
                  votes: Object.fromEntries(
                      sorted.map(([path, letters]) => [path, [...letters].sort().join("")]),
                  ),
              }),
    };
}

/** The provider's paths of one of the schema's: by the longest part of it that is some input. */
function ownPaths(path: string, inputsOf: ReadonlyMap<string, readonly string[]>): string[] {
    const parts = path.split(".");
    for (let length = parts.length; length > 0; length -= 1) {
        const inputs = inputsOf.get(parts.slice(0, length).join("."));
        if (inputs !== undefined) {
            return inputs.map((input) => [input, ...parts.slice(length).map(lowerFirst)].join("."));
        }
    }
    return [];
}

function lowerFirst(name: string): string {
    return name.charAt(0).toLowerCase() + name.slice(1);
}

function normalizedPath(path: string): string {
    return path.split(".").map(normalized).join(".");
}
