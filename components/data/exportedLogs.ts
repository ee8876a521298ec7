import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../shared/tags";

/** What the log groups of a database are made from. */
export interface ExportedLogsArgs {
    region: string;
    /** The logs that the database exports, by the last part of their group's name. */
    logs: readonly string[];
    /** What the groups' names begin with, such as `/aws/rds/cluster/orders`. */
    prefix: string;
    logRetentionDays: number;
    kmsKeyArn: pulumi.Input<string>;
    tags: TagsInput;
}

/**
 * Makes the groups that a database exports its logs to, `<name>-<log>-logs`, for the database to wait for: AWS derives
 * their names from the database's, and makes them itself where they are missing, without key or retention, and then
 * Pulumi could not.
 */
export function exportedLogs(
    name: string,
    args: ExportedLogsArgs,
    parent: pulumi.Resource,
): aws.cloudwatch.LogGroup[] {
    return args.logs.map(
        (log) =>
            new aws.cloudwatch.LogGroup(
                `${name}-${log}-logs`,
                {
                    region: args.region,
                    name: `${args.prefix}/${log}`,
                    retentionInDays: args.logRetentionDays,
                    kmsKeyId: args.kmsKeyArn,
                    tags: args.tags,
                },
                { parent },
            ),
    );
}
