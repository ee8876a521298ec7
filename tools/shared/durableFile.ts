/** Files whose text is whole on the disk when a function here returns, and not begun when it throws. */
import {
    closeSync,
    fstatSync,
    fsyncSync,
    ftruncateSync,
    mkdirSync,
    openSync,
    renameSync,
    rmSync,
    writeSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Adds text to the end of a file.
 *
 * @throws NodeJS.ErrnoException when not all of it is on the disk; the file is as it was then.
 */
export function appendDurably(file: string, text: string): void {
    inFile(file, "a", (descriptor) => {
        const { size } = fstatSync(descriptor);
        try {
            writeWhole(descriptor, text);
        } catch (error) {
            takeBack(descriptor, size);
            throw error;
        }
    });
}

/**
 * Makes a file that is not there yet, name and text. False where the name is taken.
 *
 * @throws NodeJS.ErrnoException when it is not on the disk; then there is no such file.
 */
export function createDurably(file: string, text: string): boolean {
    mkdirSync(dirname(file), { recursive: true });
    try {
        inFile(file, "ax", (descriptor) => {
            try {
                writeWhole(descriptor, text);
            } catch (error) {
                rmSync(file, { force: true });
                throw error;
            }
        });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") {
            return false;
        }
        throw error;
    }
    syncDirectory(dirname(file));
    return true;
}

/**
 * Gives a file this text, whatever it had. Whoever reads it meanwhile finds the one or the other, whole.
 *
 * @throws NodeJS.ErrnoException when that is not on the disk; the file is as it was then.
 */
export function replaceDurably(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.new`;
    try {
        inFile(
            draft,
            "w",
            (descriptor) => {
                writeWhole(descriptor, text);
            },
            0o666,
        );
        renameSync(draft, file);
    } catch (error) {
        rmSync(draft, { force: true });
        throw error;
    }
    syncDirectory(dirname(file));
}

/** A write may take less than it was given, and says so by its result alone. */
function writeWhole(descriptor: number, text: string): void {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) {
        written += writeSync(descriptor, bytes, written);
    }
    fsyncSync(descriptor);
}

/** Half a line must not stay: the next one would become its continuation. */
function takeBack(descriptor: number, size: number): void {
    try {
        ftruncateSync(descriptor, size);
    } catch {
        // The disk takes nothing back either. What the write failed with says it, and readers bear a torn line.
    }
}

function inFile(file: string, flags: string, work: (descriptor: number) => void, mode = 0o600): void {
    const descriptor = openSync(file, flags, mode);
    try {
        work(descriptor);
    } finally {
        closeSync(descriptor);
    }
}

/** The name of a new file is on the disk when its directory is. */
function syncDirectory(directory: string): void {
    inFile(directory, "r", fsyncSync);
}
