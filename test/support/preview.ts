/** Runs components in tests on the offline engine, each test in a runtime state of its own. */
import * as aws from "@pulumi/aws";
import { type PlannedState } from "../../tools/preview/deployment";
import { type RunOptions, runProgram } from "../../tools/preview/engine";
import { type InvokeRecord, type PreviewError, type Properties } from "../../tools/preview/types";
import { nameOf } from "../../tools/preview/urn";

/** The account that tests use. */
export const TEST_ACCOUNT = "111122223333";
/** The region that tests use where they say nothing. */
export const TEST_REGION = "eu-central-1";

/** A resource as the program registered it, with secrets in clear. */
export interface RegisteredResource {
    readonly urn: string;
    readonly type: string;
    /** The logical name. */
    readonly name: string;
    readonly custom: boolean;
    readonly parent: string;
    /** `<URN>::<id>`; empty for components. */
    readonly provider: string;
    readonly dependencies: readonly string[];
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly ignoreChanges: readonly string[];
    readonly inputs: Properties;
    readonly outputs: Properties;
    /** The id that the preview made up; empty for components. */
    readonly id: string;
    /** The rest: aliases, replaceOnChanges, deletedWith, and the inputs as a real preview sees them. */
    readonly state: PlannedState;
}

/** What a program registered. */
export interface ProgramPreview {
    readonly resources: readonly RegisteredResource[];
    readonly invokes: readonly InvokeRecord[];
    /** What the program returned, with secrets in clear. */
    readonly outputs: Properties;
    /** What went wrong; a test that expects nothing wrong need not look, the helpers below do. */
    readonly error?: PreviewError;
    /** What was thrown, as it was thrown. */
    readonly cause?: unknown;
    /** Warnings and other messages of the program. */
    readonly messages: readonly string[];
}

/**
 * Runs a program that makes resources.
 *
 * @param program Makes the resources; what it returns are the stack's outputs.
 * @param options The stack's name, configuration and so on.
 */
export async function previewProgram(
    program: () => unknown,
    options: RunOptions = {},
): Promise<ProgramPreview> {
    const run = await runProgram(program, options);
    return {
        resources: run.states.map(registeredResource),
        invokes: run.preview.invokes,
        outputs: run.plainOutputs,
        messages: run.preview.diagnostics.map((diagnostic) => diagnostic.message),
        ...(run.preview.error === undefined ? {} : { error: run.preview.error }),
        ...(run.cause === undefined ? {} : { cause: run.cause }),
    };
}

/** A state as tests look at it. */
export function registeredResource(state: PlannedState): RegisteredResource {
    return {
        urn: state.urn,
        type: state.type,
        name: nameOf(state.urn),
        custom: state.custom,
        parent: state.parent ?? "",
        provider: state.provider ?? "",
        dependencies: state.dependencies,
        propertyDependencies: state.propertyDependencies,
        protect: state.protect,
        retainOnDelete: state.retainOnDelete ?? false,
        ignoreChanges: state.ignoreChanges,
        inputs: state.plainInputs(),
        outputs: state.plainOutputs(),
        id: state.syntheticId,
        state,
    };
}

/** An AWS provider for the test account. Make it inside the program that is previewed. */
export function testProvider(region: string = TEST_REGION, name = "aws"): aws.Provider {
    return new aws.Provider(name, {
        region: region as aws.Region,
        allowedAccountIds: [TEST_ACCOUNT],
        defaultTags: { tags: { project: "meridian" } },
    });
}

function assertFinished(preview: ProgramPreview): void {
    if (preview.error !== undefined) {
        throw new Error(`the program failed: ${preview.error.message}`, { cause: preview.cause });
    }
}

/** All resources of a type, in the order of registration. Fails when the program failed. */
export function ofType(preview: ProgramPreview, type: string): readonly RegisteredResource[] {
    assertFinished(preview);
    return preview.resources.filter((resource) => resource.type === type);
}

/** The one resource of a type, or the one with that logical name. Fails when there is none or there are several. */
export function one(preview: ProgramPreview, type: string, name?: string): RegisteredResource {
    assertFinished(preview);
    return only(preview.resources, type, name);
}

/** As `one`, of resources from elsewhere; their name may be told by a pattern, too. */
export function only(
    resources: readonly RegisteredResource[],
    type: string,
    name?: string | RegExp,
): RegisteredResource {
    const all = resources.filter((resource) => resource.type === type);
    const found = all.filter((resource) =>
        name instanceof RegExp ? name.test(resource.name) : name === undefined || resource.name === name,
    );
    const [resource] = found;
    if (resource === undefined || found.length > 1) {
        const wanted = name === undefined ? type : `${type} "${String(name)}"`;
        const names = all.map((candidate) => candidate.name).join(", ");
        throw new Error(
            `expected one ${wanted}, found ${found.length}; there are: ${names === "" ? "none" : names}`,
        );
    }
    return resource;
}

/** The children of a component or other resource. */
export function childrenOf(
    preview: ProgramPreview,
    parent: RegisteredResource,
): readonly RegisteredResource[] {
    assertFinished(preview);
    return preview.resources.filter((resource) => resource.parent === parent.urn);
}

/** A value deep in properties, such as `at(bucket.inputs, "rules[0].id")`; undefined where the path leads nowhere. */
export function at(properties: unknown, path: string): unknown {
    let value = properties;
    for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
        if (typeof value !== "object" || value === null) {
            return undefined;
        }
        value = (value as Record<string, unknown>)[key];
    }
    return value;
}

/** A JSON document that an input holds as text, such as a policy. */
export function json(value: unknown): unknown {
    if (typeof value !== "string") {
        throw new Error(`expected JSON text, got ${JSON.stringify(value)}`);
    }
    return JSON.parse(value) as unknown;
}
