/** What a change costs. */
import { type StackCost } from "../../../policies/residency-and-cost/shared/cost/types";
import { type PreviewDocument } from "../types";
import { nameOf } from "../urn";
import { type CostChange, type CostPair } from "./changes";

/** Less than this is no difference: prices have fewer decimals. */
const LEAST = 0.005;

/**
 * Compares what two documents were estimated at; undefined where one was not.
 *
 * @param names The stacks to compare.
 * @param renamed The URNs that resources of the earlier side have now, where those are others.
 */
export function costChange(
    before: PreviewDocument,
    after: PreviewDocument,
    names: readonly string[],
    renamed: ReadonlyMap<string, string>,
): CostChange | undefined {
    const [was, is] = [before.cost.stacks, after.cost.stacks];
    if (was === undefined || is === undefined) {
        return undefined;
    }
    const stacks = names.map((stack): StackPair => ({
        stack,
        before: sideOf(was[stack], renamed),
        after: sideOf(is[stack]),
    }));
    const pairs = stacks.map(
        ({ stack, before: old, after: now }) =>
            [stack, gappedPair(old.total, now.total, old.gaps, now.gaps)] as const,
    );
    const whole = pairs.map(([, pair]) => pair);
    return {
        currency: "USD",
        ...pairOf(
            whole.reduce((sum, { before: amount }) => sum + amount, 0),
            whole.reduce((sum, { after: amount }) => sum + amount, 0),
            whole.flatMap(({ partly = [] }) => partly),
            {
                before: whole.reduce((sum, { gaps }) => sum + (gaps?.before ?? 0), 0),
                after: whole.reduce((sum, { gaps }) => sum + (gaps?.after ?? 0), 0),
            },
        ),
        stacks: Object.fromEntries(pairs),
        items: stacks
            .flatMap(itemsOf)
            .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before)),
        unpriced: stacks.flatMap(({ before: old, after: now }) =>
            onlyIn(now.gaps, old.gaps).map(({ urn, name: what, reason }) => ({
                name: `${what} of ${nameOf(urn)}`,
                reason,
            })),
        ),
    };
}

/** What a stack costs on one side, by URNs as they are now. */
interface CostSide {
    readonly total: number;
    readonly components: ReadonlyMap<string, number>;
    readonly gaps: readonly Gap[];
}

interface StackPair {
    readonly stack: string;
    readonly before: CostSide;
    readonly after: CostSide;
}

function sideOf(stack: StackCost | undefined, renamed: ReadonlyMap<string, string> = new Map()): CostSide {
    return {
        total: stack?.totals.total ?? 0,
        components: new Map(
            stack?.components.map(({ urn, totals }) => [renamed.get(urn) ?? urn, totals.total]),
        ),
        gaps: unpricedOf(stack, renamed),
    };
}

function pairOf(
    before: number,
    after: number,
    partly: Iterable<"before" | "after">,
    gaps: NonNullable<CostPair["gaps"]>,
): CostPair {
    const sides = [...new Set(partly)].sort((one, other) => (one > other ? -1 : 1));
    return {
        before,
        after,
        ...(sides.length === 0 ? {} : { partly: sides }),
        ...(gaps.before + gaps.after === 0 ? {} : { gaps }),
    };
}

/** The amounts of two sides, with what has no price on each. */
function gappedPair(before: number, after: number, olds: readonly Gap[], news: readonly Gap[]): CostPair {
    return pairOf(before, after, partlyOf(olds, news), { before: olds.length, after: news.length });
}

/** The components whose cost differs. */
function itemsOf({ stack, before, after }: StackPair): CostChange["items"][number][] {
    return [...new Set([...after.components.keys(), ...before.components.keys()])]
        .map((urn) => {
            const own = (gaps: readonly Gap[]): Gap[] => gaps.filter(({ component }) => component === urn);
            return {
                stack,
                name: nameOf(urn),
                ...gappedPair(
                    before.components.get(urn) ?? 0,
                    after.components.get(urn) ?? 0,
                    own(before.gaps),
                    own(after.gaps),
                ),
            };
        })
        .filter(({ before: old, after: now }) => Math.abs(now - old) >= LEAST);
}

/** Something that has no price. */
interface Gap {
    /** URN of the component that it is in, and its own, as they are now. */
    readonly component: string;
    readonly urn: string;
    readonly name: string;
    readonly reason: string;
}

/** The sides that have a gap which the other has not. */
function partlyOf(before: readonly Gap[], after: readonly Gap[]): ("before" | "after")[] {
    return [
        ...(onlyIn(before, after).length > 0 ? (["before"] as const) : []),
        ...(onlyIn(after, before).length > 0 ? (["after"] as const) : []),
    ];
}

function onlyIn(gaps: readonly Gap[], others: readonly Gap[]): Gap[] {
    const known = new Set(others.map(({ urn, name }) => `${urn}\n${name}`));
    return gaps.filter(({ urn, name }) => !known.has(`${urn}\n${name}`));
}

function unpricedOf(stack: StackCost | undefined, renamed: ReadonlyMap<string, string>): Gap[] {
    return (stack?.components ?? []).flatMap(({ urn: component, tiers }) =>
        tiers.flatMap(({ resources }) =>
            resources.flatMap(({ urn, unpriced }) =>
                unpriced.map(({ name, reason }) => ({
                    component: renamed.get(component) ?? component,
                    urn: renamed.get(urn) ?? urn,
                    name,
                    reason,
                })),
            ),
        ),
    );
}
