/** Why a resource changes, in the words that a comparison and its renderers share. */
import { firstOf } from "../render/text";

/** More properties than this are counted. */
const MOST_NAMED = 4;

/** `engineVersion, port and 3 more change`. */
export function changing(paths: readonly string[]): string {
    // The verb goes with how many there are, and not with how many are named.
    return `${firstOf(paths, MOST_NAMED)} ${paths.length === 1 ? "changes" : "change"}`;
}
