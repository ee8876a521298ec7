import { resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";
import { REPOSITORY } from "../shared/repositories";

interface Config {
    readonly modes: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "ecr-immutable-tags",
    severity: "medium",
    description: "A tag of an image stands for the same image for ever.",
    fix: 'Set imageTagMutability to "IMMUTABLE".',
    frameworks: { controls: ["129"], securityHub: ["ECR.2"], checkov: ["CKV_AWS_51"] },
    types: [REPOSITORY],
    config: {
        modes: {
            type: "array",
            items: { type: "string", enum: ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"] },
            default: ["IMMUTABLE"],
            description: "The modes that will do.",
        },
    },
    check: ({ props }, report, { modes }) => {
        // AWS's default is MUTABLE.
        if (!modes.includes(text(props.imageTagMutability) ?? "MUTABLE")) {
            report(
                `lets tags move to other images: imageTagMutability is ${shown(props.imageTagMutability)}.`,
            );
        }
    },
});
