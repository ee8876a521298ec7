import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** How many instances a tier has, of which types, and what makes it grow. */
export interface FleetCapacity {
    /** The fewest instances, 1 or more. 2 when left out. */
    minSize?: number;
    /** The most instances; above `minSize`, or there is nothing to scale. 8 when left out. */
    maxSize?: number;
    /** How many instances are On-Demand before any is Spot; at most `maxSize`. 2 when left out. */
    onDemandBaseCapacity?: number;
    /** Share of On-Demand instances above the base, in percent from 0 to 100. 0 when left out: the rest is Spot. */
    onDemandPercentageAboveBase?: number;
    /**
     * Instance types, the preferred one first, all of one architecture; three or more where any instance is Spot,
     * since capacity is found where several are accepted. On-Demand instances are of the first type that is to be had.
     * t4g.small, t4g.medium, c7g.medium and m7g.medium when left out.
     */
    instanceTypes?: string[];
    /** Average CPU load that the group scales to, in percent from 1 to 100. 50 when left out. */
    targetCpuPercent?: number;
    /**
     * Requests per minute and instance that the group scales to. 1000 when left out. WebTier alone: a Network Load
     * Balancer does not count requests.
     */
    targetRequestsPerInstance?: number;
}

/** What WebTier and ApiTier both take. */
export interface TierArgs {
    /** The AWS region that the tier is in, such as `eu-central-1`. */
    region: string;
    /** The AWS account that the tier is in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of the balancer's subnets, one in each of two or more zones. WebTier's must be public, save with Internal; ApiTier's private. */
    balancerSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Ids of the balancer's security groups. */
    balancerSecurityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Ids of the instances' subnets, in two or more zones. */
    instanceSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Id of the instances' security group; it must let the balancer reach `instancePort`. */
    instanceSecurityGroupId: pulumi.Input<string>;
    /** TCP port on which an instance takes TLS from the balancer. 8443 when left out. */
    instancePort?: number;
    /**
     * Container image, with a tag other than `latest` or a digest: an update rolls over the instances because this
     * text changes. It must run as a user other than root or without any of root's capabilities, and be built for the
     * architecture of the instance types. The sample image of the package when left out. May be an output, such as the
     * address of a repository with a tag; what is wrong with it then shows when it is known.
     */
    image?: pulumi.Input<string>;
    /**
     * TCP port that the container listens on, 1024 or above, plain HTTP. It is also told as PORT. The container
     * shares the instance's network, so the port must not be `instancePort` nor one of the CloudWatch agent's (2000,
     * 4317 and 4318). 8080 when left out.
     */
    containerPort?: number;
    /**
     * The container's environment, by variable; it wins over what the tier sets itself (PORT, AWS_REGION,
     * AWS_XRAY_DAEMON_ADDRESS and the OTEL_ variables that point to the instance's collector). Everybody who may
     * describe the launch template reads it: pass ARNs and names of secrets, never their values. All together, with
     * the boot script, stays below 16 KB.
     */
    environment?: Record<string, pulumi.Input<string>>;
    /**
     * Path that the container answers with 200 while it can serve, without query; the balancer, and in front of
     * CloudFront's own requests Route 53, ask for it. `/healthz` when left out.
     */
    healthCheckPath?: string;
    /** Id of the public hosted zone in which the certificate is validated. */
    hostedZoneId: pulumi.Input<string>;
    /**
     * ARN of an ACM certificate in the region that the balancer shows to its clients; it must be for their names. One
     * is made, validated in the hosted zone and renewed by AWS when left out.
     */
    certificateArn?: pulumi.Input<string>;
    /** How many instances, of which types, and what makes the group grow. The defaults of FleetCapacity when left out. */
    capacity?: FleetCapacity;
    /**
     * Id of the machine image, Amazon Linux 2023 for the types' architecture. Left out, every deployment takes the
     * newest one that AWS publishes as an SSM parameter, and rolls over the instances when there is a new one.
     */
    imageId?: pulumi.Input<string>;
    /** ARN of the key that encrypts the log groups; its policy must let CloudWatch Logs of the region use it. */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts the instances' volumes. Its policy must let the account's role
     * AWSServiceRoleForAutoScaling use it and create grants, or instances end as soon as they start
     * (`Client.InternalError`). The account's default key for EBS when left out.
     */
    volumeKmsKeyArn?: pulumi.Input<string>;
    /** For how many days logs are kept; one of the periods of CloudWatch Logs. 365 when left out. */
    logRetentionDays?: number;
    /**
     * ARNs of SNS topics in the region that alarms notify. No alarms, and no rollback on alarms, when left out.
     */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Name of the bucket that takes the balancer's logs. It must be in the region, encrypted with S3's own keys
     * (SSE-S3), and its policy must let Elastic Load Balancing write below `<name>/AWSLogs/<account>/` (WebTier also
     * below `<name>-connections/AWSLogs/<account>/`) before the balancer is made. A bucket is made when left out.
     */
    accessLogBucket?: pulumi.Input<string>;
    /**
     * Whether AWS refuses to delete the balancer, and Pulumi the log bucket. True when left out. To destroy the
     * tier, deploy once with false first.
     */
    deletionProtection?: boolean;
    /** ARN of the policy that bounds what the instance role may ever do. No boundary when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /**
     * Tags of the instances, their volumes and network interfaces, which the provider's default tags do not reach.
     * Keys are of letters, digits and + - = . , _ : @ alone, because instances read them from their metadata.
     */
    tags?: TagsInput;
}
