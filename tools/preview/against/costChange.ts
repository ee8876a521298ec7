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
    const pairs = names.map((name) => [name, stackPair(was[name], is[name], renamed)] as const);
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
        items: names
            .flatMap((name) => itemsOf(name, was[name], is[name], renamed))
            .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before)),
        unpriced: names.flatMap((name) =>
            onlyIn(unpricedOf(is[name]), unpricedOf(was[name], renamed)).map(
                ({ urn, name: what, reason }) => ({
                    name: `${what} of ${nameOf(urn)}`,
                    reason,
                }),
            ),
        ),
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

function stackPair(
    before: StackCost | undefined,
    after: StackCost | undefined,
    renamed: ReadonlyMap<string, string>,
): CostPair {
    return gappedPair(
        before?.totals.total ?? 0,
        after?.totals.total ?? 0,
        unpricedOf(before, renamed),
        unpricedOf(after),
    );
}

/** The components whose cost differs. */
function itemsOf(
    stack: string,
    before: StackCost | undefined,
    after: StackCost | undefined,
    renamed: ReadonlyMap<string, string>,
): CostChange["items"][number][] {
    const [was, is] = [before, after].map(
        (side) =>
            new Map(side?.components.map(({ urn, totals }) => [renamed.get(urn) ?? urn, totals.total]) ?? []),
    );
    const [olds, news] = [unpricedOf(before, renamed), unpricedOf(after)];
    return [...new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])]
        .map((urn) => {
            const own = (gaps: readonly Gap[]): Gap[] => gaps.filter(({ component }) => component === urn);
            return {
                stack,
                name: nameOf(urn),
                ...gappedPair(was?.get(urn) ?? 0, is?.get(urn) ?? 0, own(olds), own(news)),
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

function unpricedOf(stack: StackCost | undefined, renamed: ReadonlyMap<string, string> = new Map()): Gap[] {
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
