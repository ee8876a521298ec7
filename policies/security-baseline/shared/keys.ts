import { isUnknown, type Member, text } from "../../framework";

const KEY_TYPES: readonly string[] = [
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
    "aws:kms/alias:Alias",
];

/** Whose key something is encrypted with: none of KMS's is named, one that AWS manages, or one of the customer's. */
export type KeyOwner = "nobody" | "aws" | "customer";

/**
 * Whose key a property of a stack's resource names.
 *
 * At preview the key of a stack that is yet to be made is unknown; then it counts whether the property depends on a
 * KMS key. Unknown without anything that it could come from, the property was left out, and AWS fills it in.
 *
 * @param property The property of the resource; it or something in it names the key.
 * @param read Reads the key within the property. Left out: the property itself.
 * @throws The error about an unknown value that depends on something else.
 */
export function keyOwner(
    member: Member,
    property: string,
    read: () => unknown = () => member.props[property],
): KeyOwner {
    if (isUnknown(read)) {
        const sources = member.propertyDependencies[property] ?? [];
        if (sources.some(({ type }) => KEY_TYPES.includes(type))) {
            return "customer";
        }
        if (sources.length === 0) {
            return "nobody";
        }
    }
    const key = text(read());
    if (key === undefined || key === "") {
        return "nobody";
    }
    return isKeyOfAws(key) ? "aws" : "customer";
}

/**
 * Judges whether a property names a key of the customer's; see {@link keyOwner}.
 *
 * @param path What to call the property in the message.
 */
export function judgeCustomerKey(
    member: Member,
    property: string,
    report: (reason: string) => void,
    read?: () => unknown,
    path = property,
): void {
    const owner = keyOwner(member, property, read);
    if (owner !== "customer") {
        report(
            `is not encrypted with a key of the customer's: ${path} is ${owner === "aws" ? "a key of AWS's" : "not given"}.`,
        );
    }
}

/** Whether the key is named by an alias that AWS keeps for its services. */
export function isKeyOfAws(key: string): boolean {
    return /^(?:arn:[^:]*:kms:[^:]*:[^:]*:)?alias\/aws\//.test(key);
}
