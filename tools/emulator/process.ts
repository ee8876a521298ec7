/** The AWS emulator that tests call: ministack from PyPI, in a virtual environment of its own, on the loopback. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

/** Exactly this one: the stand-ins of the tests fill its gaps, and another one has others. */
export const MINISTACK_VERSION = "1.5.33";

/** With it the emulator signs its user pools' tokens; without it they have a signature that none of its keys made. */
const CRYPTOGRAPHY_VERSION = "50.0.2";

const cacheDirectory = resolve(__dirname, "../../.cache");

/** How long it may take to answer first, on a machine with much else to do. */
const START_MILLISECONDS = 90_000;

/** A running emulator. */
export interface Emulator {
    readonly url: string;
    /** Ends it. */
    stop(): Promise<void>;
}

/**
 * Makes the virtual environment, where it is not there yet. The path of its Python.
 *
 * @throws Error when Python 3 or PyPI cannot be had.
 */
export function prepareEmulator(log: (line: string) => void): string {
    const directory = join(
        cacheDirectory,
        `ministack-${MINISTACK_VERSION}-cryptography-${CRYPTOGRAPHY_VERSION}`,
    );
    const python = join(directory, "bin/python");
    // Written last, so that an interrupted installation is not taken for a whole one.
    const ready = join(directory, ".ready");
    if (existsSync(ready)) {
        return python;
    }
    log(`Installing ministack ${MINISTACK_VERSION} from PyPI into ${directory}`);
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(cacheDirectory, { recursive: true });
    run("python3", ["-m", "venv", directory]);
    run(python, [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        `ministack==${MINISTACK_VERSION}`,
        `cryptography==${CRYPTOGRAPHY_VERSION}`,
    ]);
    writeFileSync(ready, "");
    return python;
}

function run(program: string, args: readonly string[]): void {
    try {
        execFileSync(program, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
    } catch (error) {
        const { message, stderr } = error as { message: string; stderr?: string };
        throw new Error(
            `${program} ${args.join(" ")} failed: ${stderr === undefined || stderr === "" ? message : stderr}`,
        );
    }
}

/** Starts the emulator at a free port. */
export async function startEmulator(log: (line: string) => void): Promise<Emulator> {
    const python = prepareEmulator(log);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const logFile = join(cacheDirectory, `ministack-${port}.log`);
    const output = openSync(logFile, "w");
    const child = spawn(python, ["-m", "ministack"], {
        cwd: cacheDirectory,
        stdio: ["ignore", output, output],
        env: {
            PATH: process.env["PATH"] ?? "",
            HOME: cacheDirectory,
            GATEWAY_PORT: String(port),
            BIND_HOST: "127.0.0.1",
            LOG_LEVEL: "WARNING",
            // A workflow's waits take a hundredth of their time.
            SFN_WAIT_SCALE: "0.01",
            // Where there is Docker it would start a real database for every cluster. The API is what is tested.
            DOCKER_HOST: "unix:///nonexistent.sock",
        },
    });
    try {
        await waitUntilReady(url, child, logFile);
    } catch (error) {
        await end(child);
        throw error;
    }
    return {
        url,
        stop: async () => {
            await end(child);
            rmSync(logFile, { force: true });
        },
    };
}

function freePort(): Promise<number> {
    return new Promise((fulfil, reject) => {
        const server = createServer();
        server.on("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            server.close(() => {
                fulfil(typeof address === "object" && address !== null ? address.port : 0);
            });
        });
    });
}

async function waitUntilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
    const until = Date.now() + START_MILLISECONDS;
    while (Date.now() < until) {
        if (child.exitCode !== null) {
            throw new Error(`the emulator ended at once:\n${readFileSync(logFile, "utf8")}`);
        }
        if (await isReady(url)) {
            return;
        }
        await new Promise((fulfil) => setTimeout(fulfil, 100));
    }
    throw new Error(
        `the emulator did not answer within ${START_MILLISECONDS / 1000} s:\n${readFileSync(logFile, "utf8")}`,
    );
}

async function isReady(url: string): Promise<boolean> {
    try {
        const { ok } = await fetch(`${url}/_ministack/ready`, { signal: AbortSignal.timeout(1000) });
        return ok;
    } catch {
        // Not listening yet.
        return false;
    }
}

/** Ends our own child, and waits for its end. */
function end(child: ChildProcess): Promise<void> {
    return new Promise((fulfil) => {
        if (child.exitCode !== null || child.signalCode !== null) {
            fulfil();
            return;
        }
        const force = setTimeout(() => child.kill("SIGKILL"), 5000);
        child.once("exit", () => {
            clearTimeout(force);
            fulfil();
        });
        child.kill("SIGTERM");
    });
}
