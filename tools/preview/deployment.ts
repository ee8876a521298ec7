/** What Pulumi's engine does with a registration, apart from talking to providers and to programs. */
import { type Alias } from "@pulumi/pulumi/proto/alias_pb";
import { aliasUrn } from "./aliases";
import { type Properties, type Step, type StepOp } from "./types";
import { asAssumed, asPreviewed, containsUnknown, masked, plain, UNKNOWN, UNKNOWN_MARKER } from "./values";
import { createUrn, packageOf, STACK_TYPE } from "./urn";

/** The options of a resource that the engine keeps with it. */
export interface GoalOptions {
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    readonly aliases: readonly Alias[];
    readonly deletedWith: string;
    readonly deleteBeforeReplace: boolean | undefined;
    readonly customTimeouts: Readonly<Record<string, string>>;
    readonly importId: string;
}

/** The options of a resource that asks for nothing special. */
export const NO_OPTIONS: GoalOptions = {
    protect: false,
    retainOnDelete: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    deletedWith: "",
    deleteBeforeReplace: undefined,
    customTimeouts: {},
    importId: "",
};

/** A resource that a program asks for. */
export interface Goal {
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** True for a component whose children a provider's plugin makes. */
    readonly remote: boolean;
    readonly parent: string;
    /** `<URN>::<id>`, or nothing. */
    readonly provider: string;
    /** Providers of a component's children, by package. */
    readonly providers: ReadonlyMap<string, string>;
    /** The version of the package that the program was written for. */
    readonly version: string;
    /** As they came: with secrets, outputs and references marked. */
    readonly inputs: Properties;
    readonly dependencies: readonly string[];
    readonly propertyDependencies: ReadonlyMap<string, readonly string[]>;
    readonly options: GoalOptions;
}

/** What a provider answers to a resource. */
export interface ProviderAnswer {
    readonly id: string;
    /** Inputs that the provider fills in before anything is made, such as an automatic name. */
    readonly defaults: Properties;
    /** Outputs that are no inputs and yet known before anything is made, such as all tags. */
    readonly known: Properties;
    /** Outputs that exist only once the resource does. */
    readonly computed: Properties;
    readonly secretOutputs: readonly string[];
}

/** What a provider answers that has nothing to say. */
export const NO_ANSWER: ProviderAnswer = { id: "", defaults: {}, known: {}, computed: {}, secretOutputs: [] };

/** A resource of the run. */
export interface Resource {
    readonly urn: string;
    readonly goal: Goal;
    readonly op: StepOp;
    readonly id: string;
    readonly provider: string;
    /** As they came, with the provider's defaults. */
    inputs: Properties;
    /** Without secrets' and outputs' marks. */
    readonly plainInputs: Properties;
    /** Names of the outputs that exist only once the resource does. */
    unknownOutputs: readonly string[];
    /** URNs of what single outputs come from, for components that a plugin makes. */
    outputDependencies: ReadonlyMap<string, readonly string[]>;
    /** All outputs, with secrets marked. */
    outputs: Properties;
}

/** A resource that the engine refuses. */
export class RegistrationError extends Error {
    constructor(
        readonly urn: string,
        message: string,
    ) {
        super(message);
        this.name = "RegistrationError";
    }
}

/** The resources of one run. */
export class Deployment {
    readonly resources = new Map<string, Resource>();

    constructor(
        readonly project: string,
        readonly stack: string,
        readonly organization: string,
    ) {}

    /** The URN that the resource would have, refused when another one has it. */
    urnOf(goal: Pick<Goal, "parent" | "type" | "name">): string {
        const urn = createUrn(this.stack, this.project, goal.parent, goal.type, goal.name);
        if (this.resources.has(urn)) {
            throw new RegistrationError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
        }
        return urn;
    }

    /** Resolves a provider reference to the provider's inputs. */
    providerOf(reference: string): Resource | undefined {
        return this.resources.get(reference.slice(0, reference.lastIndexOf("::")));
    }

    /** The provider that a component hands to children of the package, if one does. */
    inheritedProvider(parent: string, token: string): string {
        const pkg = packageOf(token);
        for (let urn = parent; urn !== "";) {
            const resource = this.resources.get(urn);
            const reference = resource?.goal.providers.get(pkg);
            if (reference !== undefined) {
                return reference;
            }
            urn = resource === undefined || resource.goal.custom ? "" : resource.goal.parent;
        }
        return "";
    }

