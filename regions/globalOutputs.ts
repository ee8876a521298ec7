import type * as pulumi from "@pulumi/pulumi";

/** Where a value of 1 turns a region's traffic off, and one of 0 turns it on again. */
export interface TrafficSwitch {
    /** The AWS region of the metric. */
    region: string;
    namespace: string;
    metricName: string;
    dimensions: Record<string, string>;
}

/** What the global stack gives out. */
export interface GlobalOutputs {
    /** What viewers open. */
    url: pulumi.Output<string>;
    distributionId: pulumi.Output<string>;
    distributionDomainName: pulumi.Output<string>;
    staticBucket: pulumi.Output<string>;
    /** The name that the world-wide distribution fetches from. */
    originName: pulumi.Output<string>;
    /** The name of each region's failover pair, by the region's key. */
    failoverNames: pulumi.Output<Record<string, string>>;
    /** Each region's health check, by the region's key. */
    healthCheckIds: pulumi.Output<Record<string, string>>;
    /** The health check that is well as long as one region is. */
    anyHealthCheckId: pulumi.Output<string>;
    /** How each region's traffic is turned off, by the region's key; where it can be. */
    trafficSwitches?: Record<string, TrafficSwitch>;
    /** ARN of the plan of Region switch; where there is one. */
    regionSwitchPlanArn?: pulumi.Output<string>;
    globalClusterIdentifier: string;
    /** The AWS region of each member of the global database, by its cluster's identifier. */
    databaseMembers: pulumi.Output<Record<string, string>>;
    /** Topic in us-east-1. */
    alarmTopicArn: pulumi.Output<string>;
}
