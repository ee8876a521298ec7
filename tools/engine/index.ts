/**
 * `npm run test:engine`: runs the specs of test/engine against a real Pulumi engine, which it finds or builds.
 *
 *     npm run test:engine [-- mocha options, such as --grep refresh]
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { type Call, runCommand } from "../shared/commandLine";
import { MOCHA_FLAGS, words } from "../shared/mocha";
import { type Engine, findEngine, NoEngineError } from "./binary";

const root = resolve(__dirname, "../..");

const SPECS = "test/engine/*.engine.ts";

/** What takes longer than one waits for on a machine of one's own: CI has a job for it. */
const LONG_SPECS = "test/engine/long/*.engine.ts";

const USAGE = `Usage: npm run test:engine -- [flags] [-- mocha options]

Runs the stacks on a real Pulumi engine with a file backend, plugins that stand
in for the providers, and the policy packs. It takes pulumi from the PATH, or
builds it once with Go.

Flags:
      --long          run the specs that take long instead: the commands on all
                      of prod, a stack with hundreds of faults, the package's
                      components in other languages
  -g, --grep text     only tests whose title has this
      --invert        only those whose title has it not
  -b, --bail          stop at the first that fails
      --reporter name how mocha reports
  -h, --help          print this

Exit status: that of mocha, 2 where there is neither Pulumi nor Go.
`;

function main({ flags, rest }: Call): Promise<number> {
    let engine: Engine;
    try {
        const yaml = flags["long"] === true;
        engine = findEngine((line) => process.stderr.write(`${line}\n`), { yaml });
    } catch (error) {
        if (error instanceof NoEngineError) {
            process.stderr.write(`${error.message}\n`);
            return Promise.resolve(2);
        }
        throw error;
    }
    process.stdout.write(`Pulumi ${engine.version}\n`);
    const { long, ...handedOn } = flags;
    const args = words(handedOn);
    const { status } = spawnSync(
        process.execPath,
        [
            "node_modules/mocha/bin/mocha.js",
            "--timeout",
            "900000",
            long === true ? LONG_SPECS : SPECS,
            ...args,
            ...rest,
        ],
        {
            cwd: root,
            stdio: "inherit",
            env: {
                ...process.env,
                ...(engine.folder === undefined ? {} : { MERIDIAN_ENGINE: engine.folder }),
            },
        },
    );
    return Promise.resolve(status ?? 1);
}

void runCommand({ usage: USAGE, flags: { ...MOCHA_FLAGS, long: { type: "boolean" } }, rest: true }, main);
