/**
 * `npm run test:emulator`: starts the emulator, runs the specs of test/emulator against it, and ends it.
 *
 *     npm run test:emulator [-- mocha options, such as --grep rehearse]
 *
 * Specs find it at AWS_ENDPOINT_URL. The emulator keeps accounts apart: each spec uses an account of its own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { type Call, runCommand } from "../shared/commandLine";
import { MOCHA_FLAGS, words } from "../shared/mocha";
import { type Emulator, startEmulator } from "./process";

const root = resolve(__dirname, "../..");
const SPECS = "test/emulator/**/*.emulator.ts";

const USAGE = `Usage: npm run test:emulator -- [flags] [-- mocha options]

Starts an emulator of AWS on this machine, runs test/emulator against it, and
ends it. It needs Python 3; the first run installs the emulator from PyPI.

Flags:
  -g, --grep text     only tests whose title has this
      --invert        only those whose title has it not
  -b, --bail          stop at the first that fails
      --timeout ms    time limit of a test
      --reporter name how mocha reports
  -h, --help          print this

Exit status: that of mocha, 1 where the emulator does not start.
`;

const FLAGS = { ...MOCHA_FLAGS, timeout: { type: "string" } } as const;

let tests: ChildProcess | undefined;

function runTests(emulator: Emulator, args: readonly string[]): Promise<number> {
    return new Promise((fulfil, reject) => {
        const child = spawn(process.execPath, ["node_modules/mocha/bin/mocha.js", SPECS, ...args], {
            cwd: root,
            stdio: "inherit",
            env: {
                ...process.env,
                AWS_ENDPOINT_URL: emulator.url,
                AWS_REGION: "us-east-1",
                AWS_ACCESS_KEY_ID: "111122223333",
                AWS_SECRET_ACCESS_KEY: "emulator",
                AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            },
        });
        tests = child;
        child.on("error", reject);
        child.on("exit", (code) => {
            fulfil(code ?? 1);
        });
    });
}

async function main({ flags, rest }: Call): Promise<number> {
    const args = words(flags);
    const emulator = await startEmulator((line) => {
        process.stderr.write(`${line}\n`);
    });
    try {
        return await runTests(emulator, [...args, ...rest]);
    } finally {
        await emulator.stop();
    }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // The tests end, and then so does the emulator.
    process.on(signal, () => tests?.kill(signal));
}

void runCommand({ usage: USAGE, flags: FLAGS, rest: true }, main);
