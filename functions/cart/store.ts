import { randomBytes } from "node:crypto";

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
    /** Additions of the last minutes by ids of their own, with their time: by them a repetition is known. */
    recent: Record<string, number>;
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

// Longer than the SDK and this function together try the same.
const RECENT_SECONDS = 120;
// Beyond it, counting waits until older ones have been forgotten: they are a part of the item's size.
const RECENT_MAX = 2000;

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
        return write(cartId, known, change, newAddition());
    });
}

/**
 * Puts something into a cart. Where this region has nothing new to learn, DynamoDB itself counts, and a thousand at the same
 * time need no second attempt. The SDK sends a write again whose answer it has not got, so an addition has an id that counts once.
 *
 * @param allow Refuses what would be too much, by throwing.
 */
export async function addToCart(
    cartId: string,
    { productId, quantity }: { productId: string; quantity: number },
    allow: (lines: Lines) => void,
    expected: string | undefined,
): Promise<Cart> {
    const addition = newAddition();
    return attempts(async () => {
        const known = await load(cartId);
        const { own } = known;
        if (own?.recent[addition] !== undefined) {
            return cartOf(known);
        }
        refuseChanged(known, expected);
        allow(known.lines);
        const canCount =
            expected === undefined &&
            own !== undefined &&
            own.expiresAt > nowSeconds() &&
            Object.keys(own.recent).length < RECENT_MAX &&
            includes(own.lines, known.lines);
        return canCount
            ? count(known, own, { productId, quantity, addition })
            : write(cartId, known, (lines, replica) => add(lines, replica, productId, quantity), addition);
    });
}

function newAddition(): string {
    return randomBytes(8).toString("base64url");
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
async function write(cartId: string, known: Known, change: Change, addition: string): Promise<Cart> {
    const { own } = known;
    const now = nowSeconds();
    const recent = Object.entries(own?.recent ?? {}).filter(([, time]) => time > now - RECENT_SECONDS);
    const replica = own?.replica ?? `${ownRegion()}.${randomId().slice(0, 8)}`;
    const item: CartItem = {
        cartId,
        region: ownRegion(),
        replica,
        version: (own?.version ?? 0) + 1,
        ...times(),
        lines: change(known.lines, replica),
        recent: { ...Object.fromEntries(recent), [addition]: now },
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

/**
 * Counts in this region's item, whatever else is written in it at the same time, its version included: whoever decides upon what is
 * there then decides anew, and whoever counts need not.
 */
async function count(
    known: Known,
    own: CartItem,
    { productId, quantity, addition }: { productId: string; quantity: number; addition: string },
): Promise<Cart> {
    const { expiresAt, deleteAt } = times();
    const { set, where, value } = counting(own, productId, quantity);
    const { Attributes } = await tables().update({
        TableName: table(),
        Key: { cartId: own.cartId, region: own.region },
        UpdateExpression:
            `SET ${set}, #version = #version + :one, expiresAt = :expiresAt, deleteAt = :deleteAt, ` +
            "#recent.#addition = :now",
        ConditionExpression: `${where} AND attribute_not_exists(#recent.#addition) AND replica = :replica AND expiresAt > :now`,
        ExpressionAttributeNames: {
            "#lines": "lines",
            "#product": productId,
            ...(own.lines[productId] !== undefined && { "#replica": own.replica }),
            "#recent": "recent",
            "#addition": addition,
            "#version": "version",
        },
        ExpressionAttributeValues: {
            ":counted": value,
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

/** How DynamoDB counts: upon what there is, or beginning with a product or a replica that is not there yet. */
function counting(
    { lines, replica }: CartItem,
    productId: string,
    added: number,
): { set: string; where: string; value: unknown } {
    const counts = lines[productId];
    if (counts === undefined) {
        return {
            set: "#lines.#product = :counted",
            where: "attribute_not_exists(#lines.#product)",
            value: { [replica]: { added, cleared: 0 } },
        };
    }
    return counts[replica] === undefined
        ? {
              set: "#lines.#product.#replica = :counted",
              where: "attribute_exists(#lines.#product) AND attribute_not_exists(#lines.#product.#replica)",
              value: { added, cleared: 0 },
          }
        : {
              set: "#lines.#product.#replica.added = #lines.#product.#replica.added + :counted",
              where: "attribute_exists(#lines.#product.#replica)",
              value: added,
          };
}

function seen({ items }: Known, own: CartItem): Cart {
    return cartOf(knownOf([...items.filter(({ region }) => region !== own.region), own]));
}
