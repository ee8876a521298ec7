/** A stack's resources in the form in which the engine hands them to policy packs. */
import { type PlannedState } from "../deployment";
import { type Properties, type ResourceState } from "../types";
import { nameOf } from "../urn";
import { containsSecret, containsUnknown, plainValue, secret, UNKNOWN } from "../values";
import { computedProperties, documentProperties } from "../aws/classProperties";

/** The resource options that the analyzer protocol carries. */
export interface AnalyzedOptions {
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    readonly aliases: readonly string[];
    readonly deleteBeforeReplace?: boolean;
    /** Durations as the program gave them, such as `30m`. */
    readonly customTimeouts?: Readonly<Record<string, string>>;
}

/** A resource as packs see it: inputs when it is registered, outputs once the whole stack is known. */
export interface AnalyzedResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** False for what exists already and is only read, which packs see with the whole stack alone. */
    readonly registered: boolean;
    readonly parent?: string;
    /** URN of the provider. */
    readonly provider?: string;
    readonly inputs: Properties;
    /** Inputs with what the provider adds: unknown, unless the resource exists already. */
    readonly outputs: Properties;
    readonly options: AnalyzedOptions;
    readonly dependencies: readonly string[];
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** The resource of a state, with unknown values and secrets as a real preview has them. */
export function analyzedResource(state: PlannedState): AnalyzedResource {
    const inputs = withDocumentsAsText(state.type, state.inputsWithUnknowns());
    return describedResource(state, inputs, outputsOf(state, inputs));
}

/**
 * The resource of a state as it would be once everything is there: with the values that the preview has made up in place
 * of those that a real one does not know. What AWS fills in where a program leaves it out is still unknown, unless it
 * follows from what the resource is, such as its id and ARN: made up, it would be taken for a choice.
 */
export function assumedResource(state: PlannedState): AnalyzedResource {
    const inputs = withDocumentsAsText(state.type, state.inputsWithAssumptions());
    return describedResource(state, inputs, assumedOutputsOf(state, inputs));
}

/** The resource of a state with these properties. */
export function describedResource(
    state: ResourceState,
    inputs: Properties,
    outputs: Properties,
): AnalyzedResource {
    const { provider, parent } = state;
    return {
        urn: state.urn,
        type: state.type,
        name: nameOf(state.urn),
        custom: state.custom,
        registered: state.id === undefined,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider: provider.slice(0, provider.lastIndexOf("::")) }),
        inputs,
        outputs,
        options: {
            protect: state.protect,
            ignoreChanges: state.ignoreChanges,
            additionalSecretOutputs: state.additionalSecretOutputs ?? [],
            aliases: state.aliases ?? [],
            ...(state.deleteBeforeReplace === undefined
                ? {}
                : { deleteBeforeReplace: state.deleteBeforeReplace }),
            ...(state.customTimeouts === undefined ? {} : { customTimeouts: state.customTimeouts }),
        },
        dependencies: state.dependencies,
        propertyDependencies: state.propertyDependencies,
    };
}

/**
 * Policy documents that the program gives as objects, as the provider hands them on to packs: as JSON text, which is
 * unknown as a whole where any of it is.
 */
function withDocumentsAsText(type: string, inputs: Properties): Properties {
    const changed: Properties = {};
    for (const property of documentProperties(type)) {
        const value = inputs[property];
        if (value !== undefined) {
            const text = asText(plainValue(value));
            changed[property] = containsSecret(value) ? secret(text) : text;
        }
    }
    return Object.keys(changed).length === 0 ? inputs : { ...inputs, ...changed };
}

function asText(document: unknown): unknown {
    if (typeof document !== "object" || document === null) {
        return document;
    }
    return containsUnknown(document) ? UNKNOWN : JSON.stringify(document);
}

/**
 * The outputs that the engine has of a resource at a preview: a provider hands back the inputs, what it plans for
 * sure, and as unknown whatever AWS will compute, be it a property that a program may give and did not.
 */
function outputsOf(state: PlannedState, inputs: Properties): Properties {
    const outputs = state.outputsWithUnknowns();
    const exists = state.id !== undefined;
    if (!state.custom || exists) {
        return outputs;
    }
    const planned: Properties = { ...unplanned(state.type), ...outputs };
    const documents = documentProperties(state.type);
    for (const [name, value] of Object.entries(inputs)) {
        // An output of the same name was made from the value that the offline preview thought up.
        if (containsUnknown(value) || documents.includes(name)) {
            planned[name] = value;
        }
    }
    if (containsUnknown(inputs["tags"]) && "tagsAll" in planned) {
        planned["tagsAll"] = UNKNOWN;
    }
    return planned;
}

/** What is not known of a resource before it is made, whatever a program gives. */
function unplanned(type: string): Properties {
    const names = computedProperties(type).map((name) => [name, UNKNOWN] as const);
    return { ...(type.startsWith("pulumi:") ? {} : { id: UNKNOWN }), ...Object.fromEntries(names) };
}

/** The outputs with everything that the preview can make up. */
function assumedOutputsOf(state: PlannedState, inputs: Properties): Properties {
    const outputs = state.outputsWithAssumptions();
    if (!state.custom || state.id !== undefined) {
        return outputs;
    }
    const documents = documentProperties(state.type).filter((name) => name in inputs);
    return {
        ...unplanned(state.type),
        ...(state.syntheticId === "" ? {} : { id: state.syntheticId }),
        ...outputs,
        ...Object.fromEntries(documents.map((name) => [name, inputs[name]])),
    };
}
