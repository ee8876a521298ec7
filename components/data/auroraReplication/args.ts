import type * as pulumi from "@pulumi/pulumi";
import { type AuroraArgs, type AuroraSecondaryMember, type AuroraSource } from "../auroraMember/args";

/** A region that the database is replicated to. Which and how many is plain data, so that a preview is complete. */
export interface AuroraSecondary {
    /** The AWS region, such as `eu-central-1`. Each once, and not the founding region. */
    region: string;
    /**
     * Identifier of the member's cluster: 1 to 59 lower-case letters, digits and single hyphens, a letter first.
     * No two members may share one, even in different regions. The region's stack must have been told the same.
     */
    clusterIdentifier: string;
    /** Zones that the instances are spread over, one after the other: at least 2. Their order is kept for good. */
    availabilityZones: string[];
    /** How many instances the member has: 1 to 16. As `instanceCount` of the component when left out. */
    instanceCount?: number;
    /** The `member` output of that region's AuroraGlobal, in the role Secondary. */
    member: pulumi.Input<AuroraSecondaryMember>;
}

/** A region that uses another one's member, over a network that joins the two. */
export interface AuroraClientRegion {
    /** The AWS region, such as `eu-west-1`. Each once, and none that has a member. */
    region: string;
    /** The AWS region whose member its applications use: the founding region or one of `secondaries`. */
    memberRegion: string;
}

/** Arguments of AuroraReplication. */
export interface AuroraReplicationArgs extends AuroraArgs {
    /** The AWS region in which the database was founded, such as `us-east-1`. */
    region: string;
    /** The `source` output of the founding region's AuroraGlobal, in the role Primary. */
    source: pulumi.Input<AuroraSource>;
    /** The other regions, 1 to 10. Their order is kept: clusters are added one after the other. */
    secondaries: AuroraSecondary[];
    /**
     * Regions without a member of their own. The connection parameters are written there too, with the addresses of
     * the member that is named. None when left out.
     */
    clientRegions?: AuroraClientRegion[];
    /**
     * The region that writes now. Touches only what changes in place: the capacity's floor, the order of failover and
     * how the replication alarm reads silence. The founding region when left out.
     */
    writerRegion?: string;
    /**
     * How many instances each of the other regions' members has: 1 to 16, and at least 2 under deletion protection,
     * because one alone has nothing to fail over to. 2 when left out.
     */
    instanceCount?: number;
}
