/** Tags by which a member finds its volume and its interface, and by which its role may take them. */
export const DATABASE_TAG = "meridian:document-database";
export const MEMBER_TAG = "meridian:member";

/** Namespace of the metrics that members send; their roles may write into no other. */
export const METRICS_NAMESPACE = "Meridian/DocumentDatabase";

/** The members, in the order of the zones: their numbers are kept for good. */
export const MEMBERS = [1, 2, 3] as const;

/** The domain of a replica set's hosts, in a private zone. `internal` is nobody's on the internet (ICANN, 2024). */
export function domainOf(identifier: string): string {
    return `${identifier}.internal`;
}

/** The host name of a member. It outlives the address, and is what the replica set's configuration holds. */
export function hostOf(identifier: string, member: number): string {
    return `member-${member}.${domainOf(identifier)}`;
}

/** The name of a parameter of a replica set. */
export function parameterName(identifier: string, last: string): string {
    return `/meridian/document-database/${identifier}/${last}`;
}

/** The tags of what belongs to one member, beside its other tags. */
export function memberTags(identifier: string, member: number): Record<string, string> {
    return { [DATABASE_TAG]: identifier, [MEMBER_TAG]: String(member) };
}
