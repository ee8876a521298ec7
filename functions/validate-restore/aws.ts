/** How the checks reach AWS, but for S3. */
import {
    type BackupClient,
    DescribeRestoreJobCommand,
    PutRestoreValidationResultCommand,
} from "@aws-sdk/client-backup";
import {
    DescribeTableCommand,
    type DynamoDBClient,
    ResourceNotFoundException,
    ScanCommand,
    type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { DBClusterNotFoundFault, DescribeDBClustersCommand, type RDSClient } from "@aws-sdk/client-rds";

import { type DescribeCluster, type Tables } from "./checks";
import { type ValidationTools } from "./validation";

/** What AWS Backup knows, and is told, of a restore. */
export function verdictsOf(backup: Pick<BackupClient, "send">): Pick<ValidationTools, "record" | "recorded"> {
    return {
        recorded: async (restoreJobId) => {
            const { ValidationStatus: status, ValidationStatusMessage: message = "" } = await backup.send(
                new DescribeRestoreJobCommand({ RestoreJobId: restoreJobId }),
            );
            return status === "SUCCESSFUL" || status === "FAILED"
                ? { good: status === "SUCCESSFUL", message }
                : undefined;
        },
        record: async (restoreJobId, { good, message }) => {
            await backup.send(
                new PutRestoreValidationResultCommand({
                    RestoreJobId: restoreJobId,
                    ValidationStatus: good ? "SUCCESSFUL" : "FAILED",
                    ValidationStatusMessage: message,
                }),
            );
        },
    };
}

/** Describes clusters of this region. */
export function clustersOf(rds: Pick<RDSClient, "send">): DescribeCluster {
    return async (arn) => {
        const answer = await unless(DBClusterNotFoundFault, () =>
            rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: arn })),
        );
        const cluster = answer?.DBClusters?.[0];
        return cluster === undefined
            ? undefined
            : {
                  status: cluster.Status ?? "unknown",
                  engine: cluster.Engine ?? "unknown",
                  engineVersion: cluster.EngineVersion ?? "unknown",
                  masterUsername: cluster.MasterUsername ?? "unknown",
                  encrypted: cluster.StorageEncrypted ?? false,
              };
    };
}

/** Tells of tables of this region. */
export function tablesOf(dynamodb: Pick<DynamoDBClient, "send">): Tables {
    return {
        describe: async (arn) => {
            const answer = await unless(ResourceNotFoundException, () =>
                dynamodb.send(new DescribeTableCommand({ TableName: arn })),
            );
            const table = answer?.Table;
            return table === undefined
                ? undefined
                : {
                      status: table.TableStatus ?? "unknown",
                      key: keyOf(table),
                      itemCount: table.ItemCount ?? 0,
                  };
        },
        hasItem: async (arn) => {
            // The count alone: nobody's data leaves the table.
            const { Count: count = 0 } = await dynamodb.send(
                new ScanCommand({ TableName: arn, Select: "COUNT", Limit: 1 }),
            );
            return count > 0;
        },
    };
}

function keyOf({ AttributeDefinitions: attributes = [], KeySchema: key = [] }: TableDescription): string {
    const typeOf = (name: string | undefined): string =>
        attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? "";
    return key.map(({ AttributeName: name }) => `${name ?? ""} ${typeOf(name)}`).join(", ");
}

/** The answer, or undefined where the error says that there is no such thing. */
async function unless<T>(
    missing: abstract new (...args: never[]) => Error,
    ask: () => Promise<T>,
): Promise<T | undefined> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof missing) {
            return undefined;
        }
        throw error;
    }
}
