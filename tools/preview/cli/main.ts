import { basename } from "node:path";
import { WrongPolicies } from "../policies/errors";
import { inFolders, type PictureFiles, problemsOfFiles } from "../picture/files";
import { isMandatory, violationsOf } from "../render/findings";
import { renderChangesMarkdown } from "../render/changesMarkdown";
import { renderChanges } from "../render/changesText";
import { renderJson, renderProjects } from "../render/json";
import { renderMarkdown } from "../render/markdown";
import { progressLine, stackProgress } from "../render/progress";
import { type TerminalOptions } from "../render/blocks";
import { renderSummary } from "../render/summary";
import { wrap } from "../render/text";
import { renderTree } from "../render/tree";
import { type Changes, type Comparison } from "../against/changes";
import { type PreviewDocument } from "../types";
import { WrongCall } from "../../shared/commandLine";
import { type CliOptions, USAGE, parseCli } from "./args";
import { colorWanted, columnsOf, type OutputStream, redirected, writeAll } from "../../shared/streams";

/** Exit statuses, as the design fixes them. */
export const EXIT = { fine: 0, failed: 1, wrongCall: 2 } as const;

/** The summary's columns where nothing says how many there are. */
const COLUMNS = 80;

/** What is to be previewed, as {@link CliOptions} says it. */
export interface PreviewRequest extends Pick<
    CliOptions,
    "stacks" | "config" | "stackOutputs" | "primaryRegion" | "policies" | "plainSdk"
> {
    /** The folder of the project; left out for this one. */
    readonly cwd?: string;
    /** Told how far a stack is. */
    readonly onProgress: (progress: { readonly stack: string; readonly resources: number }) => void;
}

/** The world around the command. */
export interface CliContext {
    readonly stdout: OutputStream;
    readonly stderr: OutputStream;
    readonly env: Readonly<Record<string, string | undefined>>;
    /**
     * Previews the stacks.
     *
     * @throws {@link WrongCall} for stacks that there are not, {@link WrongPolicies} for policies that cannot be run.
     */
    readonly preview: (request: PreviewRequest) => Promise<PreviewDocument>;
    /** What `--help` and a wrong call print. Left out: the usage of `npm run preview`. */
    readonly usage?: string;
    /**
     * Previews the stacks, and compares them with another side.
     *
     * @throws {@link WrongCall} for a side that there is not.
     */
    readonly previewAgainst: (against: string, request: PreviewRequest) => Promise<Comparison>;
    /** The folders of the projects in `examples/`, in the order of their names. */
    readonly examples: () => readonly string[];
    /** Draws a preview into files; into none where none are given. */
    readonly draw: (document: PreviewDocument, files: PictureFiles, changes?: Changes) => Promise<void>;
}

/** Runs the command, and returns its exit status. */
export async function main(argv: readonly string[], context: CliContext): Promise<number> {
    const usage = context.usage ?? USAGE;
    try {
        const options = parseCli(argv);
        if (options === undefined) {
            await writeAll(context.stdout, usage);
            return EXIT.fine;
        }
        return await preview(options, context);
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof WrongCall) {
            await writeAll(context.stderr, `${fitted(message, context)}\n\n${usage}`);
            return EXIT.wrongCall;
        }
        await writeAll(context.stderr, `${fitted(`error: ${message}`, context)}\n`);
        return error instanceof WrongPolicies ? EXIT.wrongCall : EXIT.failed;
    }
}

/** A message for standard error, broken where its terminal ends. */
function fitted(message: string, { stderr, env }: CliContext): string {
    const columns = columnsOf(stderr, env);
    return message
        .split("\n")
        .flatMap((line) => wrap(line, columns, 2))
        .join("\n");
}

async function preview(options: CliOptions, context: CliContext): Promise<number> {
    const problems = problemsOfFiles(options.picture ?? {}, { folders: options.allExamples });
    if (problems.length > 0) {
        throw new WrongCall(problems.join("\n"));
    }
    if (options.allExamples) {
        return previewExamples(options, context);
    }
    const { cwd, against } = options;
    const project = cwd === undefined ? {} : { cwd };
    const { document, changes } =
        against === undefined
            ? { document: await documentOf(options, context, project), changes: undefined }
            : await comparisonOf(against, options, context, project);
    // performance.now() counts from the start of the process, loading included: what the reader waited for.
    await writeAll(context.stdout, render(document, options, context, performance.now(), changes));
    await context.draw(document, options.picture ?? {}, changes);
    return failed(document) ? EXIT.failed : EXIT.fine;
}

