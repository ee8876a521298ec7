import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmComparison } from "../../operations";
import { type TagsInput } from "../../shared/tags";
import { type RelationalDatabaseArgs, RelationalTopology } from "./args";
import { ENGINES } from "./engines";
import { memoryOf } from "./instanceClasses";
import { type RelationalSettings } from "./settings";

/** Whom a database's alarms tell. */
export interface RelationalAlarmArgs {
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

interface Watch {
    readonly metricName: string;
    readonly statistic: "Average" | "Maximum" | "Minimum";
    readonly comparison: AlarmComparison;
    readonly threshold: number;
    readonly evaluationPeriods: number;
    readonly description: string;
}

const GIBIBYTE = 2 ** 30;
const LAG_SECONDS = 30;
const CONNECTION_PART = 0.8;
const MEMORY_PART = 0.05;

/** How much of the storage is to be free: storage that grows by itself grows at a tenth. */
const FREE_PART: Readonly<Record<RelationalTopology, number>> = {
    [RelationalTopology.InstanceWithStandby]: 0.08,
    [RelationalTopology.ThreeZoneCluster]: 0.25,
};

function watches(args: RelationalDatabaseArgs, settings: RelationalSettings): Record<string, Watch> {
    const { identifier, topology, engine } = args;
    const { bytesPerConnection, connectionsMax } = ENGINES[engine];
    const memory = memoryOf(settings.instanceClass);
    const connections = Math.min(connectionsMax, Math.floor(memory / bytesPerConnection));
    const isCluster = topology === RelationalTopology.ThreeZoneCluster;
    return {
        processor: {
            metricName: "CPUUtilization",
            statistic: isCluster ? "Maximum" : "Average",
            comparison: "GreaterThanThreshold",
            threshold: 90,
            evaluationPeriods: 15,
            description: `${identifier} has had its processors busy for a quarter of an hour. Look at the statements in Performance Insights, or take a larger instanceClass.`,
        },
        storage: {
            metricName: "FreeStorageSpace",
            statistic: "Minimum",
            comparison: "LessThanThreshold",
            threshold: Math.floor(settings.allocatedStorage * GIBIBYTE * FREE_PART[topology]),
            evaluationPeriods: 15,
            description: isCluster
                ? `${identifier} is running out of storage, and a cluster's does not grow by itself. Raise allocatedStorage.`
                : `${identifier} is running out of storage, which should have grown. It has met maxAllocatedStorage, or grown less than six hours ago.`,
        },
        connections: {
            metricName: "DatabaseConnections",
            statistic: "Maximum",
            comparison: "GreaterThanThreshold",
            threshold: Math.floor(connections * CONNECTION_PART),
            evaluationPeriods: 5,
            description: `${identifier} has nearly as many connections as it takes. Look for clients that leak them, or take a larger instanceClass, on which the number depends.`,
        },
        memory: {
            metricName: "FreeableMemory",
            statistic: "Minimum",
            comparison: "LessThanThreshold",
            threshold: Math.floor(memory * MEMORY_PART),
            evaluationPeriods: 15,
            description: `${identifier} is nearly out of memory. Look for clients with many connections or large sorts, or take a larger instanceClass.`,
        },
        // A standby takes part in every commit: it cannot lag, and has no metric for it.
        ...(isCluster
            ? {
                  "replica-lag": {
                      metricName: "ReplicaLag",
                      statistic: "Maximum" as const,
                      comparison: "GreaterThanThreshold" as const,
                      threshold: LAG_SECONDS,
                      evaluationPeriods: 5,
                      description: `A reader of ${identifier} lags behind: it shows old data, and a failover takes until it has caught up. Look for long transactions and at the writer's load.`,
                  },
              }
            : {}),
    };
}

/** Makes the alarms of a database. */
export function createAlarms(
    name: string,
    args: RelationalDatabaseArgs,
    settings: RelationalSettings,
    { topicArns, tags }: RelationalAlarmArgs,
    parent: pulumi.Resource,
): void {
    const { region, identifier } = args;
    const dimension =
        args.topology === RelationalTopology.ThreeZoneCluster
            ? "DBClusterIdentifier"
            : "DBInstanceIdentifier";
    for (const [what, { metricName, statistic, ...when }] of Object.entries(watches(args, settings))) {
        alarm(
            `${name}-${what}`,
            {
                ...{ region, topicArns, tags },
                ...when,
                metric: {
                    namespace: "AWS/RDS",
                    metricName,
                    dimensions: { [dimension]: identifier },
                    statistic,
                },
                // A database that says nothing for a while is failing over; what is wrong with it shows afterwards.
                missingData: "missing",
            },
            { parent },
        );
    }
}
