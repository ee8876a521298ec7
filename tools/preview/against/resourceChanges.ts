/** What changes of one resource that both sides have. */
import { isDeepStrictEqual } from "node:util";
import { type ResourceState } from "../types";
import { isDefaultProvider, nameOf, packageOf } from "../urn";
import { holds, isRecord, MASK } from "../values";
import { type PropertyChange } from "./changes";
import { type Difference, differences, pathText, propertyPath, type SecretDigest } from "./differences";
import { isSet } from "./replacementTable";
import { isAutomaticName, referredTo, shown, shownText, type Side, withReferences } from "./side";
import { judge } from "./verdicts";

/** A resource of both sides. */
export interface Pair {
    readonly before: ResourceState;
    readonly after: ResourceState;
}

/** The sides that a pair is of. */
export interface PairSides {
    readonly before: Side;
    readonly after: Side;
    /** What the secrets of each side come to; places begin with the URN. */
    readonly secrets: readonly [before: SecretDigest, after: SecretDigest];
    /** Whether a text is what the preview has made up in place of an answer of AWS. */
    readonly isMadeUp: (text: string) => boolean;
}

/** What of a pair differs. */
export interface PairChange {
    readonly properties: readonly PropertyChange[];
    /** Properties that refer to the same thing, which is another one than before, by the URNs that they refer to. */
    readonly carried: ReadonlyMap<string, readonly string[]>;
    /** How many properties could not be compared, since the preview has made up their value. */
    readonly madeUp: number;
}

/** Compares a resource's inputs, and what its provider adds to them. */
export function pairChange(pair: Pair, sides: PairSides): PairChange {
    const carried = new Map<string, readonly string[]>();
    const found: Difference[] = [];
    let madeUp = 0;
    for (const property of changeable(pair)) {
        const [was, is] = [pair.before.inputs[property], pair.after.inputs[property]];
        const dependencies = (state: ResourceState): readonly string[] =>
            state.propertyDependencies[property] ?? [];
        const [old, now] = withReferences(
            sides,
            [was, is],
            [dependencies(pair.before), dependencies(pair.after)],
        );
        const all = differences({ [property]: old }, { [property]: now }, [
            (place) => sides.secrets[0]([pair.before.urn, ...place]),
            (place) => sides.secrets[1]([pair.after.urn, ...place]),
        ]);
        const own = all.filter(
            ({ path, reordered }) => reordered !== true || !isSet(pair.after.type, propertyPath(path)),
        );
        if (all.length === 0 && !isDeepStrictEqual(was, is)) {
            const urns = referredTo(now);
            if (urns.length > 0) {
                carried.set(property, urns);
            }
        }
        const told = own.filter(({ after }) => !holds(after, (text) => isText(text) && sides.isMadeUp(text)));
        madeUp += own.length - told.length;
        found.push(...told);
    }
    found.push(...surroundings(pair, found));
    return {
        properties: [...found.map((difference) => propertyChange(pair, difference)), ...providerChange(pair)],
        carried,
        madeUp,
    };
}

/** The inputs that may differ, in the order of their names. */
function changeable({ before, after }: Pair): string[] {
    const defaults = new Set(
        Array.isArray(before.inputs["__defaults"]) ? (before.inputs["__defaults"] as unknown[]) : [],
    );
    const automatic = (state: ResourceState, property: string): boolean => {
        const value = state.inputs[property];
        return typeof value === "string" && isAutomaticName(value, nameOf(state.urn));
    };
    return (
        [...new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])]
            .filter((property) => !property.startsWith("__"))
            // What the provider has filled in, nobody has taken away; and a name that Pulumi makes, it keeps.
            .filter((property) => !(defaults.has(property) && !(property in after.inputs)))
            .filter((property) => !(automatic(before, property) && automatic(after, property)))
            .filter((property) => !defaults.has(property) || !automatic(after, property))
            .filter(
                (property) =>
                    !isDeepStrictEqual(before.inputs[property], after.inputs[property]) ||
                    holds(after.inputs[property], (value) => value === MASK),
            )
            .sort()
    );
}

/** What a provider's own configuration does to a resource: its region, and tags for all. */
function surroundings({ before, after }: Pair, found: readonly Difference[]): Difference[] {
    if (packageOf(after.type) !== "aws") {
        return [];
    }
    const [was, is] = [before.outputs["region"], after.outputs["region"]];
    const regions =
        isText(was) &&
        isText(is) &&
        before.inputs["region"] === undefined &&
        after.inputs["region"] === undefined
            ? differences({ region: was }, { region: is })
            : [];
    const [old, now] = [before.outputs["tagsAll"], after.outputs["tagsAll"]];
    const own = new Set(found.filter(({ path }) => path[0] === "tags").map(({ path }) => path[1]));
    const tags =
        isRecord(old) && isRecord(now)
            ? differences({ tagsAll: old }, { tagsAll: now }).filter(
                  ({ path }) => !own.has(path[1]) && !(own.has(undefined) && path.length > 1),
              )
            : [];
    return [...regions, ...tags];
}

function propertyChange(pair: Pair, difference: Difference): PropertyChange {
    const { path, op, before, after, kind, meaning } = difference;
    const { verdict, sources } = judge(pair, difference);
    return {
        path: shownText(pathText(path)),
        property: typeof path[0] === "string" ? path[0] : "",
        op,
        ...(before === undefined ? {} : { before: shown(before) }),
        ...(after === undefined ? {} : { after: shown(after) }),
        kind,
        ...(meaning === undefined ? {} : { meaning: meaning.map(shownText) }),
        verdict,
        sources,
    };
}

/** A resource goes over to another provider by being made anew, except from one that nobody named to another such. */
function providerChange({ before, after }: Pair): PropertyChange[] {
    const [was, is] = [before, after].map(({ provider = "" }) =>
        provider.slice(0, provider.lastIndexOf("::")),
    );
    if (was === undefined || is === undefined || was === "" || is === "" || was === is) {
        return [];
    }
    if (isDefaultProvider(was) && isDefaultProvider(is)) {
        return [];
    }
    return [
        {
            path: "provider",
            property: "provider",
            op: "change",
            before: nameOf(was),
            after: nameOf(is),
            kind: "value",
            verdict: "replaces",
            sources: [
                { source: "engine", text: "Pulumi makes a resource anew that goes over to another provider" },
            ],
        },
    ];
}

function isText(value: unknown): value is string {
    return typeof value === "string";
}
