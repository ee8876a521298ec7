import { cursorOf, placeOf } from "../shared/cursors";
import { tables } from "../shared/dynamo";
import { required } from "../shared/environment";
import { type OrderStatus } from "./order";
import { PLACE } from "./schemas";

/** An order as the read model has it: what a list shows, and no address. */
export interface OrderView {
    customerId: string;
    orderId: string;
    status: OrderStatus;
    version: number;
    currency: string;
    totalMinor: number;
    lineCount: number;
    createdAt: string;
    updatedAt: string;
}

/** A customer's orders, the newest first, from the read model: a change shows a moment later. */
export async function listOrders(
    customerId: string,
    limit: number,
    cursor: string | undefined,
): Promise<{ views: OrderView[]; nextCursor: string | undefined }> {
    const { Items, LastEvaluatedKey } = await tables().query({
        TableName: required("ORDER_VIEWS_TABLE"),
        KeyConditionExpression: "customerId = :customerId",
        ExpressionAttributeValues: { ":customerId": customerId },
        ScanIndexForward: false,
        Limit: limit,
        ...(cursor !== undefined && {
            ExclusiveStartKey: { customerId, orderId: placeOf(cursor, PLACE).orderId },
        }),
    });
    return {
        views: (Items ?? []) as OrderView[],
        nextCursor: LastEvaluatedKey && cursorOf({ orderId: LastEvaluatedKey["orderId"] as string }),
    };
}
