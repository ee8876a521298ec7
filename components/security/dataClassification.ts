import { mergeTags, type TagsInput } from "../shared/tags";

/** How sensitive what a resource holds is. The policies on data residency go by it. */
export enum DataClassification {
    /** For everybody to read. */
    Public = "public",
    /** For whoever works on the system. */
    Internal = "internal",
    /** For few: what customers entrusted, credentials, logs that name viewers. */
    Confidential = "confidential",
    /** About persons, and bound to a jurisdiction, which the tag `jurisdiction` names. */
    Personal = "pii",
}

/** The tag that carries a classification. */
export const CLASSIFICATION_TAG = "data-classification";

/** The tags with a classification beside them. One that was given already stays. */
export function classified(classification: DataClassification, tags?: TagsInput): TagsInput {
    return mergeTags({ [CLASSIFICATION_TAG]: classification }, tags);
}
