/** What breaks a stack: changes to its resources and resources beside them, as plain data that any process applies. */
import { type CustomResourceOptions } from "@pulumi/pulumi";

/** Stands for the id of a resource of the stack. */
export interface IdOf {
    readonly idOf: { readonly type: string; readonly name: string };
}

/** Sets a value of a resource, or takes it away. */
export interface Change {
    readonly steps: readonly (string | number)[];
    /** Left out: what is there is taken away. References are {@link IdOf}. */
    readonly value?: unknown;
}

/** Options that a change may set. */
export type BrokenOptions = Pick<
    CustomResourceOptions,
    "protect" | "ignoreChanges" | "additionalSecretOutputs" | "deleteBeforeReplace"
>;

/** A resource that is not as it should be. */
export interface BrokenResource {
    readonly type: string;
    readonly name: string;
    readonly changes: readonly Change[];
    readonly options: BrokenOptions;
}

/** A resource that is there beside the stack's own. */
export interface AddedResource {
    readonly type: string;
    readonly name: string;
    /** In which references are {@link IdOf}. */
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly options: BrokenOptions;
}

/** All that breaks a stack. */
export interface Breakage {
    readonly stack: string;
    readonly broken: readonly BrokenResource[];
    readonly added: readonly AddedResource[];
    /** The rules that fire on it, by their packs. */
    readonly rules: Readonly<Record<string, readonly string[]>>;
    /** Configuration of the packs, by their names. */
    readonly configs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** How a resource of a stack is told from others. */
export function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
    return `${type} ${name}`;
}

export function isIdOf(value: unknown): value is IdOf {
    return typeof value === "object" && value !== null && "idOf" in value;
}
