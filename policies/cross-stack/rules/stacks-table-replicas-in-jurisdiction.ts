import { acrossStacks } from "../../framework/acrossStacks";
import { rule as replicas } from "../../residency-and-cost/rules/table-replicas-in-jurisdiction";
import { sharedSettings } from "../../residency-and-cost/shared/residency";

export const rule = acrossStacks(replicas, {
    id: "stacks-table-replicas-in-jurisdiction",
    description:
        "Replicas of tables and databases with restricted data of another stack stay within its jurisdiction.",
    shared: sharedSettings,
});
