import { resourceRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { listed } from "../../framework/patterns";
import { flag, object, objects, type Subject, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { BILLED_TYPES } from "../shared/billedTypes";

interface Config {
    readonly tags: readonly string[];
    readonly types: readonly string[];
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
    },
    configuredTypes: true,
    check: (resource, report, { tags }) => {
        const missing = tags.filter((tag) => (tagOf(resource, tag) ?? "") === "");
        if (missing.length > 0) {
            report(`has no tag ${listed(missing)}.`);
        }
        if (resource.type === GROUP) {
            const kept = tags.filter((tag) => !missing.includes(tag) && !isHandedOn(resource, tag));
            if (kept.length > 0) {
                report(`does not hand the tag ${listed(kept)} on to its instances.`);
            }
        }
        if (resource.type === TEMPLATE) {
            judgeVolumes(resource, tags, report);
        }
    },
});

function isHandedOn(group: Subject, key: string): boolean {
    return objects(group.props.tags).some((tag) => tag.key === key && flag(tag.propagateAtLaunch) === true);
}

/** Volumes get no tags of the group or the provider: the template must give them theirs. */
function judgeVolumes(template: Subject, tags: readonly string[], report: (reason: string) => void): void {
    const given = new Set<string>();
    eachObject(template.props.tagSpecifications, (specification) => {
        if (text(specification.resourceType) === "volume") {
            for (const key of Object.keys(object(specification.tags))) {
                given.add(key);
            }
        }
    });
    const missing = tags.filter((tag) => !given.has(tag));
    if (missing.length > 0) {
        report(`gives volumes no tag ${listed(missing)} by its tagSpecifications.`);
    }
}
