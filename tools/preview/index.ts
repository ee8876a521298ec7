/** `npm run preview`: what `pulumi up` would make, with no account, no login and no network. */
import "./lightSdk";
import { createRequire } from "node:module";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nearest } from "../../regions/nearest";
import { environmentOf, GLOBAL_KEY, stackName } from "../../regions/names";
import { EXIT, type PreviewRequest, main } from "./cli/main";
import { WrongCall } from "../shared/commandLine";
import { endQuietlyWithoutReader } from "../shared/streams";
import { choosePolicies, type PolicyChoice, type PolicyRequest } from "./policies/choice";
import type * as comparison from "./against";
import { PackProcess } from "./policies/packProcess";
import type * as session from "./policies/session";
import { type PolicySession } from "./policies/session";
import { drawInto } from "./picture/draw";
import { type Project, ProjectError, readProject } from "../project/project";
import type * as checks from "./projectCheck";
import type * as cost from "../cost/estimate";
import type * as engine from "./stacks";
import { leaveOut, SHORTCUTS } from "./shortcuts";
import { exportedOutputs } from "./exportedOutputs";
import { type PreviewDocument, type Properties } from "./types";

const load = createRequire(__filename);
const ownProject = resolve(__dirname, "../..");
const EXAMPLES = join(ownProject, "examples");

/** The folders in `examples/` that are Pulumi projects, in the order of their names. */
export function exampleProjects(): string[] {
    const names = existsSync(EXAMPLES) ? readdirSync(EXAMPLES).sort() : [];
    return names
        .map((name) => join(EXAMPLES, name))
        .filter((folder) => existsSync(join(folder, "Pulumi.yaml")));
}

/**
 * Previews the project's stacks, and lets the packs judge them. See `CliContext` for what it throws.
 *
 * @param given Previews the stacks, for who has previews already. Left out: `previewStacks`.
 * @param foreign Set where the project is somebody else's.
 */
export async function previewProject(
    request: PreviewRequest,
    given?: typeof engine.previewStacks,
    foreign?: engine.ForeignProject,
): Promise<PreviewDocument> {
    const projectDir = request.cwd === undefined ? ownProject : resolve(request.cwd);
    const project = projectIn(projectDir, foreign);
    const known = project.stacks;
    const unknown = request.stacks.filter((stack) => !known.includes(stack));
    if (unknown.length > 0) {
        throw new WrongCall(unknown.map((stack) => unknownStack(stack, known)).join("\n"));
    }
    const stacks = request.stacks.length === 0 ? globalLast(meant(known, request)) : request.stacks;
    leaveOut(request.plainSdk || foreign?.sdkAsIs === true ? SHORTCUTS : []);
    const packs =
        request.policies === undefined
            ? undefined
            : startPacks(request.policies, project.name, request.plainSdk);
    try {
        // The engine and the SDK below it take a while to load: a wrong call is answered without them, and the packs
        // start beside them.
        const previewStacks = given ?? (load("./stacks") as typeof engine).previewStacks;
        const session = packs === undefined ? undefined : openSession(packs, project.name, stacks, known);
        const { document } = await previewStacks({
            projectDir,
            stacks,
            configOverrides: request.config,
            stackOutputs: readOutputs(request.stackOutputs),
            ...(foreign === undefined ? {} : { foreign }),
            // Another project's program checks what it is given itself.
            ...(projectDir === ownProject ? { check: ownCheck(project.name) } : {}),
            onProgress: request.onProgress,
            onRun: async (run) => session?.add(run),
            ...(request.primaryRegion === undefined ? {} : { primaryRegion: request.primaryRegion }),
        });
        const priced = { ...document, cost: (load("../cost/estimate") as typeof cost).estimate(document) };
        return session === undefined ? priced : await session.finish(priced);
    } finally {
        await Promise.all((packs?.processes ?? []).map((pack) => pack.close()));
    }
}

function ownCheck(project: string): ReturnType<typeof checks.projectCheck> {
    return (load("./projectCheck") as typeof checks).projectCheck(project);
}

function projectIn(folder: string, foreign: engine.ForeignProject | undefined): Project {
    try {
        return readProject(folder, foreign);
    } catch (error) {
        if (error instanceof ProjectError && folder !== ownProject) {
            throw new WrongCall(error.message);
        }
        throw error;
    }
}

interface Packs {
    readonly choice: PolicyChoice;
    readonly processes: readonly PackProcess[];
}

function startPacks(request: PolicyRequest, project: string, faithful: boolean): Packs {
    const choice = choosePolicies(request);
    const processes = choice.packs.map(
        ({ dir }) =>
            new PackProcess(dir, {
                project,
                faithful,
                onOutput: (text) => process.stderr.write(text),
            }),
    );
    return { choice, processes };
}

function openSession(
    { choice, processes }: Packs,
    project: string,
    stacks: readonly string[],
    allStacks: readonly string[],
): PolicySession {
    const { PolicySession: Session } = load("./policies/session") as typeof session;
    const { ORGANIZATION } = load("./stacks") as typeof engine;
    return new Session({
        project,
        organization: ORGANIZATION,
        stacks,
        allStacks,
        choice,
        processes,
    });
}

/** The outputs in the files of `--stack-outputs`. @throws WrongCall for a file that has none. */
function readOutputs(files: PreviewRequest["stackOutputs"]): Record<string, Properties> {
    return Object.fromEntries(
        Object.entries(files).map(([stack, file]) => {
            try {
                return [stack, exportedOutputs(JSON.parse(readFileSync(file, "utf8")))];
            } catch (error) {
                const reason = error instanceof Error ? error.message : String(error);
                throw new WrongCall(`--stack-outputs ${stack}=${file} cannot be read: ${reason}`);
            }
        }),
    );
}

/** The stacks that are meant where none is named: all, but for those where no other region could write. */
function meant(known: readonly string[], { primaryRegion }: PreviewRequest): readonly string[] {
    return primaryRegion === undefined
        ? known
        : known.filter((stack) => known.includes(stackName(environmentOf(stack), GLOBAL_KEY)));
}

/** Region stacks before those that read them, as they go up. */
function globalLast(stacks: readonly string[]): string[] {
    const isGlobal = (stack: string): boolean => stack.endsWith("-global");
    return [...stacks.filter((stack) => !isGlobal(stack)), ...stacks.filter(isGlobal)];
}

function unknownStack(stack: string, known: readonly string[]): string {
    const near = nearest(stack, known);
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    return `There is no stack ${stack}: the stacks are ${known.join(", ")}.${hint}`;
}

if (require.main === module) {
    endQuietlyWithoutReader();

    void main(process.argv.slice(2), {
        stdout: process.stdout,
        stderr: process.stderr,
        env: process.env,
        preview: previewProject,
        previewAgainst: (against, request) => {
            const { previewAgainst } = load("./against") as typeof comparison;
            return previewAgainst(against, request, resolve(request.cwd ?? ownProject), {
                previewProject,
                any: false,
            });
        },
        examples: exampleProjects,
        draw: drawInto,
    }).then(
        (status) => {
            // All is written by now; what a program left running must not keep the command from ending.
            process.exit(status);
        },
        (error: unknown) => {
            process.stderr.write(`error: ${String(error)}\n`);
            process.exit(EXIT.failed);
        },
    );
}
