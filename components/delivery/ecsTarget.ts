import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf } from "../security/permissions";
import { arnOf, input, isCount, list, object, required, textLike, unless } from "../shared/argumentRules";
import { type ArgumentTable, type Rule } from "../shared/argumentTable";

/** An ECS service that something deploys to. */
export interface EcsTarget {
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Name of the service. Its deployment controller must be ECS, whatever the strategy. */
    serviceName: pulumi.Input<string>;
}

// Amazon ECS API Reference, CreateCluster and CreateService: up to 255 letters, digits, underscores and hyphens.
const ecsName = () =>
    required(input(textLike(/^[A-Za-z0-9_-]{1,255}$/, "1 to 255 letters, digits, _ and -")));

/** The rules of a target's parts. */
export const ECS_TARGET: ArgumentTable<EcsTarget> = { clusterName: ecsName(), serviceName: ecsName() };

/** The rule of services that something deploys to, by the rules of each one's parts. */
export function ecsTargets<T extends EcsTarget>(parts: ArgumentTable<T>): Rule<"list", false, false> {
    return list(
        object<T>(parts),
        "a list of services",
        // AWS CodePipeline User Guide, "Quotas": 50 actions in a stage.
        unless((given) => isCount(given, 1, 40), "1 to 40 services"),
    );
}

/** The rule of the roles that services' tasks may get. */
export function taskRoleArns(): Rule<"list", false, false> {
    return list(
        input(arnOf("iam", "a role")),
        "a list of ARNs of roles",
        unless((given) => isCount(given, 1, 100), "1 to 100 ARNs of roles"),
    );
}

/** Where services are, and which roles their tasks may get. */
export interface EcsPlace {
    region: string;
    accountId: pulumi.Input<string>;
    taskRoleArns: readonly pulumi.Input<string>[];
}

/**
 * What deploying to services takes: a revision of the task definition with the new image, the service turned to it, and
 * the roles of its tasks passed on, no others.
 * Source: AWS CodePipeline User Guide, "Amazon Elastic Container Service deploy action reference".
 */
export function ecsDeployPermissions(
    { region, accountId, taskRoleArns }: EcsPlace,
    targets: readonly EcsTarget[],
): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "ReviseTaskDefinitions",
            actions: ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"],
            // The page gives these two no narrower resource: a revision has no ARN before it is registered.
            resources: ["*"],
        },
        {
            sid: "TagTaskDefinitions",
            actions: ["ecs:TagResource"],
            resources: [pulumi.interpolate`arn:aws:ecs:${region}:${accountId}:task-definition/*`],
            conditions: [
                { operator: "StringEquals", key: "ecs:CreateAction", values: ["RegisterTaskDefinition"] },
            ],
        },
        {
            sid: "UpdateServices",
            actions: ["ecs:DescribeServices", "ecs:UpdateService"],
            resources: targets.map(
                ({ clusterName, serviceName }) =>
                    pulumi.interpolate`arn:aws:ecs:${region}:${accountId}:service/${clusterName}/${serviceName}`,
            ),
        },
        {
            sid: "PassTaskRoles",
            actions: ["iam:PassRole"],
            resources: taskRoleArns,
            conditions: [
                {
                    operator: "StringEquals",
                    key: "iam:PassedToService",
                    values: ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"],
                },
            ],
        },
    ]);
}
