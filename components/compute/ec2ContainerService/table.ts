import {
    input,
    judgedLater,
    numberOf,
    numberWhere,
    objectOf,
    required,
    textLike,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { shiftsTraffic } from "../containerService/deploymentTable";
import { DEFAULT_SCALING } from "../containerService/scalingTable";
import { CONTAINER_SERVICE_ARGUMENTS } from "../containerService/table";
import { type Ec2ContainerServiceArgs } from "./args";

/**
 * How many tasks of a service there are at most at the same time: in a deployment one more at least, which must have
 * started before an old one may go, and all of them twice where traffic is shifted.
 */
function mostTasks(args: Given): number {
    const most = numberOf(objectOf(args.scaling).maxTasks, DEFAULT_SCALING.maxTasks);
    return shiftsTraffic(args) ? 2 * most : most + 1;
}

/** The rules of Ec2ContainerService's arguments. */
export const EC2_CONTAINER_SERVICE_ARGUMENTS: ArgumentTable<Ec2ContainerServiceArgs> = {
    ...CONTAINER_SERVICE_ARGUMENTS,
    capacityProviderName: required(
        judgedLater(
            input(
                textLike(
                    /^(?!FARGATE)[A-Za-z0-9_-]{1,255}$/,
                    "the name of a capacity provider of instances; a cluster has one with instanceCapacity",
                ),
            ),
        ),
    ),
    taskCeiling: required(
        judgedLater(
            input(
                numberWhere(
                    (ceiling, args) => Number.isInteger(ceiling) && ceiling >= mostTasks(args),
                    (args) =>
                        `${mostTasks(args)} or more: scaling.maxTasks, and ${shiftsTraffic(args) ? "as many again" : "one"} while a new version comes in`,
                    {
                        kind: "a number",
                        remedy: "Lower scaling.maxTasks, or give the cluster more instances or larger ones: each task takes a network interface",
                    },
                ),
            ),
        ),
    ),
    // Amazon ECS API Reference, RegisterTaskDefinition.
    cpu: wholeNumber({ min: 128, max: 10_240 }, "a whole number from 128 to 10240 (CPU units)"),
    memoryMiB: wholeNumber({ min: 128, max: 1_048_576 }, "a whole number from 128 to 1048576 (MiB)"),
};
