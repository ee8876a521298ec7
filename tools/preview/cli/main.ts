import { WrongPolicies } from "../policies/errors";
import { isMandatory, violationsOf } from "../render/findings";
import { renderJson } from "../render/json";
import { renderMarkdown } from "../render/markdown";
import { progressLine } from "../render/progress";
import { type TerminalOptions } from "../render/blocks";
import { renderSummary } from "../render/summary";
import { plural, printable, wrap } from "../render/text";
import { renderTree } from "../render/tree";
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
    "stacks" | "config" | "primaryRegion" | "policies" | "plainSdk"
> {
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
}

/** Runs the command, and returns its exit status. */
export async function main(argv: readonly string[], context: CliContext): Promise<number> {
    try {
        const options = parseCli(argv);
        if (options === undefined) {
            await writeAll(context.stdout, USAGE);
            return EXIT.fine;
        }
        return await preview(options, context);
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof WrongCall) {
            await writeAll(context.stderr, `${fitted(message, context)}\n\n${USAGE}`);
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
    const progress = progressLine(context.stderr);
    progress.update("Loading the program");
    const onProgress: PreviewRequest["onProgress"] = ({ stack, resources }) => {
        progress.update(`Previewing ${printable(stack)}: ${plural(resources, "resource")}`);
    };
    const { stacks, config, primaryRegion, policies, plainSdk } = options;
    // Standard output is the document's alone: what the program prints goes with the progress.
    const document = await redirected(context.stdout, context.stderr, async () =>
        context.preview({ stacks, config, primaryRegion, policies, plainSdk, onProgress }),
    ).finally(() => {
        progress.clear();
    });
    // performance.now() counts from the start of the process, loading included: what the reader waited for.
    await writeAll(context.stdout, render(document, options, context, performance.now()));
    return failed(document) ? EXIT.failed : EXIT.fine;
}

function render(
    document: PreviewDocument,
    options: CliOptions,
    { stdout, env }: CliContext,
    elapsed: number,
): string {
    const terminal = (otherwise: number | undefined): TerminalOptions => {
        const columns = columnsOf(stdout, env) ?? otherwise;
        return {
            color: colorWanted(options.color, env, stdout),
            elapsed,
            verbose: options.verbose,
            ...(columns === undefined ? {} : { columns }),
        };
    };
    switch (options.format) {
        case "json":
            return renderJson(document);
        case "markdown":
            return renderMarkdown(document);
        case "summary":
            return renderSummary(document, terminal(COLUMNS));
        case "tree":
            return renderTree(document, terminal(undefined));
    }
}

function failed(document: PreviewDocument): boolean {
    return (
        Object.values(document.stacks).some(({ error }) => error !== undefined) ||
        violationsOf(document).some(isMandatory)
    );
}
