import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** How closely CloudWatch looks at a cluster. */
export enum ContainerInsights {
    /** Cluster, service, task and container, with dashboards of CloudWatch's own. */
    Enhanced = "enhanced",
    /** Cluster, service and task. */
    Enabled = "enabled",
    /** Not at all: without it nobody counts running tasks, and queues cannot be kept up with. */
    Disabled = "disabled",
}

/** Where tasks that are started by hand run, when they do not say it. */
export enum ClusterCapacity {
    /** Fargate. */
    Fargate = "FARGATE",
    /** Fargate's spare capacity. */
    FargateSpot = "FARGATE_SPOT",
}

/** A part of the cluster's default strategy. */
export interface ClusterStrategyPart {
    /** Where. */
    capacity: ClusterCapacity;
    /** How many tasks run there at least, before the weights count; one part alone may say it. 0 when left out. */
    base?: number;
    /** Its share of the other tasks, 0 to 1000. 1 when left out. */
    weight?: number;
}

/** Instances of the cluster's own, for services on EC2: an Auto Scaling group that ECS scales. */
export interface InstanceCapacity {
    /**
     * Instance types, the preferred one first, all of one architecture, 1 to 40. The one with the fewest network
     * interfaces decides how many tasks an instance can hold.
     */
    instanceTypes: string[];
    /** The fewest instances, 0 or more. 2 when left out. */
    minInstances?: number;
    /** The most instances; above `minInstances`. 6 when left out. */
    maxInstances?: number;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of the instances' subnets, private ones, in two or more zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** How full ECS keeps the instances, in percent from 1 to 100; the rest is there before it is needed. 90 when left out. */
    targetCapacityPercent?: number;
    /** Machine image. The newest of ECS's own on Amazon Linux 2023 when left out. */
    imageId?: pulumi.Input<string>;
    /** Size of an instance's volume in GiB, 30 to 16384. 30 when left out. */
    volumeSizeGiB?: number;
    /**
     * ARN of the key of the volumes; its policy must let `AWSServiceRoleForAutoScaling` use it and create grants. The
     * account's key for EBS when left out.
     */
    volumeKmsKeyArn?: pulumi.Input<string>;
    /** IPv4 blocks that the instances may call on port 443. All addresses when left out; none when empty. */
    internetEgressCidrBlocks?: string[];
}

/** Arguments of ContainerCluster. */
export interface ContainerClusterArgs {
    /** The AWS region that the cluster is in, such as `eu-central-1`. */
    region: string;
    /** The AWS account that the cluster is in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** ARN of the key of the log groups and of shell sessions, in the region. */
    kmsKeyArn: pulumi.Input<string>;
    /** How closely CloudWatch looks. Enhanced when left out. */
    containerInsights?: ContainerInsights;
    /** Where tasks that are started by hand run, 1 or 2 parts. On Fargate when left out. Services say it themselves. */
    defaultStrategy?: ClusterStrategyPart[];
    /**
     * Name of a namespace of Service Connect that is made for the cluster's services, unique in account and region: 1 to
     * 64 letters, digits, hyphens, underscores and dots. None when left out.
     */
    serviceConnectNamespace?: string;
    /**
     * Whether people may open a shell in containers whose services allow it, with each session recorded in a log group.
     * False when left out.
     */
    commandExecution?: boolean;
    /** Instances of its own, for services on EC2. Fargate alone when left out. */
    instanceCapacity?: InstanceCapacity;
    /** Days that logs are kept. 365 when left out. */
    logRetentionDays?: number;
    /** SNS topics in the region that alarms are told to. No alarms are made when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** A permissions boundary for the instances' role. None when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
