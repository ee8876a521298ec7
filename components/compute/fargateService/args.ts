import { type ContainerServiceArgs } from "../containerService/args";

/**
 * Which tasks run on spare capacity, at a discount and with two minutes' notice before it is taken back. Those above
 * `onDemandTasks` are shared out by the weights.
 */
export interface FargateSpot {
    /** How many tasks run on Fargate before any runs on Fargate Spot; at most 100000. `scaling.minTasks` when left out. */
    onDemandTasks?: number;
    /** Share of Fargate among the rest, 0 to 1000. 0 when left out. */
    onDemandWeight?: number;
    /** Share of Fargate Spot among the rest, 1 to 1000. 1 when left out. */
    spotWeight?: number;
}

/** Arguments of FargateService. */
export interface FargateServiceArgs extends ContainerServiceArgs {
    /** CPU units of a task: 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768, of which 1024 are a processor. 256 when left out. */
    cpu?: number;
    /** Memory of a task in MiB, one of those that Fargate offers for `cpu`. The least of them when left out. */
    memoryMiB?: number;
    /** Storage of a task in GiB, 21 to 200: image, volumes and all. 20 when left out. */
    ephemeralStorageGiB?: number;
    /** Which tasks run on Fargate Spot. None when left out. */
    spot?: FargateSpot;
}
