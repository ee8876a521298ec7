import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { mergeTags, type TagsInput } from "../../shared/tags";
import { CachePurpose } from "./args";
import { CACHE_PORT, ENGINE, majorOf } from "./engine";

/** What a cache of nodes is made from. */
export interface NodesArgs {
    region: string;
    description: string;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    securityGroupId: pulumi.Input<string>;
    userGroupId: pulumi.Input<string>;
    purpose: CachePurpose;
    engineVersion: string;
    nodeType: string;
    replicaCount: number;
    snapshotRetentionDays: number;
    snapshotWindow: string;
    maintenanceWindow: string;
    kmsKeyArn: pulumi.Input<string>;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** What goes when memory is full. */
const EVICTION: Readonly<Record<CachePurpose, string>> = {
    [CachePurpose.SessionStore]: "volatile-ttl",
    [CachePurpose.Cache]: "allkeys-lru",
};

/** Makes a primary with its replicas, all under one endpoint each for writing and reading. */
export function createNodes(
    name: string,
    args: NodesArgs,
    parent: pulumi.Resource,
): aws.elasticache.ReplicationGroup {
    const { region, tags } = args;
    const parameters = new aws.elasticache.ParameterGroup(
        // The family is part of the name: a group cannot change it, and the cache needs the old one until it has the new.
        `${name}-parameters-${majorOf(args.engineVersion)}`,
        {
            region,
            description: args.description,
            family: `${ENGINE}${majorOf(args.engineVersion)}`,
            parameters: [{ name: "maxmemory-policy", value: EVICTION[args.purpose] }],
            tags,
        },
        { parent },
    );
    const subnets = new aws.elasticache.SubnetGroup(
        `${name}-subnets`,
        { region, description: args.description, subnetIds: args.subnetIds, tags },
        { parent },
    );
    const logs = new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        { region, retentionInDays: args.logRetentionDays, kmsKeyId: args.kmsKeyArn, tags },
        { parent },
    );
    const hasReplicas = args.replicaCount > 0;
    return new aws.elasticache.ReplicationGroup(
        `${name}-cache`,
        {
            region,
            description: args.description,
            engine: ENGINE,
            engineVersion: args.engineVersion,
            autoMinorVersionUpgrade: true,
            nodeType: args.nodeType,
            numCacheClusters: args.replicaCount + 1,
            automaticFailoverEnabled: hasReplicas,
            multiAzEnabled: hasReplicas,
            port: CACHE_PORT,
            parameterGroupName: parameters.name,
            subnetGroupName: subnets.name,
            securityGroupIds: [args.securityGroupId],
            userGroupIds: [args.userGroupId],
            atRestEncryptionEnabled: true,
            kmsKeyId: args.kmsKeyArn,
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            snapshotRetentionLimit: args.snapshotRetentionDays,
            snapshotWindow: args.snapshotWindow,
            maintenanceWindow: args.maintenanceWindow,
            // What fails over or restarts nodes waits for its window.
            applyImmediately: false,
            logDeliveryConfigurations: ["engine-log", "slow-log"].map((logType) => ({
                logType,
                logFormat: "json",
                destinationType: "cloudwatch-logs",
                destination: logs.name,
            })),
            // Tags of a replication group reach its nodes and not the group itself.
            tags: mergeTags({ Name: name }, tags),
        },
        // A replacement begins empty.
        { parent, protect: args.deletionProtection },
    );
}
