import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { mergeTags, type TagsInput } from "../../shared/tags";
import { lastSnapshotOfRds } from "../lastSnapshot";
import { DatabaseInsights, type RelationalDatabaseArgs, RelationalTopology } from "./args";
import { ENGINES } from "./engines";
import { type RelationalFoundation } from "./foundation";
import { includedIops, type RelationalSettings, STRIPED_FROM } from "./settings";

/** What a database gives out, whichever its topology. */
export interface MadeDatabase {
    arn: pulumi.Output<string>;
    endpoint: pulumi.Output<string>;
    /** Where the readers answer; undefined where there are none. */
    readerEndpoint: pulumi.Output<string> | undefined;
    resourceId: pulumi.Output<string>;
    masterUserSecretArn: pulumi.Output<string>;
}

/** Makes the instance with its standby, or the cluster. */
export function createDatabase(
    name: string,
    args: RelationalDatabaseArgs,
    settings: RelationalSettings,
    foundation: RelationalFoundation,
    securityGroupId: pulumi.Input<string>,
    parent: pulumi.Resource,
): MadeDatabase {
    const opts = {
        parent,
        dependsOn: foundation.before,
        // A second lock beside AWS's own: that one is met half-way through a replacement, this one before it.
        protect: settings.deletionProtection,
    };
    const common = commonArgs(name, args, settings, foundation, securityGroupId, parent);
    return args.topology === RelationalTopology.ThreeZoneCluster
        ? createCluster(name, args, settings, foundation, common, opts)
        : createInstance(name, args, settings, foundation, common, opts);
}

type Common = ReturnType<typeof commonArgs>;

/** What instances and clusters call by the same names. */
function commonArgs(
    name: string,
    args: RelationalDatabaseArgs,
    settings: RelationalSettings,
    foundation: RelationalFoundation,
    securityGroupId: pulumi.Input<string>,
    parent: pulumi.Resource,
) {
    return {
        region: args.region,
        engine: ENGINES[args.engine].engine,
        // The major version alone: AWS keeps the minor one current, and no update may take it back.
        engineVersion: settings.engineVersion,
        autoMinorVersionUpgrade: true,
        engineLifecycleSupport: settings.extendedSupport
            ? "open-source-rds-extended-support"
            : "open-source-rds-extended-support-disabled",
        port: settings.port,
        dbSubnetGroupName: foundation.subnetGroupName,
        vpcSecurityGroupIds: [securityGroupId],
        storageEncrypted: true,
        kmsKeyId: args.kmsKeyArn,
        storageType: "gp3",
        allocatedStorage: settings.allocatedStorage,
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: args.kmsKeyArn,
        iamDatabaseAuthenticationEnabled: true,
        enabledCloudwatchLogsExports: [...ENGINES[args.engine].logs[args.topology]],
        backupRetentionPeriod: settings.backupRetentionDays,
        copyTagsToSnapshot: true,
        monitoringInterval: settings.monitoringIntervalSeconds,
        monitoringRoleArn: foundation.monitoringRoleArn,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: args.kmsKeyArn,
        performanceInsightsRetentionPeriod: settings.performanceInsightsRetentionDays,
        databaseInsightsMode:
            settings.databaseInsights === DatabaseInsights.Advanced ? "advanced" : "standard",
        // What restarts the database waits for its window.
        applyImmediately: false,
        deletionProtection: settings.deletionProtection,
        ...lastSnapshotOfRds(name, args.identifier, settings.skipFinalSnapshot, parent),
        tags: tagsOf(args, settings),
    };
}

function tagsOf({ backup }: RelationalDatabaseArgs, { tags }: RelationalSettings): TagsInput {
    return mergeTags(
        classified(DataClassification.Confidential, tags),
        backup === undefined ? {} : { backup },
    );
}

function createInstance(
    name: string,
    args: RelationalDatabaseArgs,
    settings: RelationalSettings,
    foundation: RelationalFoundation,
    common: Common,
    opts: pulumi.CustomResourceOptions,
): MadeDatabase {
    const { allocatedStorage, storageIops } = settings;
    const instance = new aws.rds.Instance(
        `${name}-instance`,
        {
            ...common,
            identifier: args.identifier,
            instanceClass: settings.instanceClass,
            // The standby's zone is AWS's choice, as the instance's own is after a failover.
            multiAz: true,
            publiclyAccessible: false,
            dbName: args.databaseName,
            username: settings.masterUsername,
            maxAllocatedStorage: settings.maxAllocatedStorage,
            // RDS refuses to be told what gp3 has by itself.
            ...(allocatedStorage >= STRIPED_FROM && storageIops !== includedIops(allocatedStorage)
                ? { iops: storageIops }
                : {}),
            parameterGroupName: foundation.parameterGroupName,
            ...(foundation.optionGroupName === undefined
                ? {}
                : { optionGroupName: foundation.optionGroupName }),
            backupWindow: settings.backupWindow,
            maintenanceWindow: settings.maintenanceWindow,
        },
        { ...opts, ignoreChanges: windowOf(args, "backupWindow") },
    );
    return {
        arn: instance.arn,
        endpoint: instance.address,
        readerEndpoint: undefined,
        resourceId: instance.resourceId,
        masterUserSecretArn: secretArnOf(instance.masterUserSecrets),
    };
}

function createCluster(
    name: string,
    args: RelationalDatabaseArgs,
    settings: RelationalSettings,
    foundation: RelationalFoundation,
    common: Common,
    opts: pulumi.CustomResourceOptions,
): MadeDatabase {
    const cluster = new aws.rds.Cluster(
        `${name}-cluster`,
        {
            ...common,
            clusterIdentifier: args.identifier,
            dbClusterInstanceClass: settings.instanceClass,
            databaseName: args.databaseName,
            masterUsername: settings.masterUsername,
            // Of clusters RDS asks for it, also where it is what gp3 has by itself.
            iops: settings.storageIops,
            dbClusterParameterGroupName: foundation.parameterGroupName,
            preferredBackupWindow: settings.backupWindow,
            preferredMaintenanceWindow: settings.maintenanceWindow,
        },
        { ...opts, ignoreChanges: windowOf(args, "preferredBackupWindow") },
    );
    return {
        arn: cluster.arn,
        endpoint: cluster.endpoint,
        readerEndpoint: cluster.readerEndpoint,
        resourceId: cluster.clusterResourceId,
        masterUserSecretArn: secretArnOf(cluster.masterUserSecrets),
    };
}

/** AWS Backup sets the window of a database that its continuous rule holds, and RDS then refuses any other. */
function windowOf({ backup }: RelationalDatabaseArgs, property: string): string[] {
    return backup === undefined ? [] : [property];
}

function secretArnOf(secrets: pulumi.Output<{ secretArn: string }[]>): pulumi.Output<string> {
    return secrets.apply(([secret]) => secret?.secretArn ?? "");
}
