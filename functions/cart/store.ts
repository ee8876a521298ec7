import { nowSeconds } from "../shared/clock";
import { isConditionFailure, tables } from "../shared/dynamo";
import { optionalNumber, required } from "../shared/environment";
import { randomId } from "../shared/ids";
import { preconditionFailed, unavailable } from "../shared/problems";
import { jittered, sleep } from "../shared/waiting";
import { add, clear, includes, type Lines, merge } from "./cart";

/** What one region knows of a cart: the item that it alone writes. */
interface CartItem {
    cartId: string;
    region: string;
    /** Who counts in this item. Another one each time that the item is made anew, since its counts then begin anew. */
    replica: string;
    version: number;
    /** When the cart ends, in seconds since 1970, as far as this region knows. */
    expiresAt: number;
    /** When DynamoDB may delete the item. */
    deleteAt: number;
    lines: Lines;
}

/** A cart, as it is seen from here. */
export interface Cart {
    lines: Lines;
    /** When it ends, in seconds since 1970; undefined for a cart without anything. */
    expiresAt: number | undefined;
    /** Changes whenever the cart does. */
    version: string;
}

/** What a change makes of what is in a cart. */
export type Change = (lines: Lines, replica: string) => Lines;

const DAY_SECONDS = 86_400;

// Longer than a change may take to reach the other regions: see access-patterns.md.
const GRACE_SECONDS = DAY_SECONDS;

// A dozen people at one cart at the same moment is what this is for; additions have a way of their own.
const ATTEMPTS = 12;
const FIRST_PAUSE_MILLISECONDS = 10;
const LONGEST_PAUSE_MILLISECONDS = 250;

const table = (): string => required("CARTS_TABLE");
const ownRegion = (): string => required("AWS_REGION");

/** What all regions' items say together, and the item of this region. */
interface Known {
    items: readonly CartItem[];
    own: CartItem | undefined;
    lines: Lines;
    expiresAt: number;
}

async function load(cartId: string): Promise<Known> {
    const { Items } = await tables().query({
        TableName: table(),
        KeyConditionExpression: "cartId = :cartId",
        ExpressionAttributeValues: { ":cartId": cartId },
        ConsistentRead: true,
    });
    return knownOf((Items ?? []) as CartItem[]);
}

function knownOf(items: readonly CartItem[]): Known {
    const expiresAt = Math.max(0, ...items.map((item) => item.expiresAt));
    const all = items.map(({ lines }) => lines).reduce(merge, {});
    return {
        items,
        own: items.find(({ region }) => region === ownRegion()),
        // DynamoDB deletes what has expired within days, and until then it is there.
        lines: expiresAt > nowSeconds() ? all : clear(all),
        expiresAt,
    };
}

function cartOf({ items, lines, expiresAt }: Known): Cart {
    return {
        lines,
        expiresAt: expiresAt > nowSeconds() ? expiresAt : undefined,
        version: items
            .map(({ region, version }) => `${region}.${version}`)
            .sort()
            .join("~"),
    };
}

export async function readCart(cartId: string): Promise<Cart> {
    return cartOf(await load(cartId));
}

/**
 * Changes a cart. Where somebody else in this region changes it at the same time, the change is made again upon what is there
 * then.
 *
 * @param expected The version that the cart must have; undefined for any.
 */
export async function changeCart(
    cartId: string,
    change: Change,
    expected: string | undefined,
): Promise<Cart> {
    return attempts(async () => {
        const known = await load(cartId);
        refuseChanged(known, expected);
        return write(cartId, known, change);
    });
}

/**
 * Puts something into a cart. Where this region has nothing new to learn, DynamoDB itself counts, and a thousand at the same
 * time need no second attempt.
 *
 * @param allow Refuses what would be too much, by throwing.
 */
export async function addToCart(
    cartId: string,
    { productId, quantity }: { productId: string; quantity: number },
    allow: (lines: Lines) => void,
    expected: string | undefined,
): Promise<Cart> {
    return attempts(async () => {
        const known = await load(cartId);
        refuseChanged(known, expected);
        allow(known.lines);
        const { own } = known;
        const canCount =
            expected === undefined &&
            own !== undefined &&
            own.expiresAt > nowSeconds() &&
            own.lines[productId]?.[own.replica] !== undefined &&
            includes(own.lines, known.lines);
        return canCount
            ? count(known, own, productId, quantity)
            : write(cartId, known, (lines, replica) => add(lines, replica, productId, quantity));
    });
}

function refuseChanged(known: Known, expected: string | undefined): void {
    if (expected !== undefined && expected !== cartOf(known).version) {
        throw preconditionFailed("The cart has changed since it was read.");
    }
}

async function attempts(work: () => Promise<Cart>): Promise<Cart> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
            return await work();
        } catch (error) {
            if (!isConditionFailure(error)) {
                throw error;
            }
        }
        await sleep(jittered(attempt, FIRST_PAUSE_MILLISECONDS, LONGEST_PAUSE_MILLISECONDS));
    }
    throw unavailable("Too many change this cart at the same time.");
}

function times(): { expiresAt: number; deleteAt: number } {
    const expiresAt = nowSeconds() + optionalNumber("CART_DAYS", 14) * DAY_SECONDS;
    return { expiresAt, deleteAt: expiresAt + GRACE_SECONDS };
}

/** Writes this region's item, with all that is known of the others', where nobody has written it since it was read. */
async function write(cartId: string, known: Known, change: Change): Promise<Cart> {
    const { own } = known;
    const replica = own?.replica ?? `${ownRegion()}.${randomId().slice(0, 8)}`;
    const item: CartItem = {
        cartId,
        region: ownRegion(),
        replica,
        version: (own?.version ?? 0) + 1,
        ...times(),
        lines: change(known.lines, replica),
    };
    await tables().put({
        TableName: table(),
        Item: item,
        ...(own === undefined
            ? { ConditionExpression: "attribute_not_exists(cartId)" }
            : {
                  ConditionExpression: "#version = :version AND replica = :replica",
                  ExpressionAttributeNames: { "#version": "version" },
                  ExpressionAttributeValues: { ":version": own.version, ":replica": own.replica },
              }),
    });
    return seen(known, item);
}

/** Counts in this region's item, whatever else is written in it at the same time. */
async function count(known: Known, own: CartItem, productId: string, quantity: number): Promise<Cart> {
    const { expiresAt, deleteAt } = times();
    const { Attributes } = await tables().update({
        TableName: table(),
        Key: { cartId: own.cartId, region: own.region },
        UpdateExpression:
            "SET #lines.#product.#replica.added = #lines.#product.#replica.added + :quantity, " +
            "#version = #version + :one, expiresAt = :expiresAt, deleteAt = :deleteAt",
        ConditionExpression:
            "replica = :replica AND expiresAt > :now AND attribute_exists(#lines.#product.#replica)",
        ExpressionAttributeNames: {
            "#lines": "lines",
            "#product": productId,
            "#replica": own.replica,
            "#version": "version",
        },
        ExpressionAttributeValues: {
            ":quantity": quantity,
            ":one": 1,
            ":expiresAt": expiresAt,
            ":deleteAt": deleteAt,
            ":replica": own.replica,
            ":now": nowSeconds(),
        },
        ReturnValues: "ALL_NEW",
    });
    return seen(known, Attributes as CartItem);
}

function seen({ items }: Known, own: CartItem): Cart {
    return cartOf(knownOf([...items.filter(({ region }) => region !== own.region), own]));
}
