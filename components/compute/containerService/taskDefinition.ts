import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { secretVariables } from "../environment";
import { type ContainerDefinition, type TaskSurroundings } from "./containerParts";
import { taskContainers } from "./containers";
import { type ServiceRoles } from "./roles";

/** Makes `<name>-task`. */
export function taskDefinition(
    name: string,
    surroundings: TaskSurroundings,
    roles: ServiceRoles,
    opts: pulumi.CustomResourceOptions,
): aws.ecs.TaskDefinition {
    const { args, settings } = surroundings;
    const { placement } = settings;
    const { containers, volumes } = taskContainers(name, surroundings);
    return new aws.ecs.TaskDefinition(
        `${name}-task`,
        {
            region: args.region,
            family: name,
            requiresCompatibilities: [placement.compatibility],
            networkMode: "awsvpc",
            cpu: String(placement.cpu),
            memory: String(placement.memoryMiB),
            ...(placement.ephemeralStorageGiB === undefined
                ? {}
                : { ephemeralStorage: { sizeInGib: placement.ephemeralStorageGiB } }),
            // Without it Fargate runs tasks on x86.
            runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: settings.architecture },
            executionRoleArn: roles.execution.arn,
            taskRoleArn: roles.task.arn,
            containerDefinitions: definitions(name, args.environment ?? {}, containers),
            volumes: volumes.map((volume) => ({ name: volume })),
            ...(args.faultInjection === true ? { enableFaultInjection: true } : {}),
            // Nothing can be rolled back to a revision that is gone.
            skipDestroy: true,
            tags: settings.tags,
        },
        opts,
    );
}

function definitions(
    name: string,
    environment: Record<string, pulumi.Input<string>>,
    containers: ContainerDefinition[],
): pulumi.Output<string> {
    const text = pulumi.jsonStringify(containers);
    return pulumi.all([secretVariables(environment), text]).apply(([secrets, known]) => {
        if (secrets.length > 0) {
            throw new Error(
                `The environment of ${name} has secret values: ${secrets.join(", ")}. Everybody who may describe the ` +
                    "task definition reads them. Keep them in Secrets Manager and name them in secrets.",
            );
        }
        return known;
    });
}
