import * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmQuery } from "../../operations";
import { type TagsInput } from "../../shared/tags";
import { CachePurpose, type ServerlessLimits } from "./args";

/** Whom a cache's alarms tell, and of what. */
interface CacheAlarmArgs {
    region: string;
    /** Id of the replication group, or name of the serverless cache. */
    cacheId: pulumi.Output<string>;
    purpose: CachePurpose;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

const NAMESPACE = "AWS/ElastiCache";
const CPU_PERCENT = 90;
const MEMORY_PERCENT = 80;
const LAG_SECONDS = 10;
const LIMIT_PERCENT = 80;

/** How many items may go in a minute: none of a session store, which is somebody's session. */
const EVICTIONS: Readonly<Record<CachePurpose, number>> = {
    [CachePurpose.SessionStore]: 0,
    [CachePurpose.Cache]: 10_000,
};

function evictionAdvice(purpose: CachePurpose, cacheId: pulumi.Output<string>): pulumi.Output<string> {
    return purpose === CachePurpose.SessionStore
        ? pulumi.interpolate`${cacheId} has no room and lets sessions go before their time: people are signed out. Give it more memory, or sessions a shorter life.`
        : pulumi.interpolate`${cacheId} lets go of items faster than is good for its hit rate. Give it more memory, or look for what fills it.`;
}

/** One row of a computed value per node, and the row that is compared. */
function overNodes(
    nodeIds: readonly pulumi.Output<string>[],
    metricName: string,
    statistic: string,
    combine: "MAX" | "SUM",
): AlarmQuery[] {
    const rows = nodeIds.map((nodeId, index) => ({
        id: `n${index + 1}`,
        metric: { namespace: NAMESPACE, metricName, dimensions: { CacheClusterId: nodeId }, statistic },
    }));
    const all = rows.map(({ id }) => id).join(", ");
    return [...rows, { id: "all", label: metricName, expression: `${combine}([${all}])`, returnData: true }];
}

/** Makes the alarms of a cache of nodes. Metrics are each node's own, and any node may be the primary. */
export function createNodeAlarms(
    name: string,
    args: CacheAlarmArgs & { nodeCount: number },
    parent: pulumi.Resource,
): void {
    const { region, cacheId, purpose, topicArns, tags } = args;
    const nodeIds = Array.from(
        { length: args.nodeCount },
        (_, index) => pulumi.interpolate`${cacheId}-${String(index + 1).padStart(3, "0")}`,
    );
    const common = {
        ...{ region, topicArns, tags },
        comparison: "GreaterThanThreshold",
        missingData: "notBreaching",
    } as const;
    alarm(
        `${name}-engine-cpu`,
        {
            ...common,
            description: pulumi.interpolate`A node of ${cacheId} is busy over ${CPU_PERCENT} %: Valkey does nearly all with one core. Look at the slow log; read from replicas, or take larger nodes.`,
            queries: overNodes(nodeIds, "EngineCPUUtilization", "Maximum", "MAX"),
            threshold: CPU_PERCENT,
            evaluationPeriods: 5,
        },
        { parent },
    );
    alarm(
        `${name}-memory`,
        {
            ...common,
            description: pulumi.interpolate`${cacheId} has filled over ${MEMORY_PERCENT} % of its memory. Take larger nodes before ${purpose === CachePurpose.SessionStore ? "sessions" : "items"} have to go.`,
            queries: overNodes(nodeIds, "DatabaseMemoryUsagePercentage", "Maximum", "MAX"),
            threshold: MEMORY_PERCENT,
            evaluationPeriods: 15,
        },
        { parent },
    );
    alarm(
        `${name}-evictions`,
        {
            ...common,
            description: evictionAdvice(purpose, cacheId),
            queries: overNodes(nodeIds, "Evictions", "Sum", "SUM"),
            threshold: EVICTIONS[purpose],
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { parent },
    );
    if (args.nodeCount > 1) {
        alarm(
            `${name}-replication-lag`,
            {
                ...common,
                description: pulumi.interpolate`A replica of ${cacheId} is over ${LAG_SECONDS} seconds behind: a failover now would lose what was written in that time. Look at the primary's load and network.`,
                queries: overNodes(nodeIds, "ReplicationLag", "Maximum", "MAX"),
                threshold: LAG_SECONDS,
                evaluationPeriods: 5,
            },
            { parent },
        );
    }
}

/** Makes the alarms of a serverless cache. */
export function createServerlessAlarms(
    name: string,
    args: CacheAlarmArgs & { limits: ServerlessLimits | undefined },
    parent: pulumi.Resource,
): void {
    const { region, cacheId, purpose, limits, topicArns, tags } = args;
    const common = {
        ...{ region, topicArns, tags },
        comparison: "GreaterThanThreshold",
        missingData: "notBreaching",
    } as const;
    const metric = (metricName: string, statistic: string) => ({
        ...{ namespace: NAMESPACE, metricName, statistic },
        dimensions: { clusterId: cacheId },
    });
    alarm(
        `${name}-throttled`,
        {
            ...common,
            description: pulumi.interpolate`${cacheId} turns commands away, because the load grows faster than the cache does or has met its limit. Raise the limit, or warm the cache up before a rush.`,
            metric: metric("ThrottledCmds", "Sum"),
            threshold: 0,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { parent },
    );
    alarm(
        `${name}-evictions`,
        {
            ...common,
            description: evictionAdvice(purpose, cacheId),
            metric: metric("Evictions", "Sum"),
            threshold: EVICTIONS[purpose],
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { parent },
    );
    if (limits === undefined) {
        return;
    }
    alarm(
        `${name}-storage`,
        {
            ...common,
            description: pulumi.interpolate`${cacheId} has filled over ${LIMIT_PERCENT} % of the storage that it may have. Raise serverlessLimits.maxDataStorageGigabytes, or look for what fills it.`,
            metric: metric("BytesUsedForCache", "Maximum"),
            threshold: (limits.maxDataStorageGigabytes * 1024 ** 3 * LIMIT_PERCENT) / 100,
            evaluationPeriods: 15,
        },
        { parent },
    );
    alarm(
        `${name}-processing-units`,
        {
            ...common,
            description: pulumi.interpolate`${cacheId} uses over ${LIMIT_PERCENT} % of the processing units that it may. Raise serverlessLimits.maxProcessingUnitsPerSecond before commands are turned away.`,
            metric: metric("ElastiCacheProcessingUnits", "Sum"),
            // The metric counts a minute's units, the limit a second's.
            threshold: (limits.maxProcessingUnitsPerSecond * 60 * LIMIT_PERCENT) / 100,
            evaluationPeriods: 5,
        },
        { parent },
    );
}
