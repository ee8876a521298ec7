import type * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";
import { type EcsTarget } from "../ecsTarget";

/**
 * What CodePipeline does with a commit that comes while an earlier one is under way.
 * Source: AWS CodePipeline User Guide, "Set or change the pipeline execution mode".
 */
export enum PipelineExecutionMode {
    /** The newer one overtakes one that waits for a stage or an approval. */
    Superseded = "SUPERSEDED",
    /** Each waits for the one before it, in order, up to 50. */
    Queued = "QUEUED",
    /** All run at the same time. Stages cannot be rolled back in this mode, so it is refused with `rollbackOnFailure`. */
    Parallel = "PARALLEL",
}

/** How much of a machine a build gets. Source: AWS CodeBuild User Guide, "Build environment compute modes and types". */
export enum BuildComputeType {
    /** 2 vCPUs and 4 GiB of memory. */
    Small = "BUILD_GENERAL1_SMALL",
    /** 4 vCPUs and 8 GiB of memory. */
    Medium = "BUILD_GENERAL1_MEDIUM",
    /** 8 vCPUs and 16 GiB of memory. */
    Large = "BUILD_GENERAL1_LARGE",
}

/** How many instances of a fleet are updated at once. Source: AWS CodeDeploy User Guide, "Predefined deployment configurations". */
export enum FleetDeploymentSpeed {
    /** One after the other. */
    OneAtATime = "CodeDeployDefault.OneAtATime",
    /** Half of them at once. */
    HalfAtATime = "CodeDeployDefault.HalfAtATime",
    /** As many as there are; one success is enough. Not for production. */
    AllAtOnce = "CodeDeployDefault.AllAtOnce",
}

/** Where the pipeline's source is and what starts it. */
export interface PipelineSource {
    /**
     * ARN of the CodeConnections connection to GitHub, GitLab, Bitbucket or Azure DevOps. A new one is PENDING until a
     * person finishes it in the console, and the pipeline's runs fail until then.
     */
    connectionArn: pulumi.Input<string>;
    /** The repository, `owner/name`. */
    repository: string;
    /** The branch whose pushes start the pipeline. */
    branch: string;
    /** Patterns of paths, such as `services/front/**`, of which a push must touch one; at most 8. Any when left out. */
    paths?: string[];
    /** Patterns of paths that start nothing when a push touches no others; at most 8. None when left out. */
    excludedPaths?: string[];
}

/** One image that the pipeline builds. */
export interface PipelineImage {
    /** Address of its ECR repository in the region, without a tag: `repositoryUrl` of an ImageRepository. */
    repositoryUrl: pulumi.Input<string>;
    /** Name of the container in the services' task definitions that runs it. The image's own name when left out. */
    containerName?: string;
    /** Folder of the source that is the build's context. `.` when left out. */
    context?: string;
    /** Path of the Dockerfile in the source. `Dockerfile` in the context when left out. */
    dockerfile?: string;
}

/** How CodeBuild runs one step, on arm64. */
export interface BuildStep {
    /** The buildspec itself, as YAML. At most one of this and `buildspecPath`. */
    buildspec?: string;
    /** Path of the buildspec in the source. */
    buildspecPath?: string;
    /** Size of the machine. Small when left out. */
    computeType?: BuildComputeType;
    /** Environment variables, in the clear: pass names and ARNs of secrets, never their values. None when left out. */
    environment?: Record<string, pulumi.Input<string>>;
    /** Minutes after which it is stopped, 5 to 480. 30 when left out. */
    timeoutMinutes?: number;
    /** What else the step may do, such as a secret's readPermissions. Nothing when left out. */
    permissions?: pulumi.Input<Permission[]>[];
}

/** The test step: a BuildStep, of which one of `buildspec` and `buildspecPath` must be given. */
export interface TestStep extends BuildStep {
    /** Whether tests may start containers (Docker in a privileged build). False when left out. */
    docker?: boolean;
}

