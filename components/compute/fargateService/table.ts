import { numberOf, numberWhere, object, wholeNumber } from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { CONTAINER_SERVICE_ARGUMENTS } from "../containerService/table";
import { type FargateServiceArgs, type FargateSpot } from "./args";
import { CPU_UNITS, DEFAULT_CPU, memoryFor } from "./sizes";

const cpuOf = (args: Given): number => numberOf(args.cpu, DEFAULT_CPU);

/** `512, 1024, 2048`, or `from … to … in steps of …` where there are many. */
function choices(values: readonly number[]): string {
    const [first = 0, second = 0] = values;
    return values.length > 4
        ? `${first} to ${values.at(-1) ?? 0} in steps of ${second - first}`
        : values.join(", ");
}

// Amazon ECS API Reference, CapacityProviderStrategyItem.
const weight = (least: number) =>
    wholeNumber({ min: least, max: 1000 }, `a whole number from ${least} to 1000`);

const SPOT: ArgumentTable<FargateSpot> = {
    onDemandTasks: wholeNumber({ min: 0, max: 100_000 }, "a whole number from 0 to 100000"),
    onDemandWeight: weight(0),
    spotWeight: weight(1),
};

/** The rules of FargateService's arguments. */
export const FARGATE_SERVICE_ARGUMENTS: ArgumentTable<FargateServiceArgs> = {
    ...CONTAINER_SERVICE_ARGUMENTS,
    cpu: numberWhere((cpu) => CPU_UNITS.includes(cpu), `one of ${CPU_UNITS.join(", ")} (CPU units)`, {
        kind: "a number",
    }),
    memoryMiB: numberWhere(
        (memory, args) => {
            const offered = memoryFor(cpuOf(args));
            // Where the CPU units are refused, which memory is right cannot be said.
            return offered.length === 0 || offered.includes(memory);
        },
        (args) =>
            `${choices(memoryFor(cpuOf(args)))} (MiB), which Fargate offers for ${cpuOf(args)} CPU units`,
        { kind: "a number" },
    ),
    // Amazon ECS API Reference, EphemeralStorage.
    ephemeralStorageGiB: wholeNumber({ min: 21, max: 200 }, "a whole number from 21 to 200 (GiB)"),
    spot: object(SPOT),
};
