import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type AuroraCapacity, AuroraGlobal, AuroraRole, remoteMemberAccess } from "../../components/data";
import { type Vpc3Tier } from "../../components/network";
import { BackupClass, RECOVERY_TIER_TAG, RecoveryTier } from "../../components/operations";
import { databaseRegions } from "../catalogue";
import { type RegionalConfig } from "../configTypes";
import { type Surroundings } from "./surroundings";

// Not 5432, which is what whoever scans a network tries first (Security Hub RDS.23).
export const DATABASE_PORT = 5433;

/** The database, as the rest of a region's stack uses it. */
export interface RegionDatabase {
    /** Left out where the region uses another one's. */
    readonly member?: AuroraGlobal;
    /** What to allow `rds-db:connect` on. */
    readonly connectResourceArn: pulumi.Output<string>;
    /** The connection parameters, in this region in any case. */
    readonly parameterArns: pulumi.Output<string[]>;
    /** Where databases are restored to. */
    readonly subnetGroupName: pulumi.Output<string>;
}

/** Makes the region's member of the database, or what it takes to use another region's. */
export function createDatabase(
    config: RegionalConfig,
    surroundings: Surroundings,
    network: Vpc3Tier,
    provider: aws.Provider,
): RegionDatabase {
    if (config.databaseRegion.key !== config.entry.key) {
        return useRemoteMember(config, network, provider);
    }
    const member = createMember(config, surroundings, network, { providers: [provider] });
    const { connectResourceArn, parameterArns, subnetGroupName } = member;
    return { member, connectResourceArn, parameterArns, subnetGroupName };
}

function useRemoteMember(
    { accountId, databaseRegion, entry, names, tags }: RegionalConfig,
    network: Vpc3Tier,
    provider: aws.Provider,
): RegionDatabase {
    // Copies of other regions' backups are restored here, whether or not a member is here.
    const subnets = new aws.rds.SubnetGroup(
        "shop-restore-subnets",
        {
            region: entry.region,
            description: "Where copies of a database are restored",
            subnetIds: network.dataSubnetIds,
            tags: { ...tags, Name: "shop-restore-subnets" },
        },
        { provider },
    );
    return {
        ...remoteMemberAccess({
            region: entry.region,
            memberRegion: databaseRegion.region,
            accountId,
            parameterPrefix: names.parameterPrefix,
        }),
        subnetGroupName: subnets.name,
    };
}

/** Makes the region's member of the database: the founding one, or what another one's cluster needs. */
function createMember(
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
                      replicaRegions: databaseRegions(config.catalogue)
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
