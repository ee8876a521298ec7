import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric } from "../../../operations";
import { DocumentGlobalRole } from "../args";
import { type EngineArgs } from "../parts";
import { type DocumentDbSettings } from "../settings";

const LAG_MILLISECONDS = 5000;
const USE_PERCENT = 90;

/** Makes the alarms of a cluster. The metrics are those of the DocumentDB Developer Guide, "Monitoring with CloudWatch". */
export function documentDbAlarms(
    name: string,
    { args, settings }: EngineArgs,
    own: DocumentDbSettings,
    parent: pulumi.Resource,
): void {
    const { region, identifier } = args;
    const common = {
        region,
        tags: settings.tags,
        topicArns: args.alarmTopicArns ?? [],
        comparison: "GreaterThanThreshold" as const,
        missingData: "notBreaching" as const,
    };
    const of = (metricName: string): AlarmMetric => ({
        namespace: "AWS/DocDB",
        metricName,
        dimensions: { DBClusterIdentifier: identifier },
        // The instance that is worst off counts.
        statistic: "Maximum",
    });
    if (own.serverlessCapacity === undefined) {
        alarm(
            `${name}-cpu`,
            {
                ...common,
                description: `An instance of ${identifier} has had over ${USE_PERCENT} % of its processors busy for a quarter of an hour. Find the operation in the profiler's log, or take a larger instanceClass.`,
                metric: of("CPUUtilization"),
                threshold: USE_PERCENT,
                evaluationPeriods: 15,
            },
            { parent },
        );
    } else {
        alarm(
            `${name}-capacity-ceiling`,
            {
                ...common,
                description: `An instance of ${identifier} has used over ${USE_PERCENT} % of its capacity for a quarter of an hour. Raise serverlessCapacity.maxCapacity, or find the operation in the profiler's log.`,
                metric: of("ServerlessDatabaseCapacity"),
                threshold: (own.serverlessCapacity.maxCapacity * USE_PERCENT) / 100,
                evaluationPeriods: 15,
            },
            { parent },
        );
    }
    alarm(
        `${name}-memory`,
        {
            ...common,
            description: `An instance of ${identifier} holds operations back for want of memory. Take larger instances, or indexes that fit.`,
            metric: of("LowMemThrottleQueueDepth"),
            threshold: 0,
            evaluationPeriods: 5,
        },
        { parent },
    );
    alarm(
        `${name}-replica-lag`,
        {
            ...common,
            description: `A reader of ${identifier} is more than ${LAG_MILLISECONDS / 1000} seconds behind the writer. Look at the writer's load and at long reads.`,
            metric: of("DBClusterReplicaLagMaximum"),
            threshold: LAG_MILLISECONDS,
            evaluationPeriods: 5,
        },
        { parent },
    );
    if (own.globalCluster?.role === DocumentGlobalRole.Secondary) {
        alarm(
            `${name}-global-lag`,
            {
                ...common,
                description: `${identifier} is more than ${LAG_MILLISECONDS / 1000} seconds behind the region that writes: a failover now would lose what was written in that time.`,
                metric: of("GlobalClusterReplicationLag"),
                threshold: LAG_MILLISECONDS,
                evaluationPeriods: 5,
            },
            { parent },
        );
    }
}
