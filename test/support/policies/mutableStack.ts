/** Stacks that mutation tests change, each copy on its own. */
import { SHARED_IDENTITIES } from "../../../policies/deployability/shared/replacements";
import { computedProperties } from "../../../tools/preview/aws/classProperties";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { type Properties } from "../../../tools/preview/types";
import { createUrn, STACK_TYPE } from "../../../tools/preview/urn";
import { UNKNOWN } from "../../../tools/preview/values";
import {
    type FixtureResource,
    type MutableResource,
    type MutableStack,
    type Options,
    type PropertyPath,
    type Reference,
    type StackName,
} from "./mutation";
import { getIn, setIn, stepsOf, unsetIn } from "../../policies/paths";
import { type StackResources } from "./reads";

const PROJECT = "meridian";
const AWS_PROVIDER = "pulumi:providers:aws";
const NO_OPTIONS: Options = { protect: false, ignoreChanges: [], additionalSecretOutputs: [], aliases: [] };

/** A stack whose resources can be changed; what it was made from stays as it is. */
export class StackCopy implements MutableStack {
    readonly #resources: Map<string, AnalyzedResource>;
    /** URNs of what is not as it was: changed, added or removed. */
    readonly touched = new Set<string>();

    /** @param origin What the copy is one of. Left out: it stands for itself. */
    constructor(
        readonly stack: StackName,
        resources: Iterable<AnalyzedResource>,
        readonly origin?: StackResources,
    ) {
        this.#resources = new Map([...resources].map((resource) => [resource.urn, resource]));
    }

