import type * as pulumi from "@pulumi/pulumi";

/** How a new version takes over the calls from the old one. */
export enum FunctionDeploymentStrategy {
    /** All calls at once. */
    AllAtOnce = "AllAtOnce",
    /** A small share of the calls first, and then the rest. */
    Canary = "Canary",
    /** In equal steps. */
    Linear = "Linear",
}

/**
 * A deployment of the alias by CodeDeploy. Whoever deploys, a pipeline or a person, starts it after `pulumi up` with the
 * outputs `deploymentApplicationName`, `deploymentGroupName` and `latestVersion`; alarms turn it back. Pulumi then leaves
 * the alias where CodeDeploy put it.
 */
export interface FunctionDeployment {
    /** How calls move. `FunctionDeploymentStrategy.Canary` when left out. */
    strategy?: FunctionDeploymentStrategy;
    /** The first share with Canary, or the size of a step with Linear, in percent: 1 to 99. 10 when left out; not with AllAtOnce. */
    percent?: number;
    /**
     * Minutes that the first share, or each step, is watched: 1 to 2880, all steps together within 2880. 5 when left out; not
     * with AllAtOnce.
     */
    intervalMinutes?: number;
    /** Names of further alarms of the region that turn a deployment back, beside that on the alias's errors: 49 at most. None when left out. */
    alarmNames?: pulumi.Input<string>[];
}
