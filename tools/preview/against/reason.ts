/** Why a resource changes, in the words that a comparison and its renderers share. */
import { firstOf } from "../render/text";
import { type PropertyChange } from "./changes";

/** More properties than this are counted. */
const MOST_NAMED = 4;

/** `engineVersion, port and 3 more change`. */
function changing(paths: readonly string[]): string {
    // The verb goes with how many there are, and not with how many are named.
    return `${firstOf(paths, MOST_NAMED)} ${paths.length === 1 ? "changes" : "change"}`;
}

/** What of these properties changes by itself, and the first that another resource's replacement changes. */
export function reasonOf(
    properties: readonly Pick<PropertyChange, "path" | "because" | "meaning">[],
): string {
    const own = properties.filter(({ because }) => because === undefined).map(({ path }) => path);
    const following = properties.filter(({ because }) => because !== undefined);
    return [
        ...(own.length > 0 ? [changing(own)] : []),
        ...following.slice(0, 1).map(({ path, meaning }) => `${path} ${meaning?.[0] ?? "changes"}`),
    ].join("; ");
}
