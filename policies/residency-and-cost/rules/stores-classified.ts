import { resourceRule } from "../../framework";
import { STORE_TYPES } from "../../framework/stores";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly classificationTag: string;
    readonly classifications: readonly string[];
    readonly jurisdictionTag: string;
    readonly restricted: readonly string[];
    readonly types: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "stores-classified",
    severity: "medium",
    description: "What holds data says how sensitive it is, and restricted data whose law it is under.",
    fix: "Tag the resource with one of the classifications, and restricted data with its jurisdiction.",
    frameworks: { controls: ["P06"] },
    config: {
        classificationTag: {
            type: "string",
            default: "data-classification",
            description: "The tag that says how sensitive data is.",
        },
        classifications: {
            type: "array",
            items: { type: "string" },
            default: ["public", "internal", "confidential", "pii"],
            description: "Its values.",
        },
        jurisdictionTag: {
            type: "string",
            default: "jurisdiction",
            description: "The tag that says whose law restricted data is under.",
        },
        restricted: {
            type: "array",
            items: { type: "string" },
            default: ["pii"],
            description: "Values of the classification that need a jurisdiction.",
        },
        types: {
            type: "array",
            items: { type: "string" },
            default: STORE_TYPES,
            description: "Types of resources that hold data.",
        },
    },
    configuredTypes: true,
    check: (resource, report, config) => {
        const classification = tagOf(resource, config.classificationTag);
        if (classification === undefined || !config.classifications.includes(classification)) {
            report(
                `${classification === undefined ? `has no tag ${config.classificationTag}` : `has the tag ${config.classificationTag} "${classification}"`}, and ${config.classifications.join(", ")} are the values that it may have.`,
            );
        } else if (
            config.restricted.includes(classification) &&
            tagOf(resource, config.jurisdictionTag) === undefined
        ) {
            report(
                `has the tag ${config.classificationTag} "${classification}" and no tag ${config.jurisdictionTag}.`,
            );
        }
    },
});
