import * as v from "valibot";

import { ID_PATTERN } from "../shared/ids";
import { pageSize, PRODUCT_ID_TEXT, text, whole } from "../shared/validation";

const LINES_MAX = 50;

const ITEMS = v.pipe(
    v.array(v.strictObject({ productId: PRODUCT_ID_TEXT, quantity: whole(1, 9999) })),
    v.minLength(1, "must have an entry"),
    v.maxLength(LINES_MAX, `must have ${LINES_MAX} entries at most`),
    v.check(
        (items) => new Set(items.map(({ productId }) => productId)).size === items.length,
        "must name each product once",
    ),
);

const COUNTRY = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "must be two capital letters"));

/** An order, in both versions of the API: what differs is what they answer. */
export const NEW_ORDER = v.strictObject({
    items: ITEMS,
    shippingAddress: v.strictObject({
        name: text(1, 100),
        street: text(1, 200),
        postalCode: text(1, 20),
        city: text(1, 100),
        country: COUNTRY,
    }),
    paymentToken: v.pipe(
        v.string(),
        v.regex(/^[A-Za-z0-9_-]{1,200}$/, "must be the payment provider's token"),
    ),
});

export const ORDER_ID = v.object({
    orderId: v.pipe(v.string(), v.regex(ID_PATTERN, "must be an order's id")),
});

export const IDEMPOTENCY_KEY = v.pipe(
    v.string(),
    v.regex(/^[\x21-\x7e]{1,255}$/, "must have 1 to 255 visible characters"),
);

export const PAGE = v.object({ limit: pageSize(100, 25), cursor: v.optional(text(1, 400)) });

/** What a cursor holds: the rest of the key is the caller. */
export const PLACE = v.strictObject({ orderId: v.pipe(v.string(), v.regex(ID_PATTERN)) });
