import type * as v from "valibot";

import { nowText } from "../shared/clock";
import { cursorOf, placeOf } from "../shared/cursors";
import { cachedTables, isConditionFailure } from "../shared/dynamo";
import { required } from "../shared/environment";
import { preconditionFailed } from "../shared/problems";
import { type Product } from "./product";
import { CATEGORY_PLACE, PLACE, type PRODUCT } from "./schemas";

const table = (): string => required("PRODUCTS_TABLE");
const INDEX = "byCategory";

/** A page of products, and where the next one begins. */
export interface Page {
    items: Product[];
    nextCursor?: string;
}

/** A page of all products, in no order, or of a category's, by name. */
export async function listProducts(
    category: string | undefined,
    limit: number,
    cursor: string | undefined,
): Promise<Page> {
    const store = await cachedTables();
    const { Items, LastEvaluatedKey } =
        category === undefined
            ? await store.scan({
                  TableName: table(),
                  Limit: limit,
                  ...(cursor !== undefined && { ExclusiveStartKey: placeOf(cursor, PLACE) }),
              })
            : await store.query({
                  TableName: table(),
                  IndexName: INDEX,
                  KeyConditionExpression: "category = :category",
                  ExpressionAttributeValues: { ":category": category },
                  Limit: limit,
                  ...(cursor !== undefined && {
                      ExclusiveStartKey: { category, ...placeOf(cursor, CATEGORY_PLACE) },
                  }),
              });
    return {
        items: (Items ?? []) as Product[],
        ...(LastEvaluatedKey && { nextCursor: cursorOf(placeIn(LastEvaluatedKey, category)) }),
    };
}

function placeIn(
    { productId, name }: Record<string, unknown>,
    category: string | undefined,
): Record<string, unknown> {
    return category === undefined ? { productId } : { productId, name };
}

export async function readProduct(productId: string): Promise<Product | undefined> {
    const { Item } = await (await cachedTables()).get({ TableName: table(), Key: { productId } });
    return Item as Product | undefined;
}

/**
 * Writes a product, whether it was there or not.
 *
 * @param version The version that it must have; undefined for any.
 */
export async function writeProduct(
    productId: string,
    { name, category, description, price, imageUrl }: v.InferOutput<typeof PRODUCT>,
    version: number | undefined,
): Promise<Product> {
    try {
        const { Attributes } = await (
            await cachedTables()
        ).update({
            TableName: table(),
            Key: { productId },
            UpdateExpression:
                "SET #name = :name, category = :category, description = :description, price = :price, updatedAt = :now, " +
                "#version = if_not_exists(#version, :zero) + :one" +
                (imageUrl === undefined ? " REMOVE imageUrl" : ", imageUrl = :imageUrl"),
            ...(version !== undefined && { ConditionExpression: "#version = :version" }),
            ExpressionAttributeNames: { "#name": "name", "#version": "version" },
            ExpressionAttributeValues: {
                ":name": name,
                ":category": category,
                ":description": description,
                ":price": price,
                ":now": nowText(),
                ":zero": 0,
                ":one": 1,
                ...(imageUrl !== undefined && { ":imageUrl": imageUrl }),
                ...(version !== undefined && { ":version": version }),
            },
            ReturnValues: "ALL_NEW",
        });
        return Attributes as Product;
    } catch (error) {
        if (isConditionFailure(error)) {
            throw preconditionFailed("The product has changed since it was read.");
        }
        throw error;
    }
}
