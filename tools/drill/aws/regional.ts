/** Auto Scaling, Backup, DynamoDB and SSM with the SDK. */
import {
    type AutoScalingClient,
    DescribeAutoScalingGroupsCommand,
    UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
    type BackupClient,
    DescribeRestoreJobCommand,
    GetRecoveryPointRestoreMetadataCommand,
    paginateListRecoveryPointsByBackupVault,
    StartRestoreJobCommand,
} from "@aws-sdk/client-backup";
import {
    DeleteTableCommand,
    DescribeTableCommand,
    type DynamoDBClient,
    ScanCommand,
    TagResourceCommand,
} from "@aws-sdk/client-dynamodb";
import { GetParameterCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { Caller } from "./call";
import {
    type BackupPort,
    type FleetPort,
    type ParameterPort,
    type RecoveryPoint,
    type TablePort,
} from "./ports";
import { toTagList } from "./tags";

/** EC2 Auto Scaling in a region. */
export function fleetPort(client: AutoScalingClient, region: string): FleetPort {
    const scaling = new Caller("Auto Scaling", region);
    return {
        async fleet(name) {
            const found = await scaling.call("DescribeAutoScalingGroups", (abortSignal) =>
                client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }), {
                    abortSignal,
                }),
            );
            const [group] = found.AutoScalingGroups ?? [];
            return group === undefined
                ? undefined
                : {
                      name,
                      min: group.MinSize ?? 0,
                      max: group.MaxSize ?? 0,
                      desired: group.DesiredCapacity ?? 0,
                      inService: (group.Instances ?? []).filter(
                          ({ HealthStatus, LifecycleState }) =>
                              LifecycleState === "InService" && HealthStatus === "Healthy",
                      ).length,
                  };
        },
        async resize(AutoScalingGroupName, { desired, min }) {
            await scaling.call("UpdateAutoScalingGroup", (abortSignal) =>
                client.send(
                    new UpdateAutoScalingGroupCommand({
                        AutoScalingGroupName,
                        MinSize: min,
                        ...(desired === undefined ? {} : { DesiredCapacity: desired }),
                    }),
                    { abortSignal },
                ),
            );
        },
    };
}

/** AWS Backup in a region. */
export function backupPort(client: BackupClient, region: string): BackupPort {
    const backup = new Caller("Backup", region);
    return {
        recoveryPoints: (BackupVaultName) =>
            backup.call("ListRecoveryPointsByBackupVault", async (abortSignal) => {
                const points: RecoveryPoint[] = [];
                const pages = paginateListRecoveryPointsByBackupVault(
                    { client },
                    { BackupVaultName },
                    {
                        abortSignal,
                    },
                );
                for await (const page of pages) {
                    for (const point of page.RecoveryPoints ?? []) {
                        points.push({
                            arn: point.RecoveryPointArn ?? "",
                            resourceArn: point.ResourceArn ?? "",
                            resourceType: point.ResourceType ?? "",
                            createdAt: point.CreationDate?.getTime() ?? 0,
                            status: point.Status ?? "",
                        });
                    }
                }
                return points.sort((a, b) => b.createdAt - a.createdAt);
            }),
        async restoreMetadata(BackupVaultName, RecoveryPointArn) {
            const found = await backup.call("GetRecoveryPointRestoreMetadata", (abortSignal) =>
                client.send(
                    new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName, RecoveryPointArn }),
                    {
                        abortSignal,
                    },
                ),
            );
            return found.RestoreMetadata ?? {};
        },
        async startRestore({ metadata, recoveryPointArn, resourceType, roleArn, token }) {
            const started = await backup.call("StartRestoreJob", (abortSignal) =>
                client.send(
                    new StartRestoreJobCommand({
                        RecoveryPointArn: recoveryPointArn,
                        ResourceType: resourceType,
                        Metadata: { ...metadata },
                        IamRoleArn: roleArn,
                        IdempotencyToken: token,
                    }),
                    { abortSignal },
                ),
            );
            return started.RestoreJobId ?? "";
        },
        async restoreJob(RestoreJobId) {
            const job = await backup.call("DescribeRestoreJob", (abortSignal) =>
                client.send(new DescribeRestoreJobCommand({ RestoreJobId }), { abortSignal }),
            );
            return {
                status: job.Status ?? "",
                ...(job.StatusMessage === undefined ? {} : { message: job.StatusMessage }),
                ...(job.CreatedResourceArn === undefined ? {} : { createdArn: job.CreatedResourceArn }),
            };
        },
    };
}

/** Amazon DynamoDB in a region. */
export function tablePort(client: DynamoDBClient, region: string): TablePort {
    const dynamodb = new Caller("DynamoDB", region);
    const missing = ["ResourceNotFoundException"];
    return {
        async table(TableName) {
            const found = await dynamodb.find("DescribeTable", missing, (abortSignal) =>
                client.send(new DescribeTableCommand({ TableName }), { abortSignal }),
            );
            const table = found?.Table;
            return table === undefined
                ? undefined
                : { arn: table.TableArn ?? "", status: table.TableStatus ?? "" };
        },
        async hasItems(TableName) {
            const found = await dynamodb.call("Scan", (abortSignal) =>
                client.send(new ScanCommand({ TableName, Limit: 1, Select: "COUNT" }), { abortSignal }),
            );
            return (found.Count ?? 0) > 0;
        },
        async deleteTable(TableName) {
            await dynamodb.find("DeleteTable", missing, (abortSignal) =>
                client.send(new DeleteTableCommand({ TableName }), { abortSignal }),
            );
        },
        async addTags(ResourceArn, tags) {
            await dynamodb.call("TagResource", (abortSignal) =>
                client.send(new TagResourceCommand({ ResourceArn, Tags: toTagList(tags) }), { abortSignal }),
            );
        },
    };
}

/** SSM parameters in a region. */
export function parameterPort(client: SSMClient, region: string): ParameterPort {
    const ssm = new Caller("SSM", region);
    const missing = ["ParameterNotFound", "ParameterVersionNotFound"];
    return {
        async create(Name, Value) {
            // Without Overwrite the call is atomic: of two that come at once, one is told that the name is taken.
            const made = await ssm.find("PutParameter", ["ParameterAlreadyExists"], (abortSignal) =>
                client.send(new PutParameterCommand({ Name, Value, Type: "String" }), { abortSignal }),
            );
            return made !== undefined;
        },
        async replace(Name, Value) {
            const made = await ssm.call("PutParameter", (abortSignal) =>
                client.send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true }), {
                    abortSignal,
                }),
            );
            return made.Version ?? 0;
        },
        async read(name, version) {
            const Name = version === undefined ? name : `${name}:${version}`;
            const found = await ssm.find("GetParameter", missing, (abortSignal) =>
                client.send(new GetParameterCommand({ Name }), { abortSignal }),
            );
            const { Value: value, Version: number } = found?.Parameter ?? {};
            return value === undefined || number === undefined ? undefined : { value, version: number };
        },
    };
}
