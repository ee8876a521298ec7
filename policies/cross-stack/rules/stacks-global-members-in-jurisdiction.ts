import { acrossStacks } from "../../framework/acrossStacks";
import { rule as globalMembers } from "../../residency-and-cost/rules/global-members-in-jurisdiction";
import { sharedSettings } from "../../residency-and-cost/shared/residency";

export const rule = acrossStacks(globalMembers, {
    id: "stacks-global-members-in-jurisdiction",
    description:
        "Global databases, caches and replicated streams with restricted data have members within its jurisdiction alone, whichever stacks make them.",
    shared: sharedSettings,
});
