import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";

import { nowSeconds, nowText } from "../shared/clock";
import { documents, tables, writeTogether } from "../shared/dynamo";
import { required } from "../shared/environment";
import { hashOf, timeOrderedId } from "../shared/ids";
import { conflict, Problem, unavailable } from "../shared/problems";
import { jittered, sleep } from "../shared/waiting";
import { type Key, type Order, orderKey, type OrderLine, paymentKey, type ShippingAddress } from "./order";
import { outboxItem } from "./outbox";
import { readOrder } from "./transitions";

/** What is ordered. */
export interface Wish {
    items: { productId: string; quantity: number }[];
    shippingAddress: ShippingAddress;
    /** What the payment provider gave the customer's browser for the card. */
    paymentToken: string;
}

/** An order that has been placed, and whether it was there already. */
export interface Placed {
    order: Order;
    isRepeated: boolean;
}

/** What remembers a key of idempotency. */
interface KeyItem extends Key {
    orderId: string;
    requestHash: string;
    expiresAt: number;
}

// Longer than any client keeps trying.
const KEY_SECONDS = 7 * 86_400;
const PAYMENT_SECONDS = 30 * 86_400;
const ATTEMPTS = 6;

const table = (): string => required("ORDERS_TABLE");

/** The same customer's same key: others' keys are nobody's business. */
function keyOf(customerId: string, idempotencyKey: string): Key {
    return { pk: `KEY#${hashOf(`${customerId}\n${idempotencyKey}`)}`, sk: "KEY" };
}

/**
 * Places an order once for each key, however often it is asked. The order, the key and the event in the outbox are written in one
 * transaction: there is no moment at which one is there without the others.
 */
export async function placeOrder(customerId: string, idempotencyKey: string, wish: Wish): Promise<Placed> {
    const key = keyOf(customerId, idempotencyKey);
    const requestHash = hashOf(JSON.stringify(wish));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const repeated = await placedBefore(key, requestHash);
        if (repeated !== undefined) {
            return { order: repeated, isRepeated: true };
        }
        const order = await orderOf(customerId, wish);
        if (await write(order, { ...key, requestHash }, wish.paymentToken)) {
            return { order, isRepeated: false };
        }
        await sleep(jittered(attempt, 20, 300));
    }
    throw unavailable("The order is being placed by another request.");
}

async function placedBefore(key: Key, requestHash: string): Promise<Order | undefined> {
    const { Item } = await tables().get({ TableName: table(), Key: key, ConsistentRead: true });
    const known = Item as KeyItem | undefined;
    if (known === undefined || known.expiresAt <= nowSeconds()) {
        return undefined;
    }
    if (known.requestHash !== requestHash) {
        throw new Problem(422, {
            code: "IdempotencyKeyReused",
            detail: "The key was used for an order that differs from this one.",
        });
    }
    return readOrder(known.orderId);
}

/** The order with the prices of the catalogue: what a customer says of prices counts for nothing. */
async function orderOf(customerId: string, wish: Wish): Promise<Order> {
    const lines = await pricedLines(wish.items);
    const [currency = "", ...others] = [...new Set(lines.map((line) => line.currency))];
    if (others.length > 0) {
        throw conflict("MixedCurrencies", "The products have prices in different currencies.");
    }
    const now = nowText();
    return {
        orderId: timeOrderedId(),
        customerId,
        status: "PLACED",
        version: 1,
        lines: lines.map(({ currency: _, ...line }) => line),
        currency,
        totalMinor: lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0),
        shippingAddress: wish.shippingAddress,
        createdAt: now,
        updatedAt: now,
    };
}

interface PricedProduct {
    productId: string;
    name: string;
    price: { amountMinor: number; currency: string };
}

async function pricedLines(items: Wish["items"]): Promise<(OrderLine & { currency: string })[]> {
    const products = await productsOf(items.map(({ productId }) => productId));
    return items.map(({ productId, quantity }) => {
        const product = products.get(productId);
        if (product === undefined) {
            throw conflict("UnknownProduct", "A product of the order is not in the catalogue.");
        }
        const { amountMinor, currency } = product.price;
        return { productId, name: product.name, quantity, unitPriceMinor: amountMinor, currency };
    });
}

async function productsOf(ids: readonly string[]): Promise<Map<string, PricedProduct>> {
    const TableName = required("PRODUCTS_TABLE");
    const found = new Map<string, PricedProduct>();
    let open: Record<string, unknown>[] = ids.map((productId) => ({ productId }));
    for (let attempt = 0; open.length > 0; attempt++) {
        if (attempt >= ATTEMPTS) {
            throw unavailable("There is too much to do just now.");
        }
        if (attempt > 0) {
            await sleep(jittered(attempt - 1, 20, 300));
        }
        const { Responses, UnprocessedKeys } = await documents().send(
            new BatchGetCommand({ RequestItems: { [TableName]: { Keys: open, ConsistentRead: true } } }),
        );
        for (const product of (Responses?.[TableName] ?? []) as PricedProduct[]) {
            found.set(product.productId, product);
        }
        // DynamoDB answers a part where there is too much to do for all.
        open = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
    return found;
}

/** False where the key was taken in the meantime, or somebody else's transaction was in the way. */
function write(
    order: Order,
    key: Omit<KeyItem, "orderId" | "expiresAt">,
    paymentToken: string,
): Promise<boolean> {
    const TableName = table();
    const now = nowSeconds();
    const { orderId } = order;
    return writeTogether([
        {
            Put: {
                TableName,
                Item: { ...key, orderId, expiresAt: now + KEY_SECONDS },
                // DynamoDB deletes what has expired within days.
                ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
                ExpressionAttributeValues: { ":now": now },
            },
        },
        {
            Put: {
                TableName,
                Item: { ...orderKey(orderId), ...order },
                ConditionExpression: "attribute_not_exists(pk)",
            },
        },
        {
            Put: {
                TableName,
                Item: { ...paymentKey(orderId), paymentToken, expiresAt: now + PAYMENT_SECONDS },
            },
        },
        { Put: { TableName, Item: outboxItem(order) } },
    ]);
}
