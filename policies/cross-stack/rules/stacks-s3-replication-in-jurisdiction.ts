import { acrossStacks } from "../../framework/acrossStacks";
import { rule as replication } from "../../residency-and-cost/rules/s3-replication-in-jurisdiction";
import { sharedSettings } from "../../residency-and-cost/shared/residency";

export const rule = acrossStacks(replication, {
    id: "stacks-s3-replication-in-jurisdiction",
    description: "S3 replicates to buckets of another stack in regions alone where the source's data may be.",
    shared: sharedSettings,
});
