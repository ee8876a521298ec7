/** A to-do, as callers see it. */
export interface Todo {
    todoId: string;
    title: string;
    done: boolean;
    createdAt: string;
    updatedAt: string;
    version: number;
}

/** A to-do, as the table has it. */
export interface TodoItem extends Todo {
    userId: string;
}
