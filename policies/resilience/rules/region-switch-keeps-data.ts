import { list, object, objects, type Props, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";

/** What moves a writer, by the property of a step. */
const WRITERS = ["globalAuroraConfigs", "documentDbConfigs", "neptuneGlobalDatabaseConfigs"];

/** Source: ARC Region switch API Reference, GlobalAuroraConfiguration, behavior. */
export const rule = resourceRule({
    id: "region-switch-keeps-data",
    severity: "high",
    description: "A plan of Region switch loses data in ungraceful executions alone.",
    fix: "Set behavior to switchoverOnly, and ungracefuls to failover for when a region is lost.",
    frameworks: { controls: [] },
    types: ["aws:arcregionswitch/plan:Plan"],
    check: ({ props }, report) => {
        eachKnown(objects(props.workflows), (workflow) => {
            eachKnown(stepsIn(workflow), (step) => {
                for (const property of WRITERS) {
                    if (objects(step[property]).some(({ behavior }) => text(behavior) === "failover")) {
                        report(
                            `loses data in every execution: the step "${text(step.name) ?? ""}" has behavior failover.`,
                        );
                    }
                }
            });
        });
    },
});

/** Steps, and those that are made at the same time within one. */
function stepsIn({ steps }: Props): readonly Props[] {
    return list(steps)
        .map(object)
        .flatMap((step) => [step, ...objects(step.parallelConfigs).flatMap(stepsIn)]);
}
