import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { DOCDB_CLUSTER } from "../shared/types";

export const rule = resourceRule({
    id: "docdb-global-serverless",
    severity: "high",
    description: "Clusters of DocumentDB are serverless or in a global cluster, and not both.",
    fix: "Leave serverlessV2ScalingConfiguration out and give the instances a class, or leave globalClusterIdentifier out.",
    frameworks: { controls: ["F41.2"] },
    types: [DOCDB_CLUSTER],
    check: ({ props }, report) => {
        if (isGiven(props, "serverlessV2ScalingConfiguration") && isGiven(props, "globalClusterIdentifier")) {
            report("is in a global cluster and has serverlessV2ScalingConfiguration.");
        }
    },
});
