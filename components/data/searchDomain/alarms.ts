import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmComparison } from "../../operations";
import { type TagsInput } from "../../shared/tags";

/** What a domain's alarms watch and whom they tell. */
export interface SearchAlarmArgs {
    region: string;
    accountId: pulumi.Input<string>;
    domainName: string;
    /** Size of each data node's volume in GiB. */
    volumeSize: number;
    hasMasters: boolean;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

interface Watch {
    readonly metricName: string;
    readonly statistic: "Maximum" | "Minimum";
    readonly comparison?: AlarmComparison;
    readonly threshold: number;
    readonly period?: number;
    readonly evaluationPeriods?: number;
    readonly description: string;
}

// A quarter of the volume: OpenSearch stops writing at a fifth or at 20 GiB, whichever is less.
const FREE_PART = 0.25;
const MEBIBYTES = 1024;

/**
 * The alarms by name. Source of metrics and thresholds: OpenSearch Service Developer Guide, "Recommended CloudWatch
 * alarms".
 */
function watches(domain: string, { volumeSize, hasMasters }: SearchAlarmArgs): Record<string, Watch> {
    return {
        red: {
            metricName: "ClusterStatus.red",
            statistic: "Maximum",
            threshold: 1,
            description: `An index of ${domain} lacks a primary shard: part of its data can neither be read nor written. Look at _cluster/allocation/explain, and at disk space first.`,
        },
        yellow: {
            metricName: "ClusterStatus.yellow",
            statistic: "Maximum",
            threshold: 1,
            evaluationPeriods: 5,
            description: `An index of ${domain} has had a shard without its replica for five minutes. A node may have failed, or an index ask for more replicas than there are zones.`,
        },
        storage: {
            metricName: "FreeStorageSpace",
            statistic: "Minimum",
            comparison: "LessThanOrEqualToThreshold",
            threshold: Math.floor(volumeSize * MEBIBYTES * FREE_PART),
            description: `A data node of ${domain} has less than a quarter of its volume left. Raise volumeSize, or delete indexes.`,
        },
        "writes-blocked": {
            metricName: "ClusterIndexWritesBlocked",
            statistic: "Maximum",
            threshold: 1,
            period: 300,
            description: `${domain} refuses writes, because its disks are full or its memory is short.`,
        },
        memory: {
            metricName: "JVMMemoryPressure",
            statistic: "Maximum",
            threshold: 95,
            evaluationPeriods: 3,
            description: `A data node of ${domain} is nearly out of memory and may fail. Look for expensive queries, or take a larger instanceType.`,
        },
        processor: {
            metricName: "CPUUtilization",
            statistic: "Maximum",
            threshold: 90,
            period: 300,
            evaluationPeriods: 3,
            description: `A data node of ${domain} has had its processors busy for a quarter of an hour. Look for expensive queries, or add nodes.`,
        },
        snapshots: {
            metricName: "AutomatedSnapshotFailure",
            statistic: "Maximum",
            threshold: 1,
            description: `The automated snapshot of ${domain} failed. A red cluster makes none, and the last ones are deleted after two weeks.`,
        },
        key: {
            metricName: "KMSKeyInaccessible",
            statistic: "Maximum",
            threshold: 1,
            description: `${domain} cannot use its key any more. Give it back at once: what AWS cannot decrypt is lost.`,
        },
        ...(hasMasters
            ? {
                  master: {
                      metricName: "MasterReachableFromNode",
                      statistic: "Maximum" as const,
                      comparison: "LessThanThreshold" as const,
                      threshold: 1,
                      period: 300,
                      description: `The master of ${domain} does not answer its nodes. It may have stopped, or have more to do than it can: take a larger masterInstanceType.`,
                  },
                  "master-memory": {
                      metricName: "MasterJVMMemoryPressure",
                      statistic: "Maximum" as const,
                      threshold: 95,
                      evaluationPeriods: 3,
                      description: `A dedicated master of ${domain} is nearly out of memory: too many shards, or too small a masterInstanceType.`,
                  },
              }
            : {}),
    };
}

/** Makes the alarms of a domain. */
export function createAlarms(name: string, args: SearchAlarmArgs, parent: pulumi.Resource): void {
    const { region, topicArns, tags, domainName, accountId } = args;
    for (const [what, watch] of Object.entries(watches(domainName, args))) {
        const { metricName, statistic, comparison, description, ...when } = watch;
        alarm(
            `${name}-${what}`,
            {
                region,
                description,
                metric: {
                    namespace: "AWS/ES",
                    metricName,
                    dimensions: { DomainName: domainName, ClientId: accountId },
                    statistic,
                },
                comparison: comparison ?? "GreaterThanOrEqualToThreshold",
                ...when,
                // While AWS changes a domain, some of them have gaps.
                missingData: "ignore",
                topicArns,
                tags,
            },
            { parent },
        );
    }
}
