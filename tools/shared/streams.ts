/** Where text goes: standard output or standard error, or a test's stand-in. */
export interface OutputStream {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write: (text: string, done?: (error?: Error | null) => void) => unknown;
}

/**
 * Writes all of a text before it returns, so that the process may end afterwards. A reader that has gone away, as
 * `head` does when it has enough, is no error.
 */
export async function writeAll(stream: OutputStream, text: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
            if (error === undefined || error === null || isBrokenPipe(error)) {
                resolve();
            } else {
                reject(error);
            }
        });
    });
}

/** Whether a write failed because nobody reads any more. */
function isBrokenPipe(error: Error): boolean {
    return "code" in error && error.code === "EPIPE";
}

/** Runs something, with all that is printed on one stream meanwhile going to another. */
export async function redirected<T>(from: OutputStream, to: OutputStream, run: () => Promise<T>): Promise<T> {
    const own = from.write.bind(from);
    from.write = (text, done) => to.write(text, done);
    try {
        return await run();
    } finally {
        from.write = own;
    }
}

/** Whether to colour: a flag decides, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads. */
export function colorWanted(
    flag: boolean | undefined,
    env: Readonly<Record<string, string | undefined>>,
    stream: OutputStream,
): boolean {
    if (flag !== undefined) {
        return flag;
    }
    if (isSet(env["NO_COLOR"])) {
        return false;
    }
    if (isSet(env["FORCE_COLOR"])) {
        return !["0", "false"].includes(env["FORCE_COLOR"]);
    }
    return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** How many columns a line may have: the terminal's, or what COLUMNS says; undefined where neither says anything. */
export function columnsOf(
    stream: OutputStream,
    env: Readonly<Record<string, string | undefined>>,
): number | undefined {
    // Node.js has 0 for terminals that do not know their size.
    if (stream.isTTY === true && stream.columns !== undefined && stream.columns > 0) {
        return stream.columns;
    }
    const given = Number(env["COLUMNS"]);
    return isSet(env["COLUMNS"]) && Number.isInteger(given) && given > 0 ? given : undefined;
}

function isSet(value: string | undefined): value is string {
    return value !== undefined && value !== "";
}

/** Lets a reader that goes away early, as `head` does, end the command quietly. */
export function endQuietlyWithoutReader(): void {
    for (const stream of [process.stdout, process.stderr]) {
        stream.on("error", (error: Error) => {
            if (!isBrokenPipe(error)) {
                throw error;
            }
        });
    }
}
