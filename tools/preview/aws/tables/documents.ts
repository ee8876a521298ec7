/** What looks after volumes. Source of the format: Data Lifecycle Manager's API Reference, "CreateLifecyclePolicy". */
import { type ModelTable, withId } from "../model";

export const DOCUMENTS_TABLE: ModelTable = {
    "dlm.LifecyclePolicy": withId("policy-0{hex:16}", "policy/{id}"),
};
