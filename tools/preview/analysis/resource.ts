/** What the analyses of a stack need to know of a resource. */
import { type Properties } from "../types";

export interface AnalyzedResource {
    readonly type: string;
    /** The logical name. */
    readonly name: string;
    /** False for components. */
    readonly custom: boolean;
    /** What others name it by, such as `subnet-0a`: the physical id, made up where nothing exists yet. */
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** A list; an empty one of what is none. */
export function listIn(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
    if (typeof value === "string") {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
