/** What the expansions of awsx's components have in common: how they make children, and how they read arguments. */
import { createHash } from "node:crypto";
import { classProperties } from "../aws/classProperties";
import { type Goal, NO_OPTIONS, type Resource } from "../deployment";
import { type Properties } from "../types";
import {
    dependenciesOf,
    isRecord,
    OUTPUT,
    plainValue,
    referredUrn,
    resourceReference,
    SIGNATURE,
    UNKNOWN_MARKER,
    unknownValue,
} from "../values";

/** What an expansion needs of the engine. */
export interface Expander {
    /** The provider that AWS resources under this component get. */
    readonly provider: string;
    readonly version: string;
    /** The region that this provider works in. */
    readonly region: string;
    readonly stack: string;
    register(goal: Goal): Promise<Resource>;
    /** Names of the zones of the provider's region. */
    zones(): readonly string[];
    /** A resource of the stack; nothing where it is not known. */
    find(isWanted: (resource: Resource) => boolean): Resource | undefined;
    /** Calls a function of the AWS provider. */
    invoke(token: string, args: Properties): Promise<Properties>;
}

/** Outputs of an expanded component. */
export interface Expansion {
    readonly outputs: Properties;
    /** Names of the outputs that a real preview does not know. */
    readonly unknown: readonly string[];
    /** URNs that each output depends on. */
    readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** Makes what a component is made of. */
export type Expand = (children: Children) => Promise<Expansion>;

/** Where a child hangs and what it waits for beside its inputs. */
export interface ChildOptions {
    /** Left out: the component. */
    readonly parent?: string;
    readonly dependsOn?: readonly Resource[];
}

/** Makes the children of one component. */
export class Children {
    readonly #region: Properties;

    constructor(
        readonly goal: Goal,
        readonly urn: string,
        readonly expander: Expander,
    ) {
        this.#region = pickDefined(goal.inputs, ["region"]);
    }

    /** Makes a resource. Inputs that hold nothing are left out. */
    async make(
        type: string,
        name: string,
        inputs: Properties,
        { parent = this.urn, dependsOn = [] }: ChildOptions = {},
    ): Promise<Resource> {
        const given = Object.entries({ ...this.#region, ...inputs }).filter(
            ([, value]) => value !== undefined,
        );
        const propertyDependencies = new Map(given.map(([key, value]) => [key, dependenciesOf(value)]));
        const all = [...dependsOn.map((resource) => resource.urn), ...propertyDependencies.values()].flat();
        return this.expander.register({
            ...this.#plain(type, name, parent),
            custom: true,
            provider: type.startsWith("aws:") ? this.expander.provider : "",
            inputs: Object.fromEntries(given),
            dependencies: [...new Set(all)],
            propertyDependencies,
        });
    }

    /** Makes a component inside, and says how to make its children. */
    async component(type: string, name: string): Promise<Children> {
        const goal = this.#plain(type, name, this.urn);
        const { urn } = await this.expander.register(goal);
        return new Children({ ...goal, inputs: this.#region }, urn, this.expander);
    }

    /** The resource that a value refers to, where it is of this stack. */
    referred(value: unknown): Resource | undefined {
        const urn = referredUrn(value);
        return urn === undefined ? undefined : this.expander.find((resource) => resource.urn === urn);
    }

    /** An output of the resource that a value refers to, or the value itself where it refers to none of this stack. */
    outputOrValue(value: unknown, name: string): unknown {
        const resource = this.referred(value);
        return resource === undefined ? value : outputOf(resource, name);
    }

    #plain(type: string, name: string, parent: string): Goal {
        return {
            type,
            name,
            custom: false,
            remote: false,
            parent,
            provider: "",
            providers: new Map(),
            version: this.expander.version,
            inputs: {},
            dependencies: [],
            propertyDependencies: new Map(),
            // A child inherits its component's protection.
            options: { ...NO_OPTIONS, protect: this.goal.options.protect },
        };
    }
}

/** A resource's id as another one takes it: a real preview does not know it. */
export function idOf(resource: Resource): Properties {
    return unknownValue(resource.id, [resource.urn]);
}

/** A resource's output as another one takes it. */
export function outputOf(resource: Resource, name: string): Properties {
    const value = resource.outputs[name];
    const known = value !== undefined && !resource.unknownOutputs.includes(name);
    return {
        [SIGNATURE]: OUTPUT,
        ...(value === undefined ? {} : { value: plainValue(value) }),
        dependencies: [resource.urn, ...(known ? [] : [UNKNOWN_MARKER])],
    };
}

/** The outputs of a component: the resources by name, and what else it gives out. */
export function expansion(
    resources: Readonly<Record<string, Resource | readonly Resource[] | undefined>>,
    values: Properties,
    { expander }: Children,
): Expansion {
    const made = Object.entries(resources).filter(
        (entry): entry is [string, Resource | readonly Resource[]] => entry[1] !== undefined,
    );
    const refer = ({ urn, id }: Resource): Properties => resourceReference(urn, id, expander.version);
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const isUnknown = (value: unknown): boolean =>
        isRecord(value) &&
        Array.isArray(value["dependencies"]) &&
        value["dependencies"].includes(UNKNOWN_MARKER);
    const isOne = (each: Resource | readonly Resource[]): each is Resource => "urn" in each;
    return {
        outputs: Object.fromEntries([
            ...made.map(([name, each]) => [name, isOne(each) ? refer(each) : each.map(refer)] as const),
            ...given.map(([name, value]) => [name, plainValue(value)] as const),
        ]),
        unknown: given.filter(([, value]) => isUnknown(value)).map(([name]) => name),
        dependencies: new Map([
            ...made.map(
                ([name, each]) => [name, (isOne(each) ? [each] : each).map(({ urn }) => urn)] as const,
            ),
            ...given.map(([name, value]) => [name, dependenciesOf(value)] as const),
        ]),
    };
}

/** Refuses arguments of which only one may be given. */
export function onlyOneOf(args: Properties, names: readonly string[]): void {
    if (names.filter((name) => args[name] !== undefined).length > 1) {
        const all = names.map((name) => `[${name}]`);
        throw new Error(`Only one of ${all.slice(0, -1).join(", ")} or ${all.at(-1) ?? ""} can be specified`);
    }
}

/** The digits by which awsx tells names apart. */
export function shortHash(content: string): string {
    return createHash("sha1").update(content).digest("hex").slice(0, 8);
}

/** The arguments that a class of @pulumi/aws takes, which a component hands on. */
export function ofClass(type: string, args: Properties): Properties {
    return pickDefined(args, classProperties(type));
}

export function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

export function record(value: unknown): Properties {
    return typeof value === "object" && value !== null ? (value as Properties) : {};
}

export function pickDefined(properties: Properties, names: readonly string[]): Properties {
    return Object.fromEntries(
        names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
    );
}
