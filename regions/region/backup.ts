import type * as pulumi from "@pulumi/pulumi";
import { type AlarmTopic, type LogArchive, RegionalBackup } from "../../components/operations";
import { type EncryptionKey } from "../../components/security/encryptionKey";
import { type Vpc3Tier } from "../../components/network";
import { type RegionalConfig } from "../configTypes";
import { physicalNames } from "../names";

/** What backups need of the rest of a region's stack. */
export interface BackupSurroundings {
    readonly alarms: AlarmTopic;
    readonly key: EncryptionKey;
    readonly logs: LogArchive;
    readonly network: Vpc3Tier;
    /** Where databases are restored to. */
    readonly subnetGroupName: pulumi.Output<string>;
}

/** Makes what backs up everything of the region that is tagged for it. */
export function createBackup(
    config: RegionalConfig,
    { alarms, key, logs, network, subnetGroupName }: BackupSurroundings,
    opts: pulumi.ComponentResourceOptions,
): RegionalBackup {
    const { backup, entry, peer } = config;
    const sources = backup.disasterRecoverySources;
    return new RegionalBackup(
        "shop-backup",
        {
            region: entry.region,
            accountId: config.accountId,
            namePrefix: config.names.prefix,
            ...(peer === undefined ? {} : { peerRegion: peer.region }),
            jurisdiction: entry.jurisdiction,
            alarmTopicArn: alarms.topicArn,
            kmsKeyArn: key.keyArn,
            lock: backup.lock,
            retention: backup.retention,
            startHour: backup.startHour,
            restoreTesting: backup.restoreTesting,
            // Whoever keeps copies here, so that a new region changes nothing of this one's.
            copyVaultArns: peer === undefined ? [] : [vaultPattern(config)],
            restoreNetwork: { subnetGroupName, securityGroupId: network.dataSecurityGroupId },
            snapshotExport: backup.snapshotExport,
            accessLogBucket: logs.bucketName,
            // AWS keeps these settings once per account and region, like the rest of the baseline.
            regionSettings: config.accountBaseline,
            ...(sources === undefined
                ? {}
                : {
                      elasticDisasterRecovery: {
                          vpcId: network.vpcId,
                          stagingSubnetId: network.edgeSubnetIds.apply(([first = ""]) => first),
                          sourceCidrBlocks: [...sources],
                      },
                  }),
            logRetentionDays: config.logRetentionDays,
            deletionProtection: config.deletionProtection,
        },
        opts,
    );
}

/** The vaults of all of the environment's stacks in this region: the copies of others' backups, and its own. */
function vaultPattern({ accountId, entry, environment, project }: RegionalConfig): string {
    const { prefix } = physicalNames(project, environment, "*");
    return `arn:aws:backup:${entry.region}:${accountId}:backup-vault:${prefix}`;
}
