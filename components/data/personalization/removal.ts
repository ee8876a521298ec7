import type * as pulumi from "@pulumi/pulumi";

import { withdrawal } from "./serving";
import { type Definition, expression, NOT_THERE, personalize, type States } from "./states";
import { type UsePlan } from "./uses";

/** How long a run may take: a campaign or a recommender is gone after minutes. */
const LONGEST_RUN = 4 * 3600;

/**
 * The workflow that takes away what the other one made and Pulumi does not know of, so that the rest can be destroyed:
 * campaigns, recommenders and filters. It is for the training workflow not to run meanwhile.
 */
export function removalDefinition(
    name: string,
    uses: readonly UsePlan[],
    datasetGroupArn: pulumi.Input<string>,
): Definition {
    return {
        Comment: `Takes campaigns, recommenders and filters of ${name} away`,
        QueryLanguage: "JSONata",
        TimeoutSeconds: LONGEST_RUN,
        StartAt: "Withdraw",
        States: {
            Withdraw: {
                Type: "Parallel",
                Branches: uses.map((use) => {
                    const { first, states } = withdrawal(use);
                    return { StartAt: first, States: states };
                }),
                Next: "ListFilters",
            },
            ListFilters: {
                // Those of expressions that were changed since, too. A group has no more than one answer holds.
                ...personalize("listFilters", { DatasetGroupArn: datasetGroupArn, MaxResults: 100 }),
                Next: "DeleteFilters",
            },
            DeleteFilters: {
                Type: "Map",
                // A list, even of one or none.
                Items: expression("[$states.input.Filters]"),
                ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...deletion() },
                Next: "Removed",
            },
            Removed: { Type: "Succeed" },
        },
    };
}

function deletion(): States {
    return {
        StartAt: "DeleteFilter",
        States: {
            DeleteFilter: {
                ...personalize("deleteFilter", { FilterArn: expression("$states.input.FilterArn") }),
                Catch: [{ ErrorEquals: [NOT_THERE], Next: "FilterDeleted" }],
                Next: "FilterDeleted",
            },
            FilterDeleted: { Type: "Pass", End: true },
        },
    };
}
