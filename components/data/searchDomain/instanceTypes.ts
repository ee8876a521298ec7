/**
 * The families of data nodes that keep their data on EBS, without those that AWS offers for old domains alone. Source:
 * cfn-lint 1.58.0's data for us-east-1 and eu-central-1. It knows no t4g, which the service's API names.
 */
const DATA_FAMILIES = [
    "c5",
    "c6g",
    "c7g",
    "c7i",
    "c8g",
    "m5",
    "m6g",
    "m7g",
    "m7i",
    "m8g",
    "om2",
    "or1",
    "or2",
    "r5",
    "r6g",
    "r7g",
    "r7i",
    "r8g",
];

/** Those whose data is in S3 besides, which masters have no use for. */
const STORAGE_FAMILIES = ["om2", "or1", "or2"];

/** Families whose processors run at full speed for a while only. */
const BURSTABLE_FAMILIES = ["t3"];

const TYPE = /^(?<family>[a-z0-9]+)\.(?<size>medium|small|\d*x?large)\.search$/;

function familyOf(type: string): string {
    return TYPE.exec(type)?.groups?.["family"] ?? "";
}

/** Whether nodes of the type run at full speed for a while only. */
export function isBurstable(type: string): boolean {
    return BURSTABLE_FAMILIES.includes(familyOf(type));
}

/** The families that data nodes may be of. */
export function dataFamilies(burstable: boolean): readonly string[] {
    return burstable ? [...DATA_FAMILIES, ...BURSTABLE_FAMILIES] : DATA_FAMILIES;
}

/** The families that dedicated masters may be of. */
export function masterFamilies(burstable: boolean): readonly string[] {
    return dataFamilies(burstable).filter((family) => !STORAGE_FAMILIES.includes(family));
}

/** Whether the text is a type of one of the families. */
export function isTypeOf(families: readonly string[], type: string): boolean {
    return families.includes(familyOf(type));
}
