/** This project's stacks, previewed once for all policy tests of a process. */
import { analyzedResource, assumedResource } from "../../../tools/preview/policies/resources";
import { projectPreview } from "../projectPreview";
import { type StackName } from "./mutation";
import { StackCopy } from "./mutableStack";

/** The stacks as they are, which nobody changes. */
export type Stacks = Readonly<Record<StackName, StackCopy>>;

interface Loaded {
    readonly known: Stacks;
    /** With values made up for what a preview does not know, as the second judgement sees them. */
    readonly assumed: Stacks;
}

let loading: Promise<Loaded> | undefined;

async function loaded(): Promise<Loaded> {
    loading ??= load();
    return loading;
}

/** The stacks' resources as a real preview sees them. */
export async function loadStacks(): Promise<Stacks> {
    return (await loaded()).known;
}

/** A copy of a stack to change. */
export async function copyOf(stack: StackName, assumed = false): Promise<StackCopy> {
    const origin = (await loaded())[assumed ? "assumed" : "known"][stack];
    return new StackCopy(stack, origin.resources, origin);
}

async function load(): Promise<Loaded> {
    const { runs } = await projectPreview();
    const entries = runs.map((run) => {
        const { stack, error } = run.preview;
        if (error !== undefined) {
            throw new Error(`the preview of ${stack} failed: ${error.message}`);
        }
        return {
            name: stack as StackName,
            known: run.states.map(analyzedResource),
            assumed: run.states.map(assumedResource),
        };
    });
    const stacksOf = (which: "known" | "assumed"): Stacks =>
        Object.fromEntries(
            entries.map((entry) => [entry.name, new StackCopy(entry.name, entry[which])]),
        ) as unknown as Stacks;
    return { known: stacksOf("known"), assumed: stacksOf("assumed") };
}
