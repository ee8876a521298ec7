import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { LOG_EXPORTS, parameterFamily } from "../auroraMember/engine";
import { createMonitoringRole } from "../monitoringRole";
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
    const logGroups = createLogGroups(name, args, key.keyArn, parent);

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
            parameters: [
                // No client gets in without TLS, whatever its own settings say.
                { name: "rds.force_ssl", value: "1" },
                // Changes of the schema are rare and worth a line each; statements with data are not logged.
                { name: "log_statement", value: "ddl" },
                { name: "log_min_duration_statement", value: SLOW_STATEMENT_MILLISECONDS },
            ],
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
            parameters: [
                // A wait for a lock longer than deadlock_timeout is how a shop's checkout comes to a stand.
                { name: "log_lock_waits", value: "1" },
                // Sorts that spill to the instance's disk, in KB: the first sign of too little work_mem.
                { name: "log_temp_files", value: "65536" },
            ],
            tags,
        },
        { parent },
    );
    return { cluster, instance };
}

// A second is far beyond what a page of the shop may take.
const SLOW_STATEMENT_MILLISECONDS = "1000";

function createLogGroups(
    name: string,
    args: FoundationArgs,
    kmsKeyArn: pulumi.Output<string>,
    parent: pulumi.Resource,
): pulumi.Resource[] {
    // RDS derives these names from the cluster's. It makes the groups itself where they are missing, without key
    // or retention, and then Pulumi could not.
    return LOG_EXPORTS.map(
        (log) =>
            new aws.cloudwatch.LogGroup(
                `${name}-${log}-logs`,
                {
                    region: args.region,
                    name: `/aws/rds/cluster/${args.clusterIdentifier}/${log}`,
                    retentionInDays: args.logRetentionDays,
                    kmsKeyId: kmsKeyArn,
                    tags: args.tags,
                },
                { parent },
            ),
    );
}
