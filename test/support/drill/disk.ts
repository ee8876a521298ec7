/** A disk that takes no more, as far as a test says. */
import fs from "node:fs";

/** What the system says of a full disk. */
export function noSpace(): NodeJS.ErrnoException {
    return Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
}

/** Decides what becomes of a write of so many bytes: how many are taken. Throws where none can be. */
export type Disk = (length: number, file: string) => number;

/** Runs something on another disk. */
export async function onDisk<T>(disk: Disk, work: () => Promise<T> | T): Promise<T> {
    const { openSync, writeSync } = fs;
    const names = new Map<number, string>();
    const open = (...args: Parameters<typeof openSync>): number => {
        const descriptor = openSync(...args);
        names.set(descriptor, String(args[0]));
        return descriptor;
    };
    const write = (descriptor: number, bytes: Buffer, from = 0): number => {
        const length = disk(bytes.length - from, names.get(descriptor) ?? "");
        return writeSync(descriptor, bytes, from, length);
    };
    Object.assign(fs, { openSync: open, writeSync: write });
    try {
        return await work();
    } finally {
        Object.assign(fs, { openSync, writeSync });
    }
}

/** A disk with no room for files of this name. */
export function fullFor(pattern: RegExp): Disk {
    return (length, file) => {
        if (pattern.test(file)) {
            throw noSpace();
        }
        return length;
    };
}
