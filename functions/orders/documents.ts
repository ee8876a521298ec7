import { type Order } from "./order";
import { type OrderView } from "./views";

/** How many digits a currency has after the point: 2 for euros, none for yen. */
function digitsOf(currency: string): number {
    return (
        new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
            .maximumFractionDigits ?? 2
    );
}

/** An amount as a decimal text, such as `12.50`. */
export function decimal(amountMinor: number, currency: string): string {
    const digits = digitsOf(currency);
    const text = String(amountMinor).padStart(digits + 1, "0");
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An order as version 1 shows it: decimal amounts, one word of status. */
export function orderV1({ orderId, status, lines, currency, totalMinor, createdAt }: Order): object {
    return {
        id: orderId,
        status: status.toLowerCase(),
        items: lines.map(({ productId, quantity, unitPriceMinor }) => ({
            productId,
            quantity,
            price: decimal(unitPriceMinor, currency),
        })),
        total: decimal(totalMinor, currency),
        currency,
        createdAt,
    };
}

/** An order as version 2 shows it: amounts in minor units, its version, and what became of it. */
export function orderV2(order: Order): object {
    const { orderId, status, version, lines, currency, totalMinor, createdAt, updatedAt } = order;
    return {
        orderId,
        status,
        version,
        lines: lines.map(({ productId, name, quantity, unitPriceMinor }) => ({
            productId,
            name,
            quantity,
            unitPrice: { amountMinor: unitPriceMinor, currency },
        })),
        total: { amountMinor: totalMinor, currency },
        createdAt,
        updatedAt,
        ...(order.trackingNumber !== undefined && { trackingNumber: order.trackingNumber }),
        ...(order.reason !== undefined && { cancellationReason: order.reason }),
    };
}

/** An order in version 2's list. */
export function orderSummary(view: OrderView): object {
    const { orderId, status, version, lineCount, currency, totalMinor, createdAt, updatedAt } = view;
    return {
        orderId,
        status,
        version,
        lineCount,
        total: { amountMinor: totalMinor, currency },
        createdAt,
        updatedAt,
    };
}
