import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { type DaxClusterArgs } from "./args";

const CPU_PERCENT = 80;
const MEMORY_PERCENT = 90;
const FAULTS = 5;

/** Makes the alarms of a cluster. */
export function createDaxAlarms(
    parent: pulumi.Resource,
    name: string,
    args: DaxClusterArgs,
    cluster: aws.dax.Cluster,
    topicArns: pulumi.Input<pulumi.Input<string>[]>,
): void {
    const { region, tags } = args;
    const common = {
        ...{ region, topicArns },
        ...(tags === undefined ? {} : { tags }),
        comparison: "GreaterThanThreshold",
        // DAX sends a metric only while it is not zero.
        missingData: "notBreaching",
    } as const;
    const metric = (metricName: string, statistic: string) => ({
        ...{ namespace: "AWS/DAX", metricName, statistic },
        dimensions: { ClusterId: cluster.clusterName },
    });
    const clusterName = cluster.clusterName;
    alarm(
        `${name}-cpu`,
        {
            ...common,
            description: pulumi.interpolate`A node of ${clusterName} is busy over ${CPU_PERCENT} %. Add nodes for reading, or take larger ones for writing.`,
            metric: metric("CPUUtilization", "Maximum"),
            threshold: CPU_PERCENT,
            evaluationPeriods: 10,
        },
        { parent },
    );
    alarm(
        `${name}-memory`,
        {
            ...common,
            description: pulumi.interpolate`${clusterName} has filled over ${MEMORY_PERCENT} % of its memory; when it is full, writes slow down. Take larger nodes: more of them hold no more.`,
            metric: metric("CacheMemoryUtilization", "Maximum"),
            threshold: MEMORY_PERCENT,
            evaluationPeriods: 15,
        },
        { parent },
    );
    alarm(
        `${name}-faults`,
        {
            ...common,
            description: pulumi.interpolate`${clusterName} fails to answer requests. Clients may go to DynamoDB without it; look at the cluster's events.`,
            metric: metric("FaultRequestCount", "Sum"),
            threshold: FAULTS,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { parent },
    );
}
