import * as v from "valibot";

import { CURRENCY, pageSize, PRODUCT_ID_TEXT, text, whole } from "../shared/validation";

const CATEGORY = v.pipe(
    v.string(),
    v.regex(/^[a-z0-9][a-z0-9-]{0,49}$/, "must be 1 to 50 lower-case letters, digits and hyphens"),
);

const PAGE_SIZE_MAX = 100;

export const PAGE = v.object({
    category: v.optional(CATEGORY),
    limit: pageSize(PAGE_SIZE_MAX, 25),
    cursor: v.optional(text(1, 800)),
});

export const PRODUCT_ID = v.object({ productId: PRODUCT_ID_TEXT });

export const PRODUCT = v.strictObject({
    name: text(1, 200),
    category: CATEGORY,
    description: text(0, 4000),
    price: v.strictObject({ amountMinor: whole(0, 100_000_000), currency: CURRENCY }),
    imageUrl: v.optional(
        v.pipe(
            v.string(),
            v.url("must be a URL"),
            v.startsWith("https://", "must begin with https://"),
            v.maxLength(500, "must have 500 characters at most"),
        ),
    ),
});

/** What a cursor of all products holds. */
export const PLACE = v.strictObject({ productId: PRODUCT_ID_TEXT });

/** What a cursor of a category holds: the index has the table's key, too. */
export const CATEGORY_PLACE = v.strictObject({ productId: PRODUCT_ID_TEXT, name: text(1, 200) });