    get resources(): readonly AnalyzedResource[] {
        return [...this.#resources.values()];
    }

    get(urn: string): AnalyzedResource | undefined {
        return this.#resources.get(urn);
    }

    find(type: string, name?: string | RegExp): MutableResource {
        const sameType = this.all(type);
        const found = sameType.find(
            (resource) =>
                name === undefined ||
                (typeof name === "string" ? resource.name === name : name.test(resource.name)),
        );
        if (found === undefined) {
            const names = sameType.map((resource) => resource.name).join(", ");
            throw new Error(
                `${this.stack} has no ${type}${name === undefined ? "" : ` ${String(name)}`}: ${names === "" ? "none of the type" : `there are ${names}`}`,
            );
        }
        return found;
    }

    all(...types: readonly string[]): readonly MutableResource[] {
        return this.resources.filter((resource) => types.includes(resource.type));
    }

    set(resource: MutableResource, path: PropertyPath, value: unknown): void {
        const steps = stepsOf(path);
        this.#update(resource, (current) => ({
            inputs: setIn(current.inputs, steps, value),
            outputs: setIn(current.outputs, steps, value),
            ...(steps.length === 1 ? withoutRelations(current, String(steps[0])) : {}),
        }));
    }

    unset(resource: MutableResource, path: PropertyPath): void {
        const steps = stepsOf(path);
        if (getIn(this.#current(resource).inputs, steps) === undefined) {
            throw new Error(`${resource.type} "${resource.name}" has no ${String(path)} to take away`);
        }
        const [property] = steps;
        // What the program leaves out of these the provider computes.
        const isComputed = steps.length === 1 && computedProperties(resource.type).includes(String(property));
        this.#update(resource, (current) => ({
            inputs: unsetIn(current.inputs, steps),
            outputs: isComputed ? setIn(current.outputs, steps, UNKNOWN) : unsetIn(current.outputs, steps),
            ...(steps.length === 1 ? withoutRelations(current, String(steps[0])) : {}),
        }));
    }

    refer(resource: MutableResource, path: PropertyPath, ...targets: readonly MutableResource[]): void {
        const steps = stepsOf(path);
        const before = getIn(this.#current(resource).inputs, steps);
        this.set(
            resource,
            path,
            targets.length !== 1 || Array.isArray(before) ? targets.map(() => UNKNOWN) : UNKNOWN,
        );
        this.relate(resource, String(steps[0]), ...targets);
    }

    relate(resource: MutableResource, property: string, ...targets: readonly MutableResource[]): void {
        const urns = targets.map((target) => target.urn);
        this.#update(resource, (current) => ({
            dependencies: union(current.dependencies, urns),
            propertyDependencies: {
                ...current.propertyDependencies,
                [property]: union(current.propertyDependencies[property] ?? [], urns),
            },
        }));
    }

    setOptions(resource: MutableResource, options: Partial<Options>): void {
        this.#update(resource, (current) => ({ options: { ...current.options, ...options } }));
    }

    setProvider(resource: MutableResource, provider: MutableResource): void {
        this.#update(resource, () => ({ provider: provider.urn }));
    }

    rename(resource: MutableResource, name: string): MutableResource {
        const current = this.#current(resource);
        const urn = createUrn(this.stack, PROJECT, current.parent, current.type, name);
        if (this.#resources.has(urn)) {
            throw new Error(`${this.stack} has a ${current.type} "${name}" already`);
        }
        const swap = (urns: readonly string[]): readonly string[] =>
            urns.includes(current.urn) ? urns.map((each) => (each === current.urn ? urn : each)) : urns;
        const renamed = { ...current, urn, name };
        const all = [...this.#resources.values()].map((each) => (each === current ? renamed : each));
        this.#resources.clear();
        for (const each of all) {
            this.#resources.set(each.urn, {
                ...each,
                ...(each.parent === current.urn ? { parent: urn } : {}),
                ...(each.provider === current.urn ? { provider: urn } : {}),
                ...relations(each, swap),
            });
        }
        this.touched.add(current.urn);
        this.touched.add(urn);
        return renamed;
    }

    remove(resource: MutableResource): void {
        const gone = new Set([this.#current(resource).urn]);
        for (const each of this.#resources.values()) {
            // Parents come before their children.
            if (each.parent !== undefined && gone.has(each.parent)) {
                gone.add(each.urn);
            }
        }
        for (const urn of gone) {
            this.#resources.delete(urn);
            this.touched.add(urn);
        }
        const keep = (urns: readonly string[]): readonly string[] => urns.filter((urn) => !gone.has(urn));
        for (const each of this.#resources.values()) {
            if (each.dependencies.some((urn) => gone.has(urn))) {
                this.#resources.set(each.urn, { ...each, ...relations(each, keep) });
            }
        }
    }

    add(fixture: FixtureResource): MutableResource {
        const root = this.all(STACK_TYPE)[0];
        const parent = fixture.parent?.urn ?? root?.urn;
        const custom = fixture.custom ?? true;
        const provider = fixture.provider?.urn ?? this.#defaultProvider(fixture.type, custom);
        const urn = createUrn(this.stack, PROJECT, parent, fixture.type, fixture.name);
        if (this.#resources.has(urn)) {
            throw new Error(`${this.stack} has a ${fixture.type} "${fixture.name}" already`);
        }
        const propertyDependencies: Record<string, readonly string[]> = {};
        const inputs: Properties = {};
        for (const [key, value] of Object.entries(fixture.inputs)) {
            const urns: string[] = [];
            inputs[key] = this.#resolve(value, urns);
            if (urns.length > 0) {
                propertyDependencies[key] = [...new Set(urns)];
            }
        }
        const computed = custom
            ? Object.fromEntries(["id", ...computedProperties(fixture.type)].map((key) => [key, UNKNOWN]))
            : {};
        const resource: AnalyzedResource = {
            urn,
            type: fixture.type,
            name: fixture.name,
            custom,
            registered: true,
            ...(parent === undefined ? {} : { parent }),
            ...(provider === undefined ? {} : { provider }),
            inputs,
            outputs: { ...computed, ...fixture.outputs, ...inputs },
            options: {
                ...NO_OPTIONS,
                ...(fixture.bare === true ? {} : askedOptions(fixture.type)),
                ...fixture.options,
            },
            dependencies: [...new Set(Object.values(propertyDependencies).flat())],
            propertyDependencies,
        };
        this.#resources.set(urn, resource);
        this.touched.add(urn);
        return resource;
    }

    /** Puts a resource in the place of the one with the same URN. */
    put(resource: AnalyzedResource): void {
        this.#resources.set(resource.urn, resource);
        this.touched.add(resource.urn);
    }

    /** Some resources of the stack with what they refer to: enough to be judged, and less than all. */
    withWhatTheyNeed(urns: Iterable<string>): readonly AnalyzedResource[] {
        const needed = new Set<AnalyzedResource>();
        const need = (urn = ""): void => {
            const resource = this.get(urn);
            if (resource !== undefined && !needed.has(resource)) {
                needed.add(resource);
                for (const other of [resource.parent, resource.provider, ...resource.dependencies]) {
                    need(other);
                }
            }
        };
        for (const urn of urns) {
            need(urn);
        }
        return this.resources.filter((resource) => needed.has(resource));
    }

    #resolve(value: unknown, urns: string[]): unknown {
        if (isReference(value)) {
            const { type, name } = value.reference;
            urns.push(this.find(type, name).urn);
            return UNKNOWN;
        }
        if (Array.isArray(value)) {
            return value.map((item) => this.#resolve(item, urns));
        }
        if (typeof value === "object" && value !== null) {
            return Object.fromEntries(
                Object.entries(value).map(([key, item]) => [key, this.#resolve(item, urns)]),
            );
        }
        return value;
    }

    #defaultProvider(type: string, custom: boolean): string | undefined {
        if (!custom) {
            return undefined;
        }
        const [pkg = ""] = type.split(":");
        const provider = { aws: AWS_PROVIDER, "aws-native": `${AWS_PROVIDER}-native` }[pkg];
        return provider === undefined ? undefined : this.all(provider)[0]?.urn;
    }

    #current(resource: MutableResource): AnalyzedResource {
        const current = this.#resources.get(resource.urn);
        if (current === undefined) {
            throw new Error(`${resource.urn} is not in ${this.stack}`);
        }
        return current;
    }

    #update(
        resource: MutableResource,
        change: (current: AnalyzedResource) => Partial<AnalyzedResource>,
    ): void {
        const current = this.#current(resource);
        this.put({ ...current, ...change(current) });
    }
}

function isReference(value: unknown): value is Reference {
    return typeof value === "object" && value !== null && "reference" in value;
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
    return [...new Set([...left, ...right])];
}

function relations(
    resource: AnalyzedResource,
    change: (urns: readonly string[]) => readonly string[],
): Pick<AnalyzedResource, "dependencies" | "propertyDependencies"> {
    return {
        dependencies: change(resource.dependencies),
        propertyDependencies: Object.fromEntries(
            Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, change(urns)]),
        ),
    };
}

function withoutRelations(
    resource: AnalyzedResource,
    property: string,
): Pick<AnalyzedResource, "dependencies" | "propertyDependencies"> {
    const { [property]: lost = [], ...rest } = resource.propertyDependencies;
    const still = new Set(Object.values(rest).flat());
    return {
        dependencies: resource.dependencies.filter((urn) => !lost.includes(urn) || still.has(urn)),
        propertyDependencies: rest,
    };
}

/** The options that a rule asks of every resource of a type, so that each fixture need not say them. */
function askedOptions(type: string): Partial<AnalyzedResource["options"]> {
    const shared = SHARED_IDENTITIES[type];
    return shared === undefined || shared.byProvider === true ? {} : { deleteBeforeReplace: true };
}
