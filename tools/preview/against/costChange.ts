/** What a change costs. */
import { type StackCost } from "../../../policies/residency-and-cost/shared/cost/types";
import { resourcesOf } from "../../cost/resources";
import { type PreviewDocument } from "../types";
import { nameOf } from "../urn";
import { type CostChange } from "./changes";

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
    const totals = names.map((name) => [name, totalOf(was[name]), totalOf(is[name])] as const);
    const sum = (side: 1 | 2): number => totals.reduce((all, entry) => all + entry[side], 0);
    return {
        currency: "USD",
        before: sum(1),
        after: sum(2),
        stacks: Object.fromEntries(totals.map(([name, old, now]) => [name, { before: old, after: now }])),
        items: names
            .flatMap((name) => itemsOf(name, was[name], is[name], renamed))
            .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before)),
        unpriced: names.flatMap((name) => newlyUnpriced(was[name], is[name], renamed)),
    };
}

function totalOf(stack: StackCost | undefined): number {
    return stack?.totals.total ?? 0;
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
    return [...new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])]
        .map((urn) => ({
            stack,
            name: nameOf(urn),
            before: was?.get(urn) ?? 0,
            after: is?.get(urn) ?? 0,
        }))
        .filter(({ before: old, after: now }) => Math.abs(now - old) >= LEAST);
}

/** What has no price now, and was not there or had one before: the difference leaves it out. */
function newlyUnpriced(
    before: StackCost | undefined,
    after: StackCost | undefined,
    renamed: ReadonlyMap<string, string>,
): CostChange["unpriced"][number][] {
    const known = new Set(unpricedOf(before).map(({ urn, name }) => `${renamed.get(urn) ?? urn}\n${name}`));
    return unpricedOf(after)
        .filter(({ urn, name }) => !known.has(`${urn}\n${name}`))
        .map(({ urn, name, reason }) => ({ name: `${name} of ${nameOf(urn)}`, reason }));
}

function unpricedOf(
    stack: StackCost | undefined,
): { readonly urn: string; readonly name: string; readonly reason: string }[] {
    return stack === undefined
        ? []
        : resourcesOf(stack).flatMap(({ urn, unpriced }) =>
              unpriced.map(({ name, reason }) => ({ urn, name, reason })),
          );
}
