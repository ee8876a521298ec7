import { type Architecture, architectureOf, commonArchitecture } from "../instanceTypes";
import { type Problems } from "../../shared/validation";
import { type FleetCapacity } from "./args";

/** A tier's capacity with every default in its place. */
export type ResolvedCapacity = Required<FleetCapacity>;

const DEFAULT_CAPACITY: ResolvedCapacity = {
    minSize: 2,
    maxSize: 8,
    onDemandBaseCapacity: 2,
    onDemandPercentageAboveBase: 0,
    instanceTypes: ["t4g.small", "t4g.medium", "c7g.medium", "m7g.medium"],
    targetCpuPercent: 50,
    targetRequestsPerInstance: 1000,
};

// Amazon EC2 Auto Scaling User Guide, "Auto Scaling groups with multiple instance types": 40 at most.
export const MAX_INSTANCE_TYPES = 40;
/** More pools make it likelier that one has Spot capacity left; with fewer, one shortage empties the fleet. */
export const MIN_SPOT_TYPES = 3;

/** Puts the defaults in. */
export function resolveCapacity(capacity: FleetCapacity): ResolvedCapacity {
    return { ...DEFAULT_CAPACITY, ...defined(capacity) };
}

/** Drops what is undefined, so that it does not hide a default. */
function defined(capacity: FleetCapacity): Partial<ResolvedCapacity> {
    return Object.fromEntries(Object.entries(capacity).filter(([, value]) => value !== undefined));
}

/** Notes what is wrong with the capacity. Returns the architecture of its types, where they agree. */
export function checkCapacity(problems: Problems, capacity: ResolvedCapacity): Architecture | undefined {
    const { minSize, maxSize, onDemandBaseCapacity, instanceTypes } = capacity;
    const whole = (value: number, min: number, max: number): boolean =>
        Number.isInteger(value) && value >= min && value <= max;

    problems.check(whole(minSize, 1, 10_000), "capacity.minSize", minSize, "a whole number from 1 to 10000");
    problems.check(
        whole(maxSize, 1, 10_000) && maxSize > minSize,
        "capacity.maxSize",
        maxSize,
        `a whole number above minSize (${minSize})`,
        "Scaling, and replacing an instance before the old one goes, need the room",
    );
    problems.check(
        whole(onDemandBaseCapacity, 0, maxSize),
        "capacity.onDemandBaseCapacity",
        onDemandBaseCapacity,
        `a whole number from 0 to maxSize (${maxSize})`,
    );
    problems.checkRange(
        "capacity.onDemandPercentageAboveBase",
        capacity.onDemandPercentageAboveBase,
        0,
        100,
        1,
    );
    problems.checkRange("capacity.targetCpuPercent", capacity.targetCpuPercent, 1, 100);
    problems.check(
        Number.isFinite(capacity.targetRequestsPerInstance) && capacity.targetRequestsPerInstance >= 1,
        "capacity.targetRequestsPerInstance",
        capacity.targetRequestsPerInstance,
        "1 or more (requests per minute)",
    );
    const spot = maxSize > onDemandBaseCapacity && capacity.onDemandPercentageAboveBase < 100;
    const least = spot ? MIN_SPOT_TYPES : 1;
    const distinct = new Set(instanceTypes).size;
    problems.check(
        distinct === instanceTypes.length && distinct >= least && distinct <= MAX_INSTANCE_TYPES,
        "capacity.instanceTypes",
        instanceTypes,
        `${least} to ${MAX_INSTANCE_TYPES} different types`,
        spot ? "Where one type runs out of Spot capacity another one has some" : undefined,
    );
    return checkArchitecture(problems, instanceTypes);
}

function checkArchitecture(problems: Problems, instanceTypes: string[]): Architecture | undefined {
    const unknown = instanceTypes.flatMap((type, index) =>
        architectureOf(type) === undefined ? [index] : [],
    );
    for (const index of unknown) {
        problems.add(
            `capacity.instanceTypes[${index}]`,
            instanceTypes[index],
            "an EC2 instance type, such as t4g.small",
        );
    }
    const architecture = commonArchitecture(instanceTypes);
    if (unknown.length === 0 && instanceTypes.length > 0 && architecture === undefined) {
        const listed = instanceTypes.map((type) => `${type} is ${architectureOf(type) ?? ""}`).join(", ");
        problems.add(
            "capacity.instanceTypes",
            instanceTypes,
            "types of one architecture, arm64 or x86_64",
            `One launch template has one image: ${listed}`,
        );
    }
    return architecture;
}
