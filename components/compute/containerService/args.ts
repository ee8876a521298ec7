import type * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";
import { type ServiceBalancerAttachment } from "./balancerArgs";
import {
    type CommandExecution,
    type ContainerHealthCheck,
    type ContainerProtocol,
    type CpuArchitecture,
    type ServiceConnection,
    type ServiceTracing,
    type TlsProxy,
} from "./containerArgs";
import { type ServiceDeployment } from "./deploymentArgs";
import { type ServiceScaling } from "./scalingArgs";

/** What FargateService and Ec2ContainerService both take. */
export interface ContainerServiceArgs {
    /** The AWS region that the service is in, such as `eu-central-1`. */
    region: string;
    /** The AWS account that the service is in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** ARN of the cluster: a ContainerCluster's `clusterArn`, which is known once its capacity is there. */
    clusterArn: pulumi.Input<string>;
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of the tasks' subnets, private ones, in two or more zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Container image, with a tag other than `latest` or a digest, built for `architecture`. Tasks have exactly the
     * permission to pull it where it is in ECR.
     */
    image: pulumi.Input<string>;
    /** TCP port that the container listens on, 1024 or above. It is also told as PORT. 8080 when left out. */
    containerPort?: number;
    /** What the container speaks on that port. Http when left out. */
    containerProtocol?: ContainerProtocol;
    /** A proxy that takes TLS for a container that speaks plain HTTP. None when left out. */
    tlsProxy?: TlsProxy;
    /** What is run instead of the image's command. The image's own when left out. */
    command?: string[];
    /**
     * The user that the program runs as: a number other than 0, or a name other than root, with a group after a colon.
     * `1000:1000` when left out.
     */
    user?: string;
    /** The processor architecture. Arm64 when left out. */
    architecture?: CpuArchitecture;
    /** The container's variables; never secrets. None but PORT, AWS_REGION and those of tracing when left out. */
    environment?: Record<string, pulumi.Input<string>>;
    /**
     * Variables whose values come from Secrets Manager or the Parameter Store: ARNs, the first kind with `:key::` behind
     * it for one key of a secret in JSON. Exactly these are readable, and only when a task starts: a value that was
     * rotated needs a new deployment. None when left out.
     */
    secrets?: Record<string, pulumi.Input<string>>;
    /** ARNs of the customer keys that these secrets are encrypted with. None when left out. */
    secretKmsKeyArns?: pulumi.Input<string>[];
    /** How ECS asks the container whether it is well. Required where no balancer asks. */
    healthCheck?: ContainerHealthCheck;
    /**
     * Directories that the program writes to, such as `/tmp`: each an empty volume of the task, because the root file
     * system is read-only. None when left out.
     */
    writablePaths?: string[];
    /**
     * Whether the image declares these directories as volumes of its user (VOLUME in its Dockerfile), as it must where it
     * has no shell. False when left out: a container of the same image then opens them to everybody with `chmod` before
     * the program starts, because empty volumes belong to root.
     */
    imageOwnsWritablePaths?: boolean;
    /** What the program may do: exactly these. Nothing when left out. */
    permissions?: pulumi.Input<Permission[]>[];
    /** A permissions boundary for the service's roles. None when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** How many tasks, and what makes them more. The defaults of ServiceScaling when left out. */
    scaling?: ServiceScaling;
    /**
     * The balancers that hand requests to the service, by names of 1 to 20 lower-case letters, digits and hyphens, which
     * are kept for good; at most 5, and each balancer once. None when left out.
     */
    balancers?: Record<string, ServiceBalancerAttachment>;
    /** Seconds after a task's start in which failed health checks of balancers do not count, 0 or more. 60 when left out. */
    healthCheckGracePeriodSeconds?: number;
    /** The service's place in a namespace of Service Connect. None when left out. */
    serviceConnect?: ServiceConnection;
    /** How new versions come in. The defaults of ServiceDeployment when left out. */
    deployment?: ServiceDeployment;
    /**
     * Whether a pipeline owns the running version: it registers task definitions of its own, and an update by Pulumi does
     * not turn the service back to the one made here. False when left out.
     */
    deployedByPipeline?: boolean;
    /** A collector of traces beside the program. None when left out. */
    tracing?: ServiceTracing;
    /**
     * Lets people open a shell in the containers; their root file systems are then writable, because the agent of the
     * session writes there. Nobody when left out.
     */
    commandExecution?: CommandExecution;
    /** Seconds that a container has to finish after it was told to stop, 2 to 120. 30 when left out. */
    stopTimeoutSeconds?: number;
    /** Whether ECS moves tasks so that zones have equally many. True when left out. */
    availabilityZoneRebalancing?: boolean;
    /** Whether experiments of the Fault Injection Service may disturb the tasks. False when left out. */
    faultInjection?: boolean;
    /**
     * IPv4 blocks that the tasks may call on port 443: images, logs and secrets are fetched this way too. All addresses
     * when left out; none when empty.
     */
    internetEgressCidrBlocks?: string[];
    /** ARN of the key that encrypts the log group, in the region. */
    kmsKeyArn: pulumi.Input<string>;
    /** Days that logs are kept. 365 when left out. */
    logRetentionDays?: number;
    /** SNS topics in the region that alarms are told to. No alarms are made when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags of all resources and, by propagation, of the tasks, beside the provider's default tags. */
    tags?: TagsInput;
}
