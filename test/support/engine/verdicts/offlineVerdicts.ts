/**
 * Breaks a stack by the mutants of the policy packs, and lets the offline preview judge it: with what a first preview
 * knows, and with made-up values. A process of its own, since the preview works on the SDK that the engine needs whole.
 *
 * Arguments: the stack, and the folder that `breakage.json`, a configuration file for each pack and `verdicts.json` are
 * written to.
 */
import "../../../../tools/preview/lightSdk";
import * as fs from "node:fs";
import * as path from "node:path";
import { AnalyzedStack } from "../../../../tools/preview/policies/analyzedStack";
import { OWN_PACKS, profileOf } from "../../../../tools/preview/policies/choice";
import { type PolicyFinding } from "../../../../tools/preview/policies/findings";
import { questionsOf } from "../../../../tools/preview/policies/judgements";
import { Pack } from "../../../../tools/preview/policies/pack";
import { readConfigFile } from "../../../../tools/preview/policies/packConfig";
import { PackProcess } from "../../../../tools/preview/policies/packProcess";
import { analyzedResource, assumedResource } from "../../../../tools/preview/policies/resources";
import { ORGANIZATION, previewStacks } from "../../../../tools/preview/stacks";
import { type StackName } from "../../policies/mutation";
import { composeBroken } from "./brokenProgram";
import { breakageOf } from "./recordedMutants";

const ROOT = path.resolve(__dirname, "../../../..");
const PROJECT = "meridian";

/** What the offline preview says. */
export interface OfflineVerdicts {
    /** With what a first preview knows. */
    readonly first: readonly PolicyFinding[];
    /** With made-up values for the rest. */
    readonly second: readonly PolicyFinding[];
}

async function main(stack: string, folder: string): Promise<void> {
    const breakage = await breakageOf(stack as StackName);
    fs.writeFileSync(path.join(folder, "breakage.json"), JSON.stringify(breakage));
    const { runs } = await previewStacks({
        projectDir: ROOT,
        stacks: [stack],
        program: () => composeBroken(breakage),
    });
    const [run] = runs;
    if (run?.preview.error !== undefined || run === undefined) {
        const { error, diagnostics = [] } = run?.preview ?? {};
        const told = [error, ...diagnostics].map((each) => `${each?.urn ?? ""} ${each?.message ?? ""}`);
        throw new Error(`the broken program failed: ${told.join("\n")}`);
    }
    const description = {
        name: stack,
        project: PROJECT,
        organization: ORGANIZATION,
        config: run.preview.config,
        complete: true,
    };
    const known = new AnalyzedStack(description, run.states.map(analyzedResource));
    const assumed = new AnalyzedStack(description, run.states.map(assumedResource));
    const first: PolicyFinding[] = [];
    const second: PolicyFinding[] = [];
    for (const dir of OWN_PACKS) {
        const file = path.join(folder, `${path.basename(dir)}.json`);
        const profile = JSON.parse(fs.readFileSync(profileOf(dir, stack), "utf8")) as object;
        fs.writeFileSync(file, JSON.stringify({ ...profile, ...breakage.configs[path.basename(dir)] }));
        const process = new PackProcess(dir, { project: PROJECT });
        const pack = new Pack(process);
        const judged = async (what: AnalyzedStack): Promise<readonly PolicyFinding[]> => {
            await pack.begin(what, readConfigFile(file));
            const { ofResources, ofStack } = await pack.ask(questionsOf(what, what).first);
            return [...ofResources, ...ofStack];
        };
        first.push(...(await judged(known)));
        second.push(...(await judged(assumed)));
        await process.close();
    }
    const verdicts: OfflineVerdicts = { first, second };
    fs.writeFileSync(path.join(folder, "verdicts.json"), JSON.stringify(verdicts));
}

const [stack = "", folder = ""] = process.argv.slice(2);
main(stack, folder).then(
    () => process.exit(),
    (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
    },
);
