import { resourceRule, type ResourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { type Choices, judge, judgeChoices, judgeRanges, type Ranges } from "./values";

/** What AWS takes for properties of a type. */
export interface Limits {
    /** A property with which other limits hold. */
    readonly unless?: string;
    readonly ranges?: Ranges;
    readonly choices?: Choices;
}

/** Limits by type. */
export type LimitTable = Readonly<Record<string, Limits>>;

/** A rule that compares properties with a table of what AWS takes. */
export function limitsRule({
    table,
    ...rest
}: {
    readonly id: string;
    readonly description: string;
    readonly controls: readonly string[];
    readonly table: LimitTable;
}): ResourceRule {
    const { controls, ...described } = rest;
    return resourceRule({
        ...described,
        severity: "medium",
        fix: "Give the property a value that is allowed; AWS or its provider rejects others at the update.",
        frameworks: { controls },
        types: Object.keys(table),
        check: ({ type, props }, report) => {
            const { unless, ranges = {}, choices = {} } = table[type] ?? {};
            if (unless !== undefined && isGiven(props, unless)) {
                return;
            }
            judge(
                () => {
                    judgeRanges(props, ranges, report);
                },
                () => {
                    judgeChoices(props, choices, report);
                },
            );
        },
    });
}
