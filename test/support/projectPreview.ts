/** The project's stacks as they are, previewed once for all tests of a process. */
import * as path from "node:path";
import { previewStacks, type StacksPreview } from "../../tools/preview/stacks";

const ROOT = path.join(__dirname, "..", "..");

let preview: Promise<StacksPreview> | undefined;

/** The preview of all stacks of `prod`, which nobody changes. */
export async function projectPreview(): Promise<StacksPreview> {
    preview ??= previewStacks({ projectDir: ROOT, stacks: ["prod-us", "prod-eu", "prod-global"] });
    return preview;
}
