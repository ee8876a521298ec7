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
        const followed = (member.propertyDependencies[property] ?? []).filter((other) =>
            types.includes(other.type),
        );
        if (followed.length > 0) {
            return followed;
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
