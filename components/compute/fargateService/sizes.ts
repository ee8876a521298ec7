/**
 * The memory that Fargate offers for each number of CPU units, in MiB.
 * Source: Amazon ECS Developer Guide, "Fargate task definition differences", task CPU and memory.
 */
const MEMORY_MIB: ReadonlyMap<number, readonly number[]> = new Map([
    [256, [512, 1024, 2048]],
    [512, steps(1024, 4096, 1024)],
    [1024, steps(2048, 8192, 1024)],
    [2048, steps(4096, 16_384, 1024)],
    [4096, steps(8192, 30_720, 1024)],
    [8192, steps(16_384, 61_440, 4096)],
    [16_384, steps(32_768, 122_880, 8192)],
    [32_768, [61_440, 122_880, 249_856]],
]);

/** CPU units of a task that says nothing. */
export const DEFAULT_CPU = 256;

/** The CPU units that Fargate offers. */
export const CPU_UNITS: readonly number[] = [...MEMORY_MIB.keys()];

function steps(from: number, to: number, by: number): readonly number[] {
    return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

/** The memory that Fargate offers for so many CPU units; none where it does not offer these. */
export function memoryFor(cpu: number): readonly number[] {
    return MEMORY_MIB.get(cpu) ?? [];
}
