/** The budgets that stacks have, as gates. */
import { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
import { list, number, object, objects, text } from "../../policies/framework/subject";
import { type PreviewDocument, type StackPreview } from "../preview/types";
import { nameOf } from "../preview/urn";

/** A budget, and what the stacks cost that it counts. */
export interface BudgetCheck {
    readonly name: string;
    /** The stack that it is in. */
    readonly stack: string;
    /** USD a month. */
    readonly limit: number;
    readonly stacks: readonly string[];
    /** USD a month. */
    readonly estimated: number;
    readonly exceeded: boolean;
}

const BUDGET = "aws:budgets/budget:Budget";
const PROVIDER = "pulumi:providers:aws";

/** Months of what a budget counts by; of other times no month can be told. */
const MONTHS: Readonly<Record<string, number>> = { ANNUALLY: 12, MONTHLY: 1, QUARTERLY: 3 };

/**
 * What the stacks of a preview cost against their own budgets of AWS Budgets. A budget counts the stacks whose provider
 * gives the tags that it names, or all where it names none. One that counts something else, such as a service or a
 * number of hours, is left to AWS.
 */
export function checkBudgets(
    { stacks }: Pick<PreviewDocument, "stacks">,
    estimate: CostEstimate,
): readonly BudgetCheck[] {
    return Object.entries(stacks).flatMap(([stack, { steps }]) =>
        steps
            .filter(({ op, newState }) => op !== "read" && newState.type === BUDGET)
            .flatMap(({ urn, newState: { inputs } }): BudgetCheck[] => {
                const months = MONTHS[text(inputs["timeUnit"]) ?? ""];
                const limit = number(inputs["limitAmount"]);
                const tags = tagsOf(inputs["costFilters"]);
                const counts = text(inputs["budgetType"]) === "COST" && text(inputs["limitUnit"]) === "USD";
                if (!counts || months === undefined || limit === undefined || tags === undefined) {
                    return [];
                }
                const counted = Object.entries(stacks)
                    .filter(([, preview]) => hasTags(preview, tags))
                    .map(([name]) => name);
                const estimated = counted.reduce(
                    (sum, name) => sum + (estimate.stacks[name]?.totals.total ?? 0),
                    0,
                );
                const monthly = limit / months;
                return [
                    {
                        name: nameOf(urn),
                        stack,
                        limit: monthly,
                        stacks: counted,
                        estimated,
                        exceeded: estimated > monthly,
                    },
                ];
            }),
    );
}

/** The tags that filters name, `key` to values; undefined where they name something else. */
function tagsOf(filters: unknown): ReadonlyMap<string, readonly string[]> | undefined {
    const found = new Map<string, string[]>();
    for (const { name, values } of objects(filters)) {
        if (name !== "TagKeyValue") {
            return undefined;
        }
        for (const value of list(values)) {
            const [, key = "", wanted = ""] = /^user:([^$]*)\$(.*)$/s.exec(text(value) ?? "") ?? [];
            found.set(key, [...(found.get(key) ?? []), wanted]);
        }
    }
    return found;
}

function hasTags({ steps }: StackPreview, tags: ReadonlyMap<string, readonly string[]>): boolean {
    const given = steps
        .filter(({ newState }) => newState.type === PROVIDER)
        .map(({ newState }) => defaultTags(newState.inputs["defaultTags"]));
    return [...tags].every(([key, values]) => given.some((of) => values.includes(text(of[key]) ?? "\u0000")));
}

/** Default tags of a provider, whose inputs are written as JSON. */
function defaultTags(value: unknown): Readonly<Record<string, unknown>> {
    try {
        return object(object(typeof value === "string" ? JSON.parse(value) : value)["tags"]);
    } catch {
        // A secret or unknown value is no JSON; tags that nobody can read are none.
        return {};
    }
}
