import type * as pulumi from "@pulumi/pulumi";

import { KeyAttributeType, TableStreamView } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { type StackTable, stackTables, type TablesOfRegion } from "../shared/tables";
import { type StoreSettings } from "./settings";

/** The name of a table. */
export type TableName = keyof typeof SHAPES;

/** All tables. */
export type StoreTables = Readonly<Record<TableName, StackTable>>;

const streamViewType = TableStreamView.NewAndOldImages;

/** The tables: what is sold, what is in carts, and what people say of it. */
const SHAPES = {
    products: { hashKey: { name: "productId", type: KeyAttributeType.String }, streamViewType },
    // A cart is the session of whoever fills it, and goes with it.
    carts: {
        hashKey: { name: "sessionId", type: KeyAttributeType.String },
        ttlAttributeName: "expiresAt",
        streamViewType,
    },
    reviews: {
        hashKey: { name: "productId", type: KeyAttributeType.String },
        rangeKey: { name: "reviewId", type: KeyAttributeType.String },
        streamViewType,
    },
};

/** Makes the tables in the primary region, with replicas in the other; elsewhere takes those replicas. */
export function createTables(
    settings: StoreSettings,
    foundation: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): TablesOfRegion<TableName> {
    return stackTables("store", SHAPES, settings, foundation, primary, opts);
}
