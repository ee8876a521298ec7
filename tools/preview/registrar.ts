/** Takes a resource from what a program asks for to what the preview shows. */
import {
    type Deployment,
    type Goal,
    type ProviderAnswer,
    RegistrationError,
    type Resource,
    NO_ANSWER,
    NO_OPTIONS,
} from "./deployment";
import { classProperties } from "./aws/classProperties";
import { regionOf } from "./aws/provider";
import { withHashes } from "./assets";
import { suspicionText } from "./inputChecks";
import { synthesize } from "./providers";
import { type Properties } from "./types";
import { createUrn, packageOf, STACK_TYPE } from "./urn";
import { containsSecret, isSecret, plain, secret, UNKNOWN } from "./values";

/** What the registrar needs to know about the run. */
export interface RegistrarOptions {
    readonly deployment: Deployment;
    /** The stack's configuration: default providers read theirs from it. */
    readonly config: Readonly<Record<string, string>>;
    /** What a relative path of the program's begins in. */
    readonly folder: string;
    /** Where providers work that name no region. Left out: they have none. */
    readonly region?: string | undefined;
    /** Property names, inputs and outputs, of a class that has been used. */
    readonly propertiesOf: (type: string) => readonly string[];
    /** Where doubts go about a program that is somebody else's. Left out: a doubt is an error. */
    readonly note?: ((message: string, urn: string) => void) | undefined;
}

/** Registers resources one by one. */
export class Registrar {
    readonly #deployment: Deployment;
    readonly #config: Readonly<Record<string, string>>;
    readonly #folder: string;
    readonly #region: string | undefined;
    readonly #propertiesOf: (type: string) => readonly string[];
    readonly #disabled: ReadonlySet<string>;
    readonly #note: RegistrarOptions["note"];

    constructor(options: RegistrarOptions) {
        this.#deployment = options.deployment;
        this.#config = options.config;
        this.#folder = options.folder;
        this.#region = options.region;
        this.#propertiesOf = options.propertiesOf;
        this.#note = options.note;
        this.#disabled = new Set(readList(options.config["pulumi:disable-default-providers"]));
    }

    /** Registers a resource that is to be made. */
    create(asked: Goal): Resource {
        const urn = this.#deployment.urnOf(asked);
        const goal = { ...asked, inputs: this.#hashed(urn, asked) };
        const provider = this.#providerReference(urn, goal);
        const plainInputs = plain(goal.inputs);
        this.#check(urn, goal, plainInputs);
        const answer = goal.custom ? this.#ask(urn, goal, provider, plainInputs) : NO_ANSWER;
        return this.#add(urn, goal, provider, plainInputs, answer);
    }

    /** Registers a resource that exists already and is only read. */
    read(goal: Goal, id: string): Resource {
        const urn = this.#deployment.urnOf(goal);
        const provider = this.#providerReference(urn, goal);
        const plainInputs = plain(goal.inputs);
        const answer = this.#ask(urn, goal, provider, plainInputs, id);
        return this.#add(urn, goal, provider, plainInputs, answer, id);
    }

    /** The provider for a function call, made when the program leaves it to the engine. */
    providerForInvoke(token: string, reference: string, version: string): string {
        return reference === "" ? this.#defaultProvider(token, packageOf(token), version) : reference;
    }

    /** What a provider was told, with a region even where it was told none and the program is somebody else's. */
    providerInputs(reference: string): Properties {
        const inputs = this.#deployment.providerOf(reference)?.plainInputs ?? {};
        return this.#region === undefined || regionOf(inputs) !== undefined
            ? inputs
            : { ...inputs, region: this.#region };
    }

    /** The provider of the children that a plugin makes for a component. */
    providerForChildren(urn: string, token: string): string {
        const inherited = this.#deployment.inheritedProvider(urn, token);
        return inherited === "" ? this.#defaultProvider(urn, packageOf(token), "") : inherited;
    }

    /**
     * Registers a reference to another stack.
     *
     * @param outputs Nothing where they are not known.
     */
    readStack(goal: Goal, outputs: Properties | undefined): Resource {
        const urn = this.#deployment.urnOf(goal);
        const inputs = plain(goal.inputs);
        const answer =
            outputs === undefined
                ? { name: inputs["name"], outputs: UNKNOWN, secretOutputNames: UNKNOWN }
                : { name: inputs["name"], outputs, secretOutputNames: secretNames(outputs) };
        const resource: Resource = {
            urn,
            goal,
            op: "read",
            id: String(inputs["name"]),
            provider: "",
            inputs: goal.inputs,
            plainInputs: inputs,
            unknownOutputs: [],
            outputDependencies: new Map(),
            outputs: answer,
        };
        this.#deployment.add(resource);
        return resource;
    }

    #providerReference(urn: string, goal: Goal): string {
        if ((!goal.custom && !goal.remote) || goal.type.startsWith("pulumi:")) {
            return "";
        }
        const named =
            goal.provider === "" ? this.#deployment.inheritedProvider(goal.parent, goal.type) : goal.provider;
        if (goal.remote) {
            // Its plugin is no part of what is made; only that it may be used is to be known.
            this.#refuseDisabled(urn, packageOf(goal.type), named);
            return "";
        }
        return named === "" ? this.#defaultProvider(urn, packageOf(goal.type), goal.version) : named;
    }

    /** Makes the provider that a program gets when it names none, unless the stack forbids it. */
    #defaultProvider(asker: string, pkg: string, version: string): string {
        this.#refuseDisabled(asker, pkg, "");
        const type = `pulumi:providers:${pkg}`;
        const name = version === "" ? "default" : `default_${version.replaceAll(".", "_")}`;
        const { stack, project } = this.#deployment;
        const urn = createUrn(stack, project, undefined, type, name);
        if (!this.#deployment.resources.has(urn)) {
            const prefix = `${pkg}:`;
            const inputs = Object.fromEntries(
                Object.entries(this.#config)
                    .filter(([key]) => key.startsWith(prefix))
                    .map(([key, value]) => [key.slice(prefix.length), value]),
            );
            const goal: Goal = {
                type,
                name,
                custom: true,
                remote: false,
                parent: createUrn(stack, project, undefined, STACK_TYPE, `${project}-${stack}`),
                provider: "",
                providers: new Map(),
                version,
                inputs,
                dependencies: [],
                propertyDependencies: new Map(),
                options: NO_OPTIONS,
            };
            this.create(goal);
        }
        return `${urn}::${UNKNOWN}`;
    }

    /** Refuses who names no provider where the stack has none by default. */
    #refuseDisabled(asker: string, pkg: string, named: string): void {
        if (named === "" && (this.#disabled.has(pkg) || this.#disabled.has("*"))) {
            throw new RegistrationError(
                asker,
                `Default provider for '${pkg}' disabled. '${asker}' must use an explicit provider.`,
            );
        }
    }

    /** Refuses what a provider would, or what nobody can have meant. */
    #check(urn: string, goal: Goal, inputs: Properties): void {
        const suspicion = suspicionText(inputs);
        if (suspicion !== undefined) {
            this.#doubt(urn, suspicion);
        }
        // A class takes its own properties alone; a transform may hand on any.
        const names = goal.custom ? this.#propertiesOf(goal.type) : [];
        // What came first of a type, which the names are from, may have lost some on the way.
        const isStrange = (key: string): boolean =>
            !names.includes(key) && !classProperties(goal.type).includes(key);
        const strange = names.length === 0 ? [] : Object.keys(inputs).filter(isStrange);
        if (strange.length > 0) {
            this.#doubt(urn, `${goal.type} has no property ${strange.join(", ")}`);
        }
    }

