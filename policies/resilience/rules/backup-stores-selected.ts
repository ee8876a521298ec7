import { stackRule } from "../../framework";
import { BACKED_UP_TYPES, isInPlan } from "../../framework/backups";
import { listed, matchesAny, stackNameOf } from "../../framework/patterns";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly tags: readonly string[];
    readonly exemptValues: readonly string[];
    readonly elsewhere: readonly string[];
}

export const rule = stackRule<Config>({
    id: "backup-stores-selected",
    severity: "high",
    description: "A store that is tagged for backup is in a backup plan of its stack.",
    fix: "Add an aws.backup.Selection of a plan in the store's region that takes the store in by its tag or its ARN.",
    frameworks: { controls: ["P12"], securityHub: ["EFS.2"] },
    config: {
        tags: {
            type: "array",
            items: { type: "string" },
            default: ["backup", "rpo"],
            description: "The tags, any of which asks for backups.",
        },
        exemptValues: {
            type: "array",
            items: { type: "string" },
            default: ["none", "false", "no"],
            description: "Their values that ask for none.",
        },
        elsewhere: {
            type: "array",
            items: { type: "string" },
            default: ["*-global"],
            description:
                "Names of stacks, as patterns, whose stores the plans of other stacks take in, by their tags and in their regions.",
        },
    },
    types: BACKED_UP_TYPES,
    checkStack: (stack, report, { tags, exemptValues, elsewhere }) => {
        if (matchesAny(elsewhere, stackNameOf(stack.urn))) {
            return;
        }
        stack.each(stack.ofType(...BACKED_UP_TYPES), (store) => {
            const asking = tags.flatMap((tag) => {
                const value = tagOf(store, tag);
                return value === undefined || exemptValues.includes(value) ? [] : [`${tag} "${value}"`];
            });
            if (asking.length > 0 && !isInPlan(stack, store)) {
                report(
                    `has the ${asking.length === 1 ? "tag" : "tags"} ${listed(asking)} and is in no backup plan.`,
                    store,
                );
            }
        });
    },
});
