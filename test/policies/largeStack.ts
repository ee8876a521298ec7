/** A large stack in which every rule has something to judge, and how much of it a rule looks at. */
import { type Member } from "../../policies/framework";
import { memberViews } from "../../tools/preview/policies/memberViews";
import { type AnalyzedResource } from "../../tools/preview/policies/resources";
import { type Properties } from "../../tools/preview/types";
import { UNKNOWN } from "../../tools/preview/values";
import { loadSpecs } from "../support/policies/harness";
import { STACK_NAMES } from "../support/policies/mutation";
import { packNames } from "../support/policies/packs";
import { copyOf } from "../support/policies/ownStacks";

/** How many mutants of each rule take part. */
const MUTANTS_PER_RULE = 2;

/** Properties by which resources are known, in all of which copies differ. */
const NAMING = /^(?:name|bucket|identifier|url|.*(?:Identifier|Name))$/;

/** What the large stack is made of: the project's stacks, and what the mutants of every rule add to them or change. */
export async function material(): Promise<readonly AnalyzedResource[]> {
    const found: AnalyzedResource[] = [];
    for (const name of STACK_NAMES) {
        found.push(...(await copyOf(name)).resources);
    }
    for (const pack of packNames()) {
        const seen = new Map<string, number>();
        for (const [index, mutant] of loadSpecs(pack).mutants.entries()) {
            const count = seen.get(mutant.rule) ?? 0;
            seen.set(mutant.rule, count + 1);
            if (count >= MUTANTS_PER_RULE) {
                continue;
            }
            const stack = await copyOf(mutant.stack ?? "prod-us", mutant.assumed);
            for (const fixture of mutant.fixture ?? []) {
                stack.add(fixture);
            }
            mutant.change(stack);
            const touched = [...stack.touched]
                .map((urn) => stack.get(urn))
                .filter((resource) => resource !== undefined)
                .filter(({ type }) => !type.startsWith("pulumi:"));
            found.push(...renamed(touched, `${pack}-${index}`));
        }
    }
    return [...new Map(found.map((resource) => [resource.urn, resource])).values()];
}

/** As many copies of the material as it takes for a number of resources, each with names of its own. */
export function stackOf(parts: readonly AnalyzedResource[], size: number): readonly AnalyzedResource[] {
    const copies = Array.from({ length: Math.ceil(size / parts.length) }, (_, index) =>
        index === 0 ? parts : renamed(parts, `copy${index}`),
    );
    return copies.flat().slice(0, size);
}

function renamed(resources: readonly AnalyzedResource[], suffix: string): AnalyzedResource[] {
    const urns = new Set(resources.map(({ urn }) => urn));
    const names = new Set(resources.flatMap(({ inputs }) => namesIn(inputs)));
    const urnOf = (urn: string): string => (urns.has(urn) ? `${urn}-${suffix}` : urn);
    const value = (given: unknown): unknown => {
        if (typeof given === "string") {
            return names.has(given) ? `${given}-${suffix}` : given;
        }
        if (Array.isArray(given)) {
            return given.map(value);
        }
        return typeof given === "object" && given !== null
            ? Object.fromEntries(Object.entries(given).map(([key, item]) => [key, value(item)]))
            : given;
    };
    return resources.map((resource) => ({
        ...resource,
        urn: urnOf(resource.urn),
        name: `${resource.name}-${suffix}`,
        ...(resource.parent === undefined ? {} : { parent: urnOf(resource.parent) }),
        ...(resource.provider === undefined ? {} : { provider: urnOf(resource.provider) }),
        inputs: value(resource.inputs) as Properties,
        outputs: value(resource.outputs) as Properties,
        dependencies: resource.dependencies.map(urnOf),
        propertyDependencies: Object.fromEntries(
            Object.entries(resource.propertyDependencies).map(([key, to]) => [key, to.map(urnOf)]),
        ),
    }));
}

function namesIn(inputs: Properties): string[] {
    return Object.entries(inputs).flatMap(([key, value]) =>
        NAMING.test(key) && typeof value === "string" && value !== UNKNOWN && value !== "" ? [value] : [],
    );
}

/** The members of a stack, which count how often anything of them is looked at. */
export class CountingMembers {
    readonly members: readonly Member[];
    count = 0;
    readonly #known = new WeakMap<object, unknown>();

    constructor(resources: readonly AnalyzedResource[]) {
        this.members = memberViews(resources).map((member) => this.#counting(member));
    }

    #counting(member: Member): Member {
        return this.#once(
            member,
            () =>
                new Proxy(member, {
                    get: (target, key) => {
                        this.count += 1;
                        return this.#within(target, key as keyof Member);
                    },
                }),
        );
    }

    #within(member: Member, key: keyof Member): unknown {
        const { [key]: value, propertyDependencies, dependencies, parent, props } = member;
        switch (key) {
            case "parent":
                return parent === undefined ? undefined : this.#counting(parent);
            case "dependencies":
                return this.#once(dependencies, () => dependencies.map((each) => this.#counting(each)));
            case "propertyDependencies":
                return this.#once(propertyDependencies, () =>
                    Object.fromEntries(
                        Object.entries(propertyDependencies).map(([property, members]) => [
                            property,
                            members.map((each) => this.#counting(each)),
                        ]),
                    ),
                );
            case "props":
                return this.#once(
                    props,
                    () =>
                        new Proxy(props, {
                            get: (target, property) => {
                                this.count += 1;
                                return Reflect.get(target, property) as unknown;
                            },
                        }),
                );
            default:
                return value;
        }
    }

    #once<T>(key: object, make: () => T): T {
        let found = this.#known.get(key) as T | undefined;
        if (found === undefined) {
            found = make();
            this.#known.set(key, found);
        }
        return found;
    }
}
