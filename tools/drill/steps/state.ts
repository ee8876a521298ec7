/** Looks at the database that every step begins with. */
import { type Aws, type Cluster, type GlobalDatabase, type GlobalMember } from "../aws/ports";
import { DrillError, isPassing, messageOf } from "../errors";
import { clusterArn, type RegionTopology, type Topology } from "../topology/types";

/** What a look needs. */
export interface Looker {
    readonly aws: Aws;
    readonly topology: Topology;
}

/** The global database as a region's API shows it. */
export async function globalIn({ aws, topology }: Looker, region: RegionTopology): Promise<GlobalDatabase> {
    const identifier = topology.globalClusterIdentifier;
    const found = await aws.in(region.region).database.globalDatabase(identifier);
    if (found === undefined) {
        throw new DrillError(
            `there is no global database ${identifier} in this account`,
            "Is this the right account and environment? `npm run drill -- status` shows what is there.",
        );
    }
    return found;
}

/**
 * The global database as the first region that answers shows it. Every region knows it, so one that is lost does not
 * matter.
 */
export async function globalAnywhere(
    looker: Looker,
    regions: readonly RegionTopology[],
): Promise<GlobalDatabase> {
    const silent: string[] = [];
    for (const region of regions) {
        try {
            return await globalIn(looker, region);
        } catch (error) {
            if (!isPassing(error)) {
                throw error;
            }
            silent.push(messageOf(error));
        }
    }
    throw new DrillError(
        `no region could be asked who writes:${silent.map((text) => `\n  - ${text}`).join("")}`,
        "Check your own network and credentials first: all regions at once are rarely lost.",
    );
}

/** The region that writes now; undefined when the writer is none of the topology's. */
export function writerOf(topology: Topology, database: GlobalDatabase): RegionTopology | undefined {
    const writer = database.members.find(({ isWriter }) => isWriter);
    return topology.regions.find((region) => clusterArn(topology, region) === writer?.clusterArn);
}

/** A region's place in the global database; undefined where it has none. */
export function memberOf(
    topology: Topology,
    database: GlobalDatabase,
    region: RegionTopology,
): GlobalMember | undefined {
    const arn = clusterArn(topology, region);
    return database.members.find((member) => member.clusterArn === arn);
}

/** Whether a member lacks what was written, as far as AWS says it. */
export function isApart({ synchronization }: GlobalMember): boolean {
    return synchronization !== undefined && synchronization !== "connected";
}

/** A region's cluster, which must be there. */
export async function clusterOf({ aws }: Looker, region: RegionTopology): Promise<Cluster> {
    const found = await aws.in(region.region).database.cluster(region.clusterIdentifier);
    if (found === undefined) {
        throw new DrillError(`there is no cluster ${region.clusterIdentifier} in ${region.region}`);
    }
    return found;
}

/** The states of a cluster's instances, and how many of them are available. */
export async function instancesOf(
    { aws }: Looker,
    region: RegionTopology,
): Promise<{ readonly available: number; readonly total: number; readonly text: string }> {
    const instances = await aws.in(region.region).database.instances(region.clusterIdentifier);
    const available = instances.filter(({ status }) => status === "available").length;
    return {
        available,
        total: instances.length,
        text: instances.map(({ identifier, status }) => `${identifier} ${status}`).join(", "),
    };
}

/** A global database in a line, for messages. */
export function showGlobal(topology: Topology, database: GlobalDatabase): string {
    const writer = writerOf(topology, database)?.key ?? "nobody known";
    const links = database.members.filter(isApart).map(({ clusterArn: arn, synchronization = "" }) => {
        const key = topology.regions.find((region) => clusterArn(topology, region) === arn)?.key ?? arn;
        return `, ${key} is ${synchronization}`;
    });
    return `status ${database.status}, ${writer} writes${links.join("")}`;
}

/** Whether every member of a global database is connected. */
export function isWhole(database: GlobalDatabase): boolean {
    return !database.members.some(isApart);
}
