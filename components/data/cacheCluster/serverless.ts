import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type ServerlessLimits } from "./args";
import { ENGINE, majorOf } from "./engine";

/** What a serverless cache is made from. */
export interface ServerlessArgs {
    region: string;
    description: string;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    securityGroupId: pulumi.Input<string>;
    userGroupId: pulumi.Input<string>;
    engineVersion: string;
    limits: ServerlessLimits | undefined;
    snapshotRetentionDays: number;
    snapshotTime: string;
    kmsKeyArn: pulumi.Input<string>;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** Makes a cache whose capacity follows the load. It speaks TLS and nothing else. */
export function createServerless(
    name: string,
    args: ServerlessArgs,
    parent: pulumi.Resource,
): aws.elasticache.ServerlessCache {
    const { limits } = args;
    return new aws.elasticache.ServerlessCache(
        `${name}-cache`,
        {
            region: args.region,
            description: args.description,
            engine: ENGINE,
            majorEngineVersion: majorOf(args.engineVersion),
            ...(limits === undefined
                ? {}
                : {
                      cacheUsageLimits: {
                          dataStorage: { maximum: limits.maxDataStorageGigabytes, unit: "GB" },
                          ecpuPerSeconds: [{ maximum: limits.maxProcessingUnitsPerSecond }],
                      },
                  }),
            subnetIds: args.subnetIds,
            securityGroupIds: [args.securityGroupId],
            userGroupId: args.userGroupId,
            kmsKeyId: args.kmsKeyArn,
            snapshotRetentionLimit: args.snapshotRetentionDays,
            dailySnapshotTime: args.snapshotTime,
            tags: args.tags,
        },
        // A replacement begins empty.
        { parent, protect: args.deletionProtection },
    );
}
