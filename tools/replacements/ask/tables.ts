/** Asks a provider for all of its types, or for some, and makes the tables of its answers. */
import { nearest } from "../../../regions/nearest";
import { type AskedVerdicts, type SetTable } from "../../preview/against/replacementTable";
import { WrongCall } from "../../shared/commandLine";
import byHand from "../byHand.json";
import { type DeclaredType } from "../providerDocs";
import { type AskedTable } from "../table";
import { type Answer, Asker } from "./ask";
import { typeNames } from "./names";
import { setsOf, verdictsOf } from "./rows";
import { shapeOf } from "./shape";

/** Whom to ask, and what. */
export interface Questions {
    /** The provider's executable. */
    readonly file: string;
    /** The types of @pulumi/aws. */
    readonly declared: readonly DeclaredType[];
    /** The provider's names of the types to ask for; all where there are none. */
    readonly types?: readonly string[];
    /** How long an answer may take, in milliseconds; a minute when left out. */
    readonly patience?: number;
    /** Is told how many of how many types were asked for. */
    readonly onProgress?: (asked: number, of: number) => void;
}

/** What was learnt. */
export interface Answers {
    readonly asked: AskedTable;
    readonly sets: SetTable;
    /** By the provider's type, why it planned nothing, for a property each, or under `*` for all at once. */
    readonly refusals: Readonly<Record<string, Answer["refusals"]>>;
}

/**
 * Asks the provider.
 *
 * @throws ProviderFailure when it is none, or does not answer.
 * @throws {@link WrongCall} for a type that it does not have, or that @pulumi/aws does not.
 */
export async function answersOf({
    file,
    declared,
    types = [],
    patience,
    onProgress,
}: Questions): Promise<Answers> {
    const asker = await Asker.start(file, patience);
    try {
        const { resources } = asker.schema;
        const shapes = new Map([...resources].map(([name, block]) => [name, shapeOf(block)]));
        const names = typeNames(declared, shapes);
        refuseUnknown(types, [...resources.keys()], [...names.values()], asker.name);
        const chosen = [...shapes].flatMap(([name, shape]) => {
            const own = declared.filter(({ type }) => names.get(type) === name);
            return own.length === 0 || (types.length > 0 && !types.includes(name))
                ? []
                : [{ name, shape, own }];
        });
        const verdicts: [string, AskedVerdicts][] = [];
        const sets: [string, string[]][] = [];
        const refusals: Record<string, Answer["refusals"]> = {};
        for (const [index, { name, shape, own }] of chosen.entries()) {
            const answer = await asker.answer(name);
            onProgress?.(index + 1, chosen.length);
            if (Object.keys(answer.refusals).length > 0) {
                refusals[name] = answer.refusals;
            }
            for (const each of own) {
                verdicts.push([each.type, verdictsOf(each, name, shape, answer)]);
                sets.push([each.type, [...setsOf(each, name, shape), ...sortedOf(each.type)].sort()]);
            }
        }
        return {
            asked: {
                source: `the provider itself, ${asker.name}, planned a change of every property of every type that it has`,
                types: inOrder(verdicts),
            },
            sets: {
                source: `the schema of the provider, ${asker.name}: what has the type of a set; and what it sorts before it compares, as a task's containers, their environment and secrets`,
                types: inOrder(sets.filter(([, paths]) => paths.length > 0)),
            },
            refusals,
        };
    } finally {
        await asker.stop();
    }
}

/** What the provider keeps in a list, or in a text, and sorts before it compares; no schema tells this. */
function sortedOf(type: string): readonly string[] {
    const sorted: Readonly<Partial<Record<string, readonly string[]>>> = byHand.sorted;
    return sorted[type] ?? [];
}

function refuseUnknown(
    types: readonly string[],
    provider: readonly string[],
    pulumi: readonly string[],
    name: string,
): void {
    const problems = types.flatMap((type) => {
        if (!provider.includes(type)) {
            const near = nearest(type, provider);
            return `${name} has no type ${type}.${near === undefined ? "" : ` Did you mean ${near}?`}`;
        }
        return pulumi.includes(type) ? [] : `@pulumi/aws has no type that is ${type}.`;
    });
    if (problems.length > 0) {
        throw new WrongCall(problems.join("\n"));
    }
}

function inOrder<T>(rows: readonly (readonly [string, T])[]): Record<string, T> {
    return Object.fromEntries([...rows].sort(([one], [other]) => (one < other ? -1 : 1)));
}
