import { architectureOf } from "../shared/instanceTypes";

/**
 * How many network interfaces an instance can have, by its size. It is the same for all current families of general
 * purpose, compute and memory without a second network card; burstable families have their own.
 * Source: Amazon EC2 Instance Types, "Network specifications", maximum network interfaces.
 */
const BY_SIZE: Readonly<Record<string, number>> = {
    medium: 2,
    large: 3,
    xlarge: 4,
    "2xlarge": 4,
    "4xlarge": 8,
    "8xlarge": 8,
    "12xlarge": 8,
    "16xlarge": 15,
};
const BURSTABLE: Readonly<Record<string, number>> = {
    nano: 2,
    micro: 2,
    small: 3,
    medium: 3,
    large: 3,
    xlarge: 4,
    "2xlarge": 4,
};

const CURRENT = /^(?:[cmr](?:6g|7g|8g)d?|[cmr](?:6i|7i)d?)$/;

/** The families whose interfaces are known, in words. */
export const FAMILIES_KNOWN =
    "t4g, t3, and c, m and r of the sixth generation and later (c7g, m8g, r6i and so on)";

/**
 * How many network interfaces an instance of this type can have.
 *
 * @returns `undefined` where that is not known here.
 */
export function networkInterfacesOf(instanceType: string): number | undefined {
    const [family = "", size = ""] = instanceType.split(".");
    if (architectureOf(instanceType) === undefined) {
        return undefined;
    }
    if (family === "t4g" || family === "t3") {
        return BURSTABLE[size];
    }
    return CURRENT.test(family) ? BY_SIZE[size] : undefined;
}

/**
 * How many tasks with interfaces of their own so many instances can hold. One interface of each is the instance's
 * (Amazon ECS Developer Guide, "Amazon ECS task networking options for EC2", awsvpc).
 *
 * @param instanceTypes All of which are known; the one with the fewest interfaces counts, because any may be started.
 */
export function taskCeiling(instances: number, instanceTypes: readonly string[]): number {
    const perInstance = instanceTypes.map((type) => (networkInterfacesOf(type) ?? 1) - 1);
    return instances * Math.min(...perInstance);
}
