/** What the stacks of a preview cost. */
import {
    estimateStacks,
    type EstimateOptions,
    type StackToPrice,
} from "../../policies/residency-and-cost/shared/cost/estimate";
import { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
import { type Usage } from "../../policies/residency-and-cost/shared/cost/usage";
import { StackView } from "../../policies/framework/stackView";
import { memberViews, outputsView } from "../preview/policies/memberViews";
import { describedResource } from "../preview/policies/resources";
import { type PreviewDocument, type StackPreview } from "../preview/types";

export { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
export { type Usage } from "../../policies/residency-and-cost/shared/cost/usage";

/**
 * Estimates all stacks of a preview together.
 *
 * @param usage What is used of what is paid by use. Left out: the fixed part alone.
 */
export function estimate(
    { stacks }: Pick<PreviewDocument, "stacks">,
    usage?: Usage,
    options: Omit<EstimateOptions, "usage"> = {},
): CostEstimate {
    return estimateStacks(
        Object.entries(stacks).map(([name, preview]) => stackToPrice(name, preview)),
        { ...options, ...(usage === undefined ? {} : { usage }) },
    );
}

function stackToPrice(name: string, { steps }: StackPreview): StackToPrice {
    const members = memberViews(
        steps.map(({ newState }) => {
            const { inputs, outputs } = newState;
            return describedResource(newState, inputs, { ...outputs, ...inputs });
        }),
        outputsView,
    );
    // What is only read exists already, and is paid for where it was made.
    const made = new Set(
        steps.filter(({ op, newState }) => op !== "read" && newState.custom).map(({ urn }) => urn),
    );
    return { name, view: new StackView(members), resources: members.filter(({ urn }) => made.has(urn)) };
}