    add(resource: Resource): void {
        this.resources.set(resource.urn, resource);
    }

    /** The plan, in the order of registration. */
    steps(): PlannedStep[] {
        return [...this.resources.values()].map((resource) => ({
            op: resource.op,
            urn: resource.urn,
            newState: new PlannedState(resource),
        }));
    }
}

/** A step with the whole of its resource's state. */
export interface PlannedStep extends Step {
    readonly newState: PlannedState;
}

/** A resource's state as the preview shows it. What is secret is out of reach of `JSON.stringify`. */
export class PlannedState {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly parent?: string;
    readonly provider?: string;
    readonly dependencies: readonly string[];
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly protect: boolean;
    readonly retainOnDelete?: boolean;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges?: readonly string[];
    readonly additionalSecretOutputs?: readonly string[];
    readonly deletedWith?: string;
    readonly deleteBeforeReplace?: boolean;
    readonly aliases?: readonly string[];
    readonly customTimeouts?: Readonly<Record<string, string>>;
    readonly importID?: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
    readonly #resource: Resource;

    constructor(resource: Resource) {
        const { goal } = resource;
        const { options } = goal;
        this.#resource = resource;
        this.urn = resource.urn;
        this.type = goal.type;
        this.custom = goal.custom;
        this.id = resource.op === "read" ? resource.id : undefined;
        this.parent = goal.type === STACK_TYPE ? undefined : goal.parent;
        this.provider = said(resource.provider);
        this.dependencies = goal.dependencies;
        this.propertyDependencies = Object.fromEntries(goal.propertyDependencies);
        this.protect = options.protect;
        this.retainOnDelete = said(options.retainOnDelete);
        this.ignoreChanges = options.ignoreChanges;
        this.replaceOnChanges = said(options.replaceOnChanges);
        this.additionalSecretOutputs = said(options.additionalSecretOutputs);
        this.deletedWith = said(options.deletedWith);
        this.deleteBeforeReplace = options.deleteBeforeReplace;
        const aliases = options.aliases.map((alias) => aliasUrn(alias, resource.urn, goal.parent));
        this.aliases = said([...new Set(aliases)]);
        this.customTimeouts = said(options.customTimeouts);
        this.importID = said(options.importId);
        this.inputs = masked(resource.inputs);
        this.outputs = masked(resource.outputs);
    }

    /** The id that the preview made up for a resource that does not exist yet. */
    get syntheticId(): string {
        return this.#resource.id;
    }

    /** The inputs with secrets in clear. Never print them. */
    plainInputs(): Properties {
        return this.#resource.plainInputs;
    }

    /** The outputs with secrets in clear. Never print them. */
    plainOutputs(): Properties {
        return plain(this.#resource.outputs);
    }

    /** The inputs as a real preview would see them, with secrets marked and unknown values in place. */
    inputsWithUnknowns(): Properties {
        return asPreviewed(this.#resource.inputs);
    }

    /** The outputs as a real preview would see them: what is computed is unknown. */
    outputsWithUnknowns(): Properties {
        const known = asPreviewed(this.#resource.outputs);
        const unknown = this.#resource.unknownOutputs.map((key) => [key, UNKNOWN] as const);
        return { ...known, ...Object.fromEntries(unknown) };
    }

    /** The inputs as they would be once everything is there, with secrets marked and made-up values in place. */
    inputsWithAssumptions(): Properties {
        return asAssumed(this.#resource.inputs);
    }

    /** The outputs as they would be once everything is there, as far as the preview can make them up. */
    outputsWithAssumptions(): Properties {
        return asAssumed(this.#resource.outputs);
    }

    /** Whether a real preview would know all inputs. */
    get hasUnknownInputs(): boolean {
        return containsUnknown(this.inputsWithUnknowns());
    }
}

/** An option as the state has it: one that says nothing is left out. */
function said<T extends string | boolean | object>(option: T): T | undefined {
    const saysNothing = typeof option === "object" ? Object.keys(option).length === 0 : !option;
    return saysNothing ? undefined : option;
}

/** Takes the engine's own marker out of a list of dependencies. */
export function realDependencies(urns: readonly string[]): string[] {
    return urns.filter((urn) => urn !== UNKNOWN_MARKER);
}
