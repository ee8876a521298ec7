/** `npm run preview` in the process of the tests: all of it from the call to the exit status but the start of Node.js. */
import { exampleProjects, previewProject } from "../../../tools/preview/index";
import { main, type PreviewRequest } from "../../../tools/preview/cli/main";
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

const known = new Map<string, Promise<PreviewDocument>>();

/** A preview, made once for all calls that ask for the same and only show it in another way. */
async function once({ onProgress, ...request }: PreviewRequest): Promise<PreviewDocument> {
    const key = JSON.stringify(request);
    const document = known.get(key) ?? previewProject({ ...request, onProgress }).then(frozen);
    known.set(key, document);
    return document;
}

/** Calls the command with nothing but pipes around it. */
export async function preview(...args: readonly string[]): Promise<Outcome> {
    const stdout = new Pipe();
    const stderr = new Pipe();
    // What a pack prints the command passes on to standard error itself.
    const status = await redirected(process.stderr, stderr, async () =>
        main(args, { stdout, stderr, env: {}, preview: once, examples: exampleProjects }),
    );
    return { status, stdout: stdout.text, stderr: stderr.text };
}
