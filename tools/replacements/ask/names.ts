/** Which of the provider's types and properties is which of @pulumi/aws: by their names, and by what they consist of. */
import { distance } from "fastest-levenshtein";
import { type DeclaredType } from "../providerDocs";
import { normalized, pairsByName } from "../twins";
import given from "./names.json";
import { type Shape } from "./shape";

/** Two types are the same where their names and their properties are at least as alike together, of 2. */
const ALIKE = 1;

/** A type that @pulumi/aws has under a second name, too, for those who have it by that one. */
const SECOND = /V2(?=:|$)/g;
/** What share of their inputs two names of one type have in common at least. */
const SAME = 0.9;

/** What every type of @pulumi/aws has or may have, by its singular; the provider has it only in newer versions. */
const EVERYWHERE = new Set(["region", "tagsall"]);

/**
 * The provider's type that each type of @pulumi/aws is. Names that are spelled alike are the same type; the others are
 * put together from the most alike down, each once, by how much of their names and of their properties is the same.
 */
export function typeNames(
    declared: readonly DeclaredType[],
    shapes: ReadonlyMap<string, Shape>,
): Map<string, string> {
    const found = new Map<string, string>();
    const spelled = new Map([...shapes.keys()].map((name) => [plain(name), name]));
    for (const { type } of declared) {
        const name = spelled.get(normalized(partsOf(type).join("")));
        if (name !== undefined) {
            found.set(type, name);
        }
    }
    const taken = new Set(found.values());
    const candidates = [...shapes].filter(([name]) => !taken.has(name));
    const pairs = declared
        .filter(({ type }) => !found.has(type))
        .flatMap((each) =>
            candidates.map(([name, shape]) => ({
                type: each.type,
                name,
                alike: likeness(each, name, shape),
            })),
        )
        .filter(({ alike }) => alike >= ALIKE)
        .sort((one, other) => other.alike - one.alike);
    for (const { type, name } of pairs) {
        if (!found.has(type) && !taken.has(name)) {
            found.set(type, name);
            taken.add(name);
        }
    }
    return withSecondNames(declared, found);
}

function withSecondNames(
    declared: readonly DeclaredType[],
    found: ReadonlyMap<string, string>,
): Map<string, string> {
    const all = new Map(found);
    const byType = new Map(declared.map((each) => [each.type, each]));
    for (const { type, inputs } of declared) {
        const first = byType.get(type.replaceAll(SECOND, ""));
        const name = first === undefined ? undefined : found.get(first.type);
        if (
            first !== undefined &&
            name !== undefined &&
            !all.has(type) &&
            share(inputs, first.inputs) > SAME
        ) {
            all.set(type, name);
        }
    }
    return all;
}

/** The provider's name of each input, at the end of a path of inputs. */
export function propertyNames(
    declared: DeclaredType,
    name: string,
    path: readonly string[],
    shape: Shape,
): Map<string, string> {
    const { type } = declared;
    const own: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = given.properties;
    return path.length === 0
        ? pairsByName(declared.inputs, configurable(shape), [...partsOf(type).slice(1), name], own[type])
        : pairsByName(declared.inside(path), configurable(shape), []);
}

function likeness(declared: DeclaredType, name: string, shape: Shape): number {
    const own = partsOf(declared.type);
    const names = [own.join(""), own.slice(1).join("")].map((each) =>
        nearness(normalized(each), plain(name)),
    );
    return Math.max(...names) + share(declared.inputs, configurable(shape));
}

/** What share of all these names both have. */
function share(one: readonly string[], other: readonly string[]): number {
    const [ours, theirs] = [one, other].map(
        (names) => new Set(names.map(singular).filter((name) => !EVERYWHERE.has(name))),
    ) as [Set<string>, Set<string>];
    const all = new Set([...ours, ...theirs]);
    return all.size === 0 ? 0 : [...ours].filter((name) => theirs.has(name)).length / all.size;
}

function configurable({ inner }: Shape): string[] {
    return [...inner].filter(([, property]) => property.configurable).map(([name]) => name);
}

function nearness(one: string, other: string): number {
    return 1 - distance(one, other) / Math.max(one.length, other.length);
}

/** `aws:rds/cluster:Cluster` is `rds` and `cluster`. */
function partsOf(type: string): string[] {
    return (type.split(":")[1] ?? "").split("/");
}

function plain(name: string): string {
    return normalized(name.replace(/^[^_]+_/, ""));
}

function singular(name: string): string {
    return normalized(name)
        .replace(/ies$/, "y")
        .replace(/(?<=[sx])es$/, "")
        .replace(/s$/, "");
}
