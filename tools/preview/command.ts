#!/usr/bin/env node
/** `meridian-preview`: what `pulumi up` would make of any Pulumi project in TypeScript or JavaScript on AWS. */
import "./broughtAlong";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { hasProject, type Project, readProject } from "../project/project";
import { WrongCall } from "../shared/commandLine";
import { endQuietlyWithoutReader } from "../shared/streams";
import { ANY_PROJECT_USAGE, parseCli } from "./cli/args";
import { EXIT, main, type PreviewRequest } from "./cli/main";
import type * as preview from "./index";
import { findSdk, isOld, readTypeScript, shareModules } from "./projectSdk";
import { type PreviewDocument } from "./types";

const load = createRequire(__filename);

/** Says to the process that this one starts where it was called. */
const CALLED_IN = "MERIDIAN_PREVIEW_CALLED_IN";
/** The stack that is assumed where a project has none. */
const STACK = "dev";
const REGION = "us-east-1";

/** Previews somebody's project on its own modules. */
async function previewAny(request: PreviewRequest): Promise<PreviewDocument> {
    const cwd = resolve(request.cwd ?? ".");
    const assume = request.stacks.length === 0 ? [STACK] : request.stacks;
    const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
    const project = projectIn(cwd, assume);
    const sdk = findSdk(project);
    shareModules(project, sdk);
    readTypeScript(project, sdk);
    const { previewProject } = load("./index") as typeof preview;
    const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? REGION;
    return previewProject({ ...request, cwd }, undefined, { assume, region, sdkAsIs: isOld(sdk) });
}

/**
 * @throws WrongCall where the folder has no project, and ProjectError with the way out for one that cannot be previewed.
 */
function projectIn(folder: string, assume: readonly string[]): Project {
    if (!hasProject(folder)) {
        throw new WrongCall(`There is no Pulumi.yaml in ${folder}.`);
    }
    return readProject(folder, { assume });
}

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
