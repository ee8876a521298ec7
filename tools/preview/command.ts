#!/usr/bin/env node
/** `meridian-preview`: what `pulumi up` would make of any Pulumi project in TypeScript or JavaScript on AWS. */
import "./broughtAlong";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { type Project, readProject } from "../project/project";
import { endQuietlyWithoutReader } from "../shared/streams";
import type * as comparison from "./against";
import { prepare, previewAny } from "./anyProject";
import { ANY_PROJECT_USAGE, parseCli } from "./cli/args";
import { EXIT, main } from "./cli/main";
import { drawInto } from "./picture/draw";

const load = createRequire(__filename);

/** Says to the process that this one starts where it was called. */
const CALLED_IN = "MERIDIAN_PREVIEW_CALLED_IN";
/** Starts this command again with the arguments that the project wants Node to have; nothing where it wants none. */
function startedAgain(argv: readonly string[]): number | undefined {
    if (process.env[CALLED_IN] !== undefined) {
        return undefined;
    }
    const project = projectOf(argv);
    const nodeArgs = project?.runtime.nodeArgs ?? [];
    if (project === undefined || nodeArgs.length === 0) {
        return undefined;
    }
    const { status } = spawnSync(process.execPath, [...nodeArgs, __filename, ...argv], {
        // What these arguments name is looked for where the program is.
        cwd: project.workingDirectory,
        env: { ...process.env, [CALLED_IN]: process.cwd() },
        stdio: "inherit",
    });
    return status ?? EXIT.failed;
}

/** The project that a call is about; nothing where the call or the project is wrong, which is said later. */
function projectOf(argv: readonly string[]): Project | undefined {
    try {
        return readProject(resolve(parseCli(argv)?.cwd ?? "."));
    } catch {
        return undefined;
    }
}

async function run(argv: readonly string[]): Promise<number> {
    const status = startedAgain(argv);
    if (status !== undefined) {
        return status;
    }
    const calledIn = process.env[CALLED_IN];
    if (calledIn !== undefined) {
        Reflect.deleteProperty(process.env, CALLED_IN);
        process.chdir(calledIn);
    }
    return main(argv, {
        stdout: process.stdout,
        stderr: process.stderr,
        env: process.env,
        preview: previewAny,
        previewAgainst: (against, request) => {
            const { cwd } = prepare(request);
            const { previewAgainst } = load("./against") as typeof comparison;
            return previewAgainst(against, { ...request, cwd }, cwd, {
                previewProject: previewAny,
                any: true,
            });
        },
        draw: drawInto,
        examples: () => [],
        usage: ANY_PROJECT_USAGE,
    });
}

endQuietlyWithoutReader();
void run(process.argv.slice(2)).then(
    (status) => {
        process.exit(status);
    },
    (error: unknown) => {
        process.stderr.write(`error: ${String(error)}\n`);
        process.exit(EXIT.failed);
    },
);
