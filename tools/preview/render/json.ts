import { shownAsset } from "../assets";
import { type Changes } from "../against/changes";
import { type PreviewDocument, type StackPreview } from "../types";
import { MASK, isSecret } from "../values";

/**
 * The whole preview as one JSON document. Each stack has the shape of `pulumi preview --json`: `diagnostics` is
 * there only where there is something to say, and says why a program failed. `changes` is what differs from another
 * side, where one was asked for.
 */
export function renderJson(document: PreviewDocument, changes?: Changes): string {
    const parts = { ...partsOf(document), ...(changes === undefined ? {} : { changes }) };
    return `${JSON.stringify(parts, mask, 2)}\n`;
}

/** The documents of several projects, each by its name, as one. */
export function renderProjects(documents: ReadonlyMap<string, PreviewDocument>): string {
    const projects = Object.fromEntries([...documents].map(([name, document]) => [name, partsOf(document)]));
    return `${JSON.stringify({ projects }, mask, 2)}\n`;
}

function partsOf(document: PreviewDocument): Record<string, unknown> {
    const stacks = Object.fromEntries(
        Object.entries(document.stacks).map(([name, preview]) => [name, stackPart(preview)]),
    );
    const { policies, policyPacks, cost } = document;
    return { stacks, policies, policyPacks, cost };
}

function stackPart(preview: StackPreview): Record<string, unknown> {
    const { config, steps, outputs, changeSummary, error } = preview;
    const diagnostics: Record<string, unknown>[] = preview.diagnostics.map((diagnostic) => ({
        ...diagnostic,
    }));
    if (error !== undefined) {
        const { message, urn, problems } = error;
        diagnostics.push({ severity: "error", message, urn, problems });
    }
    return { config, steps, outputs, changeSummary, ...(diagnostics.length > 0 ? { diagnostics } : {}) };
}

// The engine masks what is secret; a wrapped secret that it may have missed must not be printed either.
function mask(_key: string, value: unknown): unknown {
    return isSecret(value) ? MASK : shownAsset(value, process.cwd());
}
