/**
 * `npm run test:emulator`: starts the emulator, runs the specs of test/emulator against it, and ends it.
 *
 *     npm run test:emulator [-- mocha options, such as --grep rehearse]
 *     npm run test:emulator -- --soak [--seed 7] [--minutes 10]
 *
 * Specs find it at AWS_ENDPOINT_URL. The emulator keeps accounts apart: each spec uses an account of its own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { randomInt } from "node:crypto";
import { type Call, type Command, runCommand } from "../shared/commandLine";
import { MOCHA_FLAGS, words } from "../shared/mocha";
import { type Emulator, startEmulator } from "./process";

const root = resolve(__dirname, "../..");
const SPECS = "test/emulator/**/*.emulator.ts";
const SOAKS = "test/emulator/**/*.soak.ts";

/** Long enough for some dozens of rounds, and short enough to wait for. */
const SOAK_MINUTES = 5;
const MOST_MINUTES = 120;

/** Seeds are whole numbers of 32 bits that are not negative. */
const MOST_SEED = 2 ** 31 - 1;

const USAGE = `Usage: npm run test:emulator -- [flags] [-- mocha options]

Starts an emulator of AWS on this machine, runs test/emulator against it, and
ends it. It needs Python 3; the first run installs the emulator from PyPI.

Flags:
  -g, --grep text     only tests whose title has this
      --invert        only those whose title has it not
  -b, --bail          stop at the first that fails
      --timeout ms    time limit of a test
      --soak          plays kills, trouble on the line and two operators at
                      random until the time is up, and nothing else
      --seed number   of the soak: the same seed gives the same rounds; one at
                      random, which is printed, when left out
      --minutes n     of the soak: begins no round after that; ${SOAK_MINUTES} when left out
      --reporter name how mocha reports
  -h, --help          print this

Exit status: that of mocha, 1 where the emulator does not start.
`;

const FLAGS = {
    ...MOCHA_FLAGS,
    timeout: { type: "string" },
    soak: { type: "boolean" },
    seed: { type: "string" },
    minutes: { type: "string" },
} as const;

/** What a soak is told by its environment. */
interface Soak {
    readonly seed: number;
    readonly minutes: number;
}

const check: Command["check"] = ({ flags }) => {
    const problems: string[] = [];
    for (const [name, least, most] of [
        ["seed", 0, MOST_SEED],
        ["minutes", 1, MOST_MINUTES],
    ] as const) {
        const given = flags[name];
        if (given === undefined) {
            continue;
        }
        if (flags["soak"] !== true) {
            problems.push(`--${name} is of --soak`);
        }
        const value = Number(given);
        if (!Number.isInteger(value) || value < least || value > most) {
            problems.push(`--${name} is ${String(given)}; allowed: a whole number from ${least} to ${most}`);
        }
    }
    return problems;
};

function soakOf({ minutes, seed, soak }: Call["flags"]): Soak | undefined {
    return soak === true
        ? {
              seed: seed === undefined ? randomInt(MOST_SEED) : Number(seed),
              minutes: minutes === undefined ? SOAK_MINUTES : Number(minutes),
          }
        : undefined;
}

let tests: ChildProcess | undefined;

function runTests(emulator: Emulator, args: readonly string[], soak: Soak | undefined): Promise<number> {
    const specs = soak === undefined ? SPECS : SOAKS;
    return new Promise((fulfil, reject) => {
        const child = spawn(process.execPath, ["node_modules/mocha/bin/mocha.js", specs, ...args], {
            cwd: root,
            stdio: "inherit",
            env: {
                ...process.env,
                AWS_ENDPOINT_URL: emulator.url,
                AWS_REGION: "us-east-1",
                AWS_ACCESS_KEY_ID: "111122223333",
                AWS_SECRET_ACCESS_KEY: "emulator",
                AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
                ...(soak === undefined
                    ? {}
                    : {
                          MERIDIAN_SOAK_SEED: String(soak.seed),
                          MERIDIAN_SOAK_SECONDS: String(soak.minutes * 60),
                      }),
            },
        });
        tests = child;
        child.on("error", reject);
        child.on("exit", (code) => {
            fulfil(code ?? 1);
        });
    });
}

/** Those that mocha does not know. */
const SOAK_FLAGS = ["soak", "seed", "minutes"];

async function main({ flags, rest }: Call): Promise<number> {
    const soak = soakOf(flags);
    const args = words(
        Object.fromEntries(Object.entries(flags).filter(([name]) => !SOAK_FLAGS.includes(name))),
    );
    if (soak !== undefined) {
        process.stdout.write(
            `Soak of ${soak.minutes} min. The same rounds again: npm run test:emulator -- --soak --seed ${soak.seed}\n`,
        );
    }
    const emulator = await startEmulator((line) => {
        process.stderr.write(`${line}\n`);
    });
    try {
        return await runTests(emulator, [...args, ...rest], soak);
    } finally {
        await emulator.stop();
    }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // The tests end, and then so does the emulator.
    process.on(signal, () => tests?.kill(signal));
}

void runCommand({ usage: USAGE, flags: FLAGS, rest: true, check }, main);
