import { resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { shown } from "../shared/judging";
import { REPOSITORY } from "../shared/repositories";

interface Config {
    readonly modes: readonly string[];
    readonly movableTags: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "ecr-immutable-tags",
    severity: "medium",
    description:
        "A tag of an image stands for the same image for ever, save named ones that nothing is released by.",
    fix: 'Set imageTagMutability to "IMMUTABLE", or to "IMMUTABLE_WITH_EXCLUSION" with filters for such tags alone.',
    frameworks: { controls: ["129"], securityHub: ["ECR.2"], checkov: ["CKV_AWS_51"] },
    types: [REPOSITORY],
    config: {
        modes: {
            type: "array",
            items: { type: "string", enum: ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"] },
            default: ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"],
            description: "The modes that will do.",
        },
        movableTags: {
            type: "array",
            items: { type: "string" },
            default: ["latest", "*cache*"],
            description:
                "Patterns of the filters that may take tags out: what they match moves, so no release is named so.",
        },
    },
    check: ({ props }, report, { modes, movableTags }) => {
        // AWS's default is MUTABLE.
        const mode = text(props.imageTagMutability) ?? "MUTABLE";
        if (!modes.includes(mode)) {
            report(
                `lets tags move to other images: imageTagMutability is ${shown(props.imageTagMutability)}.`,
            );
        } else if (mode === "IMMUTABLE_WITH_EXCLUSION") {
            eachObject(props.imageTagMutabilityExclusionFilters, ({ filter }, index) => {
                if (!matchesAny(movableTags, text(filter) ?? "")) {
                    report(
                        `lets tags move to other images: filter of imageTagMutabilityExclusionFilters[${index}] is ${shown(filter)}.`,
                    );
                }
            });
        }
    },
});
