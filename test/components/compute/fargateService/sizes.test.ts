import { expect } from "chai";

import { CPU_UNITS, memoryFor } from "../../../../components/compute/fargateService/sizes";
import {
    FargateService,
    type FargateServiceArgs,
} from "../../../../components/compute/fargateService/fargateService";
import { goodFargate } from "../../../support/components/containerArguments";
import { one, previewProgram } from "../../../support/preview";
import { inTestAccount } from "../../../support/surroundings";

/** As CloudFormation's linter has them (fargate_cpu_memory.json): least, most and step in GiB, by CPU units. */
const OFFERED: readonly [cpu: number, least: number, most: number, step: number][] = [
    [512, 1, 4, 1],
    [1024, 2, 8, 1],
    [2048, 4, 16, 1],
    [4096, 8, 30, 1],
    [8192, 16, 60, 4],
    [16_384, 32, 120, 8],
];

async function taskOf(args: Partial<FargateServiceArgs>): Promise<Record<string, unknown> | undefined> {
    const preview = await previewProgram(() => {
        new FargateService("shop-orders", { ...goodFargate, ...args }, inTestAccount());
    });
    return preview.error === undefined
        ? one(preview, "aws:ecs/taskDefinition:TaskDefinition").inputs
        : undefined;
}

describe("the sizes of Fargate's tasks", () => {
    it("are those that AWS offers", () => {
        expect(CPU_UNITS).to.deep.equal([256, ...OFFERED.map(([cpu]) => cpu), 32_768]);
        expect(memoryFor(256)).to.deep.equal([512, 1024, 2048]);
        expect(memoryFor(32_768)).to.deep.equal([61_440, 122_880, 249_856]);
        for (const [cpu, least, most, step] of OFFERED) {
            const memory = memoryFor(cpu);
            expect([memory[0], memory.at(-1)], String(cpu)).to.deep.equal([least * 1024, most * 1024]);
            expect(memory, String(cpu)).to.have.lengthOf((most - least) / step + 1);
        }
    });

    it("are derived where the memory is left out", async () => {
        for (const cpu of CPU_UNITS) {
            expect(await taskOf({ cpu })).to.include({ cpu: String(cpu), memory: String(memoryFor(cpu)[0]) });
        }
    });

    it("are refused beside the least and the most of each", async () => {
        for (const cpu of CPU_UNITS) {
            const memory = memoryFor(cpu);
            const [least = 0, most = 0] = [memory[0], memory.at(-1)];
            expect(await taskOf({ cpu, memoryMiB: least }), `${cpu} ${least}`).to.not.equal(undefined);
            expect(await taskOf({ cpu, memoryMiB: most }), `${cpu} ${most}`).to.not.equal(undefined);
            for (const wrong of [least - 1, least / 2, most + 1024]) {
                expect(await taskOf({ cpu, memoryMiB: wrong }), `${cpu} ${wrong}`).to.equal(undefined);
            }
        }
    });
});
