/** A journal that is kept nowhere: a dry run's. */
import { type JournalStore } from "./journalStore";

/** Journals in memory. */
export function memoryJournalStore(): JournalStore {
    const journals = new Map<string, string>();
    return {
        place: "memory",
        list: () => [...journals.keys()],
        read: (id) => journals.get(id) ?? "",
        append(id, line) {
            journals.set(id, `${journals.get(id) ?? ""}${line}\n`);
        },
    };
}
