import * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric, sumOf } from "../../operations";
import { type TagsInput } from "../../shared/tags";

/** What the alarms of a table in one region watch, and whom they tell. */
export interface TableAlarmArgs {
    region: string;
    tableName: pulumi.Input<string>;
    /** Names of the table's global indexes. */
    indexes: readonly string[];
    /** The regions that changes made here go to. */
    receivingRegions: readonly string[];
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

const NAMESPACE = "AWS/DynamoDB";
const REPLICATION_MILLISECONDS = 30_000;
const SYSTEM_ERRORS = 5;

/**
 * The operations on items, of which CloudWatch counts errors apart. Ten is what an alarm's expression takes.
 * Source: Amazon CloudWatch API Reference, PutMetricAlarm.
 */
const OPERATIONS = [
    ...["BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem"],
    ...["Query", "Scan", "TransactGetItems", "TransactWriteItems", "UpdateItem"],
];

/** Makes the alarms of a table, or of a replica, in its own region. */
export function createTableAlarms(prefix: string, args: TableAlarmArgs, parent: pulumi.Resource): void {
    const { tableName } = args;
    watchThrottling(prefix, {}, pulumi.interpolate`The table ${tableName}`, args, parent);
    for (const index of args.indexes) {
        watchThrottling(
            `${prefix}-${index}`,
            { GlobalSecondaryIndexName: index },
            pulumi.interpolate`The index ${index} of the table ${tableName}`,
            args,
            parent,
        );
    }
    watchErrors(prefix, args, parent);
    for (const receiver of args.receivingRegions) {
        watchReplication(prefix, receiver, args, parent);
    }
}

function metric(
    { tableName }: TableAlarmArgs,
    metricName: string,
    statistic: string,
    dimensions: Record<string, string> = {},
): AlarmMetric {
    return {
        namespace: NAMESPACE,
        metricName,
        dimensions: { TableName: tableName, ...dimensions },
        statistic,
    };
}

function common({ region, topicArns, tags }: TableAlarmArgs) {
    return { region, topicArns, tags };
}

function watchThrottling(
    prefix: string,
    dimensions: Record<string, string>,
    what: pulumi.Output<string>,
    args: TableAlarmArgs,
    parent: pulumi.Resource,
): void {
    alarm(
        `${prefix}-throttled`,
        {
            ...common(args),
            description: pulumi.interpolate`${what} has turned requests away for several minutes. Look for one key that takes most of them, then at the table's limits.`,
            queries: [
                { id: "reads", metric: metric(args, "ReadThrottleEvents", "Sum", dimensions) },
                { id: "writes", metric: metric(args, "WriteThrottleEvents", "Sum", dimensions) },
                {
                    id: "throttled",
                    label: "Requests turned away",
                    // A minute without such requests has no data.
                    expression: "FILL(reads, 0) + FILL(writes, 0)",
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 0,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
            missingData: "notBreaching",
        },
        { parent },
    );
}

function watchErrors(prefix: string, args: TableAlarmArgs, parent: pulumi.Resource): void {
    alarm(
        `${prefix}-system-errors`,
        {
            ...common(args),
            description: pulumi.interpolate`DynamoDB fails to serve the table ${args.tableName}. Look at the AWS Health Dashboard; in another region its replica may serve.`,
            queries: sumOf(
                "errors",
                "Requests that DynamoDB failed to serve",
                OPERATIONS.map((Operation) => metric(args, "SystemErrors", "Sum", { Operation })),
            ),
            comparison: "GreaterThanThreshold",
            // Clients repeat such requests by themselves; a few of them are no news.
            threshold: SYSTEM_ERRORS,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
            missingData: "notBreaching",
        },
        { parent },
    );
}

function watchReplication(
    prefix: string,
    receiver: string,
    args: TableAlarmArgs,
    parent: pulumi.Resource,
): void {
    alarm(
        `${prefix}-replication-to-${receiver}`,
        {
            ...common(args),
            description: pulumi.interpolate`Changes of the table ${args.tableName} reach ${receiver} late: a failover now would show old data, and lose nothing only once the region is back.`,
            metric: metric(args, "ReplicationLatency", "Average", { ReceivingRegion: receiver }),
            comparison: "GreaterThanThreshold",
            // A second or two as a rule.
            threshold: REPLICATION_MILLISECONDS,
            evaluationPeriods: 5,
            // Where nothing is written, nothing is late.
            missingData: "notBreaching",
        },
        { parent },
    );
}
