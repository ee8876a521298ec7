import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** Who minds the capacity of a cache. */
export enum CacheMode {
    /** ElastiCache does: it grows and shrinks with the load. Clients must speak cluster mode. */
    Serverless = "Serverless",
    /** The caller does: nodes of one type, a primary and its replicas. */
    Nodes = "Nodes",
}

/** What a cache is for, which decides what goes when it is full, and what the alarms ring on. */
export enum CachePurpose {
    /**
     * Sessions, each with an expiry. When memory is full, those that would expire first go; nothing without an expiry
     * does. Any that goes rings.
     */
    SessionStore = "SessionStore",
    /** What can be had elsewhere. What was used least lately goes, and that is as it should be. */
    Cache = "Cache",
}

/** How a user of a cache shows who it is. */
export enum CacheAuthentication {
    /** By a token that IAM signs, valid for 15 minutes. */
    Iam = "Iam",
    /** By a password, which is made here and kept in Secrets Manager. */
    Password = "Password",
}

/** Somebody who may use a cache. */
export interface CacheUser {
    /** How it shows who it is. */
    authentication: CacheAuthentication;
    /**
     * What it may do, as an access string of Valkey that begins with `on`, such as `on ~cart:* -@all +@read +@write`.
     * All keys and every command that is not dangerous, and `INFO`, when left out.
     */
    accessString?: string;
}

/** The most that a serverless cache grows to: a brake on costs. */
export interface ServerlessLimits {
    /** Gigabytes of data, 1 to 5000. */
    maxDataStorageGigabytes: number;
    /** ElastiCache processing units a second, 1000 to 15000000. */
    maxProcessingUnitsPerSecond: number;
}

/** Arguments of CacheCluster. */
export interface CacheClusterArgs {
    /** The AWS region of the cache. */
    region: string;
    /** The AWS account that owns it: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of subnets in two zones or more, two or three of them for a serverless cache. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Who minds the capacity. Changing it replaces the cache. */
    mode: CacheMode;
    /** What it is for. */
    purpose: CachePurpose;
    /**
     * Who may use it, by names of 1 to 20 lower-case letters, digits and hyphens, which are kept for good. Nobody
     * else can: there is no user without a sign-in.
     */
    users: Record<string, CacheUser>;
    /**
     * Version of Valkey: `7.2`, `8.0`, `8.1`, `8.2`, `9.0` or `9.1`. `8.2` when left out. A serverless cache takes the
     * number before the dot. ElastiCache raises the minor version by itself; a lower one than it has would replace
     * the cache.
     */
    engineVersion?: string;
    /** Limits of a serverless cache. None when left out. Not for nodes. */
    serverlessLimits?: ServerlessLimits;
    /** Type of the nodes, such as `cache.m7g.large`. Required for nodes, and for nothing else. */
    nodeType?: string;
    /**
     * Replicas beside the primary, in other zones: 1 to 5, or 0 without deletion protection. 1 when left out. Not for
     * a serverless cache, which has them by itself.
     */
    replicaCount?: number;
    /** How many days snapshots are kept, 1 to 35. 7 for a session store, 1 for a cache when left out. */
    snapshotRetentionDays?: number;
    /** When the daily snapshot begins, as `hh:mm` in UTC. `03:00` when left out. */
    snapshotTime?: string;
    /** Weekly window for maintenance of nodes, in UTC, 60 minutes at least. `sun:05:00-sun:06:00` when left out. */
    maintenanceWindow?: string;
    /**
     * How many days a password lasts, 1 to 90. 30 when left out. The one before it is good until the next time. Only users
     * with a password have one.
     */
    passwordRotationDays?: number;
    /**
     * ARN of the key that encrypts data, secrets and logs, in the region. Its policy must let CloudWatch Logs use it
     * (`KeyUser.CloudWatchLogs`).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** For how many days logs are kept; one of the periods of CloudWatch Logs. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi refuses to delete the cache and the users' secrets. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. `data-classification` is `confidential` where nothing else is said. */
    tags?: TagsInput;
}
