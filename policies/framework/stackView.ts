import { type PolicyResource } from "@pulumi/policy";
import { type Subject } from "./subject";
import { ifKnown, isUnknownError } from "./unknowns";

/** A resource of a stack, with its relations. */
export interface Member extends Subject {
    readonly parent?: Member;
    readonly dependencies: readonly Member[];
    readonly propertyDependencies: Readonly<Record<string, readonly Member[]>>;
}

/** Something that a rule could not decide, because a value is not known at preview. */
export interface UndecidedMember {
    /** Left out where it is not about one resource. */
    readonly member?: Member;
    readonly error: Error;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/** What a stack rule looks at: the stack's resources and how they relate. */
export class StackView {
    readonly #byType: ReadonlyMap<string, readonly Member[]>;
    readonly #undecided: UndecidedMember[] = [];

    constructor(
        readonly resources: readonly Member[],
        byType: ReadonlyMap<string, readonly Member[]> = indexOf(resources),
    ) {
        this.#byType = byType;
    }

    /** The same stack for another rule, which has nothing undecided yet. */
    again(): StackView {
        return new StackView(this.resources, this.#byType);
    }

    /** Whether the stack has a resource of any of the types. */
    has(types: readonly string[]): boolean {
        return types.some((type) => this.#byType.has(type));
    }

    /** The resources of any of the types, in order of registration. */
    ofType(...types: readonly string[]): readonly Member[] {
        return types.length === 1
            ? (this.#byType.get(types[0] ?? "") ?? [])
            : this.resources.filter((resource) => types.includes(resource.type));
    }

    /**
     * Runs the check on each resource. One whose values are unknown at preview is set aside, so that it does
     * not keep the rule from judging the others.
     */
    each(resources: readonly Member[], check: (member: Member) => void): void {
        for (const member of resources) {
            try {
                check(member);
            } catch (error) {
                if (!isUnknownError(error)) {
                    throw error;
                }
                this.#undecided.push({ member, error });
            }
        }
    }

    /** The resources that `each` could not judge, with the reason. */
    get undecided(): readonly UndecidedMember[] {
        return this.#undecided;
    }

    /** The URN of the stack itself. */
    get urn(): string {
        const [root] = this.ofType(STACK_TYPE);
        return root?.urn ?? this.resources[0]?.urn.replace(/::.*$/s, "") ?? "";
    }

    /**
     * The resources that a property of a resource refers to: by the dependencies of the property, which hold
     * even while the value is unknown, or by a value that equals the other's identifier.
     *
     * @param types Which types of resource to follow to.
     */
    referencesOf(member: Member, property: string, ...types: readonly string[]): readonly Member[] {
        const sources = member.propertyDependencies[property] ?? [];
        const followed = sources.filter((other) => types.includes(other.type));
        if (followed.length > 0) {
            return followed;
        }
        const handedOn = IDENTIFYING.test(property) ? handedOnBy(sources, types) : undefined;
        if (handedOn !== undefined) {
            return [handedOn];
        }
        const values = new Set(flatten(ifKnown(() => member.props[property])));
        if (values.size === 0) {
            return [];
        }
        return this.ofType(...types).filter((other) =>
            identifiersOf(other).some((identifier) => values.has(identifier)),
        );
    }

    /** The resources of a type whose property refers to the given one. */
    referrersOf(target: Member, type: string, property: string): readonly Member[] {
        return this.ofType(type).filter((member) =>
            this.referencesOf(member, property, target.type).some((other) => other.urn === target.urn),
        );
    }
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

function indexOf(resources: readonly Member[]): ReadonlyMap<string, readonly Member[]> {
    const byType = new Map<string, Member[]>();
    for (const resource of resources) {
        const sameType = byType.get(resource.type);
        if (sameType === undefined) {
            byType.set(resource.type, [resource]);
        } else {
            sameType.push(resource);
        }
    }
    return byType;
}

/**
 * The stack that is being judged, as the policy SDK hands it to one stack policy after the other. The SDK makes its
 * resources anew for each, which takes longer than most rules do. In the offline preview packs are started so that it
 * makes them once, and hands an empty list to the policies after the first: a real stack holds at least itself.
 */
export class StackAtHand {
    #view = new StackView([]);

    /** What a policy looks at that got these resources. */
    view(resources: readonly PolicyResource[]): StackView {
        this.#view = resources.length > 0 ? new StackView(resources) : this.#view.again();
        return this.#view;
    }
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
