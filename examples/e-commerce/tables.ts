import { KeyAttributeType } from "../../components/data";
import { type StackTable, type TableShape } from "../shared/tables";
import { type FunctionName } from "./serviceTable";

/** The tables of the functions. */
export type ShopTables = Readonly<Record<TableName, StackTable>>;

/** The name of a table. */
export type TableName = "products" | "carts" | "sessions";

const text = (name: string) => ({ name, type: KeyAttributeType.String });

/** The tables, as the functions' access patterns want them: functions/<name>/access-patterns.md. */
export const TABLES: Readonly<Record<TableName, TableShape>> = {
    products: {
        hashKey: text("productId"),
        globalSecondaryIndexes: [{ name: "byCategory", hashKey: text("category"), rangeKey: text("name") }],
    },
    // Each region writes an item of its own, and readers put them together: nothing is lost where both write at once.
    carts: { hashKey: text("cartId"), rangeKey: text("region"), ttlAttributeName: "deleteAt" },
    sessions: { hashKey: text("tokenHash"), ttlAttributeName: "expiresAt" },
};

/** Which function has which table, and the variable by which it is told. */
export const TABLE_OF: Readonly<Record<FunctionName, readonly [variable: string, table: TableName]>> = {
    catalogue: ["PRODUCTS_TABLE", "products"],
    cart: ["CARTS_TABLE", "carts"],
    sessions: ["SESSIONS_TABLE", "sessions"],
};
