import { type Member } from "./stackView";
import { list, object, type Props } from "./subject";
import { isUnknown, isUnknownError } from "./unknowns";

/**
 * Runs the check on each element. One whose values are unknown at preview is set aside, so that it does not hide
 * another's violation.
 *
 * @throws The first error about an unknown value, once every element has been judged.
 */
export function eachKnown<T>(items: readonly T[], check: (item: T, index: number) => void): void {
    let first: Error | undefined;
    for (let index = 0; index < items.length; index += 1) {
        try {
            // Reading an element that is unknown as a whole throws too.
            check(items[index] as T, index);
        } catch (error) {
            if (!isUnknownError(error)) {
                throw error;
            }
            first ??= error;
        }
    }
    if (first !== undefined) {
        throw first;
    }
}

/**
 * Whether any of the questions is answered with yes. One that meets an unknown value counts if no other does.
 *
 * @throws The first error about an unknown value, where none is answered with yes.
 */
export function anyOf(questions: readonly (() => boolean)[]): boolean {
    let unknown: Error | undefined;
    for (const question of questions) {
        try {
            if (question()) {
                return true;
            }
        } catch (error) {
            if (!isUnknownError(error)) {
                throw error;
            }
            unknown ??= error;
        }
    }
    if (unknown !== undefined) {
        throw unknown;
    }
    return false;
}

/** Whether the property has a value, be it one that is unknown at preview. */
export function isGiven(props: Props, property: string): boolean {
    if (!(property in props)) {
        return false;
    }
    if (isUnknown(() => props[property])) {
        return true;
    }
    const value = props[property];
    return value !== undefined && value !== null && value !== "";
}

/** Like {@link eachKnown}, over the objects of a list; anything that is no list has none. */
export function eachObject(value: unknown, check: (item: Props, index: number) => void): void {
    eachKnown(list(value), (item, index) => {
        check(object(item), index);
    });
}

/**
 * Whether the program gave the property, or its provider put it in before anything was made. What AWS fills in where
 * both leave it out is an output of the same name, and once the resource exists a known one. Where the inputs are not on
 * record, the program's own are known, or have dependencies on record, which tells them apart at a first preview alone.
 */
export function isInput(member: Member, property: string): boolean {
    if (member.inputs !== undefined) {
        return isGiven(member.inputs, property);
    }
    return (
        isGiven(member.props, property) &&
        (property in member.propertyDependencies || !isUnknown(() => member.props[property]))
    );
}

/** The value that the program gave; undefined where it leaves the property to the provider. See {@link isInput}. */
export function inputOf(member: Member, property: string): unknown {
    return isInput(member, property) ? (member.inputs ?? member.props)[property] : undefined;
}
