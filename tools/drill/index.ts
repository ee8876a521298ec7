/** `npm run drill`: failover, failback and restore as commands. docs/drill.md says how on-call uses it. */
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { EXIT, main, unexpected } from "./cli/main";
import { systemClock } from "../shared/clock";
import { runCommand } from "./command";
import { InterruptedError } from "./errors";
import { lazyAws, lazyStackReader, lazyStacks } from "./lazy";
import { internet } from "./outside";

// Where Node is older than the SDK will ask for some day, it says so on every run, in the middle of a failover.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const interrupt = new AbortController();

function onSignal(signal: NodeJS.Signals): void {
    if (interrupt.signal.aborted) {
        // The second time somebody means it. The journal is on the disk already.
        process.exit(EXIT.failed);
    }
    process.stderr.write(`${signal}: stopping at the next safe point; once more to stop at once.\n`);
    interrupt.abort(new InterruptedError(`interrupted by ${signal}`));
}

process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);

async function ask(question: string): Promise<string> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return await terminal.question(question, { signal: interrupt.signal });
    } finally {
        terminal.close();
    }
}

void main(process.argv.slice(2), {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    projectDirectory: resolve(__dirname, "../.."),
    clock: systemClock,
    aws: lazyAws,
    outside: internet,
    stacks: lazyStacks,
    readStacks: lazyStackReader,
    command: runCommand,
    ...(process.stdin.isTTY ? { ask } : {}),
    signal: interrupt.signal,
}).then(
    (status) => {
        process.exit(status);
    },
    (error: unknown) => {
        process.stderr.write(`error: ${unexpected(error)}\n`);
        process.exit(EXIT.failed);
    },
);
