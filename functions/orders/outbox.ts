import { nowSeconds } from "../shared/clock";
import { randomId } from "../shared/ids";
import { EVENT_TYPES, eventKey, type Order, type OrderEvent } from "./order";

/** An event that waits in the table until the stream has taken it. */
export interface OutboxItem {
    pk: string;
    sk: string;
    type: string;
    event: OrderEvent;
    expiresAt: number;
}

// The stream takes events at once; a stream keeps a day. What is still there later is for people who look for a fault.
const KEPT_SECONDS = 7 * 86_400;

/** The event of an order's present status, to be written together with the order, so that there is never one without the other. */
export function outboxItem(order: Order): OutboxItem {
    const { orderId, customerId, status, version, currency, totalMinor, lines, updatedAt, reason } = order;
    return {
        ...eventKey(orderId, version),
        type: EVENT_TYPES[status],
        event: {
            eventId: randomId(),
            orderId,
            version,
            occurredAt: updatedAt,
            customerId,
            currency,
            totalMinor,
            lines: lines.map(({ productId, quantity, unitPriceMinor }) => ({
                productId,
                quantity,
                unitPriceMinor,
            })),
            ...(reason !== undefined && { reason }),
        },
        expiresAt: nowSeconds() + KEPT_SECONDS,
    };
}
