/** One deployment of an environment at a time on this machine. Other machines are kept out by Pulumi's own lock. */
import * as fs from "node:fs";
import * as path from "node:path";
import { RefusedError } from "./errors";

/**
 * Takes the lock, or the lock that a process left that is no more.
 *
 * @returns What gives it back.
 * @throws {@link RefusedError} that says who has it.
 */
export function takeLock(directory: string, environment: string, what: string): () => void {
    const file = path.join(directory, `deploy-${environment}.lock`);
    fs.mkdirSync(directory, { recursive: true });
    // Written first, and then put in its place as a whole: nobody ever sees a lock that does not say whose it is.
    const own = `${file}.${process.pid}`;
    fs.writeFileSync(own, JSON.stringify({ pid: process.pid, what, since: new Date().toISOString() }));
    try {
        for (let attempt = 0; attempt < 2; attempt += 1) {
            if (link(own, file)) {
                return () => {
                    fs.rmSync(file, { force: true });
                };
            }
            refuseIfHeld(file, environment);
            removeStale(file, environment);
        }
    } finally {
        fs.rmSync(own, { force: true });
    }
    throw new RefusedError(`another deployment of ${environment} took the lock ${file} first`);
}

/** Puts the file there, unless there is one already. @returns Whether it did. */
function link(from: string, to: string): boolean {
    for (const put of [fs.linkSync, copyExclusively]) {
        try {
            put(from, to);
            return true;
        } catch (error) {
            if (isCode(error, "EEXIST")) {
                return false;
            }
            // Some file systems have no links.
            if (put === copyExclusively) {
                throw error;
            }
        }
    }
    return false;
}

function copyExclusively(from: string, to: string): void {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
}

/** Removes what a process left that is no more, and nothing that another one has put there in the meantime. */
function removeStale(file: string, environment: string): void {
    const aside = `${file}.${process.pid}.stale`;
    try {
        fs.renameSync(file, aside);
    } catch (error) {
        if (isCode(error, "ENOENT")) {
            return;
        }
        throw error;
    }
    try {
        refuseIfHeld(aside, environment);
    } catch (error) {
        link(aside, file);
        throw error;
    } finally {
        fs.rmSync(aside, { force: true });
    }
}

function refuseIfHeld(file: string, environment: string): void {
    const holder = readHolder(file);
    if (holder !== undefined && isAlive(holder.pid)) {
        throw new RefusedError(
            `${holder.what} of ${environment} is running here since ${holder.since} (process ${holder.pid}): ` +
                "wait for it, or stop it",
        );
    }
}

interface Holder {
    readonly pid: number;
    readonly what: string;
    readonly since: string;
}

/** Who has the lock; undefined when the file says nothing of use, because its writer was killed. */
function readHolder(file: string): Holder | undefined {
    try {
        const { pid, since, what } = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<Holder>;
        return typeof pid === "number"
            ? { pid, what: what ?? "a deployment", since: since ?? "?" }
            : undefined;
    } catch {
        return undefined;
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // The process is there, and somebody else's.
        return isCode(error, "EPERM");
    }
}

function isCode(error: unknown, code: string): boolean {
    return error instanceof Error && "code" in error && error.code === code;
}
