import { resourceRule } from "../../framework";
import { SHARED_IDENTITIES, type SharedIdentity } from "../shared/replacements";

export const rule = resourceRule({
    id: "aws-delete-before-replace",
    severity: "high",
    description: "What stays the same thing in AWS when it is replaced is deleted before it is made anew.",
    fix: "Set the resource option deleteBeforeReplace to true.",
    frameworks: { controls: ["F21.9"] },
    types: Object.keys(SHARED_IDENTITIES),
    check: ({ type, opts }, report) => {
        const shared = SHARED_IDENTITIES[type];
        const given = opts.deleteBeforeReplace;
        // What the program says overrides what the provider asks for.
        const first = given ?? shared?.byProvider ?? false;
        if (shared !== undefined && !first) {
            const option = given === undefined ? "no deleteBeforeReplace" : "deleteBeforeReplace false";
            report(`has ${option}, and ${replacement(shared)}.`);
        }
    },
});

/** What becomes of it in the usual order. */
function replacement({ identity, replacedBy, outcome }: SharedIdentity): string {
    const place = identity.length === 0 ? "the account" : `the same ${listed(identity, "and")}`;
    const cause =
        replacedBy === undefined ? "when it is replaced" : `when ${listed(replacedBy, "or")} changes`;
    return outcome === "lost"
        ? `${cause}, deleting the old one takes away the new one of ${place}`
        : `${cause}, AWS refuses a second one of ${place}`;
}

function listed(words: readonly string[], conjunction: "and" | "or"): string {
    const last = words.at(-1) ?? "";
    return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
