/** `--against`: previews both sides, and compares them. */
import { type PreviewRequest } from "../cli/main";
import { estimate } from "../../cost/estimate";
import { type PreviewDocument } from "../types";
import { type Comparison } from "./changes";
import { compareDocuments } from "./compare";
import { findAgainst, forgetOld, otherSide, placeOf } from "./otherSide";
import { digestsOf, portable, type PreviewProject, recordSide, secretKey } from "./recordedSide";

/**
 * Previews this side and the other, at the same time, and compares them.
 *
 * @param given A git ref, or the file of an exported state.
 * @param projectDir The folder of the project.
 * @param how How this side is previewed, and whether the project is somebody's.
 * @throws WrongCall for a side that there is not.
 */
export async function previewAgainst(
    given: string,
    request: PreviewRequest,
    projectDir: string,
    { previewProject, any }: { readonly previewProject: PreviewProject; readonly any: boolean },
): Promise<Comparison> {
    const place = placeOf(projectDir, any);
    const against = findAgainst(given, place);
    const { onProgress: _, ...shared } = request;
    // The earlier of two failures is told, and the other not left without anybody to hear it.
    const [other, own] = await Promise.all([
        otherSide(against, shared, place),
        recordSide(previewProject, request, secretKey(place.folder)),
    ]);
    forgetOld(place);
    const { stacks } = own.document;
    // An exported state is one stack: of the others nothing is known.
    const named = other.deployed
        ? Object.fromEntries(Object.entries(stacks).filter(([name]) => name in other.document.stacks))
        : stacks;
    const priced = (document: PreviewDocument): PreviewDocument =>
        other.deployed ? { ...document, cost: estimate(document) } : document;
    const left = Object.keys(stacks).filter((name) => !(name in named));
    const changes = compareDocuments(
        priced(other.document),
        priced(portable({ ...own.document, stacks: named }, place.root)),
        {
            before: other.name,
            after: "this branch",
            secrets: [digestsOf(other), digestsOf(own)],
            deployed: other.deployed,
            notes:
                left.length === 0
                    ? []
                    : [`${left.join(", ")}: not in ${other.name}, so that nothing is said of it.`],
        },
    );
    return { document: own.document, changes };
}
