import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import { mergeTags } from "../../shared/tags";
import { mapInput } from "../../shared/validation";
import { commonArchitecture } from "../../shared/instanceTypes";
import { launchSource } from "../launchSource";
import { taskCeiling } from "../networkInterfaces";
import { type InstanceCapacity } from "./args";
import { clusterInstanceRole, type ClusterInstanceRoleArgs } from "./instanceRole";
import { DEFAULT_INSTANCES } from "./table";

/** What a cluster's instances are made for. */
export interface ClusterInstancesArgs extends ClusterInstanceRoleArgs {
    clusterName: pulumi.Input<string>;
    capacity: InstanceCapacity;
}

/** A cluster's instances. */
export interface ClusterInstances {
    group: aws.autoscaling.Group;
    provider: aws.ecs.CapacityProvider;
    securityGroup: aws.ec2.SecurityGroup;
    /** How many tasks with network interfaces of their own they can hold at most. */
    taskCeiling: number;
}

// From launch to taking tasks: boot, agent, registration.
const WARM_UP_SECONDS = 120;

/**
 * Makes `<name>-instance-…`: role, profile, security group, `<name>-instance-template`, `<name>-instance-group` and the
 * capacity provider `<name>-instances`.
 */
export function clusterInstances(
    name: string,
    args: ClusterInstancesArgs,
    parent: pulumi.Resource,
): ClusterInstances {
    const { region, capacity } = args;
    const asChild = { parent };
    const { profile, permissions } = clusterInstanceRole(name, args, asChild);
    const securityGroup = ownSecurityGroup(
        `${name}-instance`,
        {
            region,
            vpcId: capacity.vpcId,
            // Tasks have interfaces and groups of their own.
            description: `Instances of ${name}`,
            httpsEgressCidrBlocks: capacity.internetEgressCidrBlocks ?? ["0.0.0.0/0"],
            tags: args.tags,
        },
        parent,
    );
    const template = launchTemplate(name, args, { profile, securityGroup }, asChild);
    const group = instanceGroup(name, args, template, { ...asChild, dependsOn: permissions });
    const provider = new aws.ecs.CapacityProvider(
        `${name}-instances`,
        {
            region,
            autoScalingGroupProvider: {
                autoScalingGroupArn: group.arn,
                managedScaling: {
                    status: "ENABLED",
                    targetCapacity: capacity.targetCapacityPercent ?? DEFAULT_INSTANCES.targetCapacityPercent,
                    instanceWarmupPeriod: WARM_UP_SECONDS,
                },
                // An instance with tasks is not ended when the group becomes smaller …
                managedTerminationProtection: "ENABLED",
                // … and one that has to go has its tasks moved first.
                managedDraining: "ENABLED",
            },
            tags: args.tags,
        },
        asChild,
    );
    return {
        group,
        provider,
        securityGroup,
        taskCeiling: taskCeiling(mostInstances(capacity), capacity.instanceTypes),
    };
}

function mostInstances({ maxInstances }: InstanceCapacity): number {
    return maxInstances ?? DEFAULT_INSTANCES.maxInstances;
}

function launchTemplate(
    name: string,
    args: ClusterInstancesArgs,
    parts: { profile: aws.iam.InstanceProfile; securityGroup: aws.ec2.SecurityGroup },
    opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
    const { region, capacity } = args;
    const tags = mergeTags(args.tags, { Name: `${name}-instance` });
    return new aws.ec2.LaunchTemplate(
        `${name}-instance-template`,
        {
            region,
            description: `Instances of ${name}`,
            imageId: capacity.imageId ?? newestImageId(region, capacity, opts),
            iamInstanceProfile: { arn: parts.profile.arn },
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                // The agent shares the host's network, and nobody else has to do with the instance's role.
                httpPutResponseHopLimit: 1,
            },
            networkInterfaces: [
                {
                    deviceIndex: 0,
                    associatePublicIpAddress: "false",
                    deleteOnTermination: "true",
                    securityGroups: [parts.securityGroup.id],
                },
            ],
            blockDeviceMappings: [
                {
                    // The root device of Amazon Linux.
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: capacity.volumeSizeGiB ?? DEFAULT_INSTANCES.volumeSizeGiB,
                        encrypted: "true",
                        kmsKeyId: capacity.volumeKmsKeyArn,
                        deleteOnTermination: "true",
                    },
                },
            ],
            ebsOptimized: "true",
            monitoring: { enabled: true },
            userData: mapInput(args.clusterName, userData),
            // The provider's default tags reach none of these.
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags,
            })),
            updateDefaultVersion: true,
            tags,
        },
        opts,
    );
}

