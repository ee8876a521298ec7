import { number, type Props, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";

interface Config {
    readonly stages: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "pipeline-approval",
    severity: "high",
    description: "A person approves what a pipeline deploys to production, after it was deployed elsewhere.",
    fix: 'Put an action of the category "Approval" and the provider "Manual" before the actions that deploy: in a stage of its own, or with a lower runOrder.',
    frameworks: { controls: [] },
    types: ["aws:codepipeline/pipeline:Pipeline"],
    config: {
        stages: {
            type: "array",
            items: { type: "string" },
            default: ["*prod*", "*Prod*", "*live*", "*Live*"],
            description: "Patterns of the names of stages that deploy to production.",
        },
    },
    check: ({ props }, report, { stages }) => {
        let approved = false;
        eachObject(props.stages, (stage) => {
            const name = text(stage.name) ?? "";
            const approvedAt = approvalOrder(stage);
            const deployedAt = deploymentOrder(stage);
            if (deployedAt === undefined) {
                approved ||= approvedAt !== undefined;
                return;
            }
            const isApproved = approved || (approvedAt !== undefined && approvedAt < deployedAt);
            if (!matchesAny(stages, name)) {
                // What was approved is what came before this deployment, not what is seen after it.
                approved = false;
            } else if (isApproved) {
                approved = true;
            } else {
                report(`deploys in stage "${name}" what nobody approved.`);
            }
        });
    },
});

/** When somebody is asked in a stage, by the order of its actions. */
function approvalOrder(stage: Props): number | undefined {
    return orderOf(
        stage,
        ({ category, provider }) => text(category) === "Approval" && text(provider) === "Manual",
    );
}

/** When the stage begins to deploy. */
function deploymentOrder(stage: Props): number | undefined {
    return orderOf(stage, ({ category }) => text(category) === "Deploy");
}

/** The lowest order of the actions of a kind; undefined where there is none. */
function orderOf(stage: Props, isMeant: (action: Props) => boolean): number | undefined {
    let lowest: number | undefined;
    eachObject(stage.actions, (action) => {
        if (isMeant(action)) {
            // AWS's default is 1.
            lowest = Math.min(lowest ?? Number.POSITIVE_INFINITY, number(action.runOrder) ?? 1);
        }
    });
    return lowest;
}
