/** Mutants that change one property of one resource. */
import {
    type FixtureResource,
    type Mutant,
    type MutableStack,
    type PropertyPath,
} from "../../support/policies/mutation";

/** What the mutants of a family have in common. */
export interface Family {
    readonly type: string;
    readonly name?: string | RegExp;
    readonly fixture?: readonly FixtureResource[];
    readonly stack?: Mutant["stack"];
}

type Rest = Partial<Omit<Mutant, "rule" | "title" | "change">>;

/** A mutant that gives a property another value. */
export function setting(
    { type, name, ...family }: Family,
    rule: string,
    title: string,
    path: PropertyPath,
    value: unknown,
    rest: Rest = {},
): Mutant {
    return {
        ...family,
        ...rest,
        rule,
        title,
        change: (stack: MutableStack) => {
            stack.set(stack.find(type, name), path, value);
        },
    };
}

/** A mutant that takes a property away. */
export function unsetting(
    { type, name, ...family }: Family,
    rule: string,
    title: string,
    path: PropertyPath,
    rest: Rest = {},
): Mutant {
    return {
        ...family,
        ...rest,
        rule,
        title,
        change: (stack: MutableStack) => {
            stack.unset(stack.find(type, name), path);
        },
    };
}
