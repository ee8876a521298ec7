import { nowText } from "../shared/clock";
import { cursorOf, placeOf } from "../shared/cursors";
import { cachedTables, isConditionFailure, tables } from "../shared/dynamo";
import { required } from "../shared/environment";
import { timeOrderedId } from "../shared/ids";
import { notFound, preconditionFailed } from "../shared/problems";
import { PLACE } from "./schemas";
import { type TodoItem } from "./todo";

const table = (): string => required("TODOS_TABLE");

/** A page of a list, and where the next one begins. */
export interface Page {
    items: TodoItem[];
    nextCursor: string | undefined;
}

/**
 * A user's to-dos, the newest first. From the table itself and not by way of DAX: what DAX has found for a query it tells
 * again until its time is over, whatever was written since, and who has just added a to-do looks for it in the list.
 */
export async function listTodos(userId: string, limit: number, cursor: string | undefined): Promise<Page> {
    const { Items, LastEvaluatedKey } = await tables().query({
        TableName: table(),
        KeyConditionExpression: "userId = :userId",
        ExpressionAttributeValues: { ":userId": userId },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
        ...(cursor !== undefined && { ExclusiveStartKey: { userId, todoId: placeOf(cursor, PLACE).todoId } }),
    });
    return {
        items: (Items ?? []) as TodoItem[],
        nextCursor: LastEvaluatedKey && cursorOf({ todoId: LastEvaluatedKey["todoId"] as string }),
    };
}

/** One to-do. By way of DAX: every write here goes by the same way, which keeps single items fresh. */
export async function readTodo(userId: string, todoId: string): Promise<TodoItem> {
    const { Item } = await (await cachedTables()).get({ TableName: table(), Key: { userId, todoId } });
    if (Item === undefined) {
        throw notFound("to-do");
    }
    return Item as TodoItem;
}

export async function addTodo(userId: string, { title }: { title: string }): Promise<TodoItem> {
    const now = nowText();
    const item = {
        userId,
        todoId: timeOrderedId(),
        title,
        done: false,
        createdAt: now,
        updatedAt: now,
        version: 1,
    };
    await (
        await cachedTables()
    ).put({
        TableName: table(),
        Item: item,
        ConditionExpression: "attribute_not_exists(todoId)",
    });
    return item;
}

/**
 * Changes a to-do.
 *
 * @param version The version that it must have; undefined for any.
 */
export async function changeTodo(
    userId: string,
    todoId: string,
    change: { title: string; done: boolean },
    version: number | undefined,
): Promise<TodoItem> {
    const condition = conditionOf(version);
    return refusable(version, async () => {
        const { Attributes } = await (
            await cachedTables()
        ).update({
            TableName: table(),
            Key: { userId, todoId },
            UpdateExpression:
                "SET title = :title, done = :done, updatedAt = :now, #version = #version + :one",
            ConditionExpression: condition.expression,
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: {
                ":title": change.title,
                ":done": change.done,
                ":now": nowText(),
                ":one": 1,
                ...condition.values,
            },
            ReturnValues: "ALL_NEW",
        });
        return Attributes as TodoItem;
    });
}

/** Removes a to-do; with a version only that one. */
export async function removeTodo(userId: string, todoId: string, version: number | undefined): Promise<void> {
    const condition = conditionOf(version);
    await refusable(version, async () =>
        (await cachedTables()).delete({
            TableName: table(),
            Key: { userId, todoId },
            ConditionExpression: condition.expression,
            ...(version !== undefined && {
                ExpressionAttributeNames: { "#version": "version" },
                ExpressionAttributeValues: condition.values,
            }),
        }),
    );
}

function conditionOf(version: number | undefined): { expression: string; values: Record<string, unknown> } {
    return version === undefined
        ? { expression: "attribute_exists(todoId)", values: {} }
        : { expression: "#version = :version", values: { ":version": version } };
}

async function refusable<T>(version: number | undefined, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        // Whoever names a version has seen the to-do, so that one that has gone has changed, too.
        throw version === undefined
            ? notFound("to-do")
            : preconditionFailed("The to-do has changed since it was read.");
    }
}
