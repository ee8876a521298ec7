/** Previews somebody's project: on its own SDK, with its own compiler, and leniently. */
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { hasProject, type Project, readProject } from "../project/project";
import { WrongCall } from "../shared/commandLine";
import { type PreviewRequest } from "./cli/main";
import type * as preview from "./index";
import { leaveOutBuilds } from "./dockerBuilds";
import { findSdk, isOld, readTypeScript, shareModules } from "./projectSdk";
import type * as engine from "./stacks";
import { type PreviewDocument } from "./types";

const load = createRequire(__filename);

/** The stack that is assumed where a project has none. */
const STACK = "dev";
const REGION = "us-east-1";

/** What is known of a project before it is previewed. */
interface Prepared {
    readonly cwd: string;
    readonly assume: readonly string[];
    readonly sdkAsIs: boolean;
}

let prepared: Prepared | undefined;

/**
 * Has this process work with the modules of the project, before anything that needs them is loaded; once, since a
 * process has one SDK.
 *
 * @throws WrongCall where the folder has no project, and ProjectError with the way out for one that cannot be previewed.
 */
export function prepare({ cwd: given, stacks }: Pick<PreviewRequest, "cwd" | "stacks">): Prepared {
    if (prepared === undefined) {
        const cwd = resolve(given ?? ".");
        const assume = stacks.length === 0 ? [STACK] : stacks;
        const project = projectIn(cwd, assume);
        const sdk = findSdk(project);
        shareModules(project, sdk);
        readTypeScript(project, sdk);
        leaveOutBuilds(project);
        hearLateFailures();
        prepared = { cwd, assume, sdkAsIs: isOld(sdk) };
    }
    return prepared;
}

function projectIn(folder: string, assume: readonly string[]): Project {
    if (!hasProject(folder)) {
        throw new WrongCall(`There is no Pulumi.yaml in ${folder}.`);
    }
    return readProject(folder, { assume });
}

/**
 * Previews the project of a request.
 *
 * @param given As of `previewProject`.
 * @throws What `prepare` does.
 */
export async function previewAny(
    request: PreviewRequest,
    given?: typeof engine.previewStacks,
): Promise<PreviewDocument> {
    const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
    const { cwd, assume, sdkAsIs } = prepare(request);
    const { previewProject } = load("./index") as typeof preview;
    const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? REGION;
    return previewProject({ ...request, cwd }, given, { assume, region, sdkAsIs });
}

/**
 * A program that has failed may go on and fail again: that is told, and ends nothing. While a program runs its failures
 * go to its run.
 */
function hearLateFailures(): void {
    process.on("unhandledRejection", (error) => {
        const message = error instanceof Error ? error.message : String(error);
        process.stderr.write(`The program went on after it had failed, and failed again: ${message}\n`);
    });
}
