/** The API of to-dos. */
import { type Config } from "./config";
import { type Session } from "./users";

/** A to-do, as the API has it. */
export interface Todo {
    readonly todoId: string;
    readonly title: string;
    readonly done: boolean;
    readonly version: number;
}

/** The to-dos of a user. */
export interface Todos {
    list(): Promise<Todo[]>;
    add(title: string): Promise<Todo>;
    tick(todo: Todo, done: boolean): Promise<Todo>;
    remove(todo: Todo): Promise<void>;
}

/** The to-dos of who has signed in. API Gateway looks at the ID token. */
export function todosOf({ apiUrl }: Config, { idToken }: Session): Todos {
    async function ask(method: string, path: string, body?: object, version?: number): Promise<unknown> {
        const answer = await fetch(`${apiUrl}${path}`, {
            method,
            headers: {
                authorization: `Bearer ${idToken}`,
                ...(body === undefined ? {} : { "content-type": "application/json" }),
                ...(version === undefined ? {} : { "if-match": `"${version}"` }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const said: unknown = answer.status === 204 ? undefined : await answer.json();
        if (!answer.ok) {
            throw new Error((said as { detail?: string }).detail ?? `The API answers ${answer.status}`);
        }
        return said;
    }
    return {
        list: async () => {
            const all: Todo[] = [];
            let cursor: string | undefined;
            do {
                const query = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
                const page = (await ask("GET", `/todos?limit=100${query}`)) as {
                    items: Todo[];
                    nextCursor?: string;
                };
                all.push(...page.items);
                cursor = page.nextCursor;
            } while (cursor !== undefined);
            return all;
        },
        add: async (title) => (await ask("POST", "/todos", { title })) as Todo,
        tick: async ({ todoId, title, version }, done) =>
            (await ask("PUT", `/todos/${todoId}`, { title, done }, version)) as Todo,
        remove: async ({ todoId, version }) => {
            await ask("DELETE", `/todos/${todoId}`, undefined, version);
        },
    };
}
