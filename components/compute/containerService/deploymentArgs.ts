import type * as pulumi from "@pulumi/pulumi";

/** How new tasks take over from old ones. */
export enum DeploymentStrategy {
    /** Task by task, within one target group; a circuit breaker turns back what does not become healthy. */
    Rolling = "ROLLING",
    /** All new tasks beside all old ones, and then all requests at once. */
    BlueGreen = "BLUE_GREEN",
    /** All new tasks beside all old ones, a small share of the requests first, and then the rest. */
    Canary = "CANARY",
    /** All new tasks beside all old ones, and the requests in equal steps. */
    Linear = "LINEAR",
}

/** Moments of a deployment that shifts traffic, at which it can be looked at or held. */
export enum DeploymentStage {
    /** Before anything, where more than one version runs. */
    ReconcileService = "RECONCILE_SERVICE",
    /** Before the new tasks start. */
    PreScaleUp = "PRE_SCALE_UP",
    /** When the new tasks have started. */
    PostScaleUp = "POST_SCALE_UP",
    /** While test traffic moves to the new tasks. */
    TestTrafficShift = "TEST_TRAFFIC_SHIFT",
    /** When all test traffic goes to the new tasks. */
    PostTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT",
    /** While everybody's requests move to the new tasks. */
    ProductionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT",
    /** When all requests go to the new tasks, before the old ones end. */
    PostProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT",
}

/** What becomes of a deployment that nobody has let go on in time. */
export enum PauseTimeout {
    /** It is turned back. */
    Rollback = "ROLLBACK",
    /** It goes on. */
    Continue = "CONTINUE",
}

/** A function that judges a deployment at some of its stages, or a pause until somebody lets it go on: one of the two. */
export interface DeploymentHook {
    /** When. A pause is not possible while traffic is being shifted. */
    stages: DeploymentStage[];
    /** ARN of the Lambda function that answers `SUCCEEDED`, `FAILED` or `IN_PROGRESS`. A pause when left out. */
    functionArn?: pulumi.Input<string>;
    /** Minutes that a pause lasts at most, 1 to 20160. 1440 when left out; not with a function. */
    pauseMinutes?: number;
    /** What then becomes of the deployment. Rollback when left out; not with a function. */
    onTimeout?: PauseTimeout;
}

/**
 * How a new version of the tasks comes in. A strategy other than Rolling shifts traffic between two target groups: it
 * needs balancers with one rule each, and alarms that turn it back, those of `alarmTopicArns` or `alarmNames`. ECS then
 * owns the weights of the rules, and Pulumi leaves them alone.
 */
export interface ServiceDeployment {
    /** Rolling when left out. */
    strategy?: DeploymentStrategy;
    /** Minutes that old tasks stay after all traffic has left them, 0 to 1440. 10 when left out; not with Rolling. */
    bakeMinutes?: number;
    /** The first share with Canary, in percent from 0.1 to 100. 10 when left out. */
    canaryPercent?: number;
    /** Minutes that this share is watched, 0 to 1440. 10 when left out. */
    canaryBakeMinutes?: number;
    /** The size of a step with Linear, in percent from 3 to 100. 20 when left out. */
    stepPercent?: number;
    /** Minutes that each step is watched, 0 to 1440. 5 when left out. */
    stepBakeMinutes?: number;
    /** What judges or holds a deployment that shifts traffic. None when left out. */
    hooks?: DeploymentHook[];
    /** Names of further alarms that turn a deployment back, beside the service's own. None when left out. */
    alarmNames?: pulumi.Input<string>[];
}
