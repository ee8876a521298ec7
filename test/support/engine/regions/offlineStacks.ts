/**
 * Previews the stacks of many regions offline, and writes what the engine needs to preview the global one: a state for
 * each region's stack, with its outputs alone, and what the offline preview makes in the global stack. A process of its
 * own, since the preview works on the SDK that the engine needs whole.
 *
 * Arguments: the number of regions, the folder of the project's files, and the one that is written to.
 */
import "../../../../tools/preview/lightSdk";
import * as fs from "node:fs";
import * as path from "node:path";
import { composeStack } from "../../../../regions/compose";
import { type RunResult } from "../../../../tools/preview/engine";
import { previewStacks } from "../../../../tools/preview/stacks";
import { createUrn, isDefaultProvider, STACK_TYPE } from "../../../../tools/preview/urn";
import { isSecret, plainValue, SECRET, SIGNATURE } from "../../../../tools/preview/values";
import { regionsAndClients } from "../../regions/manyRegions";

const PROJECT = "meridian";
const GLOBAL = "prod-global";

/** A value as a state has it whose secrets are shown; the engine encrypts them as it takes it in. */
function shown(value: unknown): unknown {
    if (isSecret(value)) {
        return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(plainValue(value)) };
    }
    if (Array.isArray(value)) {
        return value.map(shown);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value);
    // What is known here alone, as an output of the SDK.
    return SIGNATURE in value
        ? plainValue(value)
        : Object.fromEntries(entries.map(([key, item]) => [key, shown(item)]));
}

/** The state of a stack in which nothing is but its outputs. */
function stateOf({ preview: { stack }, rawOutputs }: RunResult): object {
    const urn = createUrn(stack, PROJECT, undefined, STACK_TYPE, `${PROJECT}-${stack}`);
    const resource = { urn, custom: false, type: STACK_TYPE, outputs: shown(rawOutputs) };
    return {
        version: 3,
        deployment: {
            manifest: { time: new Date(0).toISOString(), magic: "", version: "" },
            resources: [resource],
        },
    };
}

async function main(count: number, project: string, folder: string): Promise<void> {
    const { runs } = await previewStacks({
        projectDir: project,
        program: () => composeStack(regionsAndClients(count)),
    });
    for (const run of runs) {
        const { error, stack, steps } = run.preview;
        if (error !== undefined) {
            throw new Error(`the preview of ${stack} failed: ${error.message}`);
        }
        const made = steps.filter(({ op, urn }) => op === "create" && !isDefaultProvider(urn));
        const content = stack === GLOBAL ? made.map(({ urn }) => urn) : stateOf(run);
        fs.writeFileSync(path.join(folder, `${stack}.json`), JSON.stringify(content));
    }
}

const [count = "", project = "", folder = ""] = process.argv.slice(2);
main(Number(count), project, folder).then(
    () => process.exit(),
    (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
    },
);
