/** Runs the operator's own commands, and ends them with all that they have started. */
import { type ChildProcess, spawn } from "node:child_process";
import { DrillError } from "./errors";

/** How long a command that is asked to end may take before it is made to. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * Runs a command, with its output on stderr. It leads a process group of its own, so that what it starts ends with it.
 *
 * @param signal Ends the command. The promise is kept back until it has ended.
 * @param patienceMilliseconds How long it may take to end by itself; 5 s when left out.
 * @throws DrillError when it cannot be run, fails, or was ended.
 */
export async function runCommand(
    [program = "", ...args]: readonly string[],
    signal?: AbortSignal,
    patienceMilliseconds = PATIENCE_MILLISECONDS,
): Promise<void> {
    const child = spawn(program, args, { stdio: ["ignore", process.stderr, "inherit"], detached: true });
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
        tell(child, "SIGTERM");
        timer = setTimeout(() => {
            tell(child, "SIGKILL");
        }, patienceMilliseconds);
    };
    // A process that leaves in haste takes its commands along.
    const onExit = (): void => {
        tell(child, "SIGKILL");
    };
    process.once("exit", onExit);
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted === true) {
        end();
    }
    try {
        await new Promise<void>((fulfil, reject) => {
            child.on("error", (error) => {
                reject(new DrillError(`${program} cannot be run: ${error.message}`));
            });
            child.on("exit", (code, killedBy) => {
                if (signal?.aborted === true) {
                    reject(new DrillError(`${program} was ended`));
                } else if (code === 0) {
                    fulfil();
                } else {
                    reject(new DrillError(`${program} failed (${killedBy ?? `status ${code ?? 0}`})`));
                }
            });
        });
    } finally {
        clearTimeout(timer);
        process.removeListener("exit", onExit);
        signal?.removeEventListener("abort", end);
        if (signal?.aborted === true) {
            // The leader may be gone before what it started.
            tell(child, "SIGKILL");
        }
    }
}

/** Sends a signal to a command's whole group. */
function tell({ pid }: ChildProcess, name: NodeJS.Signals): void {
    if (pid === undefined) {
        return;
    }
    try {
        process.kill(-pid, name);
    } catch (error) {
        // A group that has ended by itself is what was wanted.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}
