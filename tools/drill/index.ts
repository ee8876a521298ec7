/** `npm run drill`: failover, failback and restore as commands. docs/drill.md says how on-call uses it. */
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { EXIT, main, unexpected } from "./cli/main";
import { systemClock } from "../shared/clock";
import { runCommand } from "./command";
import { interruptions } from "./interrupts";
import { lazyAws, lazyStackReader, lazyStacks } from "./lazy";
import { internet } from "./outside";

// Where Node is older than the SDK will ask for some day, it says so on every run, in the middle of a failover.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/**
 * Prints to a stream, and to another one what that does not take: a full disk, or a reader that has gone away, must
 * neither end a failover nor swallow what it says.
 */
function printer(stream: NodeJS.WriteStream, other: NodeJS.WriteStream): (text: string) => void {
    let isBroken = false;
    stream.on("error", () => {
        isBroken = true;
    });
    return (text) => {
        if (isBroken) {
            other.write(text);
            return;
        }
        stream.write(text, (error) => {
            if (error !== undefined && error !== null) {
                isBroken = true;
                other.write(
                    `WARNING: what follows could not be printed where it belongs: ${error.message}\n${text}`,
                );
            }
        });
    };
}

const stdout = printer(process.stdout, process.stderr);
const stderr = printer(process.stderr, process.stdout);

const signal = interruptions({
    source: process,
    clock: systemClock,
    say: stderr,
    leave: () => process.exit(EXIT.failed),
});

async function ask(question: string): Promise<string> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return await terminal.question(question, { signal });
    } finally {
        terminal.close();
    }
}

/** Ends the process, when the streams have had a turn to say that they took nothing. */
function exit(status: number): void {
    setImmediate(() => process.exit(status));
}

void main(process.argv.slice(2), {
    stdout,
    stderr,
    projectDirectory: resolve(__dirname, "../.."),
    clock: systemClock,
    aws: lazyAws,
    outside: internet,
    stacks: lazyStacks,
    readStacks: lazyStackReader,
    command: runCommand,
    ...(process.stdin.isTTY ? { ask } : {}),
    signal,
}).then(exit, (error: unknown) => {
    stderr(`error: ${unexpected(error)}\n`);
    exit(EXIT.failed);
});
