/**
 * What a cart is, over several regions: a value that regions change on their own and that is the same everywhere once they
 * have heard of each other, in whatever order and however often they hear. `access-patterns.md` says why it is as it is.
 */

/**
 * How many of a product one replica has put into the cart, and how many of those have been taken out again. The first number
 * only its own replica changes; the second everybody may, up to what they have seen of the first. Both only grow.
 */
export interface Count {
    added: number;
    cleared: number;
}

/** The counts of each product, by replica. */
export type Lines = Readonly<Record<string, Readonly<Record<string, Readonly<Count>>>>>;

/** What both know together: of each count the larger one, since both only grow. */
export function merge(one: Lines, other: Lines): Lines {
    return mergeRecords(one, other, (counts, others) =>
        mergeRecords(counts, others, (a, b) => ({
            added: Math.max(a.added, b.added),
            cleared: Math.max(a.cleared, b.cleared),
        })),
    );
}

function mergeRecords<T>(
    one: Readonly<Record<string, T>>,
    other: Readonly<Record<string, T>>,
    mergeValues: (a: T, b: T) => T,
): Record<string, T> {
    const merged: Record<string, T> = { ...one };
    for (const [key, value] of Object.entries(other)) {
        const known = Object.hasOwn(merged, key) ? merged[key] : undefined;
        merged[key] = known === undefined ? value : mergeValues(known, value);
    }
    return merged;
}

/** Whether the first knows all that the second does. */
export function includes(one: Lines, other: Lines): boolean {
    return Object.entries(other).every(([productId, counts]) =>
        Object.entries(counts).every(([replica, { added, cleared }]) => {
            const known = one[productId]?.[replica];
            return known !== undefined && known.added >= added && known.cleared >= cleared;
        }),
    );
}

/** How many of a product are in the cart. */
export function quantityOf(lines: Lines, productId: string): number {
    return Object.values(lines[productId] ?? {}).reduce((sum, count) => sum + left(count), 0);
}

function left({ added, cleared }: Readonly<Count>): number {
    return added - cleared;
}

/** What is in the cart, by product. */
export function quantities(lines: Lines): [productId: string, quantity: number][] {
    return Object.keys(lines)
        .sort()
        .map((productId): [string, number] => [productId, quantityOf(lines, productId)])
        .filter(([, quantity]) => quantity > 0);
}

/** The cart after this replica has put something in. */
export function add(lines: Lines, replica: string, productId: string, quantity: number): Lines {
    const counts = lines[productId] ?? {};
    const { added, cleared } = counts[replica] ?? { added: 0, cleared: 0 };
    return { ...lines, [productId]: { ...counts, [replica]: { added: added + quantity, cleared } } };
}

/**
 * The cart after so many have been taken out, of what is seen to be there. What another region puts in at the same time stays.
 * Two regions that take out the same at the same time, as when a request is made again in the other one, take it out once:
 * both go through the replicas in the same order.
 */
export function take(lines: Lines, productId: string, quantity: number): Lines {
    const counts = { ...lines[productId] };
    let open = quantity;
    for (const [replica, count] of Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))) {
        const taken = Math.min(open, left(count));
        counts[replica] = { added: count.added, cleared: count.cleared + taken };
        open -= taken;
    }
    return { ...lines, [productId]: counts };
}

/** The cart after a product has been brought to a quantity. */
export function bring(lines: Lines, replica: string, productId: string, quantity: number): Lines {
    const present = quantityOf(lines, productId);
    return quantity >= present
        ? add(lines, replica, productId, quantity - present)
        : take(lines, productId, present - quantity);
}

/** The cart after all that is seen in it has been taken out. */
export function clear(lines: Lines): Lines {
    return Object.fromEntries(
        Object.entries(lines).map(([productId, counts]) => [
            productId,
            Object.fromEntries(
                Object.entries(counts).map(([replica, { added }]) => [replica, { added, cleared: added }]),
            ),
        ]),
    );
}
