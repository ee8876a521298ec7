/** How the resources of a stack refer to one another, worked out once for all rules. */
import { list, object } from "./subject";
import { type Member } from "./member";
import { Once } from "./once";
import { ifKnown, isUnknownError } from "./unknowns";

/** What a resource type's property refers to, seen from the other end. */
interface Referrers {
    readonly byTarget: ReadonlyMap<Member, readonly Member[]>;
    /** Why it cannot be said of some targets whether one refers to them. */
    readonly undecided: ReadonlyMap<Member, Error>;
}

const NONE: readonly Member[] = [];

/** Resources by type, by identifier and by what refers to them. */
export class Relations {
    readonly #byType = new Map<string, readonly Member[]>();
    readonly #byIdentifier = new Map<string, ReadonlyMap<string, readonly Member[]>>();
    readonly #referrers = new Map<string, Referrers>();
    readonly #order = new Map<Member, number>();
    readonly #made = new Once();

    constructor(readonly resources: readonly Member[]) {
        const byType = new Map<string, Member[]>();
        resources.forEach((resource, index) => {
            this.#order.set(resource, index);
            put(byType, resource.type, resource);
        });
        this.#byType = byType;
    }

    /** The resources of any of the types, in the order of all. */
    ofType(types: readonly string[]): readonly Member[] {
        const [only = ""] = types;
        if (types.length === 1) {
            return this.#byType.get(only) ?? NONE;
        }
        const key = types.join("|");
        let found = this.#byType.get(key);
        if (found === undefined) {
            found = this.#inOrder([...new Set(types)].flatMap((type) => this.#byType.get(type) ?? NONE));
            this.#byType.set(key, found);
        }
        return found;
    }

    /** See `StackView.once`. */
    once<T>(key: unknown, make: () => T): T {
        return this.#made.get(key, make);
    }

    /**
     * See `StackView.referencesOf`.
     *
     * @throws The policy SDK's error about an unknown value, where not even the origin of the value tells.
     */
    referencesOf(member: Member, property: string, types: readonly string[]): readonly Member[] {
        const sources = member.propertyDependencies[property] ?? NONE;
        const followed = sources.filter((other) => types.includes(other.type));
        if (followed.length > 0) {
            return chosenOf(member, property, sources, followed);
        }
        const handedOn = IDENTIFYING.test(property) ? handedOnBy(sources, types) : undefined;
        if (handedOn !== undefined) {
            return [handedOn];
        }
        const values = new Set(flatten(ifKnown(() => member.props[property])));
        const found = types.flatMap((type) =>
            [...values].flatMap((value) => this.#identified(type).get(value) ?? NONE),
        );
        return found.length < 2 ? found : this.#inOrder([...new Set(found)]);
    }

    /**
     * See `StackView.referrersOf`.
     *
     * @throws The policy SDK's error about an unknown value, where one may refer to the target or to another one.
     */
    referrersOf(target: Member, type: string, property: string): readonly Member[] {
        const key = `${type}|${property}|${target.type}`;
        let known = this.#referrers.get(key);
        if (known === undefined) {
            known = this.#referrersBy(type, property, target.type);
            this.#referrers.set(key, known);
        }
        const error = known.undecided.get(target);
        if (error !== undefined) {
            throw error;
        }
        return known.byTarget.get(target) ?? NONE;
    }

    #referrersBy(type: string, property: string, targetType: string): Referrers {
        const byTarget = new Map<Member, Member[]>();
        const undecided = new Map<Member, Error>();
        for (const member of this.ofType([type])) {
            try {
                for (const target of this.referencesOf(member, property, [targetType])) {
                    put(byTarget, target, member);
                }
            } catch (error) {
                if (!isUnknownError(error)) {
                    throw error;
                }
                for (const target of member.propertyDependencies[property] ?? NONE) {
                    undecided.set(target, error);
                }
            }
        }
        return { byTarget, undecided };
    }

    #identified(type: string): ReadonlyMap<string, readonly Member[]> {
        let known = this.#byIdentifier.get(type);
        if (known === undefined) {
            const found = new Map<string, Member[]>();
            for (const member of this.ofType([type])) {
                for (const identifier of new Set(identifiersOf(member))) {
                    put(found, identifier, member);
                }
            }
            known = found;
            this.#byIdentifier.set(type, known);
        }
        return known;
    }

    #inOrder(members: readonly Member[]): readonly Member[] {
        const orderOf = (member: Member): number => this.#order.get(member) ?? 0;
        return [...members].sort((a, b) => orderOf(a) - orderOf(b));
    }
}

