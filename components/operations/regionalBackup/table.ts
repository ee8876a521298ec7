import {
    accountId,
    arnOf,
    bucketName,
    flag,
    id,
    input,
    keyArn,
    list,
    number,
    object,
    oneOf,
    region,
    required,
    tags,
    text,
    topicArn,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import {
    type BackupLock,
    BackupLockMode,
    BackupResourceType,
    type BackupRetention,
    type ElasticDisasterRecovery,
    type RegionalBackupArgs,
    type RestoreNetwork,
    type SnapshotExport,
} from "./args";

const TYPES = list(oneOf(BackupResourceType), "a list of kinds of resources");

/** The rules of RegionalBackup's arguments. */
export const BACKUP_ARGUMENTS: ArgumentTable<RegionalBackupArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    namePrefix: required(text("2 to 41 lower-case letters, digits and single hyphens, a letter first")),
    peerRegion: text("another AWS region"),
    jurisdiction: required(text("2 to 31 letters and hyphens, such as EU or US-CA")),
    alarmTopicArn: required(input(topicArn())),
    kmsKeyArn: required(input(keyArn())),
    lock: object<BackupLock>({
        mode: oneOf(BackupLockMode),
        minRetentionDays: number(),
        maxRetentionDays: number(),
        changeableForDays: number(),
    }),
    retention: object<BackupRetention>({
        pointInTimeDays: number(),
        dailyDays: number(),
        weeklyDays: number(),
        monthlyDays: number(),
        personalDataDays: number(),
    }),
    startHour: number(),
    standardTypes: TYPES,
    personalDataTypes: TYPES,
    recoveryPointAdministrators: list(arnOf("iam", "roles"), "a list of patterns of roles' ARNs"),
    restoreTesting: flag(),
    restoreNetwork: object<RestoreNetwork>({
        subnetGroupName: required(input(text("the name of a subnet group"))),
        securityGroupId: required(input(id("sg-", "a security group"))),
    }),
    snapshotExport: object<SnapshotExport>({ intervalDays: number(), retentionDays: number() }),
    accessLogBucket: input(bucketName()),
    regionSettings: flag(),
    elasticDisasterRecovery: object<ElasticDisasterRecovery>({
        vpcId: required(input(id("vpc-", "a VPC"))),
        stagingSubnetId: required(input(id("subnet-", "a subnet"))),
        sourceCidrBlocks: required(list(text("an IPv4 block, such as 203.0.113.0/24"), "1 to 50 blocks")),
        retentionDays: number(),
        instanceType: text("an EC2 instance type, such as t3.small"),
    }),
    logRetentionDays: number(),
    deletionProtection: flag(),
    tags: tags(),
};
