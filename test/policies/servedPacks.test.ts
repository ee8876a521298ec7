/** Shows that packs say in a process of their own what the tests of their rules take them to say. */
import { expect } from "chai";
import * as path from "node:path";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzedStack } from "../../tools/preview/policies/analyzedStack";
import { Pack } from "../../tools/preview/policies/pack";
import { PackProcess } from "../../tools/preview/policies/packProcess";
import { loadSpecs } from "../support/policies/harness";
import { type StackCopy } from "../support/policies/mutableStack";
import { type Mutant } from "../support/policies/mutation";
import { type Finding, finding, packNames, PackUnderTest, POLICIES } from "../support/policies/packs";
import { copyOf } from "../support/policies/ownStacks";

/** How many mutants of each pack are shown to its process, beside those of a kind. */
const MUTANTS = 3;

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

/** What a pack's process says about all resources of a stack, and about the stack. */
async function saidBy(
    process: PackProcess,
    pack: Pack,
    resources: StackCopy["resources"],
): Promise<Finding[]> {
    const description = { name: "test", project: "meridian", organization: "organization", config: {} };
    const stack = new AnalyzedStack({ ...description, complete: true }, resources);
    const { policies } = await pack.info();
    const mandatory = Object.fromEntries(policies.map(({ name }) => [name, "mandatory"]));
    await pack.begin(stack, { file: "test", policies: mandatory });
    const ask = async (method: string, request: Uint8Array, about: string): Promise<Finding[]> =>
        analyzer.AnalyzeResponse.deserializeBinary(await process.call(method, request))
            .getDiagnosticsList()
            .map((diagnostic) => finding(diagnostic, about));
    // The pack answers in the order in which it is asked, and the stack's own registration is the first.
    const asked = resources
        .filter(({ registered }) => registered)
        .map((resource) => ask("Analyze", stack.analyzeRequest(resource), resource.urn));
    const ofResources = (await Promise.all(asked)).flat();
    return [...ofResources, ...(await ask("AnalyzeStack", stack.analyzeStackRequest(), ""))];
}

function told({ rule, urn, message, undecided }: Finding): string {
    const said = message.replace(/ from policy pack '.*?' during preview/, "");
    return `${undecided ? "undecided" : "violation"} ${rule} ${urn} ${said}`;
}

describe("a pack in a process of its own", () => {
    for (const name of packNames()) {
        it(`says of mutants what the tests take it to say: ${name}`, async () => {
            const rules = PackUnderTest.load(name).runner();
            const process = new PackProcess(path.join(POLICIES, name), { project: "meridian" });
            try {
                const pack = new Pack(process);
                for (const { mutants } of await batches(sample(loadSpecs(name).mutants))) {
                    const stack = await mutated(...mutants);
                    const found = (await saidBy(process, pack, stack.resources)).map(told);
                    for (const mutant of mutants) {
                        expect(found.join("\n"), mutant.title).to.include(`violation ${mutant.rule} `);
                    }
                    const titles = mutants.map(({ title }) => title).join("; ");
                    expect(rules.run(stack).map(told).sort(), titles).to.deep.equal(found.sort());
                }
            } finally {
                await process.close();
            }
        });
    }
});
