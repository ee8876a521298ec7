/** Whether the global stack has seen what the regions' stacks say now. */
import { GLOBAL_KEY } from "../../regions/stackNames";
import { type StackNode } from "./graph";
import { outputsOrNone } from "./session";
import { type Deployment } from "./session";
import { describeStale, type Stale, staleReferences } from "./staleness";
import { type StackRunner } from "./stackRunner";

/** What is known of the global stack's references. */
export type References =
    | { readonly kind: "none"; readonly because: string }
    | { readonly kind: "fresh" }
    | { readonly kind: "stale"; readonly stack: string; readonly stale: readonly Stale[] };

/** The environment's global stack. */
export function globalStack({ graph }: Pick<Deployment, "graph">): StackNode | undefined {
    return graph.stacks.find(({ key }) => key === GLOBAL_KEY);
}

/** Compares the global stack's references with the outputs of the stacks that it reads. */
export async function checkReferences(deployment: Deployment, runner: StackRunner): Promise<References> {
    const reader = globalStack(deployment);
    if (reader === undefined) {
        return { kind: "none", because: `${deployment.graph.environment} has no global stack` };
    }
    if ((await runner.open(reader.name, false)) === "missing") {
        return { kind: "none", because: `${reader.name} does not exist in the backend` };
    }
    const resources = await runner.resources(reader.name);
    if (resources.length === 0) {
        return { kind: "none", because: `${reader.name} has not been made yet` };
    }
    const current = new Map<string, Readonly<Record<string, unknown>>>();
    for (const stack of reader.reads) {
        current.set(stack, await outputsOrNone(runner, stack));
    }
    const stale = staleReferences(resources, current);
    return stale.length === 0 ? { kind: "fresh" } : { kind: "stale", stack: reader.name, stale };
}

/** Says what is stale, a line each. */
export function narrateReferences({ narrator }: Deployment, references: References): void {
    if (references.kind === "stale") {
        for (const stale of references.stale) {
            narrator.event(references.stack, `due: ${describeStale(stale)} since it was updated last`);
        }
    }
}
