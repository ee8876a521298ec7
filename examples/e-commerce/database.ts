import * as pulumi from "@pulumi/pulumi";

import { type AuroraCapacity, AuroraGlobal, AuroraReplication, AuroraRole } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { permissionsOf } from "../../components/security/permissions";
import { type Needs } from "../shared/needs";
import { DATABASE_PORT, type ShopNetwork } from "./network";
import { type ShopSettings } from "./settings";

/** What is bought and what is paid: one database, in the other region a member that follows. */
export interface ShopDatabase {
    /** What those need who use it: to sign in by IAM, to whichever member. */
    readonly needs: Needs;
    /** ARN of the connection string's parameter, which tasks get as a variable when they start. */
    readonly connectionParameterArn: pulumi.Output<string>;
    /** Writes the parameters: no task starts without them. */
    readonly ready: pulumi.Resource;
    /** What the other region's stack follows, in the primary region. */
    readonly source?: AuroraGlobal["source"];
}

/**
 * Makes the region's member of the database. The primary region's is the founding one; the other region's stack makes what its
 * own needs, and then joins it, because it alone knows both.
 */
export function createDatabase(
    settings: ShopSettings,
    network: ShopNetwork,
    { alarmTopicArn }: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): ShopDatabase {
    const { region, accountId, peerRegion, availabilityZones, deletionProtection } = settings;
    const zones = availabilityZones.slice(0, 2);
    const clusterIdentifier = `${settings.namePrefix}-db`;
    const shared = {
        globalClusterIdentifier: `${pulumi.getProject()}-${settings.environment}`,
        parameterPrefix: `/${pulumi.getProject()}/${settings.environment}/database`,
        databaseName: "shop",
        deletionProtection,
        tags: { "data-classification": "confidential" },
    };
    const member = new AuroraGlobal(
        "commerce-db",
        {
            ...shared,
            region,
            accountId,
            role: settings.isPrimary ? AuroraRole.Primary : AuroraRole.Secondary,
            clusterIdentifier,
            subnetIds: network.tiers.dataSubnetIds,
            securityGroupId: network.databaseGroup.id,
            port: DATABASE_PORT,
            capacity: capacityOf(settings),
            logRetentionDays: settings.logRetentionDays,
            alarmTopicArns: [alarmTopicArn],
            ...(settings.isPrimary
                ? {
                      availabilityZones: zones,
                      ...(peerRegion === undefined ? { standalone: true } : { replicaRegions: [peerRegion] }),
                  }
                : {}),
        },
        opts,
    );
    const replication =
        primary === undefined || member.member === undefined
            ? undefined
            : new AuroraReplication(
                  "commerce-db",
                  {
                      ...shared,
                      region: settings.primaryRegion,
                      source: primary.requireOutput("database"),
                      secondaries: [
                          { region, clusterIdentifier, availabilityZones: zones, member: member.member },
                      ],
                  },
                  opts,
              );
    return {
        needs: {
            permissions: [
                permissionsOf([
                    {
                        sid: "SignInToDatabases",
                        actions: ["rds-db:connect"],
                        resources: [member.connectResourceArn],
                    },
                ]),
            ],
            environment: {},
        },
        connectionParameterArn: member.parameterNames.apply(
            (names) => `arn:aws:ssm:${region}:${accountId}:parameter${names["connection-string"] ?? ""}`,
        ),
        ready: replication ?? member,
        ...(peerRegion !== undefined && member.source !== undefined ? { source: member.source } : {}),
    };
}

/**
 * AWS asks for 8 units at least on the writer of a global database; whoever follows can do with less until it takes over, and a
 * database alone, too.
 */
function capacityOf({ peerRegion }: ShopSettings): AuroraCapacity {
    return peerRegion === undefined
        ? { minCapacity: 2, maxCapacity: 32 }
        : { minCapacity: 8, standbyMinCapacity: 2, maxCapacity: 32 };
}
