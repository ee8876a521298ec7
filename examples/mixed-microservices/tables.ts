import { KeyAttributeType, TableStreamView } from "../../components/data";
import { type StackTable, type TableShape } from "../shared/tables";

/** The name of a table. */
export type TableName =
    "baskets" | "products" | "orders" | "order-views" | "payments" | "idempotency" | "shipments" | "images";

/** The tables of a region. */
export type MixedTables = Readonly<Record<TableName, StackTable>>;

const text = (name: string) => ({ name, type: KeyAttributeType.String });

/**
 * The tables. Those of functions are as the functions' access patterns want them: orders are written, and read as views that a
 * stream keeps.
 */
export const TABLES: Readonly<Record<TableName, TableShape>> = {
    baskets: { hashKey: text("basketId"), ttlAttributeName: "expiresAt" },
    products: {
        hashKey: text("productId"),
        globalSecondaryIndexes: [{ name: "byCategory", hashKey: text("category"), rangeKey: text("name") }],
    },
    orders: {
        hashKey: text("pk"),
        rangeKey: text("sk"),
        ttlAttributeName: "expiresAt",
        streamViewType: TableStreamView.NewAndOldImages,
    },
    "order-views": { hashKey: text("customerId"), rangeKey: text("orderId") },
    payments: { hashKey: text("pk"), ttlAttributeName: "expiresAt" },
    idempotency: { hashKey: text("id"), ttlAttributeName: "expiration" },
    shipments: { hashKey: text("shipmentId"), ttlAttributeName: "expiresAt" },
    images: { hashKey: text("identityId"), rangeKey: text("name"), ttlAttributeName: "expiresAt" },
};
