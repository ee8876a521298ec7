/** What a program and the engine had to say, the same of it told once. */
import { type Diagnostic } from "../types";

/** A message, however often it was said. */
export interface Told extends Pick<Diagnostic, "severity" | "message"> {
    readonly times: number;
    /** What it was said of, each once; empty where it was said of nothing. */
    readonly urns: readonly string[];
}

/** The messages in the order in which each was said first. */
export function toldOnce(diagnostics: readonly Diagnostic[]): readonly Told[] {
    const told = new Map<string, Told>();
    for (const { severity, message, urn } of diagnostics) {
        // What is said of a resource stands below it, and what is said of none by itself.
        const key = `${severity}\n${String(urn === undefined)}\n${message}`;
        const { times, urns }: Pick<Told, "times" | "urns"> = told.get(key) ?? { times: 0, urns: [] };
        told.set(key, {
            severity,
            message,
            times: times + 1,
            urns: urn === undefined || urns.includes(urn) ? urns : [...urns, urn],
        });
    }
    return [...told.values()];
}
