import type * as pulumi from "@pulumi/pulumi";

import { type ContainerServiceArgs } from "../containerService/args";

/** Arguments of Ec2ContainerService. */
export interface Ec2ContainerServiceArgs extends ContainerServiceArgs {
    /** Name of the capacity provider whose instances run the tasks: a ContainerCluster's `instanceCapacityProviderName`. */
    capacityProviderName: pulumi.Input<string>;
    /**
     * How many tasks its instances can hold when there are as many as there may be: a ContainerCluster's `taskCeiling`.
     * Each task needs a network interface of its own, and an instance has few.
     */
    taskCeiling: pulumi.Input<number>;
    /** CPU units of a task, of which 1024 are a processor: 128 to 10240. 256 when left out. */
    cpu?: number;
    /** Memory of a task in MiB, 128 or more: above it the task is ended. 512 when left out. */
    memoryMiB?: number;
}
