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
    const given: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = twins.properties;
    return pairsByName(
        inputs,
        [...twin.properties.keys()].filter((name) => !name.includes(".")),
        [type, twin.name].map((name) => name.slice(name.lastIndexOf(":") + 1)),
        given[type],
    );
}

/**
 * The name that each input has elsewhere; of several that could be, the nearest.
 *
 * @param kinds what the names are of, which may be in front of them: `cluster` of `clusterIdentifier`.
 * @param given pairs that no rule finds.
 */
export function pairsByName(
    inputs: readonly string[],
    names: readonly string[],
    kinds: readonly string[],
    given: Readonly<Record<string, string>> = {},
): Map<string, string> {
    const properties = new Map(names.map((name) => [normalized(name), name]));
    const normalizedKinds = kinds.map(normalized);
    const pairs = new Map(Object.entries(given));
    const taken = new Set(pairs.values());
    // In rounds, so that a name that is the same is never taken by one that is only like it.
    for (const guess of GUESSES) {
        for (const input of inputs) {
            const property = guess(normalized(input), normalizedKinds)
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
    (input) => [`${input}s`, input.replace(/s$/, ""), input.replace(/ies$/, "y"), input.replace(/es$/, "")],
    (input) => [`${input}name`, `${input}id`, `${input}arn`, `${input}identifier`],
    (input) => [input.replace(/(?:name|id|arn|identifier)$/, "")],
    (input, kinds) => kinds.filter((kind) => input.startsWith(kind)).map((kind) => input.slice(kind.length)),
];
