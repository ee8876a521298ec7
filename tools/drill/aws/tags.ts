/** Tags as AWS's services take them. */

/** A map as a list of `Key` and `Value`. */
export function toTagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
