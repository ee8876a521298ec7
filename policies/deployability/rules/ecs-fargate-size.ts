import { number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isForFargate } from "../shared/tasks";
import { choices } from "../shared/values";

/** Memory in MiB by CPU units. */
const MEMORY: ReadonlyMap<number, readonly number[]> = new Map([
    [256, [512, 1024, 2048]],
    [512, steps(1024, 4096, 1024)],
    [1024, steps(2048, 8192, 1024)],
    [2048, steps(4096, 16384, 1024)],
    [4096, steps(8192, 30720, 1024)],
    [8192, steps(16384, 61440, 4096)],
    [16384, steps(32768, 122880, 8192)],
    [32768, [61440, 122880, 249856]],
]);

function steps(from: number, to: number, by: number): readonly number[] {
    return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

export const rule = resourceRule({
    id: "ecs-fargate-size",
    severity: "high",
    description: "Fargate tasks have a size that Fargate offers.",
    fix: "Set cpu and memory to one of the combinations, in CPU units and MiB.",
    frameworks: { controls: ["C12", "F14.1"] },
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    check: ({ props }, report) => {
        // That a task has no size at all, ecs-task-definition says.
        if (!isForFargate(props) || !isGiven(props, "cpu") || !isGiven(props, "memory")) {
            return;
        }
        const cpu = units(props.cpu, /vcpu$/i);
        const memory = units(props.memory, /gb$/i);
        const allowed = MEMORY.get(cpu);
        if (allowed === undefined) {
            report(`has cpu ${cpu}; allowed: ${choices([...MEMORY.keys()])}.`);
        } else if (!allowed.includes(memory)) {
            report(`has cpu ${cpu} with memory ${memory}; allowed: ${choices(allowed)}.`);
        }
    },
});

/** A size in units, which may be given in thousands of them, as in `.5 vCPU` or `2 GB`. */
function units(value: unknown, thousands: RegExp): number {
    const given = text(value)?.trim() ?? "";
    return thousands.test(given)
        ? Math.round(Number(given.replace(thousands, "").trim()) * 1024)
        : (number(value) ?? 0);
}
