/** Previews, as `--json` prints them, in a form that does not depend on which of several things at the same time was registered first. */
import { type PreviewDocument, type StackPreview } from "../../tools/preview/types";

/** The stacks of a preview, with their steps and dependencies in a fixed order. */
export function orderless({ stacks }: PreviewDocument): Readonly<Record<string, object>> {
    return Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, sorted(stack)]));
}

function sorted(stack: StackPreview): object {
    const steps = stack.steps.map((step) => ({
        ...step,
        newState: {
            ...step.newState,
            dependencies: [...step.newState.dependencies].sort(),
            propertyDependencies: Object.fromEntries(
                Object.entries(step.newState.propertyDependencies).map(([name, urns]) => [
                    name,
                    [...urns].sort(),
                ]),
            ),
        },
    }));
    return { ...stack, steps: steps.sort((left, right) => left.urn.localeCompare(right.urn)) };
}
