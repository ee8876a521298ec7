/**
 * Orders of the signed-in user, in two versions of the API. Both place the same orders.
 *
 * Environment: `ORDERS_TABLE`, `PRODUCTS_TABLE` for the prices, `ORDER_VIEWS_TABLE`, the read model of version 2's list; what all
 * APIs have, see `shared/http.ts`.
 */
import { api, type Asked, callerOf, json } from "../shared/http";
import { observation } from "../shared/observation";
import { conflict, notFound } from "../shared/problems";
import { bodyOf, headerOf, pathOf, queryOf } from "../shared/validation";
import { orderSummary, orderV1, orderV2 } from "./documents";
import { type Order } from "./order";
import { type Placed, placeOrder } from "./placing";
import { IDEMPOTENCY_KEY, NEW_ORDER, ORDER_ID, PAGE } from "./schemas";
import { bringOrder, OrderConflict, readOrder } from "./transitions";
import { listOrders } from "./views";

const observed = observation("orders");

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.post("/v1/orders", async (asked) => {
        const placed = await place(asked);
        return answer(placed, orderV1(placed.order), `/v1/orders/${placed.order.orderId}`);
    });

    router.get("/v1/orders/:orderId", async (asked) => json(200, orderV1(await ownOrder(asked))));

    router.post("/v2/orders", async (asked) => {
        const placed = await place(asked);
        return answer(placed, orderV2(placed.order), `/v2/orders/${placed.order.orderId}`);
    });

    router.get("/v2/orders", async (asked) => {
        const { limit, cursor } = queryOf(asked.req, PAGE);
        const { views, nextCursor } = await listOrders(callerOf(asked), limit, cursor);
        return json(200, { orders: views.map(orderSummary), ...(nextCursor && { nextCursor }) });
    });

    router.get("/v2/orders/:orderId", async (asked) => {
        const order = await ownOrder(asked);
        return json(200, orderV2(order), { etag: `"${order.version}"` });
    });

    router.post("/v2/orders/:orderId/cancellation", async (asked) => {
        const { orderId } = await ownOrder(asked);
        try {
            // What has been paid for only the workflow takes back, with the money.
            const order = await bringOrder(orderId, "CANCELLED", { reason: "Cancelled by the customer" }, [
                "PLACED",
            ]);
            return json(200, orderV2(order));
        } catch (error) {
            if (error instanceof OrderConflict) {
                throw conflict("TooLate", "The order has been paid and can no longer be cancelled.");
            }
            throw error;
        }
    });
});

async function place(asked: Asked): Promise<Placed> {
    const customerId = callerOf(asked);
    const key = headerOf(asked.req, "idempotency-key", IDEMPOTENCY_KEY);
    const placed = await placeOrder(customerId, key, await bodyOf(asked.req, NEW_ORDER));
    observed.count(placed.isRepeated ? "OrdersRepeated" : "OrdersPlaced");
    return placed;
}

function answer({ isRepeated }: Placed, document: object, location: string): Response {
    return isRepeated ? json(200, document) : json(201, document, { location });
}

/** An order of the caller's own. Somebody else's is not there, as far as the caller is told. */
async function ownOrder(asked: Asked): Promise<Order> {
    const customerId = callerOf(asked);
    const order = await readOrder(pathOf(asked.params, ORDER_ID).orderId);
    if (order?.customerId !== customerId) {
        throw notFound("order");
    }
    return order;
}
