import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import { requestAlarms, taskAlarms } from "./alarms";
import { type ContainerServiceArgs } from "./args";
import { deploymentInputs, deploymentMinutes, loadBalancers, type TrafficShift } from "./deployment";
import { type ContainerServiceOutputs } from "./outputs";
import { infrastructureRole, serviceRoles } from "./roles";
import { serviceScaling } from "./scaling";
import { CONTAINER_NAME, type ServiceSettings } from "./settings";
import { balancerConnection, serviceTargets, type ServiceTargets } from "./targets";
import { taskDefinition } from "./taskDefinition";

/** Makes everything that a service consists of, as children of the component. */
export function containerService(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    parent: pulumi.Resource,
): ContainerServiceOutputs {
    const asChild = { parent };
    const logGroup = new aws.cloudwatch.LogGroup(
        `${name}-log`,
        {
            region: args.region,
            retentionInDays: settings.logRetentionDays,
            kmsKeyId: args.kmsKeyArn,
            tags: settings.tags,
        },
        asChild,
    );
    const roles = serviceRoles(name, args, logGroup, asChild);
    const securityGroup = ownSecurityGroup(
        name,
        {
            region: args.region,
            vpcId: args.vpcId,
            description: `Tasks of ${name}`,
            httpsEgressCidrBlocks: settings.egressCidrBlocks,
            tags: settings.tags,
        },
        parent,
    );
    const task = taskDefinition(name, { args, settings, logGroupName: logGroup.name }, roles, asChild);
    const targets = serviceTargets(name, args, settings, asChild);
    const connection = balancerConnection(name, args, settings, securityGroup, asChild);
    const rollback = requestAlarms(name, args, targets, asChild);
    const infrastructure = settings.shiftsTraffic ? infrastructureRole(name, args, asChild) : undefined;

    const service = ecsService(
        name,
        args,
        settings,
        {
            task,
            securityGroup,
            targets,
            rollbackAlarmNames: [...rollback, ...(settings.deployment.alarmNames ?? [])],
            shift: infrastructure === undefined ? undefined : { roleArn: infrastructure.role.arn },
            logGroupName: logGroup.name,
        },
        {
            ...asChild,
            // Before the first task starts, and until the last one has ended: without its permissions a service that is
            // deleted never stops draining, and without rules ECS refuses the target groups.
            dependsOn: [
                ...roles.permissions,
                ...(infrastructure?.permissions ?? []),
                ...targets.flatMap(({ rules, testRule }) => [
                    ...rules,
                    ...(testRule === undefined ? [] : [testRule]),
                ]),
                ...connection,
            ],
        },
    );
    serviceScaling(name, args, settings, { service, targets }, asChild);
    const alarmNames = [...rollback, ...taskAlarms(name, args, { service, targets }, asChild)];

    return {
        serviceName: service.name,
        serviceArn: service.arn,
        taskDefinitionArn: task.arn,
        taskDefinitionFamily: task.family,
        containerName: pulumi.output(CONTAINER_NAME),
        executionRoleArn: roles.execution.arn,
        taskRoleArn: roles.task.arn,
        taskRoleName: roles.task.name,
        securityGroupId: securityGroup.id,
        port: pulumi.output(settings.port),
        targetGroupArns: pulumi.output(
            Object.fromEntries(targets.map(({ key, groups: [first] }) => [key, first.arn])),
        ),
        logGroupName: logGroup.name,
        alarmNames: pulumi.all(alarmNames),
    };
}

interface ServiceParts {
    task: aws.ecs.TaskDefinition;
    securityGroup: aws.ec2.SecurityGroup;
    targets: readonly ServiceTargets[];
    rollbackAlarmNames: pulumi.Input<string>[];
    shift: TrafficShift | undefined;
    logGroupName: pulumi.Input<string>;
}

function ecsService(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    parts: ServiceParts,
    opts: pulumi.CustomResourceOptions,
): aws.ecs.Service {
    const { placement } = settings;
    const { targets, shift } = parts;
    const waits = args.deployedByPipeline !== true;
    const minutes = deploymentMinutes(settings);
    return new aws.ecs.Service(
        `${name}-service`,
        {
            region: args.region,
            cluster: args.clusterArn,
            taskDefinition: parts.task.arn,
            desiredCount: settings.scaling.minTasks,
            capacityProviderStrategies: placement.strategy,
            // Where tasks run cannot be changed in place without it.
            forceNewDeployment: true,
            ...(placement.compatibility === "FARGATE"
                ? { platformVersion: "LATEST" }
                : {
                      // Zones first, which rebalancing needs; then as few instances as hold the tasks.
                      orderedPlacementStrategies: [
                          { type: "spread", field: "attribute:ecs.availability-zone" },
                          { type: "binpack", field: "memory" },
                      ],
                  }),
            networkConfiguration: {
                subnets: args.subnetIds,
                securityGroups: [parts.securityGroup.id],
                assignPublicIp: false,
            },
            ...deploymentInputs(settings, parts.rollbackAlarmNames, shift),
            ...(targets.length === 0
                ? {}
                : {
                      loadBalancers: loadBalancers(settings, targets, shift),
                      // Zero, which AWS takes when nothing is said, ends a slow program again and again.
                      healthCheckGracePeriodSeconds: args.healthCheckGracePeriodSeconds ?? 60,
                  }),
            ...serviceConnect(args, settings, parts.logGroupName),
            availabilityZoneRebalancing: args.availabilityZoneRebalancing === false ? "DISABLED" : "ENABLED",
            enableExecuteCommand: args.commandExecution !== undefined,
            // Tasks have no tags of their own else, and nobody could tell whom they cost.
            propagateTags: "SERVICE",
            enableEcsManagedTags: true,
            // An update that ECS turned back is no success. What a pipeline deploys is the pipeline's to wait for: the
            // first image may not even be there yet.
            waitForSteadyState: waits,
            tags: settings.tags,
        },
        {
            ...opts,
            ignoreChanges: [
                // Scaling moves it, and each update would move it back.
                ...(settings.scales ? ["desiredCount"] : []),
                // The pipeline registers revisions of its own, and an update would turn the service back to this one.
                ...(waits ? [] : ["taskDefinition"]),
            ],
            ...(waits ? { customTimeouts: { create: `${minutes}m`, update: `${minutes}m` } } : {}),
        },
    );
}

function serviceConnect(
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    logGroupName: pulumi.Input<string>,
): Pick<aws.ecs.ServiceArgs, "serviceConnectConfiguration"> {
    if (args.serviceConnect === undefined) {
        return {};
    }
    const { namespaceArn, discoveryName, clientPort } = args.serviceConnect;
    return {
        serviceConnectConfiguration: {
            enabled: true,
            namespace: namespaceArn,
            services:
                discoveryName === undefined
                    ? []
                    : [
                          {
                              // The program's own port: the proxies of both sides are between, and nobody could check
                              // the certificate of a proxy that takes TLS.
                              portName: CONTAINER_NAME,
                              discoveryName,
                              clientAlias: [
                                  { port: clientPort ?? settings.containerPort, dnsName: discoveryName },
                              ],
                          },
                      ],
            logConfiguration: {
                logDriver: "awslogs",
                options: {
                    "awslogs-group": logGroupName,
                    "awslogs-region": args.region,
                    "awslogs-stream-prefix": "service-connect",
                },
            },
        },
    };
}
