import type * as pulumi from "@pulumi/pulumi";

import { tracingVariables } from "../tracing";
import { type ContainerServiceArgs } from "./args";
import { ContainerProtocol } from "./containerArgs";
import {
    confined,
    type ContainerDefinition,
    logConfiguration,
    type TaskSurroundings,
    type VolumeMount,
} from "./containerParts";
import { CONTAINER_NAME, type ServiceSettings } from "./settings";
import { collectorContainer, proxyContainers } from "./sidecars";

/** Name of the container that opens the volumes to the program. */
const OPENER_NAME = "open-volumes";

/** The containers of a service's task, and the names of its volumes, all of them empty at first. */
export function taskContainers(
    name: string,
    surroundings: TaskSurroundings,
): { containers: ContainerDefinition[]; volumes: string[] } {
    const { args, settings } = surroundings;
    const mounts = settings.writablePaths.map((containerPath) => ({
        sourceVolume: volumeName(containerPath),
        containerPath,
        readOnly: false,
    }));
    const opens = mounts.length > 0 && args.imageOwnsWritablePaths !== true;
    const proxy = proxyContainers(surroundings);
    return {
        containers: [
            programContainer(name, surroundings, mounts, opens),
            ...(opens ? [openerContainer(surroundings, mounts)] : []),
            ...proxy.containers,
            ...collectorContainer(surroundings),
        ],
        volumes: [...mounts.map(({ sourceVolume }) => sourceVolume), ...proxy.volumes],
    };
}

/** A volume's name after its path: `/var/cache/app` is `path-var-cache-app`, and no two paths share one. */
function volumeName(path: string): string {
    // Hyphens and dots of the path itself are written out, so that /a-b is not /a/b.
    const words = path.slice(1).replaceAll("_", "__").replaceAll("-", "_h").replaceAll(".", "_d");
    return `path-${words.replaceAll("/", "-")}`;
}

function programContainer(
    name: string,
    surroundings: TaskSurroundings,
    mounts: readonly VolumeMount[],
    opens: boolean,
): ContainerDefinition {
    const { args, settings } = surroundings;
    const { healthCheck } = args;
    return {
        name: CONTAINER_NAME,
        image: args.image,
        essential: true,
        ...(args.command === undefined ? {} : { command: args.command }),
        user: settings.user,
        ...confined(surroundings),
        // The agent of a session writes to the container's file system.
        readonlyRootFilesystem: args.commandExecution === undefined,
        portMappings: [
            {
                name: CONTAINER_NAME,
                containerPort: settings.containerPort,
                protocol: "tcp",
                ...(args.containerProtocol === ContainerProtocol.Https ? {} : { appProtocol: "http" }),
            },
        ],
        environment: Object.entries(environmentOf(name, args, settings)).map(([variable, value]) => ({
            name: variable,
            value,
        })),
        secrets: Object.entries(args.secrets ?? {}).map(([variable, valueFrom]) => ({
            name: variable,
            valueFrom,
        })),
        ...(healthCheck === undefined
            ? {}
            : {
                  healthCheck: {
                      command: healthCheck.command,
                      interval: healthCheck.intervalSeconds ?? 30,
                      timeout: healthCheck.timeoutSeconds ?? 5,
                      retries: healthCheck.retries ?? 3,
                      startPeriod: healthCheck.startPeriodSeconds ?? 60,
                  },
              }),
        mountPoints: mounts,
        ...(opens ? { dependsOn: [{ containerName: OPENER_NAME, condition: "SUCCESS" }] } : {}),
        stopTimeout: settings.stopTimeoutSeconds,
        logConfiguration: logConfiguration(surroundings, CONTAINER_NAME),
    };
}

function environmentOf(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
): Record<string, pulumi.Input<string>> {
    return {
        PORT: String(settings.containerPort),
        AWS_REGION: args.region,
        ...(args.tracing === undefined ? {} : tracingVariables(name)),
        ...args.environment,
    };
}

/**
 * Opens the volumes to the program's user. An empty volume belongs to root, and nobody else may write to it (Amazon ECS
 * Developer Guide, "Use bind mounts with Amazon ECS").
 */
function openerContainer(
    surroundings: TaskSurroundings,
    mounts: readonly VolumeMount[],
): ContainerDefinition {
    return {
        name: OPENER_NAME,
        image: surroundings.args.image,
        essential: false,
        entryPoint: ["/bin/sh", "-c"],
        // As in /tmp of any system: who makes a file is who may take it away.
        command: [`chmod 1777 ${mounts.map(({ containerPath }) => containerPath).join(" ")}`],
        user: "0:0",
        ...confined(surroundings),
        mountPoints: mounts,
        logConfiguration: logConfiguration(surroundings, OPENER_NAME),
    };
}