    /** The engine hashes the files that it is handed, and refuses what it cannot read. */
    #hashed(urn: string, { inputs }: Goal): Properties {
        try {
            return withHashes(inputs, this.#folder);
        } catch (error) {
            this.#doubt(urn, `failed to compute asset hash: ${(error as Error).message}`);
            return inputs;
        }
    }

    #doubt(urn: string, message: string): void {
        if (this.#note === undefined) {
            throw new RegistrationError(urn, message);
        }
        this.#note(message, urn);
    }

    #ask(urn: string, goal: Goal, provider: string, inputs: Properties, id?: string): ProviderAnswer {
        if (goal.type.startsWith("pulumi:providers:")) {
            // The engine knows a provider's id only once it has configured it, and notes which version that is.
            return { ...NO_ANSWER, defaults: goal.version === "" ? {} : { version: goal.version } };
        }
        return synthesize({
            urn,
            type: goal.type,
            name: goal.name,
            inputs,
            provider: this.providerInputs(provider),
            properties: this.#propertiesOf(goal.type),
            ...(id === undefined ? {} : { id }),
        });
    }

    #add(
        urn: string,
        goal: Goal,
        provider: string,
        plainInputs: Properties,
        answer: ProviderAnswer,
        id?: string,
    ): Resource {
        const inputs = { ...goal.inputs, ...answer.defaults };
        const secretNames = new Set([...answer.secretOutputs, ...goal.options.additionalSecretOutputs]);
        if (containsSecret(goal.inputs["tags"])) {
            secretNames.add("tagsAll");
        }
        const outputs: Properties = {};
        const known = { ...plainInputs, ...answer.defaults, ...answer.known, ...answer.computed };
        if (goal.custom) {
            for (const [key, value] of Object.entries(known)) {
                const isSecretOutput = secretNames.has(key) || containsSecret(goal.inputs[key]);
                outputs[key] = isSecretOutput && !isSecret(value) ? secret(value) : value;
            }
        }
        const resource: Resource = {
            urn,
            goal,
            op: id === undefined ? "create" : "read",
            id: id ?? answer.id,
            provider,
            inputs,
            plainInputs: { ...plainInputs, ...answer.defaults },
            unknownOutputs: id === undefined ? Object.keys(answer.computed) : [],
            outputDependencies: new Map(),
            outputs,
        };
        this.#deployment.add(resource);
        return resource;
    }
}

function secretNames(outputs: Properties): string[] {
    return Object.keys(outputs).filter((name) => containsSecret(outputs[name]));
}

function readList(json: string | undefined): string[] {
    if (json === undefined || json === "") {
        return [];
    }
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.map(String) : [];
}
