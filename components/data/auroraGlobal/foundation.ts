import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { LOG_EXPORTS, parameterFamily } from "../auroraMember/engine";
import { exportedLogs } from "../exportedLogs";
import { createMonitoringRole } from "../monitoringRole";
import { asParameters, POSTGRESQL_INSTANCE_PARAMETERS, POSTGRESQL_PARAMETERS } from "../postgreSql";
import { type TagsInput } from "../../shared/tags";

/** What the foundation of a member is made from. */
export interface FoundationArgs {
    region: string;
    accountId: pulumi.Input<string>;
    clusterIdentifier: string;
    globalClusterIdentifier: string;
    engineVersion: string;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** What a region needs before its member's cluster can be made. */
export interface Foundation {
    kmsKeyArn: pulumi.Output<string>;
    subnetGroupName: pulumi.Output<string>;
    clusterParameterGroupName: pulumi.Output<string>;
    instanceParameterGroupName: pulumi.Output<string>;
    monitoringRoleArn: pulumi.Output<string>;
    /** What the cluster must wait for without naming it. */
    before: pulumi.Resource[];
}

/** Makes the key, subnet group, parameter groups, monitoring role and log groups of a member. */
export function createFoundation(name: string, args: FoundationArgs, parent: pulumi.Resource): Foundation {
    const { region, tags } = args;
    const key = new EncryptionKey(
        `${name}-encryption`,
        {
            region,
            accountId: args.accountId,
            description: `Aurora database ${args.clusterIdentifier}: storage, Performance Insights, logs`,
            services: [KeyUser.CloudWatchLogs],
            deletionProtection: args.deletionProtection,
            tags,
        },
        { parent },
    );
    const subnetGroup = new aws.rds.SubnetGroup(
        `${name}-subnets`,
        {
            region,
            description: `Isolated subnets of ${args.clusterIdentifier}`,
            subnetIds: args.subnetIds,
            tags,
        },
        { parent },
    );
    const parameters = createParameterGroups(name, args, parent);
    const monitoring = createMonitoringRole(
        name,
        { region, tags, accountId: args.accountId, identifier: args.clusterIdentifier },
        parent,
    );
    const logGroups = exportedLogs(
        name,
        {
            ...{ region, tags, logRetentionDays: args.logRetentionDays, kmsKeyArn: key.keyArn },
            logs: LOG_EXPORTS,
            prefix: `/aws/rds/cluster/${args.clusterIdentifier}`,
        },
        parent,
    );

    return {
        kmsKeyArn: key.keyArn,
        subnetGroupName: subnetGroup.name,
        clusterParameterGroupName: parameters.cluster.name,
        instanceParameterGroupName: parameters.instance.name,
        monitoringRoleArn: monitoring,
        before: logGroups,
    };
}

function createParameterGroups(name: string, args: FoundationArgs, parent: pulumi.Resource) {
    const { region, tags, clusterIdentifier } = args;
    const family = parameterFamily(args.engineVersion);
    const cluster = new aws.rds.ClusterParameterGroup(
        `${name}-cluster-parameters`,
        {
            region,
            family,
            description: `Cluster parameters of ${clusterIdentifier}`,
            parameters: asParameters(POSTGRESQL_PARAMETERS),
            tags,
        },
        { parent },
    );
    const instance = new aws.rds.ParameterGroup(
        `${name}-instance-parameters`,
        {
            region,
            family,
            description: `Instance parameters of ${clusterIdentifier}`,
            parameters: asParameters(POSTGRESQL_INSTANCE_PARAMETERS),
            tags,
        },
        { parent },
    );
    return { cluster, instance };
}
