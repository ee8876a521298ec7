import type * as pulumi from "@pulumi/pulumi";
import { type AuroraCapacity, AuroraGlobal, AuroraRole } from "../../components/data";
import { type Vpc3Tier } from "../../components/network";
import { BackupClass, RECOVERY_TIER_TAG, RecoveryTier } from "../../components/operations";
import { type RegionalConfig } from "../configTypes";
import { type Surroundings } from "./surroundings";

// Not 5432, which is what whoever scans a network tries first (Security Hub RDS.23).
export const DATABASE_PORT = 5433;

/** Makes the region's member of the database: the founding one, or what another one's cluster needs. */
export function createDatabase(
    config: RegionalConfig,
    { alarms }: Surroundings,
    network: Vpc3Tier,
    opts: pulumi.ComponentResourceOptions,
): AuroraGlobal {
    const { entry, names } = config;
    return new AuroraGlobal(
        "shop-db",
        {
            region: entry.region,
            accountId: config.accountId,
            role: config.isFounding ? AuroraRole.Primary : AuroraRole.Secondary,
            globalClusterIdentifier: names.globalClusterIdentifier,
            parameterPrefix: names.parameterPrefix,
            clusterIdentifier: config.clusterIdentifier,
            databaseName: config.database.name,
            engineVersion: config.database.engineVersion,
            subnetIds: network.dataSubnetIds,
            securityGroupId: network.dataSecurityGroupId,
            port: DATABASE_PORT,
            capacity: capacityOf(config),
            backupRetentionDays: config.database.backupRetentionDays,
            logRetentionDays: config.logRetentionDays,
            alarmTopicArns: alarms.topicArn.apply((arn) => [arn]),
            backup: BackupClass.Standard,
            deletionProtection: config.deletionProtection,
            ...(config.peer === undefined ? { standalone: true } : {}),
            // The other region's member takes over; without one it comes back from a backup.
            tags: {
                [RECOVERY_TIER_TAG]: config.peer === undefined ? RecoveryTier.Second : RecoveryTier.First,
            },
            ...(config.isFounding
                ? {
                      availabilityZones: [...config.network.availabilityZones],
                      instanceCount: config.database.instanceCount,
                      isWriter: config.isPrimary,
                      replicaRegions: config.catalogue
                          .filter((other) => other.key !== entry.key)
                          .map((other) => other.region),
                  }
                : {}),
        },
        opts,
    );
}

function capacityOf({ database }: RegionalConfig): AuroraCapacity {
    return {
        minCapacity: database.minCapacity,
        standbyMinCapacity: database.standbyMinCapacity,
        maxCapacity: database.maxCapacity,
    };
}
