import { resourceRule } from "../../framework";
import { listed } from "../../framework/patterns";
import { mended } from "../../framework/remedies";
import { flag, objects, type Subject } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { BILLED_TYPES } from "../shared/billedTypes";
import { groupTagEdits, tagEdits, type TagValues, volumeTagEdits, volumeTagsOf } from "../shared/mendTags";

interface Config {
    readonly tags: readonly string[];
    readonly types: readonly string[];
    readonly values: TagValues;
}

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export const rule = resourceRule<Config>({
    id: "cost-tags",
    severity: "medium",
    description: "Whatever costs money says whose it is and who pays.",
    fix: "Add the tags to the provider's defaultTags, and hand them on to what Auto Scaling launches.",
    frameworks: { controls: ["P31"] },
    config: {
        tags: {
            type: "array",
            items: { type: "string" },
            default: ["project", "environment", "stack", "owner", "cost-center"],
            description: "The tags that must be there.",
        },
        types: {
            type: "array",
            items: { type: "string" },
            default: BILLED_TYPES,
            description: "The types of resources that are judged.",
        },
        values: {
            type: "object",
            additionalProperties: { type: "string", minLength: 1 },
            default: {},
            description: "What the level `remediate` gives a resource that is without a tag: values by tag.",
        },
    },
    configuredTypes: true,
    check: (resource, report, { tags }) => {
        const missing = tags.filter((tag) => (tagOf(resource, tag) ?? "") === "");
        if (missing.length > 0) {
            report(`has no ${named(missing)}.`);
        }
        if (resource.type === GROUP) {
            const kept = tags.filter((tag) => !missing.includes(tag) && !isHandedOn(resource, tag));
            if (kept.length > 0) {
                report(`does not hand the ${named(kept)} on to its instances.`);
            }
        }
        if (resource.type === TEMPLATE) {
            const present = volumeTagsOf(resource);
            const bare = tags.filter((tag) => !present.has(tag));
            if (bare.length > 0) {
                report(`gives volumes no ${named(bare)} by its tagSpecifications.`);
            }
        }
    },
    remediate: (resource, { tags, values }) => {
        const edits = [
            ...(resource.type === GROUP ? groupTagEdits : tagEdits)(resource, tags, values),
            ...(resource.type === TEMPLATE ? volumeTagEdits(resource, tags, values) : []),
        ];
        for (const edit of edits) {
            edit();
        }
        return edits.length === 0 ? undefined : mended(resource);
    },
});

/** Tags as a sentence names them. */
function named(tags: readonly string[]): string {
    return `${tags.length === 1 ? "tag" : "tags"} ${listed(tags)}`;
}

function isHandedOn(group: Subject, key: string): boolean {
    return objects(group.props.tags).some((tag) => tag.key === key && flag(tag.propagateAtLaunch) === true);
}
