import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER } from "../shared/types";

const MODES = ["", "provisioned"];

export const rule = resourceRule({
    id: "aurora-engine-mode",
    severity: "high",
    description:
        "Clusters are provisioned, as Serverless v2 and global databases are, and have no Serverless v1 scaling.",
    fix: "Leave engineMode and scalingConfiguration out, and use serverlessv2ScalingConfiguration.",
    frameworks: { controls: ["C5", "F1.2.10"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        const mode = text(props.engineMode) ?? "";
        if (!MODES.includes(mode)) {
            report(`has engineMode "${mode}", of which AWS creates no new clusters.`);
        } else if (isGiven(props, "scalingConfiguration")) {
            report("has scalingConfiguration, which is Serverless v1's.");
        }
    },
});
