import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric } from "../../../operations";
import { type EngineArgs } from "../parts";
import { METRICS_NAMESPACE } from "./names";

const CPU_PERCENT = 90;
const DISK_PERCENT = 80;
const LAG_SECONDS = 10;

/** Makes the alarms of a member: `<prefix>-cpu`, `-status`, `-disk` and `-lag`. */
export function memberAlarms(
    prefix: string,
    { args, settings }: EngineArgs,
    made: { member: number; groupName: pulumi.Output<string> },
    parent: pulumi.Resource,
): void {
    const who = `Member ${made.member} of ${args.identifier}`;
    const common = {
        region: args.region,
        tags: settings.tags,
        topicArns: args.alarmTopicArns ?? [],
        comparison: "GreaterThanThreshold" as const,
    };
    const ofInstance = (metricName: string): AlarmMetric => ({
        namespace: "AWS/EC2",
        metricName,
        dimensions: { AutoScalingGroupName: made.groupName },
        statistic: "Maximum",
    });
    const ofMember = (metricName: string): AlarmMetric => ({
        namespace: METRICS_NAMESPACE,
        metricName,
        dimensions: { Database: args.identifier, Member: String(made.member) },
        statistic: "Maximum",
    });
    alarm(
        `${prefix}-cpu`,
        {
            ...common,
            description: `${who} has had over ${CPU_PERCENT} % of its processors busy for a quarter of an hour. Find the slow operations in its log, or take a larger type.`,
            metric: ofInstance("CPUUtilization"),
            threshold: CPU_PERCENT,
            evaluationPeriods: 15,
            // Without an instance there is none, which the alarm on the lag says.
            missingData: "notBreaching",
        },
        { parent },
    );
    alarm(
        `${prefix}-status`,
        {
            ...common,
            description: `${who} fails EC2's status checks. Its group replaces it; look whether the next instance took the volume over.`,
            metric: ofInstance("StatusCheckFailed"),
            threshold: 0,
            evaluationPeriods: 5,
            missingData: "notBreaching",
        },
        { parent },
    );
    alarm(
        `${prefix}-disk`,
        {
            ...common,
            description: `The data volume of ${who.toLowerCase()} is over ${DISK_PERCENT} % full. Raise mongoDb.volumeSizeGb, and restart meridian-boot on the member, which grows the file system.`,
            metric: ofMember("disk_used_percent"),
            threshold: DISK_PERCENT,
            evaluationPeriods: 5,
            missingData: "notBreaching",
        },
        { parent },
    );
    alarm(
        `${prefix}-lag`,
        {
            ...common,
            description: `${who} is more than ${LAG_SECONDS} seconds behind the primary, or says nothing. Look at its log: an instance that waits for its volume says so, and so does a full first copy.`,
            metric: ofMember("ReplicationLag"),
            threshold: LAG_SECONDS,
            evaluationPeriods: 15,
            // A member that is silent is not there, whatever the reason.
            missingData: "breaching",
        },
        { parent },
    );
}
