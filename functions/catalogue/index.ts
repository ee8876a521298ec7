/**
 * The shop's products.
 *
 * Environment: `PRODUCTS_TABLE`; where there is DAX, `DAX_ENDPOINT`; where there is a cache of ElastiCache's, `CACHE_HOST`,
 * `CACHE_PORT` (6379), `CACHE_CLUSTER_MODE` (`true` for serverless and sharded ones), `CACHE_SECONDS` (60), and either
 * `CACHE_USER_ID` and `CACHE_NAME` for a user that IAM signs in (`CACHE_SERVERLESS` is `true` where the name is a serverless
 * cache's) or `CACHE_SECRET_ARN` with `username` and `password`; `EDITOR_GROUP` (`editors`), whose members may write; what all
 * APIs have, see `shared/http.ts`.
 */
import { optional, optionalNumber } from "../shared/environment";
import { api, callerOf, expectedVersion, isInGroup, json } from "../shared/http";
import { observation } from "../shared/observation";
import { notFound, Problem } from "../shared/problems";
import { bodyOf, pathOf, queryOf, versionNumber } from "../shared/validation";
import { volatileCache } from "../shared/valkey";
import { type Product } from "./product";
import { PAGE, PRODUCT, PRODUCT_ID } from "./schemas";
import { listProducts, readProduct, writeProduct } from "./store";

const observed = observation("catalogue");
const cache = volatileCache(observed);
const seconds = optionalNumber("CACHE_SECONDS", 60);
const editors = optional("EDITOR_GROUP") ?? "editors";

const PUBLIC = { "cache-control": `public, max-age=${seconds}` };

// Other programs read products under these keys, too.
const productKey = (productId: string): string => `catalogue:product:${productId}`;

/** What the cache has under the key, or what is found elsewhere, which the cache then keeps. */
async function cached<T>(key: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = await cache.find(key);
    if (known !== undefined) {
        return JSON.parse(known) as T;
    }
    const found = await find();
    if (found !== undefined) {
        await cache.keep(key, JSON.stringify(found), seconds);
    }
    return found;
}

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.get("/products", async ({ req }) => {
        const { category, limit, cursor } = queryOf(req, PAGE);
        const key = `catalogue:page:${JSON.stringify([category ?? "", limit, cursor ?? ""])}`;
        const page = await cached(key, () => listProducts(category, limit, cursor));
        return json(200, page, PUBLIC);
    });

    router.get("/products/:productId", async ({ params }) => {
        const { productId } = pathOf(params, PRODUCT_ID);
        const product = await cached(productKey(productId), () => readProduct(productId));
        if (product === undefined) {
            throw notFound("product");
        }
        return json(200, product, { ...PUBLIC, etag: etagOf(product) });
    });

    router.put("/products/:productId", async (asked) => {
        callerOf(asked);
        if (!isInGroup(asked, editors)) {
            throw new Problem(403, { code: "Forbidden", detail: "Only editors may write products." });
        }
        const { productId } = pathOf(asked.params, PRODUCT_ID);
        const product = await writeProduct(
            productId,
            await bodyOf(asked.req, PRODUCT),
            versionNumber(expectedVersion(asked)),
        );
        // Lists find it when their time is over.
        await cache.forget(productKey(productId));
        return json(200, product, { etag: etagOf(product) });
    });
});

function etagOf({ version }: Product): string {
    return `"${version}"`;
}
