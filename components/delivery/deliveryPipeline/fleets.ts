import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { deployPermissions, turnBack } from "../../operations";
import { type Permission, permissionsOf } from "../../security/permissions";
import { type DeliveryPipelineArgs, FleetDeploymentSpeed, type PipelineFleet } from "./args";
import { permit, serviceRole } from "../roles";

/** What a stage deploys a fleet through. */
export interface FleetDeployment {
    readonly applicationName: pulumi.Output<string>;
    readonly groupName: pulumi.Output<string>;
    /** What the stage's role needs to deploy. */
    readonly permissions: pulumi.Output<Permission[]>;
}

/** Makes `<name>-application`, `<name>-group`, `<name>-role` and `<name>-policy`. */
export function fleetDeployment(
    name: string,
    args: DeliveryPipelineArgs,
    fleet: PipelineFleet,
    parent: pulumi.Resource,
): FleetDeployment {
    const { region, accountId } = args;
    const tagged = args.tags === undefined ? {} : { tags: args.tags };
    const application = new aws.codedeploy.Application(
        `${name}-application`,
        { region, computePlatform: "Server", ...tagged },
        { parent },
    );
    const roleArn = permit(
        name,
        serviceRole(
            name,
            args,
            `In-place deployments of ${name} in ${region}`,
            "codedeploy.amazonaws.com",
            parent,
        ),
        [fleetPermissions(args, fleet)],
        parent,
    );
    const speed = fleet.speed ?? FleetDeploymentSpeed.OneAtATime;
    const behindBalancer = fleet.targetGroupName !== undefined;
    const alarms = fleet.rollbackAlarmNames ?? [];
    const group = new aws.codedeploy.DeploymentGroup(
        `${name}-group`,
        {
            region,
            appName: application.name,
            deploymentGroupName: `${name}-group`,
            serviceRoleArn: roleArn,
            deploymentConfigName: speed,
            autoscalingGroups: fleet.autoScalingGroupNames,
            // In place: a blue/green deployment copies the Auto Scaling group, and the copy is nobody's.
            deploymentStyle: {
                deploymentType: "IN_PLACE",
                deploymentOption: behindBalancer ? "WITH_TRAFFIC_CONTROL" : "WITHOUT_TRAFFIC_CONTROL",
            },
            ...(fleet.targetGroupName === undefined
                ? {}
                : { loadBalancerInfo: { targetGroupInfos: [{ name: fleet.targetGroupName }] } }),
            ...turnBack(alarms),
            // An instance that came up while a deployment was under way may have the version before it.
            outdatedInstancesStrategy: "UPDATE",
            ...tagged,
        },
        { parent },
    );
    return {
        applicationName: application.name,
        groupName: group.deploymentGroupName,
        permissions: deployPermissions({
            ...{ region, accountId },
            applicationName: application.name,
            groupName: group.deploymentGroupName,
            configName: speed,
        }),
    };
}

/**
 * What CodeDeploy does to the groups and their instances in an in-place deployment. AWS's own policy AWSCodeDeployRole
 * also lets it make groups and start instances, which blue/green deployments need.
 */
function fleetPermissions(
    { region, accountId }: DeliveryPipelineArgs,
    { autoScalingGroupNames, targetGroupName, rollbackAlarmNames = [] }: PipelineFleet,
): pulumi.Output<Permission[]> {
    const looking = [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLifecycleHooks",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "tag:GetResources",
        ...(targetGroupName === undefined
            ? []
            : ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"]),
        ...(rollbackAlarmNames.length === 0 ? [] : ["cloudwatch:DescribeAlarms"]),
    ];
    return permissionsOf([
        // None of these knows resources.
        { sid: "FindInstances", actions: looking, resources: ["*"] },
        {
            sid: "HookGroups",
            actions: [
                "autoscaling:CompleteLifecycleAction",
                "autoscaling:DeleteLifecycleHook",
                "autoscaling:PutLifecycleHook",
                "autoscaling:RecordLifecycleActionHeartbeat",
                "autoscaling:ResumeProcesses",
                "autoscaling:SuspendProcesses",
            ],
            resources: autoScalingGroupNames.map(
                (group) =>
                    pulumi.interpolate`arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${group}`,
            ),
        },
        ...(targetGroupName === undefined
            ? []
            : [
                  {
                      sid: "MoveTargets",
                      actions: [
                          "elasticloadbalancing:DeregisterTargets",
                          "elasticloadbalancing:RegisterTargets",
                      ],
                      resources: [
                          pulumi.interpolate`arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/${targetGroupName}/*`,
                      ],
                  },
              ]),
    ]);
}
