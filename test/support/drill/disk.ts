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
    return withFunctions({ openSync: open, writeSync: write }, work);
}

/** Runs something with other functions in place of the file system's own. */
async function withFunctions<T>(
    others: Partial<Record<keyof typeof fs, unknown>>,
    work: () => Promise<T> | T,
): Promise<T> {
    const own = Object.fromEntries(Object.keys(others).map((name) => [name, Reflect.get(fs, name)]));
    Object.assign(fs, others);
    try {
        return await work();
    } finally {
        Object.assign(fs, own);
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

/** Runs something where nothing may be written, made or renamed, as on a file system that is mounted to be read. */
export async function readOnly<T>(work: () => Promise<T>): Promise<T> {
    const { openSync } = fs;
    const refuse = (): never => {
        throw Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" });
    };
    const open = (...args: Parameters<typeof openSync>): number =>
        args[1] === "r" ? openSync(...args) : refuse();
    return withFunctions({ mkdirSync: refuse, openSync: open, renameSync: refuse, rmSync: refuse }, work);
}

/** Runs something as somebody who may not read files of this name. */
export async function unreadable<T>(pattern: RegExp, work: () => Promise<T>): Promise<T> {
    const { readFileSync } = fs;
    const read = (...args: Parameters<typeof readFileSync>): ReturnType<typeof readFileSync> => {
        if (pattern.test(String(args[0]))) {
            throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
        }
        return readFileSync(...args);
    };
    return withFunctions({ readFileSync: read }, work);
}
