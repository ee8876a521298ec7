/** Which of CloudFormation's types and properties is which of @pulumi/aws. */
import { type SchemaType } from "./cloudFormation";
import { type DocumentedType } from "./providerDocs";
import twins from "./twins.json";

/** Names differ in how they are written: `DBCluster`, `DbCluster`. */
export function normalized(name: string): string {
    return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Finds the type of CloudFormation that makes the same resource; undefined where there is none. */
export function twinFinder(
    schemas: ReadonlyMap<string, SchemaType>,
): (type: string) => SchemaType | undefined {
    const byName = new Map([...schemas].map(([name, schema]) => [normalized(name), schema]));
    const given: Readonly<Partial<Record<string, string>>> = twins.types;
    const services: Readonly<Partial<Record<string, readonly string[]>>> = twins.services;
    return (type) => {
        const named = given[type];
        if (named !== undefined) {
            return named === "" ? undefined : schemas.get(named);
        }
        const [, module = "", name = ""] = type.split(":");
        const folder = module.split("/")[0] ?? "";
        for (const service of services[folder] ?? [folder]) {
            for (const candidate of [name, `DB${name}`]) {
                const found = byName.get(normalized(`AWS::${service}::${candidate}`));
                if (found !== undefined) {
                    return found;
                }
            }
        }
        return undefined;
    };
}

/**
 * The twin's property that each input is, or its path with dots where the provider has flattened it; of several that
 * could be, the one whose name is nearest.
 */
export function propertyPairs(
    { type, inputs }: Pick<DocumentedType, "type" | "inputs">,
    twin: SchemaType,
): Map<string, string> {
    const properties = new Map(
        [...twin.properties.keys()]
            .filter((name) => !name.includes("."))
            .map((name) => [normalized(name), name]),
    );
    const kinds = [
        type.slice(type.lastIndexOf(":") + 1),
        twin.name.slice(twin.name.lastIndexOf(":") + 1),
    ].map(normalized);
    const given: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = twins.properties;
    const pairs = new Map(Object.entries(given[type] ?? {}));
    const taken = new Set(pairs.values());
    // In rounds, so that a name that is the same is never taken by one that is only like it.
    for (const guess of GUESSES) {
        for (const input of inputs) {
            const property = guess(normalized(input), kinds)
                .map((name) => properties.get(name))
                .find((name) => name !== undefined);
            if (property !== undefined && !pairs.has(input) && !taken.has(property)) {
                pairs.set(input, property);
                taken.add(property);
            }
        }
    }
    return pairs;
}

type Guess = (input: string, kinds: readonly string[]) => readonly string[];

const GUESSES: readonly Guess[] = [
    (input) => [input],
    (input, kinds) => [`db${input}`, ...kinds.map((kind) => `${kind}${input}`)],
    (input) => [`${input}s`, input.replace(/s$/, ""), input.replace(/ies$/, "y")],
    (input) => [`${input}name`, `${input}id`, `${input}arn`, `${input}identifier`],
    (input) => [input.replace(/(?:name|id|arn|identifier)$/, "")],
    (input, kinds) => kinds.filter((kind) => input.startsWith(kind)).map((kind) => input.slice(kind.length)),
];
