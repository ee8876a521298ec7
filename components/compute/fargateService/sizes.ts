/** A span of memory in GiB, from the least to the most. */
type Span = readonly [least: number, most: number, step: number];

/**
 * The memory that Fargate offers, by CPU units.
 * Source: Amazon ECS Developer Guide, "Fargate task definition differences", task CPU and memory.
 */
const SPANS: ReadonlyMap<number, Span> = new Map<number, Span>([
    [512, [1, 4, 1]],
    [1024, [2, 8, 1]],
    [2048, [4, 16, 1]],
    [4096, [8, 30, 1]],
    [8192, [16, 60, 4]],
    [16_384, [32, 120, 8]],
]);

/** What has no even steps, in MiB. */
const LISTS: ReadonlyMap<number, readonly number[]> = new Map([
    [256, [512, 1024, 2048]],
    [32_768, [61_440, 122_880, 249_856]],
]);

/** CPU units of a task that says nothing. */
export const DEFAULT_CPU = 256;

/** The CPU units that Fargate offers. */
export const CPU_UNITS: readonly number[] = [...LISTS.keys(), ...SPANS.keys()].sort(
    (one, other) => one - other,
);

/** The memory in MiB that Fargate offers for so many CPU units; none where it does not offer these. */
export function memoryFor(cpu: number): readonly number[] {
    const span = SPANS.get(cpu);
    if (span === undefined) {
        return LISTS.get(cpu) ?? [];
    }
    const [least, most, step] = span;
    return Array.from({ length: (most - least) / step + 1 }, (_, index) => (least + index * step) * 1024);
}