/**
 * Which of the resources that a value waits for it is made of. What comes out of a component waits for all that the
 * component has made, whatever it is, so that there a dependency says no more than that a resource may be meant. One
 * alone of a type is meant; of several, the identifiers tell.
 *
 * @throws The policy SDK's error about an unknown value, where the value is to tell and is not known.
 */
function chosenOf(
    member: Member,
    property: string,
    sources: readonly Member[],
    followed: readonly Member[],
): readonly Member[] {
    if (followed.length === 1) {
        return followed;
    }
    const components = new Set(sources.filter(({ type }) => isComponent(type)));
    const possible = components.size === 0 ? [] : followed.filter((each) => isWithin(each, components));
    if (possible.length < 2 || list(ifKnown(() => member.props[property])).length >= followed.length) {
        return followed;
    }
    // Reading throws what is not known.
    const values = new Set(known(member.props[property]));
    const meant = new Set(
        possible.filter((each) => identifiersOf(each).some((identifier) => values.has(identifier))),
    );
    return followed.filter((each) => !possible.includes(each) || meant.has(each));
}

/** Whether a type is of components, whose tokens name no file of a module as those of providers' resources do. */
function isComponent(type: string): boolean {
    return !type.includes("/") && !type.startsWith("pulumi:");
}

/** Whether a component has made the resource. */
function isWithin(member: Member, components: ReadonlySet<Member>): boolean {
    for (let at = member.parent; at !== undefined; at = at.parent) {
        if (components.has(at)) {
            return true;
        }
    }
    return false;
}

/** Properties that hold one other resource's identifier. */
const IDENTIFYING = /(?:^bucket|[a-z]Id|Arn|Identifier|Name)$/;

/**
 * What a property refers to whose value is another resource's property of that kind: the VPC of the subnet, in
 * `vpcId: subnet.vpcId`. The dependencies name the subnet alone. Undefined where it may be one of several.
 */
function handedOnBy(
    sources: readonly Member[],
    types: readonly string[],
    visited: readonly Member[] = [],
): Member | undefined {
    const [source] = sources;
    if (source === undefined || sources.length > 1 || visited.includes(source)) {
        return undefined;
    }
    const further = Object.entries(source.propertyDependencies).filter(([property]) =>
        IDENTIFYING.test(property),
    );
    const wanted = new Set(
        further.flatMap(([, members]) => members).filter(({ type }) => types.includes(type)),
    );
    const beyond = (): (Member | undefined)[] =>
        further.map(([, members]) => handedOnBy(members, types, [...visited, source]));
    const [found, ...others] =
        wanted.size > 0 ? wanted : new Set(beyond().filter((each) => each !== undefined));
    return others.length === 0 ? found : undefined;
}

const IDENTIFIERS = [
    "id",
    "arn",
    "name",
    "bucket",
    "identifier",
    "clusterIdentifier",
    "url",
    "keyId",
] as const;

function identifiersOf(member: Member): readonly string[] {
    const found: string[] = [];
    for (const key of IDENTIFIERS) {
        const value = ifKnown(() => member.props[key]);
        if (typeof value === "string" && value !== "") {
            found.push(value);
        }
    }
    return found;
}

function flatten(value: unknown): readonly string[] {
    if (typeof value === "string") {
        return [value];
    }
    if (!Array.isArray(value)) {
        return [];
    }
    // By index: the list's own methods read the elements, of which one that is unknown would end it all.
    return Array.from({ length: value.length }, (_, index) =>
        ifKnown(() => flatten(value[index]), []),
    ).flat();
}

/** The texts in a value, all of them known. @throws The policy SDK's error about an unknown value */
function known(value: unknown): readonly string[] {
    if (typeof value === "string") {
        return [value];
    }
    return Array.isArray(value)
        ? Array.from({ length: value.length }, (_, index) => known(value[index])).flat()
        : Object.values(object(value)).flatMap(known);
}

/** Adds to what there is under a key. */
export function put<K, T>(map: Map<K, T[]>, key: K, item: T): void {
    const there = map.get(key);
    if (there === undefined) {
        map.set(key, [item]);
    } else {
        there.push(item);
    }
}