/** Previews each example, and prints it as soon as it is there; JSON at the end, as one document. */
async function previewExamples(options: CliOptions, context: CliContext): Promise<number> {
    const folders = context.examples();
    if (folders.length === 0) {
        throw new WrongCall("There is no Pulumi project in examples/.");
    }
    let status: number = EXIT.fine;
    const documents = new Map<string, PreviewDocument>();
    let before = 0;
    for (const cwd of folders) {
        const name = basename(cwd);
        const document = await documentOf(options, context, { cwd });
        if (options.format === "json") {
            documents.set(name, document);
        } else {
            const now = performance.now();
            const text = render(document, options, context, now - before);
            await writeAll(context.stdout, `${before === 0 ? "" : "\n"}${heading(options, name)}\n\n${text}`);
            before = now;
        }
        await context.draw(document, inFolders(options.picture ?? {}, name));
        status = failed(document) ? EXIT.failed : status;
    }
    if (options.format === "json") {
        await writeAll(context.stdout, renderProjects(documents));
    }
    return status;
}

function heading({ format }: CliOptions, name: string): string {
    return format === "markdown" ? `## examples/${name}` : `examples/${name}`;
}

function documentOf(
    options: CliOptions,
    context: CliContext,
    project: Pick<PreviewRequest, "cwd">,
): Promise<PreviewDocument> {
    return withProgress(options, context, project, (request) => context.preview(request));
}

function comparisonOf(
    against: string,
    options: CliOptions,
    context: CliContext,
    project: Pick<PreviewRequest, "cwd">,
): Promise<Comparison> {
    return withProgress(options, context, project, (request) => context.previewAgainst(against, request));
}

async function withProgress<T>(
    options: CliOptions,
    context: CliContext,
    project: Pick<PreviewRequest, "cwd">,
    preview: (request: PreviewRequest) => Promise<T>,
): Promise<T> {
    const progress = progressLine(context.stderr);
    progress.update("Loading the program");
    const onProgress: PreviewRequest["onProgress"] = (reached) => {
        progress.update(stackProgress(reached));
    };
    const { stacks, config, stackOutputs, primaryRegion, policies, plainSdk } = options;
    // Standard output is the document's alone: what the program prints goes with the progress.
    return redirected(context.stdout, context.stderr, async () =>
        preview({
            ...project,
            stacks,
            config,
            stackOutputs,
            primaryRegion,
            policies,
            plainSdk,
            onProgress,
        }),
    ).finally(() => {
        progress.clear();
    });
}

function render(
    document: PreviewDocument,
    options: CliOptions,
    { stdout, env, usage }: CliContext,
    elapsed: number,
    changes?: Changes,
): string {
    const terminal = (otherwise: number | undefined): TerminalOptions => {
        const columns = columnsOf(stdout, env) ?? otherwise;
        return {
            color: colorWanted(options.color, env, stdout),
            elapsed,
            verbose: options.verbose,
            anyProject: usage !== undefined,
            ...(columns === undefined ? {} : { columns }),
        };
    };
    switch (options.format) {
        case "json":
            return renderJson(document, changes);
        case "markdown":
            return changes === undefined
                ? renderMarkdown(document)
                : renderChangesMarkdown(document, changes);
        case "summary":
            return changes === undefined
                ? renderSummary(document, terminal(COLUMNS))
                : renderChanges(document, changes, terminal(COLUMNS), false);
        case "tree":
            return changes === undefined
                ? renderTree(document, terminal(undefined))
                : renderChanges(document, changes, terminal(undefined), true);
    }
}

function failed(document: PreviewDocument): boolean {
    return (
        Object.values(document.stacks).some(({ error }) => error !== undefined) ||
        violationsOf(document).some(isMandatory)
    );
}