/** An ECS service that a stage deploys to. */
export interface PipelineService extends EcsTarget {
    /** Which of `images` it runs. */
    image: string;
}

/**
 * Auto Scaling groups whose instances CodeDeploy updates in place. They must run the CodeDeploy agent, and their role
 * needs the pipeline's `instancePermissions`. The source, or what the build hands on, must have an `appspec.yml` at its top.
 */
export interface PipelineFleet {
    /** Names of the groups, one or more. */
    autoScalingGroupNames: pulumi.Input<string>[];
    /** Name of the target group that instances leave while they are updated. Traffic is not stopped when left out. */
    targetGroupName?: pulumi.Input<string>;
    /** How many instances at once. OneAtATime when left out. */
    speed?: FleetDeploymentSpeed;
    /** Names of alarms that stop a deployment and undo it, at most 10. None when left out. */
    rollbackAlarmNames?: pulumi.Input<string>[];
}

/** One deployment: a stage of the pipeline. */
export interface PipelineDeployment {
    /** Name of the stage, such as `staging` or `production`: letters, digits and hyphens, at most 40. */
    name: string;
    /** Whether a person must approve before the stage begins. True when left out: say false for what is not production. */
    approval?: boolean;
    /** ECS services to deploy to, all at once; at most 40. None when left out. */
    services?: PipelineService[];
    /** ARNs of the tasks' roles and execution roles, which the stage may pass on to ECS, and no others. Required with `services`. */
    taskRoleArns?: pulumi.Input<string>[];
    /** Auto Scaling groups to deploy to. None when left out; a stage needs services or a fleet. */
    fleet?: PipelineFleet;
}

/** Arguments of DeliveryPipeline. */
export interface DeliveryPipelineArgs {
    /** The AWS region of the pipeline, and of what it deploys to. */
    region: string;
    /** The AWS account of the pipeline, and of what it deploys to: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Where the source is. */
    source: PipelineSource;
    /** What is built, by names of 1 to 20 lower-case letters, digits and hyphens. None when left out. */
    images?: Record<string, PipelineImage>;
    /** The test stage, before anything is built that could be deployed. */
    test: TestStep;
    /**
     * The build stage. Left out, there is one where there are `images`, and its buildspec is made for them, as it is where
     * none is given here. One of your own must push the images and write `imagedefinitions-<image>.json` for each.
     */
    build?: BuildStep;
    /** The stages that deploy, in order, 1 to 10. */
    deployments: PipelineDeployment[];
    /** What happens to a commit that comes while an earlier one is under way. Superseded when left out. */
    executionMode?: PipelineExecutionMode;
    /**
     * Whether a stage that fails goes back by itself to what it last deployed with success. True when left out. The first
     * run after a change of the pipeline itself has nothing to go back to.
     */
    rollbackOnFailure?: boolean;
    /** ARN of the SNS topic of the region that asks for approvals. Approvals are shown in the console alone when left out. */
    approvalTopicArn?: pulumi.Input<string>;
    /** ARN of the key of that topic, in the region. Required where the topic has a key of the customer's. */
    approvalTopicKmsKeyArn?: pulumi.Input<string>;
    /** Hours that an approval waits, 1 to 168. 24 when left out. */
    approvalTimeoutHours?: number;
    /**
     * ARN of the key that encrypts artifacts and logs, in the region; its policy must let CloudWatch Logs use it.
     */
    kmsKeyArn: pulumi.Input<string>;
    /** For how many days artifacts are kept; a stage can be rolled back no further. 30 when left out. */
    artifactRetentionDays?: number;
    /** For how many days logs of builds are kept; one of the periods of CloudWatch Logs. 365 when left out. */
    logRetentionDays?: number;
    /** Name of the bucket of the same region that takes the artifact bucket's access logs. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** ARNs of SNS topics in the region that are told when a run fails. Nobody is told when left out. */
    alarmTopicArns?: pulumi.Input<string>[];
    /** ARN of the policy that bounds what the roles may ever do. No boundary when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Whether Pulumi refuses to delete the artifact bucket. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
