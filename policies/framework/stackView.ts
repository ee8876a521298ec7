import { type PolicyResource } from "@pulumi/policy";
import { type Member } from "./member";
import { stackNameOf } from "./patterns";
import { Relations } from "./relations";
import { type Props } from "./subject";
import { isUnknownError } from "./unknowns";

export { type Member } from "./member";

/** Something that a rule could not decide, because a value is not known at preview. */
export interface UndecidedMember {
    /** Left out where it is not about one resource. */
    readonly member?: Member;
    readonly error: Error;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * What is made at the same time an engine registers in any order, another one at each run. What a rule says of two that
 * do not go together, it says of the same one each time: a waiver names one of them.
 */
function inOrder(resources: readonly Member[]): readonly Member[] {
    return resources
        .map((resource) => [resource.urn, resource] as const)
        .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
        .map(([, resource]) => resource);
}

/** What a stack rule looks at: the stack's resources and how they relate. */
export class StackView {
    /** In the order of their URNs. */
    readonly resources: readonly Member[];
    readonly #undecided: UndecidedMember[] = [];
    readonly #relations: Relations;

    /** @param relations How the resources relate, where that is known; then they are in order already. */
    constructor(resources: readonly Member[], relations?: Relations) {
        this.resources = relations === undefined ? inOrder(resources) : resources;
        this.#relations = relations ?? new Relations(this.resources);
    }

    /** The same stack for another rule, which has nothing undecided yet. */
    again(): StackView {
        return new StackView(this.resources, this.#relations);
    }

    /**
     * What a function makes of the stack, made once for all rules: an index in place of a search for each resource.
     *
     * @param make Must not report or set aside anything. What it throws is thrown to each who asks.
     */
    once<T>(make: (stack: StackView) => T): T {
        return this.#relations.once(make, () => make(this));
    }

    /** Whether the stack has a resource of any of the types. */
    has(types: readonly string[]): boolean {
        return types.some((type) => this.#relations.ofType([type]).length > 0);
    }

    /** The resources of any of the types, in the order of their URNs. */
    ofType(...types: readonly string[]): readonly Member[] {
        return this.#relations.ofType(types);
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
     * even while the value is unknown, or by a value that equals the other's identifier. What comes out of a component
     * depends on all that the component has made: there the value tells which ones are meant.
     *
     * @param types Which types of resource to follow to.
     * @throws The policy SDK's error about an unknown value, where only a value tells that is unknown at preview.
     */
    referencesOf(member: Member, property: string, ...types: readonly string[]): readonly Member[] {
        return this.#relations.referencesOf(member, property, types);
    }

    /**
     * The resources of a type whose property refers to the given one.
     *
     * @throws The policy SDK's error about an unknown value, where one may refer to it, or to another one.
     */
    referrersOf(target: Member, type: string, property: string): readonly Member[] {
        return this.#relations.referrersOf(target, type, property);
    }

    /**
     * A resource as a message calls it that is about another one: by its name, and by its stack where that is another.
     *
     * @param about The resource that the message is about.
     */
    nameOf(resource: Member, about: Member): string {
        const stack = stackNameOf(resource.urn);
        return `"${resource.name}"${stack === stackNameOf(about.urn) ? "" : ` of the stack ${stack}`}`;
    }
}

/**
 * The stack that is being judged, as the policy SDK hands it to one stack policy after the other. The SDK makes its
 * resources anew for each, and how they relate would be worked out anew, too, which takes longer than most rules do: all
 * rules that are asked about the same stack look at what the first of them got.
 */
export class StackAtHand {
    readonly #inputs = new Map<string, Props>();
    #view = new StackView([]);
    #unpacked: readonly unknown[] = [];

    /** Takes what a resource is registered with. */
    note(urn: string, inputs: Props): void {
        this.#inputs.set(urn, inputs);
        this.#unpacked = [];
    }

    /** Forgets what resources were registered with: another stack begins. */
    forget(): void {
        this.#inputs.clear();
        this.#unpacked = [];
    }

    /** What a policy looks at that got these resources. */
    view(resources: readonly PolicyResource[]): StackView {
        if (this.#isSame(resources)) {
            this.#view = this.#view.again();
            return this.#view;
        }
        // Written into the SDK's own objects, because they refer to one another.
        for (const resource of resources as readonly (PolicyResource & { inputs?: Props })[]) {
            const inputs = this.#inputs.get(resource.urn);
            if (inputs !== undefined) {
                resource.inputs = inputs;
            }
        }
        this.#view = new StackView(resources);
        this.#unpacked = resources.map(unpackedOf);
        return this.#view;
    }

    /** Whether these are the resources that the last policy got: each with the same properties, unpacked once. */
    #isSame(resources: readonly PolicyResource[]): boolean {
        return (
            resources.length === this.#unpacked.length &&
            resources.every((resource, index) => {
                const unpacked = unpackedOf(resource);
                return unpacked !== undefined && unpacked === this.#unpacked[index];
            })
        );
    }
}

/** What is behind the SDK's guard against unknown values. Undefined where a later SDK has another guard. */
function unpackedOf({ props }: PolicyResource): unknown {
    return (props as Props)[UNGUARDED];
}

const UNGUARDED = "__getSpecialProxyTarget";
