import { type FleetCapacity } from "./args";

/** A tier's capacity with every default in its place. */
export type ResolvedCapacity = Required<FleetCapacity>;

export const DEFAULT_CAPACITY: ResolvedCapacity = {
    minSize: 2,
    maxSize: 8,
    onDemandBaseCapacity: 2,
    onDemandPercentageAboveBase: 0,
    instanceTypes: ["t4g.small", "t4g.medium", "c7g.medium", "m7g.medium"],
    targetCpuPercent: 50,
    targetRequestsPerInstance: 1000,
};

/** Puts the defaults in. */
export function resolveCapacity(capacity: FleetCapacity): ResolvedCapacity {
    return { ...DEFAULT_CAPACITY, ...defined(capacity) };
}

/** Drops what is undefined, so that it does not hide a default. */
function defined(capacity: FleetCapacity): Partial<ResolvedCapacity> {
    return Object.fromEntries(Object.entries(capacity).filter(([, value]) => value !== undefined));
}
