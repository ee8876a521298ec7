/** What runs in a process of its own, so that each measurement starts from nothing. */
// First, for what it leaves out.
import "./leftOut";
import "../preview/lightSdk";
import * as fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { composeStack } from "../../regions/compose";
import { classProperties } from "../preview/aws/classProperties";
import { previewStacks } from "../preview/stacks";
import { type Properties } from "../preview/types";
import { nameOf } from "../preview/urn";
import { projectWith, shopsOf } from "./project";
import { ROOT } from "./root";

/** What was measured in one process. */
export interface Measurement {
    readonly stacks: number;
    readonly resources: number;
    /** From the first resource to the last, in milliseconds. */
    readonly working: number;
    /** From the start of the process to the end, loading included, in milliseconds. */
    readonly wall: number;
    /** The most memory that the process had, in bytes. */
    readonly memory: number;
    /** How long processors have worked, in milliseconds. */
    readonly processor: number;
}

/** A resource for the bare SDK to register. */
interface Sample {
    readonly type: string;
    readonly name: string;
    readonly props: Properties;
}

/** A resource of any type. */
class Bare extends pulumi.CustomResource {
    constructor(type: string, name: string, props: Properties) {
        super(type, name, { ...props });
    }
}

function finish(stacks: number, resources: number, working: number): Measurement {
    const memory = process.resourceUsage().maxRSS * 1024;
    // performance.now() counts from the start of the process.
    const { user, system } = process.cpuUsage();
    return { stacks, resources, working, wall: performance.now(), memory, processor: (user + system) / 1000 };
}

/**
 * Previews the project with as many regions.
 *
 * @param samples Where to write the resources for {@link measureSdk}.
 */
export async function measurePreview(regions: number, samples: string): Promise<Measurement> {
    const shops = shopsOf(regions);
    const isProject = regions === 2;
    const directory = isProject ? ROOT : projectWith(shops);
    const compose = (): object => {
        const environment = pulumi.getStack().split("-")[0];
        return composeStack(shops.find((shop) => shop.environment === environment)?.catalogue);
    };
    const start = performance.now();
    const { runs } = await previewStacks({
        projectDir: directory,
        ...(isProject ? {} : { program: compose }),
    });
    const working = performance.now() - start;
    const result = finish(
        runs.length,
        runs.reduce((sum, run) => sum + run.states.length, 0),
        working,
    );
    if (!isProject) {
        fs.rmSync(directory, { recursive: true });
    }
    const failed = runs.find((run) => run.preview.error !== undefined);
    if (failed !== undefined) {
        throw new Error(`${failed.preview.stack}: ${failed.preview.error?.message ?? ""}`);
    }
    const custom = runs.flatMap((run) =>
        run.states.map(({ type, urn, inputs }) => ({ type, name: nameOf(urn), props: inputs })),
    );
    fs.writeFileSync(samples, JSON.stringify(custom satisfies Sample[]));
    return result;
}

/** Registers the same resources with the SDK and its own mock monitor, as a unit test of Pulumi programs does. */
export async function measureSdk(samples: string): Promise<Measurement> {
    const resources = JSON.parse(fs.readFileSync(samples, "utf8")) as Sample[];
    const complete = resources.map(({ type, name, props }) => {
        const outputs = classProperties(type).map((property) => [property, undefined] as const);
        return { type, name, props: { ...Object.fromEntries(outputs), ...props } };
    });
    await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as Properties }),
        call: ({ inputs }) => inputs as Properties,
    });
    const start = performance.now();
    await pulumi.runtime.runInPulumiStack(async () => {
        const made = complete.map(({ type, name, props }) => new Bare(type, name, props));
        await Promise.all(made.map(({ id }) => new Promise((resolve) => id.apply(resolve))));
    });
    return finish(1, resources.length, performance.now() - start);
}
