/** Which of the types that programs use the table speaks of. */
import { type PreviewDocument } from "../preview/types";
import { isProvider, packageOf } from "../preview/urn";
import { type ReplacementTable } from "./table";

/** How much of what is used is known. */
export interface Coverage {
    readonly known: readonly string[];
    readonly unknown: readonly string[];
}

/** The types of the documents' resources, by whether the table knows what a change does to them. */
export function coverageOf(table: ReplacementTable, documents: readonly PreviewDocument[]): Coverage {
    const used = new Set<string>();
    for (const { stacks } of documents) {
        for (const { steps } of Object.values(stacks)) {
            for (const { newState } of steps) {
                // What the engine itself makes, it compares itself.
                if (newState.custom && packageOf(newState.type) !== "pulumi" && !isProvider(newState.type)) {
                    used.add(newState.type);
                }
            }
        }
    }
    const types = [...used].sort();
    return {
        known: types.filter((type) => isKnown(table, type)),
        unknown: types.filter((type) => !isKnown(table, type)),
    };
}

/** Whether a source knows the whole type, or its package hands the engine what replaces it. */
export function isKnown({ types }: ReplacementTable, type: string): boolean {
    const row = types[type];
    return (
        packageOf(type) === "aws-native" ||
        row?.twin !== undefined ||
        row?.whole === true ||
        row?.asked !== undefined
    );
}
