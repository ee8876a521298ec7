/** What was made, or why it could not be. */
type Made<T> = { readonly value: T } | { readonly error: unknown };

/** Makes each thing once, by its key: what could not be made fails again, with the same error, and is not tried again. */
export class Once<K = unknown, V = unknown> {
    readonly #made = new Map<K, Made<V>>();

    /** What there is under the key, made where nothing is there yet. */
    get<T extends V>(key: K, make: () => T): T {
        let made = this.#made.get(key) as Made<T> | undefined;
        if (made === undefined) {
            try {
                made = { value: make() };
            } catch (error) {
                made = { error };
            }
            this.#made.set(key, made);
        }
        if ("error" in made) {
            throw made.error;
        }
        return made.value;
    }
}
