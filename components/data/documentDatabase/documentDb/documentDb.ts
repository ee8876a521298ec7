import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../../network";
import { classified, DataClassification } from "../../../security/dataClassification";
import { after } from "../../../shared/after";
import { mergeTags } from "../../../shared/tags";
import { lastSnapshot } from "../../lastSnapshot";
import { DocumentDbStorage, DocumentGlobalRole } from "../args";
import { type EngineArgs, type EngineParts } from "../parts";
import { type DocumentDbSettings, PORT } from "../settings";
import { documentDbAlarms } from "./alarms";
import { type Credentials, credentials } from "./credentials";
import { type DocumentDbFoundation, documentDbFoundation, releaseOf } from "./foundation";

const ENGINE = "docdb";

/** Makes a cluster of DocumentDB with its instances, alone or as a member of a global cluster. */
export function createDocumentDb(
    name: string,
    engine: EngineArgs,
    own: DocumentDbSettings,
    parent: pulumi.Resource,
): EngineParts {
    const { args, settings } = engine;
    const group = ownSecurityGroup(
        name,
        {
            region: args.region,
            vpcId: args.vpcId,
            description: `DocumentDB cluster ${args.identifier}`,
            tags: settings.tags,
        },
        parent,
    );
    const foundation = documentDbFoundation(name, engine, own, parent);
    const signIn = credentials(name, engine, own, parent);
    const globalCluster = createGlobalCluster(name, engine, own, parent);
    const cluster = createCluster(
        name,
        engine,
        own,
        { foundation, signIn, securityGroupId: group.id, globalClusterIdentifier: globalCluster },
        parent,
    );
    const instances = createInstances(name, engine, own, cluster, parent);
    documentDbAlarms(name, engine, own, parent);
    return {
        securityGroupId: group.id,
        endpoint: cluster.endpoint,
        readerEndpoint: cluster.readerEndpoint,
        // The one name: DocumentDB tells clients the instances behind it.
        hosts: cluster.endpoint.apply((host) => [host]),
        // DocumentDB Developer Guide, "Functional differences": it has no retryable writes.
        retryWrites: false,
        clusterArn: cluster.arn,
        ...signIn.secretOf(cluster),
        // A region can only join where there is a writer. Whoever gets this name gets it when there is one.
        ...(globalCluster === undefined ? {} : { globalClusterIdentifier: after(instances, globalCluster) }),
    };
}

/** The name of the global cluster, which the founding region makes; undefined where there is none. */
function createGlobalCluster(
    name: string,
    { args, settings }: EngineArgs,
    { globalCluster }: DocumentDbSettings,
    parent: pulumi.Resource,
): pulumi.Output<string> | undefined {
    if (globalCluster?.role !== DocumentGlobalRole.Primary) {
        return globalCluster === undefined ? undefined : pulumi.output(globalCluster.identifier);
    }
    return new aws.docdb.GlobalCluster(
        `${name}-global`,
        {
            region: args.region,
            globalClusterIdentifier: globalCluster.identifier,
            engine: ENGINE,
            engineVersion: releaseOf(settings.engineVersion),
            // Must be as its members are.
            storageEncrypted: true,
            deletionProtection: settings.deletionProtection,
        },
        { parent, protect: settings.deletionProtection },
    ).id;
}

/** What a cluster is put together from. */
interface ClusterParts {
    foundation: DocumentDbFoundation;
    signIn: Credentials;
    securityGroupId: pulumi.Output<string>;
    globalClusterIdentifier: pulumi.Output<string> | undefined;
}

function createCluster(
    name: string,
    engine: EngineArgs,
    own: DocumentDbSettings,
    { foundation, signIn, securityGroupId, globalClusterIdentifier }: ClusterParts,
    parent: pulumi.Resource,
): aws.docdb.Cluster {
    const { args, settings } = engine;
    return new aws.docdb.Cluster(
        `${name}-cluster`,
        {
            region: args.region,
            clusterIdentifier: args.identifier,
            engine: ENGINE,
            engineVersion: releaseOf(settings.engineVersion),
            // A new major version is asked for by whoever writes it into the program, and by nobody else.
            allowMajorVersionUpgrade: true,
            dbSubnetGroupName: foundation.subnetGroupName,
            dbClusterParameterGroupName: foundation.parameterGroupName,
            vpcSecurityGroupIds: [securityGroupId],
            port: PORT,
            storageEncrypted: true,
            kmsKeyId: engine.kmsKeyArn,
            // AWS does not tell "standard" again, and an update would set it each time.
            ...(own.storage === DocumentDbStorage.IoOptimized ? { storageType: "iopt1" } : {}),
            ...(own.serverlessCapacity === undefined
                ? {}
                : { serverlessV2ScalingConfiguration: own.serverlessCapacity }),
            ...(globalClusterIdentifier === undefined ? {} : { globalClusterIdentifier }),
            ...signIn.cluster,
            enabledCloudwatchLogsExports: foundation.logExports,
            backupRetentionPeriod: settings.backupRetentionDays,
            preferredBackupWindow: own.backupWindow,
            preferredMaintenanceWindow: own.maintenanceWindow,
            // What restarts the database waits for its window.
            applyImmediately: false,
            deletionProtection: settings.deletionProtection,
            ...lastSnapshot(name, args.identifier, own.skipFinalSnapshot, parent),
            tags: mergeTags(
                classified(DataClassification.Confidential, settings.tags),
                own.backup === undefined ? {} : { backup: own.backup },
            ),
        },
        {
            parent,
            // A second lock beside AWS's own: that one is met half-way through a replacement, this one before it.
            protect: settings.deletionProtection,
            dependsOn: foundation.before,
            ignoreChanges: signIn.ignoreChanges,
        },
    );
}

/** Makes the instances, each in the next of the zones. */
function createInstances(
    name: string,
    { args, settings }: EngineArgs,
    own: DocumentDbSettings,
    cluster: aws.docdb.Cluster,
    parent: pulumi.Resource,
): aws.docdb.ClusterInstance[] {
    return Array.from({ length: own.instanceCount }, (_, index) => {
        const zone = args.availabilityZones[index % args.availabilityZones.length] ?? "";
        return new aws.docdb.ClusterInstance(
            `${name}-instance-${index + 1}`,
            {
                region: args.region,
                // With the zone's letter: an instance that has to be made in another zone is made beside the old one,
                // and so must be called something else.
                identifier: `${args.identifier}-${index + 1}${zone.slice(-1)}`,
                clusterIdentifier: cluster.id,
                engine: ENGINE,
                instanceClass: own.instanceClass,
                availabilityZone: zone,
                // The first two take over from each other; the rest only when both are gone.
                promotionTier: Math.min(index, 2),
                copyTagsToSnapshot: true,
                preferredMaintenanceWindow: own.maintenanceWindow,
                applyImmediately: false,
                tags: settings.tags,
            },
            { parent },
        );
    });
}
