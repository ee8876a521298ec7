/** Which size awsx chooses for a task on Fargate. */
import { type Properties } from "../types";

/**
 * Memory in GB that each number of vCPUs takes: the lowest, the highest and the step. Source: Amazon ECS Developer
 * Guide, "Task CPU and memory". awsx knows these as far as it counts whole GB.
 */
const SIZES: readonly (readonly [vcpus: number, memory: readonly number[]])[] = [
    [0.25, [0.5, 1, 2]],
    [0.5, upTo(1, 4)],
    [1, upTo(2, 8)],
    [2, upTo(4, 16)],
    [4, upTo(8, 30)],
    [8, upTo(16, 60)],
    [16, upTo(32, 120)],
];

function upTo(low: number, high: number): number[] {
    return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** Reads a number that may be written as text. */
function amount(value: unknown): number {
    return Number(value ?? 0) || 0;
}

/**
 * The smallest number of vCPUs, and then of memory, that holds all containers.
 *
 * @throws Error where there is none.
 */
export function fargateSize(containers: readonly Properties[]): { cpu: string; memory: string } {
    const memory = containers.map((each) => amount(each["memoryReservation"]) || amount(each["memory"]));
    const vcpus = containers.reduce((sum, { cpu }) => sum + amount(cpu), 0) / 1024;
    const gigabytes = memory.reduce((sum, each) => sum + each, 0) / 1024;
    for (const [size, memories] of SIZES) {
        const fitting = memories.find((each) => each >= gigabytes);
        if (size >= vcpus && fitting !== undefined) {
            return { cpu: String(size * 1024), memory: String(fitting * 1024) };
        }
    }
    throw new Error(
        `Requested resources exceed the maximum allowed for Fargate: ${vcpus} vCPU and ${gigabytes} GB; allowed: 16 vCPU and 120 GB`,
    );
}
