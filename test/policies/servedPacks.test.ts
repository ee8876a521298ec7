/** Shows that packs say in a process of their own what the tests of their rules take them to say. */
import { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import * as path from "node:path";
import { FIX_SEPARATOR, undecidedParts } from "../../policies/framework/messages";
import { AnalyzedStack } from "../../tools/preview/policies/analyzedStack";
import { questionsOf } from "../../tools/preview/policies/judgements";
import { analyzeRequest, configureRequest } from "../../tools/preview/policies/messages";
import { Pack } from "../../tools/preview/policies/pack";
import { PackProcess } from "../../tools/preview/policies/packProcess";
import { loadSpecs } from "../support/policies/harness";
import { StackCopy } from "../support/policies/mutableStack";
import { type Mutant } from "../support/policies/mutation";
import { type Finding, packNames, type PackRunner, PackUnderTest, POLICIES } from "../support/policies/packs";
import { copyOf } from "../support/policies/ownStacks";
import { resource } from "../support/policies/packProcesses";

/** How many mutants of each pack are shown to its process, beside those of a kind. */
const MUTANTS = 3;

/** How many of them the process is asked about as an engine asks, too, which takes longer. */
const AS_ENGINE = 2;

/** Some mutants from all over the pack, and the first of each kind. */
function sample(mutants: readonly Mutant[]): readonly Mutant[] {
    const unconfigured = mutants.filter(({ config }) => config === undefined);
    const step = Math.ceil(unconfigured.length / MUTANTS);
    const kinds: readonly ((mutant: Mutant) => boolean)[] = [
        ({ assumed }) => assumed === true,
        ({ fixture = [] }) => fixture.length > 1,
        ({ alsoFires = [] }) => alsoFires.length > 0,
        ({ decidedBy }) => decidedBy === "relations",
    ];
    const firsts = kinds.map((isOf) => unconfigured.find(isOf)).filter((mutant) => mutant !== undefined);
    return [...new Set([...unconfigured.filter((_, index) => index % step === 0), ...firsts])];
}

/** Mutants of one stack that are judged together. */
interface Batch {
    readonly origin: string;
    readonly mutants: Mutant[];
    readonly touched: Set<string>;
}

async function mutated(...mutants: readonly Mutant[]): Promise<StackCopy> {
    const [first] = mutants;
    const stack = await copyOf(first?.stack ?? "prod-us", first?.assumed);
    for (const { change, fixture = [] } of mutants) {
        for (const resource of fixture) {
            stack.add(resource);
        }
        change(stack);
    }
    return stack;
}

/** Mutants that touch nothing in common, together: a pack takes a second for a whole stack, however much is wrong. */
async function batches(mutants: readonly Mutant[]): Promise<readonly Batch[]> {
    const all: Batch[] = [];
    for (const mutant of mutants) {
        const origin = JSON.stringify([mutant.stack ?? "prod-us", mutant.assumed === true]);
        const { touched } = await mutated(mutant);
        const batch = all.find(
            (each) =>
                each.origin === origin &&
                // One of the same rule would hide that this one is not found.
                !each.mutants.some(({ rule }) => rule === mutant.rule) &&
                ![...touched].some((urn) => each.touched.has(urn)),
        );
        if (batch === undefined) {
            all.push({ origin, mutants: [mutant], touched: new Set(touched) });
        } else {
            batch.mutants.push(mutant);
            touched.forEach((urn) => batch.touched.add(urn));
        }
    }
    return all;
}

/**
 * What mutants touch and what it needs, where that is all that their rules look at; else the whole stack. A process takes
 * in the resources of a stack for longer than it judges them.
 */
function enough(stack: StackCopy, mutants: readonly Mutant[], rules: PackRunner): StackCopy {
    const part = new StackCopy(stack.stack, stack.withWhatTheyNeed(stack.touched));
    const broken = new Set(
        rules
            .run(part)
            .filter(({ undecided }) => !undecided)
            .map(({ rule }) => rule),
    );
    return mutants.every(({ rule }) => broken.has(rule)) ? part : stack;
}

/** What a pack's process says about all resources of a stack, and about the stack. */
async function saidBy(pack: Pack, resources: StackCopy["resources"]): Promise<string[]> {
    const description = { name: "test", project: "meridian", organization: "organization", config: {} };
    const stack = new AnalyzedStack({ ...description, complete: true }, resources);
    const { policies } = await pack.info();
    const mandatory = Object.fromEntries(policies.map(({ name }) => [name, "mandatory"]));
    await pack.begin(stack, { file: "test", policies: mandatory });
    const { ofResources, ofStack } = await pack.ask(questionsOf(stack, stack).first);
    return [...ofResources, ...ofStack].map(({ status, rule, urn = "", message }) =>
        [status, rule, urn, message].join(" "),
    );
}

/** The same as the tests of rules take it to be said. */
function told({ rule, urn, message, undecided }: Finding): string[] {
    if (undecided) {
        return (undecidedParts(message) ?? []).map((part) =>
            ["undecided", rule, part.urn ?? urn, part.reason].join(" "),
        );
    }
    const [, said] = /^[^\n]*\n(.*)$/s.exec(message) ?? [];
    return [["violation", rule, urn, said?.split(FIX_SEPARATOR)[0]].join(" ")];
}

describe("a pack in a process of its own", () => {
    for (const name of packNames()) {
        it(`says of mutants what the tests take it to say, asked as an engine asks, too: ${name}`, async () => {
            const rules = PackUnderTest.load(name).runner();
            const process = new PackProcess(path.join(POLICIES, name), { project: "meridian" });
            try {
                const [pack, asEngine] = [new Pack(process), new Pack(process, true)];
                expect((await pack.info()).runners).not.to.equal(undefined);
                const all = await batches(sample(loadSpecs(name).mutants));
                for (const [index, { mutants }] of all.entries()) {
                    const whole = await mutated(...mutants);
                    const stack = index === 0 ? whole : enough(whole, mutants, rules);
                    const found = await saidBy(pack, stack.resources);
                    for (const mutant of mutants) {
                        expect(found.join("\n"), mutant.title).to.include(`violation ${mutant.rule} `);
                    }
                    const titles = mutants.map(({ title }) => title).join("; ");
                    if (index < AS_ENGINE) {
                        expect(await saidBy(asEngine, stack.resources), titles).to.deep.equal(found);
                    }
                    expect(rules.run(stack).flatMap(told).sort(), titles).to.deep.equal(found.sort());
                }
            } finally {
                await process.close();
            }
        });
    }

    it("refuses a configuration that names what is no rule of it, which neither the engine nor the SDK does", async () => {
        const process = new PackProcess(path.join(POLICIES, "security-baseline"), { project: "meridian" });
        const saidOf = async (names: readonly string[]): Promise<string[]> => {
            const level = { level: "mandatory", properties: {} } as const;
            await process.call("Configure", configureRequest(new Map(names.map((name) => [name, level]))));
            const stack = resource("pulumi:pulumi:Stack", "meridian-prod-us", {});
            const answer = await process.call(
                "Analyze",
                analyzeRequest(stack, () => undefined),
            );
            return AnalyzeResponse.deserializeBinary(answer)
                .getDiagnosticsList()
                .map((said) => [said.getPolicyname(), said.getMessage().split("\n")[1]].join(": "));
        };
        try {
            expect(await saidOf(["all", "settings", "rds-deletion-protection"])).to.deep.equal([]);
            expect(await saidOf(["rds-deletion-protection", "rds-deletoin-protection"])).to.deep.equal([
                'settings: the configuration names "rds-deletoin-protection", which is no rule of this pack.',
            ]);
        } finally {
            await process.close();
        }
    });
});
