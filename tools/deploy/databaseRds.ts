/** Amazon RDS with the SDK. `AWS_ENDPOINT_URL` is the SDK's own affair. */
import {
    DescribeDBClusterAutomatedBackupsCommand,
    DescribeDBClusterSnapshotsCommand,
    DescribeGlobalClustersCommand,
    type GlobalCluster,
    RDSClient,
    SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type DatabasePort, type GlobalDatabase } from "./database";
import { messageOf } from "./errors";

/** Attempts of a call, the first included. */
const ATTEMPTS = 4;
const CALL_TIMEOUT_MILLISECONDS = 30_000;

/** Amazon RDS, as the role that Pulumi acts as, or as whoever runs this. */
export function rdsDatabase(deployRoleArn?: string): DatabasePort {
    const clients = new Map<string, RDSClient>();
    const client = (region: string): RDSClient => {
        const known = clients.get(region) ?? newClient(region, deployRoleArn);
        clients.set(region, known);
        return known;
    };
    return {
        async find(identifier, regions) {
            const failures: string[] = [];
            for (const region of regions) {
                try {
                    return await findIn(client(region), identifier);
                } catch (error) {
                    failures.push(`${region}: ${messageOf(error)}`);
                }
            }
            throw new Error(`RDS does not say where ${identifier} is written: ${failures.join("; ")}`);
        },
        async switchover(identifier, region, targetArn) {
            await client(region).send(
                new SwitchoverGlobalClusterCommand({
                    GlobalClusterIdentifier: identifier,
                    TargetDbClusterIdentifier: targetArn,
                }),
                limit(),
            );
        },
        async backupsOf(region, clusterIdentifier) {
            const snapshots = await client(region).send(
                new DescribeDBClusterSnapshotsCommand({
                    DBClusterIdentifier: clusterIdentifier,
                    SnapshotType: "manual",
                }),
                limit(),
            );
            const backups = await client(region).send(
                new DescribeDBClusterAutomatedBackupsCommand({ DBClusterIdentifier: clusterIdentifier }),
                limit(),
            );
            return [
                ...(snapshots.DBClusterSnapshots ?? []).map(
                    ({ DBClusterSnapshotIdentifier }) => `snapshot ${DBClusterSnapshotIdentifier ?? "?"}`,
                ),
                ...(backups.DBClusterAutomatedBackups ?? []).map(
                    ({ DbClusterResourceId }) =>
                        `automated backups of ${clusterIdentifier} (${DbClusterResourceId ?? "?"})`,
                ),
            ];
        },
    };
}

function limit(): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS) };
}

function newClient(region: string, roleArn: string | undefined): RDSClient {
    return new RDSClient({
        region,
        maxAttempts: ATTEMPTS,
        ...(roleArn === undefined ? {} : { credentials: () => assume(region, roleArn) }),
    });
}

async function assume(
    region: string,
    RoleArn: string,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date }> {
    const { Credentials: granted } = await new STSClient({ region, maxAttempts: ATTEMPTS }).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: "meridian-deploy" }),
        limit(),
    );
    if (granted?.AccessKeyId === undefined || granted.SecretAccessKey === undefined) {
        throw new Error(`STS gave no credentials for ${RoleArn}`);
    }
    return {
        accessKeyId: granted.AccessKeyId,
        secretAccessKey: granted.SecretAccessKey,
        ...(granted.SessionToken === undefined ? {} : { sessionToken: granted.SessionToken }),
        ...(granted.Expiration === undefined ? {} : { expiration: granted.Expiration }),
    };
}

async function findIn(client: RDSClient, identifier: string): Promise<GlobalDatabase | undefined> {
    try {
        const { GlobalClusters } = await client.send(
            new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: identifier }),
            limit(),
        );
        const [cluster] = GlobalClusters ?? [];
        return cluster === undefined ? undefined : described(cluster);
    } catch (error) {
        if (error instanceof Error && error.name.startsWith("GlobalClusterNotFound")) {
            return undefined;
        }
        throw error;
    }
}

function described(cluster: GlobalCluster): GlobalDatabase {
    return {
        status: cluster.Status ?? "",
        // arn:aws:rds::<account>:global-cluster:<name>
        accountId: cluster.GlobalClusterArn?.split(":")[4] ?? "",
        members: (cluster.GlobalClusterMembers ?? []).map(({ DBClusterArn = "", IsWriter = false }) => {
            const [, , , region = "", , , clusterIdentifier = ""] = DBClusterArn.split(":");
            return { arn: DBClusterArn, region, clusterIdentifier, isWriter: IsWriter };
        }),
    };
}
