/** Previews the project's own stacks for tests, from the files that `pulumi up` reads. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Catalogue, defaultCatalogue } from "../../regions/catalogue";
import { composeStack } from "../../regions/compose";
import { environmentOf } from "../../regions/stackNames";
import { type RunResult } from "../../tools/preview/engine";
import { readProject } from "../../tools/project/project";
import { previewStacks } from "../../tools/preview/stacks";
import { type InvokeRecord, type Properties } from "../../tools/preview/types";
import { nameOf } from "../../tools/preview/urn";
import { frozen } from "./frozen";

const ROOT = path.join(__dirname, "..", "..");

/** A resource of a stack, with secrets in clear. */
export interface StackResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    readonly parent?: string;
    readonly provider?: string;
    readonly protect: boolean;
    readonly deleteBeforeReplace?: boolean;
    readonly ignoreChanges: readonly string[];
    readonly dependencies: readonly string[];
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly inputs: Properties;
    readonly outputs: Properties;
    /** Where the resource is: its own `region`, else its provider's. */
    readonly region: string;
}

/** A previewed stack. */
export interface PreviewedStack {
    readonly name: string;
    readonly resources: readonly StackResource[];
    readonly invokes: readonly InvokeRecord[];
    readonly outputs: Properties;
    ofType(type: string): readonly StackResource[];
    /** The one resource of a type, or the one with that logical name. */
    one(type: string, name?: string): StackResource;
}

/** Stacks by name. */
export type PreviewedStacks = Readonly<Record<string, PreviewedStack>>;

/** How the stacks of a test differ from the project's. */
export interface StackVariation {
    /** The environment whose stacks are previewed; `prod` when left out. */
    readonly environment?: string;
    /** These alone, with what they refer to. Left out: all of the environment. */
    readonly stacks?: readonly string[];
    readonly configOverrides?: Readonly<Record<string, string>>;
    readonly primaryRegion?: string;
    /** Regions beside the catalogue's, each with the stack file of an existing region. */
    readonly moreRegions?: Catalogue;
}

const known = new Map<string, Promise<PreviewedStacks>>();

/**
 * The project's stacks of an environment, previewed once for all tests of a process that vary them alike, and frozen.
 * Fails when a program does.
 */
export async function projectStacks(variation: StackVariation = {}): Promise<PreviewedStacks> {
    const key = JSON.stringify(variation);
    const stacks = known.get(key) ?? previewOf(variation).then(frozen);
    known.set(key, stacks);
    return stacks;
}

async function previewOf(variation: StackVariation): Promise<PreviewedStacks> {
    const { configOverrides, environment = "prod", moreRegions, primaryRegion, stacks } = variation;
    const directory = moreRegions === undefined ? ROOT : projectWith(moreRegions);
    try {
        const { runs } = await previewStacks({
            projectDir: directory,
            stacks:
                stacks ??
                readProject(directory).stacks.filter((stack) => environmentOf(stack) === environment),
            ...(configOverrides === undefined ? {} : { configOverrides }),
            ...(primaryRegion === undefined ? {} : { primaryRegion }),
            program: () =>
                composeStack(moreRegions === undefined ? undefined : [...defaultCatalogue, ...moreRegions]),
        });
        return Object.fromEntries(runs.map((run) => [run.preview.stack, previewed(run)]));
    } finally {
        if (directory !== ROOT) {
            fs.rmSync(directory, { recursive: true });
        }
    }
}

/** A copy of the project's files with a stack file for each further region. */
function projectWith(regions: Catalogue): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-stacks-"));
    for (const file of fs.readdirSync(ROOT).filter((name) => /^Pulumi.*\.yaml$/.test(name))) {
        fs.copyFileSync(path.join(ROOT, file), path.join(directory, file));
    }
    fs.writeFileSync(path.join(directory, "index.ts"), "");
    for (const { key } of regions) {
        fs.copyFileSync(
            path.join(ROOT, "Pulumi.prod-eu.yaml"),
            path.join(directory, `Pulumi.prod-${key}.yaml`),
        );
    }
    return directory;
}

function previewed(run: RunResult): PreviewedStack {
    const { error, invokes, stack } = run.preview;
    if (error !== undefined) {
        throw new Error(`the preview of ${stack} failed: ${error.message}`, { cause: run.cause });
    }
    const regions = new Map<string, string>();
    const resources = run.states.map((state): StackResource => {
        const inputs = state.plainInputs();
        if (state.type === "pulumi:providers:aws") {
            regions.set(state.urn, String(inputs.region));
        }
        const provider = state.provider?.replace(/::[^:]*$/, "");
        const own = typeof inputs.region === "string" ? inputs.region : undefined;
        return {
            urn: state.urn,
            type: state.type,
            name: nameOf(state.urn),
            custom: state.custom,
            ...(state.parent === undefined ? {} : { parent: state.parent }),
            ...(provider === undefined ? {} : { provider }),
            protect: state.protect,
            ...(state.deleteBeforeReplace === undefined
                ? {}
                : { deleteBeforeReplace: state.deleteBeforeReplace }),
            ignoreChanges: state.ignoreChanges,
            dependencies: state.dependencies,
            propertyDependencies: state.propertyDependencies,
            inputs,
            outputs: state.plainOutputs(),
            region: own ?? regions.get(provider ?? "") ?? "",
        };
    });
    const ofType = (type: string): readonly StackResource[] =>
        resources.filter((resource) => resource.type === type);
    return {
        name: stack,
        resources,
        invokes,
        outputs: run.plainOutputs,
        ofType,
        one: (type, name) => {
            const found = ofType(type).filter((resource) => name === undefined || resource.name === name);
            const [resource] = found;
            if (resource === undefined || found.length > 1) {
                throw new Error(`expected one ${type} ${name ?? ""} in ${stack}, found ${found.length}`);
            }
            return resource;
        },
    };
}

/** The stack with this name. */
export function stackOf(stacks: PreviewedStacks, name: string): PreviewedStack {
    const stack = stacks[name];
    if (stack === undefined) {
        throw new Error(`there is no stack ${name} among ${Object.keys(stacks).join(", ")}`);
    }
    return stack;
}
