import { isObject } from "../../shared/argumentRules";
import { type Given } from "../../shared/argumentTable";
import { type WorkflowType } from "./args";

/** What a state is judged beside. */
export interface Scope {
    readonly context: { readonly workflowType: WorkflowType };
    /** The language that holds where a state names none. */
    readonly language: string;
    /** How often each name is there, in the whole definition. */
    readonly names: Map<string, number>;
}

/** A state, and where it is. */
export interface Spot {
    readonly name: string;
    readonly at: string;
    readonly state: Given;
}

/** A field's place in a path. */
export function shownField(name: string): string {
    return /^[A-Za-z]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** A value as an object; an empty one where it is none. */
export function objectOf(value: unknown): Given {
    return isObject(value) ? value : {};
}

/** A value as a list of objects; an empty one where it is none. */
export function listOf(value: unknown): readonly Given[] {
    return Array.isArray(value) ? value.map(objectOf) : [];
}