/** Tells the agent its cluster, and to keep tasks from the role of the instance. */
function userData(clusterName: string): string {
    const script = [
        "#!/bin/bash",
        "cat >>/etc/ecs/ecs.config <<'CONFIG'",
        `ECS_CLUSTER=${clusterName}`,
        "ECS_AWSVPC_BLOCK_IMDS=true",
        // A task of a Spot instance, or of one that is taken away, is told in time.
        "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true",
        "CONFIG",
        "",
    ].join("\n");
    return Buffer.from(script).toString("base64");
}

/**
 * Id of the newest image of ECS on Amazon Linux 2023, read at deployment, so that an instance refresh knows what there
 * was before.
 */
function newestImageId(
    region: string,
    { instanceTypes }: InstanceCapacity,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const path = commonArchitecture(instanceTypes) === "arm64" ? "arm64/" : "";
    // `value` is the same text marked as a secret, which would hide the id in every preview.
    return aws.ssm.getParameterOutput(
        {
            region,
            name: `/aws/service/ecs/optimized-ami/amazon-linux-2023/${path}recommended/image_id`,
        },
        { parent: opts.parent },
    ).insecureValue;
}

function instanceGroup(
    name: string,
    args: ClusterInstancesArgs,
    template: aws.ec2.LaunchTemplate,
    opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Group {
    const { capacity } = args;
    const tags = mergeTags(args.tags, {
        Name: `${name}-instance`,
        // ECS adds it to the groups that it scales; said here, so that no update takes it away.
        AmazonECSManaged: "true",
    });
    return new aws.autoscaling.Group(
        `${name}-instance-group`,
        {
            region: args.region,
            minSize: capacity.minInstances ?? DEFAULT_INSTANCES.minInstances,
            maxSize: mostInstances(capacity),
            // No desiredCapacity: it belongs to ECS, and every update would set it back.
            vpcZoneIdentifiers: capacity.subnetIds,
            mixedInstancesPolicy: {
                instancesDistribution: {
                    onDemandPercentageAboveBaseCapacity: 100,
                    onDemandAllocationStrategy: "prioritized",
                },
                launchTemplate: launchSource(template, capacity.instanceTypes),
            },
            // ECS lifts it from the instances that it lets go; its termination protection needs it.
            protectFromScaleIn: true,
            healthCheckType: "EC2",
            healthCheckGracePeriod: 300,
            defaultInstanceWarmup: WARM_UP_SECONDS,
            instanceRefresh: {
                strategy: "Rolling",
                preferences: {
                    minHealthyPercentage: 100,
                    maxHealthyPercentage: 150,
                    autoRollback: true,
                    skipMatching: true,
                    // All are protected, and ECS drains those that have to go.
                    scaleInProtectedInstances: "Refresh",
                },
            },
            // Protected instances, which nobody is left to let go, would hold the group back when it is destroyed.
            forceDelete: true,
            enabledMetrics: [
                "GroupDesiredCapacity",
                "GroupInServiceInstances",
                "GroupMaxSize",
                "GroupTotalInstances",
            ],
            metricsGranularity: "1Minute",
            tags: mapInput(tags, (known) =>
                Object.entries(known).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
            ),
        },
        opts,
    );
}
