import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** The Aurora global database whose writer the plan moves. */
export interface RegionSwitchDatabase {
    /** Identifier of the global database. */
    globalClusterIdentifier: pulumi.Input<string>;
    /** ARN of its cluster in each of the plan's regions, by the region. */
    clusterArns: Record<string, pulumi.Input<string>>;
    /** Minutes after which the step has failed. 60 when left out. */
    timeoutMinutes?: number;
}

/** An Auto Scaling group of each region, of which the activated region's is made as large as the other one's was. */
export interface RegionSwitchGroups {
    /** Short name of what the groups run, part of the step's name, such as `web`. */
    key: string;
    /** ARN of the group in each of the plan's regions, by the region. */
    arns: Record<string, pulumi.Input<string>>;
    /** Percent of the largest capacity that the other region's group had in the last 24 hours, 1 to 1000. 100 when left out. */
    targetPercent?: number;
    /**
     * Percent of that with which an ungraceful execution goes on, 0 to 99. 50 when left out: with its region lost, half a fleet
     * now is worth more than a whole one later.
     */
    minimumSuccessPercentage?: number;
    /** Minutes after which the step has failed. 30 when left out. */
    timeoutMinutes?: number;
}

/** The record sets by which viewers reach the regions. */
export interface RegionSwitchRecord {
    /** Id of the hosted zone. */
    hostedZoneId: pulumi.Input<string>;
    /** Name of the record sets. */
    recordName: string;
    /** Set identifier of each region's record set, by the region. */
    setIdentifiers: Record<string, string>;
}

/** An alarm that says how the application is. */
export interface RegionSwitchAlarm {
    /** Short name, unique in the plan. */
    key: string;
    /** ARN of the alarm. */
    arn: pulumi.Input<string>;
    /**
     * The region that is activated while the alarm rings, without anybody being asked. Nothing starts by itself when left out:
     * the alarm only tells when the application was well again after an execution.
     */
    activates?: string;
}

/** Arguments of RegionSwitchPlan. */
export interface RegionSwitchPlanArgs {
    /** The AWS account that everything is in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** The two regions; the first one is the primary one. Region switch takes no more and no fewer. */
    regions: string[];
    /** What the plan is for. */
    description?: string;
    /** The database whose writer moves. No database step when left out. */
    database?: RegionSwitchDatabase;
    /** Groups that grow. None when left out. */
    autoScalingGroups?: RegionSwitchGroups[];
    /**
     * Record sets whose viewers move to the activated region. Attach the health checks of `trafficHealthCheckIds` to them. The
     * plan does not touch traffic when left out.
     */
    trafficRecord?: RegionSwitchRecord;
    /** Alarms that the plan goes by. None when left out. */
    alarms?: RegionSwitchAlarm[];
    /** Minutes that lie between two executions that alarms start, 1 to 10080. 60 when left out. */
    minDelayMinutesBetweenExecutions?: number;
    /** What the recovery is meant to take, in minutes, 1 to 10080. Not compared with anything when left out. */
    recoveryTimeObjectiveMinutes?: number;
    /** Name of a bucket, in any region, that takes a report of each execution. No reports when left out. */
    reportBucketName?: pulumi.Input<string>;
    /** ARN of the key that encrypts that bucket's objects. S3's own keys when left out. */
    reportKmsKeyArn?: pulumi.Input<string>;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
