import { type PreviewDocument, type StackPreview } from "../types";
import { isMandatory, violationsOf } from "./findings";
import { errorBlock, partTable, policyBlock, stackTable, treeBlock } from "./markdownBlocks";
import { type Block, fitComment } from "./markdownFit";
import { countOps, describeCounts, stacksOf } from "./plan";
import { plural } from "./text";

/** The comment's first line, by which the next run finds it. preview-comment.yml looks for the same. */
export const MARKER = "<!-- meridian-preview -->";

/**
 * The most that a comment may have. GitHub counts characters ("body is too long (maximum is 65536 characters)"); we
 * count bytes, of which there are at least as many, so that no way of counting can be exceeded.
 */
export const LIMIT = 65_536;

/** What each part may take of the whole, at most; the trees of the stacks share what is left. */
const SHARE = { stacks: 0.2, errors: 0.25, policies: 0.2, parts: 0.2 } as const;

/**
 * The preview as one pull-request comment for all stacks: verdict, counts, errors, what is made by component, and
 * each stack's tree folded away. Never above `limit`, and it says what it left out.
 */
export function renderMarkdown(document: PreviewDocument, limit: number = LIMIT): string {
    const stacks = stacksOf(document);
    const opening = [MARKER, `## ${verdict(document, stacks)}`, ""];
    const trees = stacks
        .filter(([, { steps }]) => steps.length > 0)
        .map(([name, preview]) => treeBlock(name, preview));
    const leading = leadingBlocks(document, stacks);
    return fitComment({ opening, leading, rest: trees, command: "npm run preview" }, limit);
}

function verdict(document: PreviewDocument, stacks: readonly [string, StackPreview][]): string {
    const previews = stacks.map(([, preview]) => preview);
    const failed = previews.filter(({ error }) => error !== undefined).length;
    const mandatory = violationsOf(document).filter(isMandatory).length;
    if (failed > 0) {
        return `❌ Preview: ${failed} of ${plural(stacks.length, "stack")} failed`;
    }
    if (mandatory > 0) {
        return `❌ Preview: ${plural(mandatory, "mandatory policy violation")}`;
    }
    return `✅ Preview: ${describeCounts(countOps(previews))} in ${plural(stacks.length, "stack")}`;
}

function leadingBlocks(
    document: PreviewDocument,
    stacks: readonly [string, StackPreview][],
): [number, Block][] {
    const blocks: [number, Block][] = [[SHARE.stacks, stackTable(stacks)]];
    const errors = errorBlock(stacks);
    const policies = policyBlock(document);
    const parts = partTable(stacks);
    if (errors.lines.length > 0) {
        blocks.push([SHARE.errors, errors]);
    }
    if (policies !== undefined) {
        blocks.push([SHARE.policies, policies]);
    }
    if (parts.lines.length > 0) {
        blocks.push([SHARE.parts, parts]);
    }
    return blocks;
}
