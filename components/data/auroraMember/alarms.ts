import * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric } from "../../operations";
import { type AuroraCapacity } from "./args";
import { connectionsOf } from "./capacity";
import { type TagsInput } from "../../shared/tags";

/** What a member's alarms watch and whom they tell. */
export interface MemberAlarmArgs {
    region: string;
    clusterIdentifier: string;
    capacity: pulumi.Input<AuroraCapacity>;
    isWriter: boolean;
    /** Whether other regions have the database, too. */
    replicated: boolean;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

const LAG_MILLISECONDS = 5000;
const CAPACITY_PERCENT = 90;
const CONNECTION_PERCENT = 80;

/** Makes the alarms of a member: on what would wake somebody, in the member's own region. */
export function createMemberAlarms(prefix: string, args: MemberAlarmArgs, parent: pulumi.Resource): void {
    const { region, tags, topicArns, clusterIdentifier } = args;
    const common = { region, tags, topicArns };
    const opts = { parent };

    if (args.replicated) {
        watchLag(prefix, args, parent);
    }
    alarm(
        `${prefix}-capacity-ceiling`,
        {
            ...common,
            description: `${clusterIdentifier} has used over ${CAPACITY_PERCENT} % of its capacity for a quarter of an hour. Raise capacity.maxCapacity, or find the statement that took it.`,
            metric: clusterMetric("ACUUtilization", clusterIdentifier),
            comparison: "GreaterThanThreshold",
            threshold: CAPACITY_PERCENT,
            evaluationPeriods: 15,
            missingData: "notBreaching",
        },
        opts,
    );
    alarm(
        `${prefix}-connections`,
        {
            ...common,
            description: `An instance of ${clusterIdentifier} has nearly as many connections as it takes. Look for clients that leak them, or raise capacity.maxCapacity, on which the number depends.`,
            metric: clusterMetric("DatabaseConnections", clusterIdentifier),
            comparison: "GreaterThanThreshold",
            threshold: pulumi
                .output(args.capacity)
                .apply((capacity) =>
                    Math.floor((connectionsOf(capacity, args.isWriter) * CONNECTION_PERCENT) / 100),
                ),
            evaluationPeriods: 5,
            missingData: "notBreaching",
        },
        opts,
    );
}

/** An alarm on commits that have not reached the member. */
function watchLag(prefix: string, args: MemberAlarmArgs, parent: pulumi.Resource): void {
    const { region, tags, topicArns, clusterIdentifier } = args;
    alarm(
        `${prefix}-replication-lag`,
        {
            ...{ region, tags, topicArns },
            description: `${clusterIdentifier} lags behind the writer: a failover now would lose what was committed in that time. Look at the writer's load and at the link between the regions.`,
            // A query and not a metric: AWS files this metric under the region that writes, which a swap changes.
            queries: [
                {
                    id: "lag",
                    label: "Milliseconds of commits that a failover would lose",
                    insights: `SELECT MAX(AuroraGlobalDBRPOLag) FROM "AWS/RDS" WHERE DBClusterIdentifier = '${clusterIdentifier}'`,
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            // Lag is below a second as a rule. Five seconds for five minutes are no jitter, and no deployment either.
            threshold: LAG_MILLISECONDS,
            evaluationPeriods: 5,
            // Whoever writes has no lag to report. A standby that falls silent shows as such and wakes nobody: it may
            // have become the writer a minute ago, and then this would be one page too many.
            missingData: args.isWriter ? "notBreaching" : "missing",
        },
        { parent },
    );
}

/** The fullest of the cluster's instances counts. */
function clusterMetric(metricName: string, clusterIdentifier: string): AlarmMetric {
    return {
        namespace: "AWS/RDS",
        metricName,
        dimensions: { DBClusterIdentifier: clusterIdentifier },
        statistic: "Maximum",
    };
}
