import { nowText } from "../shared/clock";
import { tables, writeTogether } from "../shared/dynamo";
import { required } from "../shared/environment";
import { jittered, sleep } from "../shared/waiting";
import { type Order, orderKey, type OrderStatus } from "./order";
import { outboxItem } from "./outbox";

/** An order that is not in a status from which it could come to the one that is wanted. */
export class OrderConflict extends Error {
    override readonly name = "OrderConflict";
}

/** From which statuses an order comes to which. */
const FROM: Readonly<Record<Exclude<OrderStatus, "PLACED">, readonly OrderStatus[]>> = {
    PAID: ["PLACED"],
    SHIPPED: ["PAID"],
    CANCELLED: ["PLACED", "PAID"],
};

const ATTEMPTS = 6;

export async function readOrder(orderId: string): Promise<Order | undefined> {
    const { Item } = await tables().get({
        TableName: required("ORDERS_TABLE"),
        Key: orderKey(orderId),
        ConsistentRead: true,
    });
    return Item as Order | undefined;
}

/** What else changes with an order's status. */
export type OrderChange = Partial<Pick<Order, "trackingNumber" | "reason">>;

/**
 * Brings an order to a status, and its event into the outbox, both or none. To be asked twice is fine.
 *
 * @param from Statuses from which it may come; all that lead there when left out.
 * @throws OrderConflict where the order is elsewhere, or there is none.
 */
export async function bringOrder(
    orderId: string,
    to: Exclude<OrderStatus, "PLACED">,
    change: OrderChange = {},
    from: readonly OrderStatus[] = FROM[to],
): Promise<Order> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const order = await readOrder(orderId);
        if (order === undefined) {
            throw new OrderConflict("there is no such order");
        }
        if (order.status === to || isBeyond(order.status, to)) {
            return order;
        }
        if (!from.includes(order.status)) {
            throw new OrderConflict(`the order is ${order.status} and cannot become ${to}`);
        }
        const next: Order = {
            ...order,
            ...change,
            status: to,
            version: order.version + 1,
            updatedAt: nowText(),
        };
        if (await replace(order, next)) {
            return next;
        }
        await sleep(jittered(attempt, 20, 300));
    }
    throw new Error("the order is being changed too often");
}

/** A step that is repeated finds the order where a later step has brought it. */
function isBeyond(status: OrderStatus, to: OrderStatus): boolean {
    return status === "SHIPPED" && to === "PAID";
}

/** False where somebody else has changed it since it was read. */
function replace(order: Order, next: Order): Promise<boolean> {
    const TableName = required("ORDERS_TABLE");
    return writeTogether([
        {
            Put: {
                TableName,
                Item: { ...orderKey(order.orderId), ...next },
                ConditionExpression: "#version = :version",
                ExpressionAttributeNames: { "#version": "version" },
                ExpressionAttributeValues: { ":version": order.version },
            },
        },
        { Put: { TableName, Item: outboxItem(next) } },
    ]);
}
