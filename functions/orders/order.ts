/** How far an order is. */
export type OrderStatus = "PLACED" | "PAID" | "SHIPPED" | "CANCELLED";

/** Some of a product, at the price that it had when it was ordered. */
export interface OrderLine {
    productId: string;
    name: string;
    quantity: number;
    unitPriceMinor: number;
}

/** Where an order goes. Nobody but the order itself has it: no event, no read model, no log. */
export interface ShippingAddress {
    name: string;
    street: string;
    postalCode: string;
    city: string;
    country: string;
}

/** An order, as the table has it beside its key. */
export interface Order {
    orderId: string;
    customerId: string;
    status: OrderStatus;
    /** 1 when it was placed, and one more with each change. */
    version: number;
    lines: OrderLine[];
    currency: string;
    totalMinor: number;
    shippingAddress: ShippingAddress;
    createdAt: string;
    updatedAt: string;
    trackingNumber?: string;
    /** Why it was cancelled. */
    reason?: string;
}

/** What is told of an order when its status changes. */
export interface OrderEvent {
    eventId: string;
    orderId: string;
    version: number;
    occurredAt: string;
    customerId: string;
    currency: string;
    totalMinor: number;
    lines: { productId: string; quantity: number; unitPriceMinor: number }[];
    reason?: string;
}

/** Names of events, by the status that an order comes to. */
export const EVENT_TYPES: Readonly<Record<OrderStatus, string>> = {
    PLACED: "OrderPlaced",
    PAID: "OrderPaid",
    SHIPPED: "OrderShipped",
    CANCELLED: "OrderCancelled",
};

/** The key of an item. */
export interface Key {
    pk: string;
    sk: string;
}

export const orderKey = (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: "ORDER" });

/** What the payment needs and nobody else reads. */
export const paymentKey = (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: "PAYMENT" });

/** What sort keys of the outbox begin with. */
export const EVENT_PREFIX = "EVENT#";

export const eventKey = (orderId: string, version: number): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `${EVENT_PREFIX}${String(version).padStart(6, "0")}`,
});
