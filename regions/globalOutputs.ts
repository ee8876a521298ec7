import type * as pulumi from "@pulumi/pulumi";

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
    globalClusterIdentifier: string;
    /** The AWS region of each member of the global database, by its cluster's identifier. */
    databaseMembers: pulumi.Output<Record<string, string>>;
    /** Topic in us-east-1. */
    alarmTopicArn: pulumi.Output<string>;
}
