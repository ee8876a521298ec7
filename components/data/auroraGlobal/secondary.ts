import * as pulumi from "@pulumi/pulumi";

import { after } from "../../shared/after";
import { type AuroraSecondaryMember } from "../auroraMember/args";
import { type AuroraGlobalArgs } from "./args";
import { connectArn } from "../auroraMember/connection";
import { createFoundation, type Foundation } from "./foundation";
import { type Settings } from "./settings";

/** What a region's stack prepares for its member. */
export interface PreparedMember {
    foundation: Foundation;
    /** Names any cluster of the region, because the member's is made later. */
    connectResourceArn: pulumi.Output<string>;
    member: pulumi.Output<AuroraSecondaryMember>;
}

/** Makes what must be in a region before its member can join, and describes the member. */
export function createSecondary(
    name: string,
    args: AuroraGlobalArgs,
    settings: Settings,
    parent: pulumi.Resource,
): PreparedMember {
    const { clusterIdentifier } = args;
    const foundation = createFoundation(
        name,
        {
            region: args.region,
            accountId: args.accountId,
            clusterIdentifier,
            globalClusterIdentifier: args.globalClusterIdentifier,
            engineVersion: settings.engineVersion,
            subnetIds: args.subnetIds,
            logRetentionDays: settings.logRetentionDays,
            deletionProtection: settings.deletionProtection,
            tags: settings.tags,
        },
        parent,
    );
    const description = pulumi.output({
        region: args.region,
        clusterIdentifier,
        subnetGroupName: foundation.subnetGroupName,
        securityGroupId: args.securityGroupId,
        clusterParameterGroupName: foundation.clusterParameterGroupName,
        instanceParameterGroupName: foundation.instanceParameterGroupName,
        kmsKeyArn: foundation.kmsKeyArn,
        monitoringRoleArn: foundation.monitoringRoleArn,
        port: settings.port,
        capacity: settings.capacity,
        backupRetentionDays: settings.backupRetentionDays,
        backupWindow: settings.backupWindow,
        maintenanceWindow: settings.maintenanceWindow,
        performanceInsightsRetentionDays: settings.performanceInsightsRetentionDays,
        monitoringIntervalSeconds: settings.monitoringIntervalSeconds,
        alarmTopicArns: args.alarmTopicArns ?? [],
    });
    // The cluster must find its log groups, which it does not name.
    const member = after(foundation.before, description);
    const connectResourceArn = connectArn(args.region, args.accountId, settings.applicationUsername);
    return { foundation, connectResourceArn, member };
}
