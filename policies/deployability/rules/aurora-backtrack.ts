import { number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER } from "../shared/types";

export const rule = resourceRule({
    id: "aurora-backtrack",
    severity: "high",
    description: "Only Aurora MySQL clusters outside of global databases can be backtracked.",
    fix: "Leave backtrackWindow out, and restore to a point in time instead.",
    frameworks: { controls: ["F1.2.17"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        const window = number(props.backtrackWindow) ?? 0;
        if (window === 0) {
            return;
        }
        const engine = text(props.engine) ?? "";
        if (engine !== "aurora-mysql") {
            report(`has backtrackWindow ${window}, and its engine is "${engine}".`);
        } else if (isGiven(props, "globalClusterIdentifier")) {
            report(`has backtrackWindow ${window} in a global database.`);
        }
    },
});
