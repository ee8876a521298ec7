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
    const content = JSON.stringify({ pid: process.pid, what, since: new Date().toISOString() });
    for (let attempt = 0; attempt < 2; attempt += 1) {
        try {
            fs.writeFileSync(file, content, { flag: "wx" });
            return () => {
                fs.rmSync(file, { force: true });
            };
        } catch (error) {
            if (!isCode(error, "EEXIST")) {
                throw error;
            }
            const holder = readHolder(file);
            if (holder !== undefined && isAlive(holder.pid)) {
                throw new RefusedError(
                    `${holder.what} of ${environment} is running here since ${holder.since} (process ${holder.pid}): ` +
                        "wait for it, or stop it",
                );
            }
            fs.rmSync(file, { force: true });
        }
    }
    throw new RefusedError(`another deployment of ${environment} took the lock ${file} first`);
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
