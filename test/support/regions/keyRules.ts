import { expect } from "chai";
import { type Case, problemsOf } from "./stackConfigs";

/** What one key takes and refuses. */
export interface KeyRule {
    readonly key: string;
    /** Values that are taken. */
    readonly good: readonly unknown[];
    /** Values that are refused, and what the message says after "allowed: ". */
    readonly bad: readonly (readonly [unknown, string])[];
    /** Other keys, set so that this one alone is on trial. */
    readonly with?: Readonly<Record<string, unknown>>;
    readonly options?: Case;
}

/** A text of so many letters. */
export function letters(count: number): string {
    return "a".repeat(count);
}

function shown(value: unknown): string {
    const text = JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** The message about a key's value. */
export function line(key: string, value: unknown, allowed: string, stack = "prod-us"): string {
    return `meridian:${key} in Pulumi.${stack}.yaml is ${shown(value)}; allowed: ${allowed}`;
}

/** Tests each value of each key, on a good configuration otherwise. */
export function describeKeys(rules: readonly KeyRule[]): void {
    for (const { key, good, bad, with: others = {}, options = {} } of rules) {
        describe(options.stack === undefined ? key : `${key} in ${options.stack}`, () => {
            for (const value of good) {
                it(`takes ${shown(value)}`, () => {
                    expect(problemsOf({ ...others, [key]: value }, options)).to.deep.equal([]);
                });
            }
            for (const [value, allowed] of bad) {
                it(`refuses ${shown(value)}`, () => {
                    // Pulumi.yaml declares capacities as texts; the message shows the number read from it.
                    const given = /^database.*Capacity$/.test(key) ? Number(value) : value;
                    expect(problemsOf({ ...others, [key]: value }, options)).to.include(
                        line(key, given, allowed, options.stack),
                    );
                });
            }
        });
    }
}
