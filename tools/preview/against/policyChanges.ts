/** Which violations are new, which are gone, and which are still there. */
import { type PolicyFinding } from "../policies/findings";
import { violationsOf } from "../render/findings";
import { type PreviewDocument } from "../types";
import { type PolicyChanges } from "./changes";

/**
 * Compares what the policies found.
 *
 * @param renamed The URNs that resources of the earlier side have now, where those are others.
 */
export function policyChanges(
    before: PreviewDocument,
    after: PreviewDocument,
    renamed: ReadonlyMap<string, string>,
): PolicyChanges {
    const [was, is] = [violationsOf(before), violationsOf(after)];
    const ran = ({ policyPacks = [] }: PreviewDocument): string[] =>
        policyPacks.map(({ name }) => name).sort();
    const compared = ran(before).join("\n") === ran(after).join("\n");
    if (!compared) {
        return { added: [], fixed: [], still: is, compared };
    }
    const key = ({ pack, rule, stack = "", urn = "" }: PolicyFinding): string =>
        [pack, rule, stack, renamed.get(urn) ?? urn].join("\n");
    const [olds, news] = [new Set(was.map(key)), new Set(is.map(key))];
    // What was found in half a program says nothing of the other half.
    const failed = ({ stack }: PolicyFinding): boolean =>
        stack !== undefined && [before, after].some(({ stacks }) => stacks[stack]?.error !== undefined);
    const isNew = (finding: PolicyFinding): boolean => !failed(finding) && !olds.has(key(finding));
    return {
        added: is.filter(isNew),
        fixed: was.filter((finding) => !failed(finding) && !news.has(key(finding))),
        still: is.filter((finding) => !isNew(finding)),
        compared,
    };
}
