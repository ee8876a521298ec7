/** This project's stacks, previewed once for all policy tests of a process. */
import * as path from "node:path";
import { analyzedResource, type AnalyzedResource } from "../../tools/preview/policies/resources";
import { previewStacks } from "../../tools/preview/stacks";
import { STACK_NAMES, type StackName } from "./mutation";
import { StackCopy } from "./mutableStack";

export type Stacks = Readonly<Record<StackName, readonly AnalyzedResource[]>>;

let loading: Promise<Stacks> | undefined;

/** The stacks' resources as a real preview sees them. */
export async function loadStacks(): Promise<Stacks> {
    loading ??= load();
    return loading;
}

/** A copy of a stack to change. */
export async function copyOf(stack: StackName): Promise<StackCopy> {
    return new StackCopy(stack, (await loadStacks())[stack]);
}

async function load(): Promise<Stacks> {
    const { runs } = await previewStacks({
        projectDir: path.join(__dirname, "..", ".."),
        stacks: STACK_NAMES,
    });
    const entries = runs.map((run) => {
        const { stack, error } = run.preview;
        if (error !== undefined) {
            throw new Error(`the preview of ${stack} failed: ${error.message}`);
        }
        return [stack, run.states.map(analyzedResource)] as const;
    });
    return Object.fromEntries(entries) as unknown as Stacks;
}
