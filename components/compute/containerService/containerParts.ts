import type * as pulumi from "@pulumi/pulumi";

import { type ContainerServiceArgs } from "./args";
import { type ServiceSettings } from "./settings";

/** A container as a task definition has it. */
export type ContainerDefinition = Record<string, unknown>;

/** What is common to all containers of a task. */
export interface TaskSurroundings {
    args: ContainerServiceArgs;
    settings: ServiceSettings;
    logGroupName: pulumi.Input<string>;
}

/** Where a container sees a volume. */
export interface VolumeMount {
    sourceVolume: string;
    containerPath: string;
    readOnly: boolean;
}

/** What no container may do. */
export function confined({ args }: TaskSurroundings): ContainerDefinition {
    return {
        privileged: false,
        readonlyRootFilesystem: true,
        linuxParameters: {
            // Takes away what the program, or the agent of a session, leaves behind.
            initProcessEnabled: true,
            // Some of them are what the agent of a session needs.
            ...(args.commandExecution === undefined ? { capabilities: { drop: ["ALL"] } } : {}),
        },
    };
}

/** How a container's output reaches the service's log group, in streams that begin with the container's name. */
export function logConfiguration(
    { args, logGroupName }: TaskSurroundings,
    container: string,
): ContainerDefinition {
    return {
        logDriver: "awslogs",
        options: {
            "awslogs-group": logGroupName,
            "awslogs-region": args.region,
            "awslogs-stream-prefix": container,
            // A program must go on when CloudWatch Logs does not answer; what does not fit is lost.
            mode: "non-blocking",
            "max-buffer-size": "25m",
        },
    };
}
