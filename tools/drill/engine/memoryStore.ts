/** Journals that are kept nowhere: a dry run's. */
import { type JournalStore } from "./journalStore";

/** Journals in memory. */
export function memoryJournalStore(): JournalStore {
    const journals = new Map<string, string>();
    return {
        place: "memory",
        list: () => [...journals.keys()],
        read: (id) => journals.get(id) ?? "",
        writtenAt: () => 0,
        create(id, line) {
            if (journals.has(id)) {
                return false;
            }
            journals.set(id, `${line}\n`);
            return true;
        },
        append(id, line) {
            journals.set(id, `${journals.get(id) ?? ""}${line}\n`);
        },
        setAside(id) {
            journals.delete(id);
            return id;
        },
    };
}
