import { acrossStacks } from "../../framework/acrossStacks";
import { rule as copies } from "../../residency-and-cost/rules/copies-in-jurisdiction";
import { sharedSettings } from "../../residency-and-cost/shared/residency";

export const rule = acrossStacks(copies, {
    id: "stacks-copies-in-jurisdiction",
    description:
        "Copies of backups, snapshots, images and file systems of another stack go where the data may be.",
    shared: sharedSettings,
});
