/** Which template of AWS FIS a rehearsal strikes with. */
import { DrillError } from "../errors";
import { type FaultExperiment, type RegionTopology } from "./types";

/** Source: AWS FIS API Reference, StartExperiment, experimentTemplateId; ids of templates begin with EXT. */
export const TEMPLATE_ID = /^EXT\w+$/;

/**
 * The id of the template in the region that is struck.
 *
 * @throws DrillError when the setting names a fault of which the region's stack gives no template.
 */
export function templateOf(
    { experiment }: FaultExperiment,
    { faultExperiments = {}, key }: Pick<RegionTopology, "faultExperiments" | "key">,
): string {
    const id = TEMPLATE_ID.test(experiment) ? experiment : faultExperiments[experiment];
    if (id === undefined) {
        const names = Object.keys(faultExperiments);
        throw new DrillError(
            `fault.experiment is ${experiment}; allowed for ${key}: ${[...names, "the id of a FIS template"].join(", ")}`,
            names.length === 0
                ? "The region's stack gives templates with faultExperiments: true."
                : undefined,
        );
    }
    return id;
}
