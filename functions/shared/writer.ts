import {
    DescribeDBClustersCommand,
    DescribeGlobalClustersCommand,
    GlobalClusterNotFoundFault,
    type DBCluster,
    type RDSClient,
} from "@aws-sdk/client-rds";

/** What is needed of a client: the SDK's own, or a stand-in for it. */
export type Rds = Pick<RDSClient, "send">;

/** A client for a region. */
export type RdsIn = (region: string) => Rds;

/** The database that a function looks after. */
export interface Database {
    /** ARN of the cluster that founded it. */
    clusterArn: string;
    /** Name of the global database, which may not exist yet, or no longer. */
    globalClusterIdentifier: string;
}

/** A cluster, as RDS describes it now. */
export interface Cluster {
    arn: string;
    region: string;
    identifier: string;
    status: string;
    endpoint: string;
    port: number;
    /** Whether the Data API is on. */
    dataApi: boolean;
    /** Whether a new master password is on its way. */
    passwordPending: boolean;
}

/** The region that an ARN names. */
export function regionOf(arn: string): string {
    const region = arn.split(":")[3];
    if (region === undefined || region === "") {
        throw new Error(`${arn} names no region`);
    }
    return region;
}

/**
 * The ARN of the cluster that takes writes now: the global database's writer, or the founding cluster while there is
 * no global database.
 */
export async function writerArn(database: Database, rdsIn: RdsIn): Promise<string> {
    const rds = rdsIn(regionOf(database.clusterArn));
    let answer;
    try {
        answer = await rds.send(
            new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: database.globalClusterIdentifier }),
        );
    } catch (error) {
        if (error instanceof GlobalClusterNotFoundFault) {
            return database.clusterArn;
        }
        throw error;
    }
    const members = answer.GlobalClusters?.[0]?.GlobalClusterMembers ?? [];
    const writer = members.find((member) => member.IsWriter === true)?.DBClusterArn;
    if (writer === undefined) {
        throw new Error(
            `the global database ${database.globalClusterIdentifier} has no writer now; it may be switching over`,
        );
    }
    return writer;
}

/** Describes a cluster by its ARN, asking in its own region. */
export async function describeCluster(arn: string, rdsIn: RdsIn): Promise<Cluster> {
    const region = regionOf(arn);
    const answer = await rdsIn(region).send(new DescribeDBClustersCommand({ DBClusterIdentifier: arn }));
    const cluster = answer.DBClusters?.[0];
    if (cluster === undefined) {
        throw new Error(`RDS in ${region} does not know ${arn}`);
    }
    return summary(arn, region, cluster);
}

function summary(arn: string, region: string, cluster: DBCluster): Cluster {
    if (
        cluster.DBClusterIdentifier === undefined ||
        cluster.Endpoint === undefined ||
        cluster.Port === undefined
    ) {
        throw new Error(`RDS in ${region} has no endpoint for ${arn} yet`);
    }
    return {
        arn,
        region,
        identifier: cluster.DBClusterIdentifier,
        status: cluster.Status ?? "unknown",
        endpoint: cluster.Endpoint,
        port: cluster.Port,
        dataApi: cluster.HttpEndpointEnabled ?? false,
        passwordPending: cluster.PendingModifiedValues?.MasterUserPassword !== undefined,
    };
}

/** Describes the cluster that takes writes now. */
export async function describeWriter(database: Database, rdsIn: RdsIn): Promise<Cluster> {
    return describeCluster(await writerArn(database, rdsIn), rdsIn);
}
