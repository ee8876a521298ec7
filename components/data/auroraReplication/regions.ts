import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createMemberAlarms } from "../auroraMember/alarms";
import { type AuroraSecondaryMember, type AuroraSource } from "../auroraMember/args";
import { floorWarning } from "../auroraMember/capacity";
import { createCluster, createInstances, type Member } from "../auroraMember/cluster";
import { type AuroraReplicationArgs, type AuroraSecondary } from "./args";
import { type AddressInputs, writeParameters } from "./parameters";
import { type ReplicationSettings } from "./settings";

/** What the regions join. */
export interface Founded {
    /** The founding region's member. */
    source: pulumi.Output<AuroraSource>;
    globalCluster: aws.rds.GlobalCluster;
}

/** A region that has joined. */
export interface JoinedRegion extends Member {
    region: string;
    /** Where its member answers. */
    address: AddressInputs;
}

/** Makes a cluster in each of the other regions, one after the other, with its parameters and alarms. */
export function joinRegions(
    name: string,
    args: AuroraReplicationArgs,
    settings: ReplicationSettings,
    founded: Founded,
    parent: pulumi.Resource,
): JoinedRegion[] {
    const joined: JoinedRegion[] = [];
    for (const secondary of args.secondaries) {
        joined.push(join(name, args, settings, secondary, founded, joined.at(-1)?.cluster, parent));
    }
    return joined;
}

function join(
    name: string,
    args: AuroraReplicationArgs,
    settings: ReplicationSettings,
    secondary: AuroraSecondary,
    { source, globalCluster }: Founded,
    before: aws.rds.Cluster | undefined,
    parent: pulumi.Resource,
): JoinedRegion {
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
    const { endpoint, readerEndpoint } = cluster;
    const address: AddressInputs = { endpoint, readerEndpoint, port: prepared.port };
    writeParameters(name, region, args, settings, address, parent);
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
    return { region, cluster, instances, address };
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
