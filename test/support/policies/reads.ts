/** What a rule looks at in a stack, so that it need not judge anew what a change leaves as it was. */
import { type Member, StackView } from "../../../policies/framework";
import { Relations } from "../../../policies/framework/relations";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { UnpackedMember } from "./unpacked";

/** Where the resources of a stack are. */
export interface StackResources {
    readonly resources: readonly AnalyzedResource[];
    get(urn: string): AnalyzedResource | undefined;
    /** The stack that this one is a changed copy of. Left out: none that would be judged again. */
    readonly origin?: StackResources;
}

/** The stack as rules look at it. */
export function viewOf(stack: StackResources): StackView {
    const members = new Map<string, Member>();
    for (const resource of stack.resources) {
        members.set(resource.urn, new UnpackedMember(resource, (urn) => stack.get(urn), members));
    }
    return new StackView([...members.values()]);
}

/** What a rule has looked at. */
export interface Reads {
    /** Whether it went through all resources: any that comes or goes may matter. */
    readonly all: boolean;
    /** Types whose resources it went through: any of these that comes or goes may matter. */
    readonly types: ReadonlySet<string>;
    /** Resources of which it read more than the name. */
    readonly urns: ReadonlySet<string>;
}

/** In what a stack differs from another. */
export interface Difference {
    /** Types of resources that are in one of the stacks alone. */
    readonly types: ReadonlySet<string>;
    /** URNs of what is in one alone, or not the same in both. */
    readonly urns: ReadonlySet<string>;
}

/** In what a stack differs from the one that it is a copy of. */
export function differenceOf(origin: StackResources, stack: StackResources): Difference {
    const types = new Set<string>();
    const urns = new Set<string>();
    const compare = (one: StackResources, other: StackResources): void => {
        for (const resource of one.resources) {
            const same = other.get(resource.urn);
            if (same === undefined) {
                types.add(resource.type);
            }
            if (same !== resource || one.get(resource.provider ?? "") !== other.get(same.provider ?? "")) {
                urns.add(resource.urn);
            }
        }
    };
    compare(origin, stack);
    compare(stack, origin);
    return { types, urns };
}

/** Whether what a rule has looked at is the same in both stacks, so that it must say the same of both. */
export function isUntouched(reads: Reads, difference: Difference): boolean {
    return (
        !(reads.all && difference.types.size > 0) &&
        !intersects(reads.types, difference.types) &&
        !intersects(reads.urns, difference.urns)
    );
}

function intersects(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
    const [less, more] = one.size < other.size ? [one, other] : [other, one];
    return [...less].some((each) => more.has(each));
}

/** What of a resource is the same for as long as it is there: its URN, and what the URN is made of. */
const OF_ITS_URN: ReadonlySet<unknown> = new Set(["urn", "type", "name"]);

/** A stack that tells what each rule looks at in it. */
export class RecordingStack {
    readonly #members: readonly Member[];
    #all = false;
    #types = new Set<string>();
    #urns = new Set<string>();

    constructor(stack: StackResources) {
        const members = new Map<string, Member>();
        for (const resource of stack.resources) {
            const member = new UnpackedMember(resource, (urn) => stack.get(urn), members);
            members.set(
                resource.urn,
                new Proxy(member, {
                    get: (target, key) => {
                        if (!OF_ITS_URN.has(key)) {
                            this.#urns.add(target.urn);
                        }
                        return Reflect.get(target, key, target) as unknown;
                    },
                }),
            );
        }
        this.#members = new Proxy([...members.values()], {
            get: (target, key) => {
                this.#all = true;
                return Reflect.get(target, key, target) as unknown;
            },
        });
    }

    /** Lets a rule look at the stack, which shares with none before it what it works out. */
    record(look: (view: StackView) => void): Reads {
        const relations = new RecordedRelations(this.#members, (types) => {
            for (const type of types) {
                this.#types.add(type);
            }
        });
        const view = new StackView(this.#members, relations);
        this.#all = false;
        this.#types = new Set();
        this.#urns = new Set();
        look(view);
        return { all: this.#all, types: this.#types, urns: this.#urns };
    }
}

class RecordedRelations extends Relations {
    readonly #onRead: (types: readonly string[]) => void;

    constructor(resources: readonly Member[], onRead: (types: readonly string[]) => void) {
        super(resources);
        this.#onRead = onRead;
    }

    override ofType(types: readonly string[]): readonly Member[] {
        this.#onRead(types);
        return super.ofType(types);
    }
}
