import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type DeploymentHook, DeploymentStrategy, PauseTimeout } from "./deploymentArgs";
import { type ServiceSettings } from "./settings";
import { type ServiceTargets } from "./targets";

type ServiceArgs = aws.ecs.ServiceArgs;

/** What a deployment that shifts traffic takes, beside the rules. */
export interface TrafficShift {
    roleArn: pulumi.Input<string>;
}

/** Minutes that a pause lasts which does not say it. */
const PAUSE_MINUTES = 1440;

/** How ECS brings new tasks in, and what turns them back. */
export function deploymentInputs(
    settings: ServiceSettings,
    alarmNames: pulumi.Input<string>[],
    shift: TrafficShift | undefined,
): Pick<
    ServiceArgs,
    | "deploymentCircuitBreaker"
    | "deploymentConfiguration"
    | "deploymentMinimumHealthyPercent"
    | "deploymentMaximumPercent"
    | "alarms"
> {
    const alarms = alarmNames.length === 0 ? {} : { alarms: { alarmNames, enable: true, rollback: true } };
    return {
        ...alarms,
        // New tasks before old ones go.
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        ...(shift === undefined
            ? {
                  deploymentConfiguration: { strategy: DeploymentStrategy.Rolling },
                  // Of use with Rolling alone.
                  deploymentCircuitBreaker: { enable: true, rollback: true },
              }
            : { deploymentConfiguration: shiftConfiguration(settings, shift) }),
    };
}

function shiftConfiguration(
    { deployment }: ServiceSettings,
    shift: TrafficShift,
): aws.types.input.ecs.ServiceDeploymentConfiguration {
    const { strategy, hooks } = deployment;
    return {
        strategy,
        bakeTimeInMinutes: String(deployment.bakeMinutes),
        ...(strategy === DeploymentStrategy.Canary
            ? {
                  canaryConfiguration: {
                      canaryPercent: deployment.canaryPercent,
                      canaryBakeTimeInMinutes: String(deployment.canaryBakeMinutes),
                  },
              }
            : {}),
        ...(strategy === DeploymentStrategy.Linear
            ? {
                  linearConfiguration: {
                      stepPercent: deployment.stepPercent,
                      stepBakeTimeInMinutes: String(deployment.stepBakeMinutes),
                  },
              }
            : {}),
        ...(hooks === undefined ? {} : { lifecycleHooks: hooks.map((hook) => lifecycleHook(hook, shift)) }),
    };
}

function lifecycleHook(
    hook: DeploymentHook,
    shift: TrafficShift,
): aws.types.input.ecs.ServiceDeploymentConfigurationLifecycleHook {
    return hook.functionArn === undefined
        ? {
              targetType: "PAUSE",
              lifecycleStages: hook.stages,
              timeoutConfiguration: {
                  timeoutInMinutes: String(hook.pauseMinutes ?? PAUSE_MINUTES),
                  action: hook.onTimeout ?? PauseTimeout.Rollback,
              },
          }
        : {
              targetType: "AWS_LAMBDA",
              hookTargetArn: hook.functionArn,
              roleArn: shift.roleArn,
              lifecycleStages: hook.stages,
          };
}

/** Where a service's tasks are registered. */
export function loadBalancers(
    settings: ServiceSettings,
    targets: readonly ServiceTargets[],
    shift: TrafficShift | undefined,
): aws.types.input.ecs.ServiceLoadBalancer[] {
    return targets.map(({ groups: [first, other], rules: [rule], testRule }) => ({
        containerName: settings.portContainer,
        containerPort: settings.port,
        targetGroupArn: first.arn,
        ...(shift === undefined || other === undefined || rule === undefined
            ? {}
            : {
                  advancedConfiguration: {
                      alternateTargetGroupArn: other.arn,
                      productionListenerRule: rule.arn,
                      roleArn: shift.roleArn,
                      ...(testRule === undefined ? {} : { testListenerRule: testRule.arn }),
                  },
              }),
    }));
}

/** The longest that a deployment takes when nothing is wrong, in minutes: tasks that start, and all that is waited for. */
export function deploymentMinutes({ deployment, shiftsTraffic }: ServiceSettings): number {
    const start = 30;
    if (!shiftsTraffic) {
        return start;
    }
    const { strategy, bakeMinutes, canaryBakeMinutes, stepPercent, stepBakeMinutes, hooks = [] } = deployment;
    const pauses = hooks.reduce(
        (sum, { functionArn, pauseMinutes = PAUSE_MINUTES, stages }) =>
            sum + (functionArn === undefined ? pauseMinutes : 60) * stages.length,
        0,
    );
    const shifting = {
        [DeploymentStrategy.Rolling]: 0,
        [DeploymentStrategy.BlueGreen]: 0,
        [DeploymentStrategy.Canary]: canaryBakeMinutes,
        [DeploymentStrategy.Linear]: Math.ceil(100 / stepPercent) * stepBakeMinutes,
    }[strategy];
    return start + shifting + bakeMinutes + pauses;
}
