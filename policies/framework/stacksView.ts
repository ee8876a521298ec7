import { type Member, type StackView, type UndecidedMember } from "./stackView";
import { text } from "./subject";
import { isUnknownError } from "./unknowns";

/** A stack among others. */
export interface NamedStack {
    readonly name: string;
    /** Its resources with what the program gives them. */
    readonly view: StackView;
    /** Its resources with what AWS computes besides, as rules about one stack see them. */
    readonly state: StackView;
}

/** A stack, or a resource of it. */
export interface Where {
    readonly stack: NamedStack;
    readonly resource?: Member;
}

/** Something that a rule about several stacks could not decide. */
export interface UndecidedAcrossStacks extends UndecidedMember {
    readonly stack?: NamedStack;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** Whether a resource reads the outputs of another stack. */
export function isReference({ type }: Member): boolean {
    return type === STACK_REFERENCE;
}

/** What a rule about several stacks looks at. */
export class StacksView {
    readonly #undecided: UndecidedAcrossStacks[] = [];

    constructor(readonly stacks: readonly NamedStack[]) {}

    /** Runs the check on each resource of the types in all stacks, and sets aside what is unknown at preview. */
    each(types: readonly string[], check: (resource: Member, stack: NamedStack) => void): void {
        for (const stack of this.stacks) {
            for (const member of stack.view.ofType(...types)) {
                try {
                    check(member, stack);
                } catch (error) {
                    if (!isUnknownError(error)) {
                        throw error;
                    }
                    this.#undecided.push({ stack, member, error });
                }
            }
        }
    }

    /** What `each` could not judge, with the reason. */
    get undecided(): readonly UndecidedAcrossStacks[] {
        return this.#undecided;
    }

    /**
     * The stacks that each stack refers to, by the last part of `organization/project/stack`, with the resources
     * that do.
     */
    references(): ReadonlyMap<NamedStack, readonly { readonly to: NamedStack; readonly by: Member }[]> {
        const references = new Map(
            this.stacks.map((stack): [NamedStack, { to: NamedStack; by: Member }[]] => [stack, []]),
        );
        this.each([STACK_REFERENCE], (by, stack) => {
            const to = this.readBy(by);
            if (to !== undefined) {
                references.get(stack)?.push({ to, by });
            }
        });
        return references;
    }

    /** The stack whose outputs a reference reads; undefined where it is not one of these. */
    readBy(reference: Member): NamedStack | undefined {
        const name = (text(reference.props.name) ?? reference.name).split("/").at(-1);
        return this.stacks.find((other) => other.name === name);
    }

    /** Sets aside what a rule could not judge. */
    setAside(undecided: UndecidedAcrossStacks): void {
        this.#undecided.push(undecided);
    }
}
