/**
 * The cart of the signed-in user, the same one in all regions.
 *
 * Environment: `CARTS_TABLE`, `CART_DAYS` (14) after its last change a cart is gone; what all APIs have, see
 * `shared/http.ts`.
 */
import * as v from "valibot";

import { api, type Asked, callerOf, empty, expectedVersion, json } from "../shared/http";
import { observation } from "../shared/observation";
import { conflict } from "../shared/problems";
import { bodyOf, pathOf, PRODUCT_ID_TEXT, whole } from "../shared/validation";
import { bring, clear, type Lines, quantities, quantityOf } from "./cart";
import { addToCart, type Cart, changeCart, readCart } from "./store";

const LINES_MAX = 100;
const QUANTITY_MAX = 9999;
/** Products that a cart remembers, those included that were taken out again: together they must fit into an item. */
const REMEMBERED_MAX = 500;

const PRODUCT_ID = v.object({ productId: PRODUCT_ID_TEXT });
const NEW_LINE = v.strictObject({ productId: PRODUCT_ID_TEXT, quantity: whole(1, QUANTITY_MAX) });
const QUANTITY = v.strictObject({ quantity: whole(0, QUANTITY_MAX) });

const observed = observation("cart");

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.get("/cart", async (asked) => answer(await readCart(callerOf(asked))));

    router.delete("/cart", async (asked) => {
        await changeCart(callerOf(asked), clear, expectedVersion(asked));
        return empty();
    });

    router.post("/cart/items", async (asked) => {
        const line = await bodyOf(asked.req, NEW_LINE);
        const cart = await addToCart(
            callerOf(asked),
            line,
            (lines) => {
                refuseTooMuch(lines, line.productId, quantityOf(lines, line.productId) + line.quantity);
            },
            expectedVersion(asked),
        );
        observed.count("ItemsAdded", line.quantity);
        return answer(cart);
    });

    router.put("/cart/items/:productId", async (asked) => {
        const { productId } = pathOf(asked.params, PRODUCT_ID);
        const { quantity } = await bodyOf(asked.req, QUANTITY);
        return answer(await bringTo(asked, productId, quantity));
    });

    router.delete("/cart/items/:productId", async (asked) => {
        await bringTo(asked, pathOf(asked.params, PRODUCT_ID).productId, 0);
        return empty();
    });
});

function bringTo(asked: Asked, productId: string, quantity: number): Promise<Cart> {
    return changeCart(
        callerOf(asked),
        (lines, replica) => {
            refuseTooMuch(lines, productId, quantity);
            return bring(lines, replica, productId, quantity);
        },
        expectedVersion(asked),
    );
}

function refuseTooMuch(lines: Lines, productId: string, quantity: number): void {
    if (quantity > QUANTITY_MAX) {
        throw conflict("TooMany", `A cart holds ${QUANTITY_MAX} of a product at most.`);
    }
    const others = quantities(lines).filter(([each]) => each !== productId);
    const remembered = Object.keys(lines).filter((each) => each !== productId);
    if (quantity > 0 && (others.length >= LINES_MAX || remembered.length >= REMEMBERED_MAX)) {
        throw conflict("CartFull", `A cart holds ${LINES_MAX} products at most.`);
    }
}

function answer({ lines, expiresAt, version }: Cart): Response {
    return json(
        200,
        {
            items: quantities(lines).map(([productId, quantity]) => ({ productId, quantity })),
            version,
            ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt * 1000).toISOString() }),
        },
        { etag: `"${version}"` },
    );
}
