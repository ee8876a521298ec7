import { flag, ifKnown, type Member, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { put } from "../../framework/relations";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_GLOBAL } from "./types";

/** What only the first cluster of a global database is given. */
export const CREDENTIALS = [
    "databaseName",
    "masterUsername",
    "masterPassword",
    "masterPasswordWo",
    "manageMasterUserPassword",
] as const;

/** What a first cluster gets its users' password from. */
const STARTS = [
    "masterPassword",
    "masterPasswordWo",
    // The password itself is in no state.
    "masterPasswordWoVersion",
    "manageMasterUserPassword",
    "snapshotIdentifier",
];

/** What else a cluster that replicates another region's is not given. */
export const ORIGINS = [
    "replicationSourceIdentifier",
    "snapshotIdentifier",
    "s3Import",
    "restoreToPointInTime",
] as const;

/** Whether the cluster joins a global database by its own arguments. */
export function joins(cluster: Member): boolean {
    return isInput(cluster, "globalClusterIdentifier");
}

/** The global database that the cluster joins, where the stack has it. */
export function globalOf(stack: StackView, cluster: Member): Member | undefined {
    const [related] = stack.referencesOf(cluster, "globalClusterIdentifier", RDS_GLOBAL);
    if (related !== undefined) {
        return related;
    }
    const name = ifKnown(() => text(cluster.props.globalClusterIdentifier));
    return name === undefined ? undefined : stack.once(globalsByName).get(name);
}

function globalsByName(stack: StackView): ReadonlyMap<string, Member> {
    const byName = new Map<string, Member>();
    for (const global of stack.ofType(RDS_GLOBAL)) {
        const name = ifKnown(() => text(global.props.globalClusterIdentifier));
        if (name !== undefined && !byName.has(name)) {
            byName.set(name, global);
        }
    }
    return byName;
}

/** The cluster that the global database was made from, where the stack has it. */
export function sourceOf(stack: StackView, global: Member): Member | undefined {
    return stack.referencesOf(global, "sourceDbClusterIdentifier", RDS_CLUSTER)[0];
}

/** The stack's clusters of the global database, the one that it begins with first. */
export function membersOf(stack: StackView, global: Member): readonly Member[] {
    const primary = primaryOf(stack, global);
    const others = joinedTo(stack, global).filter((cluster) => cluster !== primary);
    return primary === undefined ? others : [primary, ...others];
}

function joinedTo(stack: StackView, global: Member): readonly Member[] {
    return stack.once(clustersByGlobal).get(global) ?? [];
}

function clustersByGlobal(stack: StackView): ReadonlyMap<Member, readonly Member[]> {
    const byGlobal = new Map<Member, Member[]>();
    for (const cluster of stack.ofType(RDS_CLUSTER)) {
        const global = globalOf(stack, cluster);
        if (global !== undefined) {
            put(byGlobal, global, cluster);
        }
    }
    return byGlobal;
}

/** The member that the global database begins with, where the stack has it. */
export function primaryOf(stack: StackView, global: Member): Member | undefined {
    if (isInput(global, "sourceDbClusterIdentifier")) {
        return sourceOf(stack, global);
    }
    // The order of registration says nothing: a primary that waits for its password comes after its secondaries.
    const signs: readonly ((cluster: Member) => boolean)[] = [
        (cluster) => STARTS.some((property) => isSet(cluster, property)),
        (cluster) => isSet(cluster, "databaseName"),
        (cluster) => isWith(cluster, global),
    ];
    return signs.reduce(
        (candidates, isMet) => {
            const better = candidates.filter((cluster) => isMet(cluster));
            return better.length === 0 ? candidates : better;
        },
        joinedTo(stack, global).filter((cluster) => startsItself(cluster)),
    )[0];
}

/** Whether the cluster is in the region that the global database is made from. */
function isWith(cluster: Member, global: Member): boolean {
    const place = ifKnown(() => placeOf(global));
    return place !== undefined && ifKnown(() => placeOf(cluster)) === place;
}

function startsItself(cluster: Member): boolean {
    return [...CREDENTIALS, "snapshotIdentifier"].some((property) => isSet(cluster, property));
}

/** Whether the program gives the property, and not `false`. */
export function isSet(cluster: Member, property: string): boolean {
    return isInput(cluster, property) && ifKnown(() => flag(cluster.props[property])) !== false;
}

/** The clusters that replicate another region's: all but the first of a global database. */
export function secondariesOf(stack: StackView): readonly Member[] {
    return stack.ofType(RDS_CLUSTER).filter((cluster) => {
        if (!joins(cluster)) {
            return false;
        }
        const global = globalOf(stack, cluster);
        if (global !== undefined) {
            const primary = primaryOf(stack, global);
            return primary === undefined
                ? isInput(global, "sourceDbClusterIdentifier")
                : primary.urn !== cluster.urn;
        }
        // Of a global database elsewhere: one that starts by itself is its first cluster, for all that is known.
        return !startsItself(cluster);
    });
}

/** The clusters that are members of a global database, whichever side says so. */
export function globalMembers(stack: StackView): readonly Member[] {
    const sources = new Set(stack.ofType(RDS_GLOBAL).map((global) => sourceOf(stack, global)));
    return stack
        .ofType(RDS_CLUSTER)
        .filter((cluster) => joins(cluster) || sources.has(cluster) || expectsGlobal(cluster));
}

/** Whether the program expects the cluster to become a member of a global database that another stack makes. */
export function expectsGlobal(cluster: Member): boolean {
    return cluster.opts.ignoreChanges.includes("globalClusterIdentifier");
}

/** The instances of a cluster. */
export function instancesOf(stack: StackView, cluster: Member): readonly Member[] {
    return stack.referrersOf(cluster, RDS_CLUSTER_INSTANCE, "clusterIdentifier");
}

/** The cluster of an instance, where the stack has it. */
export function clusterOf(stack: StackView, instance: Member): Member | undefined {
    return stack.referencesOf(instance, "clusterIdentifier", RDS_CLUSTER)[0];
}

/** Whether the properties are of Aurora's engines. */
export function isAurora(engine: string | undefined): boolean {
    return engine?.startsWith("aurora") === true;
}
