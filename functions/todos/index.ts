/**
 * To-dos of the signed-in user.
 *
 * Environment: `TODOS_TABLE`, and where there is DAX, `DAX_ENDPOINT` (`daxs://host:9111`); what all APIs have, see
 * `shared/http.ts`.
 */
import { api, callerOf, empty, expectedVersion, json } from "../shared/http";
import { observation } from "../shared/observation";
import { bodyOf, pathOf, queryOf, versionNumber } from "../shared/validation";
import { NEW_TODO, PAGE, TODO_ID, TODO_UPDATE } from "./schemas";
import { addTodo, changeTodo, listTodos, readTodo, removeTodo } from "./store";
import { type Todo, type TodoItem } from "./todo";

const observed = observation("todos");

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.get("/todos", async (asked) => {
        const { limit, cursor } = queryOf(asked.req, PAGE);
        const { items, nextCursor } = await listTodos(callerOf(asked), limit, cursor);
        return json(200, { items: items.map(shown), ...(nextCursor && { nextCursor }) });
    });

    router.post("/todos", async (asked) => {
        const item = await addTodo(callerOf(asked), await bodyOf(asked.req, NEW_TODO));
        observed.count("TodosAdded");
        return json(201, shown(item), { ...etag(item), location: `/todos/${item.todoId}` });
    });

    router.get("/todos/:todoId", async (asked) => {
        const item = await readTodo(callerOf(asked), pathOf(asked.params, TODO_ID).todoId);
        return json(200, shown(item), etag(item));
    });

    router.put("/todos/:todoId", async (asked) => {
        const { todoId } = pathOf(asked.params, TODO_ID);
        const change = await bodyOf(asked.req, TODO_UPDATE);
        const item = await changeTodo(callerOf(asked), todoId, change, versionNumber(expectedVersion(asked)));
        return json(200, shown(item), etag(item));
    });

    router.delete("/todos/:todoId", async (asked) => {
        const { todoId } = pathOf(asked.params, TODO_ID);
        await removeTodo(callerOf(asked), todoId, versionNumber(expectedVersion(asked)));
        return empty();
    });
});

function shown({ todoId, title, done, createdAt, updatedAt, version }: TodoItem): Todo {
    return { todoId, title, done, createdAt, updatedAt, version };
}

function etag({ version }: TodoItem): { etag: string } {
    return { etag: `"${version}"` };
}
