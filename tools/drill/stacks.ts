/** Throw-away stacks: the whole of a region from code, and gone again. */

/** What a throw-away stack is made of. */
export interface StackRequest {
    /** The stack's name, `<environment>-<key>`. */
    readonly name: string;
    /** Its configuration, `namespace:key` to text; a path such as `namespace:list[0]` is an item of a list. */
    readonly config: Readonly<Record<string, string>>;
}

/** Makes and destroys stacks. */
export interface StackFactory {
    /** Creates the stack where there is none, and brings it up. Its outputs. */
    up(request: StackRequest, onOutput: (line: string) => void): Promise<Readonly<Record<string, unknown>>>;
    /** Destroys what is in the stack and removes it; fine when there is none. */
    destroy(request: StackRequest, onOutput: (line: string) => void): Promise<void>;
}
