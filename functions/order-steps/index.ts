/**
 * The workflow's steps that change an order. Each may be made more than once.
 *
 * Environment: `ORDERS_TABLE`.
 *
 * Errors by name: `OrderConflict`, where the order has gone another way; `InvalidStep`, where the workflow is wrong.
 */
import type { Context } from "aws-lambda";
import * as v from "valibot";

import { bringOrder } from "../orders/transitions";
import { observation } from "../shared/observation";
import { step } from "../shared/steps";
import { text } from "../shared/validation";

const STEP = v.variant("action", [
    v.object({ action: v.literal("pay"), orderId: text(1, 64) }),
    v.object({ action: v.literal("ship"), orderId: text(1, 64), trackingNumber: text(1, 100) }),
    v.object({
        action: v.literal("cancel"),
        orderId: text(1, 64),
        reason: v.optional(text(0, 500), "Not possible"),
    }),
]);

const observed = observation("order-steps");

/** Lambda's entry. */
export function handler(event: unknown, context: Context): Promise<{ orderId: string; status: string }> {
    return step(observed, STEP, event, context, async (asked) => {
        const { orderId, status } = await bring(asked);
        return { orderId, status };
    });
}

function bring(asked: v.InferOutput<typeof STEP>): ReturnType<typeof bringOrder> {
    switch (asked.action) {
        case "pay":
            return bringOrder(asked.orderId, "PAID");
        case "ship":
            return bringOrder(asked.orderId, "SHIPPED", { trackingNumber: asked.trackingNumber });
        case "cancel":
            return bringOrder(asked.orderId, "CANCELLED", { reason: asked.reason });
    }
}
