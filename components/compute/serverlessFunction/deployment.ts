import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { deployPermissions, turnBack } from "../../operations";
import { type Permission, permissionsOf } from "../../security/permissions";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { deploymentAlarm } from "./alarms";
import { type ServerlessFunctionArgs } from "./args";
import { FunctionDeploymentStrategy } from "./deploymentArgs";
import { DEFAULT_SHIFT } from "./deploymentTable";

/** What whoever deploys must know. */
export interface FunctionDeploymentGroup {
    readonly applicationName: pulumi.Output<string>;
    readonly groupName: pulumi.Output<string>;
    readonly permissions: pulumi.Output<Permission[]>;
}

/** Makes what CodeDeploy moves the alias with; nothing where the arguments ask for no deployment. */
export function deployByCodeDeploy(
    name: string,
    args: ServerlessFunctionArgs,
    { called, alias }: { called: aws.lambda.Function; alias: aws.lambda.Alias },
    parent: pulumi.Resource,
): FunctionDeploymentGroup | undefined {
    const { region, accountId, deployment, tags = {} } = args;
    if (deployment === undefined) {
        return undefined;
    }
    const application = new aws.codedeploy.Application(
        `${name}-application`,
        { region, computePlatform: "Lambda", tags },
        { parent },
    );
    const config = new aws.codedeploy.DeploymentConfig(
        `${name}-deployment-config`,
        { region, computePlatform: "Lambda", trafficRoutingConfig: routing(args) },
        { parent },
    );
    const role = new aws.iam.Role(
        `${name}-deployment-role`,
        {
            description: `Moves calls to new versions of ${name}`,
            assumeRolePolicy: serviceTrust("codedeploy.amazonaws.com", accountId),
            ...(args.permissionsBoundaryArn === undefined
                ? {}
                : { permissionsBoundary: args.permissionsBoundaryArn }),
            tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-deployment-policy`,
        {
            role: role.id,
            policy: policyDocument([
                {
                    Sid: "MoveAlias",
                    Effect: "Allow",
                    Action: [
                        "lambda:GetAlias",
                        "lambda:GetProvisionedConcurrencyConfig",
                        "lambda:UpdateAlias",
                    ],
                    Resource: [called.arn, pulumi.interpolate`${called.arn}:*`],
                },
                {
                    Sid: "ReadAlarms",
                    Effect: "Allow",
                    Action: "cloudwatch:DescribeAlarms",
                    // CodeDeploy asks without naming one.
                    Resource: "*",
                },
            ]),
        },
        { parent },
    );
    const alarms = [deploymentAlarm(name, args, alias, parent).name, ...(deployment.alarmNames ?? [])];
    const group = new aws.codedeploy.DeploymentGroup(
        `${name}-deployment-group`,
        {
            region,
            appName: application.name,
            deploymentGroupName: `${name}-deployment-group`,
            serviceRoleArn: role.arn,
            deploymentConfigName: config.deploymentConfigName,
            deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
            ...turnBack(alarms),
            tags,
        },
        { parent, dependsOn: [policy] },
    );
    const target = {
        ...{ region, accountId },
        applicationName: application.name,
        groupName: group.deploymentGroupName,
    };
    return {
        ...target,
        permissions: pulumi
            .all([
                deployPermissions({ ...target, configName: config.deploymentConfigName }),
                permissionsOf([{ sid: "ReadAlias", actions: ["lambda:GetAlias"], resources: [called.arn] }]),
            ])
            .apply((all) => all.flat()),
    };
}

function routing({
    deployment = {},
}: ServerlessFunctionArgs): aws.types.input.codedeploy.DeploymentConfigTrafficRoutingConfig {
    const { strategy, percent: percentage, intervalMinutes: interval } = { ...DEFAULT_SHIFT, ...deployment };
    switch (strategy) {
        case FunctionDeploymentStrategy.AllAtOnce:
            return { type: "AllAtOnce" };
        case FunctionDeploymentStrategy.Canary:
            return { type: "TimeBasedCanary", timeBasedCanary: { percentage, interval } };
        case FunctionDeploymentStrategy.Linear:
            return { type: "TimeBasedLinear", timeBasedLinear: { percentage, interval } };
    }
}
