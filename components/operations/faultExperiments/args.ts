import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** Cuts subnets off another region. */
export interface CrossRegionDisruption {
    /** The region that the subnets no longer reach. */
    peerRegion: string;
    /** ARNs of the subnets, 1 to 5: a target takes no more. */
    subnetArns: pulumi.Input<pulumi.Input<string>[]>;
    /** How long, in minutes, 1 to 720. 10 when left out. */
    durationMinutes?: number;
}

/** Takes Spot instances back, two minutes after it says so, as EC2 itself does. */
export interface SpotInterruption {
    /** Tags that all of the instances have. */
    instanceTags: Record<string, string>;
    /** How many instances are taken, 1 to 5: FIS takes no more. 1 when left out. */
    count?: number;
}

/** What a zone without power is like: no instances, no new ones, no network, and a database that writes elsewhere. */
export interface ZonePowerInterruption {
    /** Name of the zone. */
    availabilityZone: string;
    /** Tags that all of the instances have; those in the zone are stopped. */
    instanceTags: Record<string, string>;
    /** ARNs of the Auto Scaling groups that get no instance in the zone, 1 to 5. */
    autoScalingGroupArns: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the zone's subnets, 1 to 5, whose traffic is denied. */
    subnetArns: pulumi.Input<pulumi.Input<string>[]>;
    /** ARN of an Aurora cluster, which fails over if it is written to in the zone. None when left out. */
    databaseClusterArn?: pulumi.Input<string>;
    /** How long, in minutes, 1 to 720. 30 when left out. */
    durationMinutes?: number;
}

/** Arguments of FaultExperiments. */
export interface FaultExperimentsArgs {
    /** The AWS region whose resources the experiments are about. */
    region: string;
    /** The AWS account: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * ARNs of alarms of the region, 1 to 5, any of which ends a running experiment: those that ring when what is to be borne no
     * longer is.
     */
    stopAlarmArns: pulumi.Input<pulumi.Input<string>[]>;
    /** ARN of the key that encrypts the experiments' log, in the same region. */
    kmsKeyArn: pulumi.Input<string>;
    /** Days that the log is kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** An experiment that cuts subnets off another region. None when left out. */
    crossRegion?: CrossRegionDisruption;
    /** An experiment that takes Spot instances back. None when left out. */
    spotInterruption?: SpotInterruption;
    /** An experiment that takes a zone's power away. None when left out. */
    zonePower?: ZonePowerInterruption;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
