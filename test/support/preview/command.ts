/** `npm run preview` in the process of the tests: all of it from the call to the exit status but the start of Node.js. */
import { exampleProjects, previewProject } from "../../../tools/preview/index";
import { main, type PreviewRequest } from "../../../tools/preview/cli/main";
import { type RunResult } from "../../../tools/preview/engine";
import {
    previewStacks,
    type PreviewRequest as StacksRequest,
    type StacksPreview,
} from "../../../tools/preview/stacks";
import { type PreviewDocument } from "../../../tools/preview/types";
import { type OutputStream, redirected } from "../../../tools/shared/streams";
import { frozen } from "../frozen";

/** What a call of the command came to. */
export interface Outcome {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

class Pipe implements OutputStream {
    text = "";
    write = (text: string, done?: (error?: Error | null) => void): void => {
        this.text += text;
        done?.();
    };
}

/** Stacks that have been previewed, with the runs in the order in which they came. */
interface Previewed {
    readonly preview: StacksPreview;
    readonly runs: readonly RunResult[];
}

const previewed = new Map<string, Promise<Previewed>>();

/** Stacks as `previewStacks` previews them, made once for all calls that only let other packs judge them. */
async function stacksOnce({ onRun, ...request }: StacksRequest): Promise<StacksPreview> {
    const key = JSON.stringify(request);
    const made = previewed.get(key) ?? runsOf(request);
    previewed.set(key, made);
    const { preview, runs } = await made;
    for (const run of runs) {
        await onRun?.(run);
    }
    return preview;
}

async function runsOf(request: StacksRequest): Promise<Previewed> {
    const runs: RunResult[] = [];
    const onRun = (run: RunResult): Promise<void> => {
        runs.push(run);
        return Promise.resolve();
    };
    return { preview: await previewStacks({ ...request, onRun }), runs };
}

const known = new Map<string, Promise<PreviewDocument>>();

/** A preview, made once for all calls that ask for the same and only show it in another way. */
async function once({ onProgress, ...request }: PreviewRequest): Promise<PreviewDocument> {
    const key = JSON.stringify(request);
    const stacks = request.plainSdk ? undefined : stacksOnce;
    const document = known.get(key) ?? previewProject({ ...request, onProgress }, stacks).then(frozen);
    known.set(key, document);
    return document;
}

/** Calls the command with nothing but pipes around it. */
export async function preview(...args: readonly string[]): Promise<Outcome> {
    const stdout = new Pipe();
    const stderr = new Pipe();
    // What a pack prints the command passes on to standard error itself.
    const status = await redirected(process.stderr, stderr, async () =>
        main(args, {
            stdout,
            stderr,
            env: {},
            preview: once,
            previewAgainst: () => Promise.reject(new Error("nothing is compared here")),
            draw: () => Promise.resolve(),
            examples: exampleProjects,
        }),
    );
    return { status, stdout: stdout.text, stderr: stderr.text };
}
