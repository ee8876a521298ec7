import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createMemberAlarms } from "./alarms";
import {
    type AuroraGlobalArgs,
    type AuroraSecondary,
    type AuroraSecondaryMember,
    type AuroraSource,
} from "./args";
import { floorWarning } from "./capacity";
import { createCluster, createInstances, type Member } from "./cluster";
import { createParameters } from "./connection";
import { type Settings } from "./settings";

/** What ties the regions together. */
export interface ReplicatedDatabase {
    globalClusterArn: pulumi.Output<string>;
    globalEndpoint: pulumi.Output<string>;
    /** Region by cluster identifier. */
    members: pulumi.Output<Record<string, string>>;
}

/** Makes the global cluster from the founding cluster, and a cluster in each of the other regions. */
export function createReplication(
    name: string,
    args: AuroraGlobalArgs,
    settings: Settings,
    parent: pulumi.Resource,
): ReplicatedDatabase {
    const { region: foundingRegion, globalClusterIdentifier } = args;
    const source = pulumi.output(args.source) as pulumi.Output<AuroraSource>;
    const globalCluster = new aws.rds.GlobalCluster(
        `${name}-global`,
        {
            region: foundingRegion,
            globalClusterIdentifier,
            // The founding cluster tells the rest: engine, version, encryption, database. Said twice, AWS refuses.
            sourceDbClusterIdentifier: source.clusterArn,
            // AWS's provider demands it beside a source: deleting the global cluster releases the founding cluster,
            // which then stands alone again in its own stack.
            forceDestroy: true,
        },
        // Its own lock, because the global cluster takes no deletion protection beside a source.
        { parent, protect: settings.deletionProtection },
    );

    const joined: Member[] = [];
    for (const secondary of args.secondaries ?? []) {
        joined.push(
            join(name, args, settings, secondary, source, globalCluster, joined.at(-1)?.cluster, parent),
        );
    }
    new aws.lambda.Invocation(
        `${name}-write-forwarding`,
        {
            region: foundingRegion,
            functionName: source.preparationFunctionName,
            input: JSON.stringify({ action: "ForwardWrites" }),
            // A global cluster that was made anew has forgotten it.
            triggers: { globalCluster: globalCluster.globalClusterResourceId },
        },
        // Last, so that changing the founding cluster cannot meet a region that is just joining it.
        { parent, dependsOn: joined.flatMap(({ instances }) => instances) },
    );
    return {
        globalClusterArn: globalCluster.arn,
        globalEndpoint: globalCluster.endpoint,
        members: source.clusterArn.apply((arn) =>
            Object.fromEntries([
                [arn.split(":").at(-1) ?? arn, foundingRegion],
                ...(args.secondaries ?? []).map(
                    ({ clusterIdentifier, region }) => [clusterIdentifier, region] as const,
                ),
            ]),
        ),
    };
}

function join(
    name: string,
    args: AuroraGlobalArgs,
    settings: Settings,
    secondary: AuroraSecondary,
    source: pulumi.Output<AuroraSource>,
    globalCluster: aws.rds.GlobalCluster,
    before: aws.rds.Cluster | undefined,
    parent: pulumi.Resource,
): Member {
    const { region, clusterIdentifier } = secondary;
    const { tags, backup, deletionProtection, skipFinalSnapshot } = settings;
    const prefix = `${name}-${region}`;
    const isWriter = region === settings.writerRegion;
    const prepared = describedBy(secondary, isWriter, parent);

    const memberArgs = {
        ...{ region, clusterIdentifier, isWriter, deletionProtection, skipFinalSnapshot, backup, tags },
        globalClusterIdentifier: args.globalClusterIdentifier,
        standalone: false,
        availabilityZones: secondary.availabilityZones,
        instanceCount: secondary.instanceCount ?? settings.instanceCount,
        // What the founding cluster runs, patches included: a newcomer must be the same to the letter.
        engineVersion: source.engineVersion,
        subnetGroupName: prepared.subnetGroupName,
        securityGroupId: prepared.securityGroupId,
        clusterParameterGroupName: prepared.clusterParameterGroupName,
        instanceParameterGroupName: prepared.instanceParameterGroupName,
        kmsKeyArn: prepared.kmsKeyArn,
        monitoringRoleArn: prepared.monitoringRoleArn,
        port: prepared.port,
        capacity: prepared.capacity,
        backupRetentionDays: prepared.backupRetentionDays,
        backupWindow: prepared.backupWindow,
        maintenanceWindow: prepared.maintenanceWindow,
        performanceInsightsRetentionDays: prepared.performanceInsightsRetentionDays,
        monitoringIntervalSeconds: prepared.monitoringIntervalSeconds,
    };
    const cluster = createCluster(
        prefix,
        memberArgs,
        {
            globalClusterIdentifier: globalCluster.id,
            // Applications use their own region's readers, whoever writes, and the network between the regions is
            // Aurora's.
            enableGlobalWriteForwarding: true,
        },
        // One region after the other: a global database that one is joining does not take the next.
        { parent, dependsOn: before === undefined ? [] : [before] },
    );
    const instances = createInstances(prefix, memberArgs, cluster, parent);
    createParameters(
        prefix,
        { region, parameterPrefix: args.parameterPrefix, tags },
        {
            endpoint: cluster.endpoint,
            readerEndpoint: cluster.readerEndpoint,
            port: prepared.port,
            databaseName: args.databaseName,
            username: settings.applicationUsername,
            certificateBundlePath: settings.certificateBundlePath,
        },
        parent,
    );
    createMemberAlarms(
        prefix,
        {
            ...{ region, clusterIdentifier, isWriter, tags },
            replicated: true,
            capacity: prepared.capacity,
            topicArns: prepared.alarmTopicArns,
        },
        parent,
    );
    return { cluster, instances };
}

/** The member as its region's stack describes it, once it is certain that the two stacks mean the same one. */
function describedBy(
    secondary: AuroraSecondary,
    isWriter: boolean,
    parent: pulumi.Resource,
): pulumi.Output<AuroraSecondaryMember> {
    return pulumi.output(secondary.member).apply((member) => {
        for (const key of ["region", "clusterIdentifier"] as const) {
            if (member[key] !== secondary[key]) {
                throw new pulumi.RunError(
                    `the stack of ${secondary.region} prepared a member whose ${key} is ${member[key]}, and here it is ` +
                        `${secondary[key]}: give both stacks the same and update that one first`,
                );
            }
        }
        const warning = floorWarning(member.capacity, isWriter);
        if (warning !== undefined) {
            void pulumi.log.warn(`${secondary.region}: ${warning}`, parent);
        }
        return member;
    });
}
