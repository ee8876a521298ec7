import { RelationalTopology } from "./args";

const CLASS = /^db\.(?<family>[a-z][a-z0-9]*)\.(?<size>micro|small|medium|large|(?<times>\d*)xlarge)$/;

/**
 * The families that Multi-AZ clusters take: those with disks of their own, from which the readers answer. Source:
 * cfn-lint 1.58.0's data for us-east-1 and eu-central-1.
 */
export const CLUSTER_FAMILIES: readonly string[] = [
    "c6gd",
    "m5d",
    "m6gd",
    "m6id",
    "m8gd",
    "r5d",
    "r6gd",
    "r6id",
    "r8gd",
    "x2iedn",
];

/** Memory of a `large` in GiB, by what a family begins with. */
const MEMORY: readonly (readonly [beginning: string, gibibytes: number])[] = [
    ["x2iedn", 64],
    ["x", 32],
    ["r", 16],
    ["z", 16],
    ["m", 8],
    ["t", 8],
    ["c", 4],
];

const SIZES: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1 };

/** Whether instances of the class make up a database of the topology. */
export function isInstanceClass(topology: RelationalTopology, instanceClass: string): boolean {
    const family = CLASS.exec(instanceClass)?.groups?.["family"];
    return (
        family !== undefined &&
        MEMORY.some(([beginning]) => family.startsWith(beginning)) &&
        (topology === RelationalTopology.InstanceWithStandby || CLUSTER_FAMILIES.includes(family))
    );
}

/** Memory of an instance of the class, in bytes. */
export function memoryOf(instanceClass: string): number {
    const { family = "", size = "", times } = CLASS.exec(instanceClass)?.groups ?? {};
    const [, large = 0] = MEMORY.find(([beginning]) => family.startsWith(beginning)) ?? [];
    const factor = times === undefined ? (SIZES[size] ?? 0) : 2 * Number(times === "" ? 1 : times);
    return large * factor * 2 ** 30;
}
