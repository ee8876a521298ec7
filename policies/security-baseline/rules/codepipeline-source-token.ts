import { object, resourceRule } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";

export const rule = resourceRule({
    id: "codepipeline-source-token",
    severity: "high",
    description: "Pipelines reach repositories through CodeConnections, not with somebody's token.",
    fix: 'Use an action of the provider "CodeStarSourceConnection" with a ConnectionArn.',
    frameworks: { controls: [] },
    types: ["aws:codepipeline/pipeline:Pipeline"],
    check: ({ props }, report) => {
        eachObject(props.stages, (stage) => {
            eachObject(stage.actions, ({ configuration }) => {
                if (isGiven(object(configuration), "OAuthToken")) {
                    report("keeps a person's token: an action's configuration has OAuthToken.");
                }
            });
        });
    },
});
