/** Makes one breakage of the mutants of the policy packs: as many as go together in one stack, one a rule. */
import { type AnalyzedResource } from "../../../../tools/preview/policies/resources";
import { suspicionText } from "../../../../tools/preview/inputChecks";
import { type Properties } from "../../../../tools/preview/types";
import { containsSecret, containsUnknown } from "../../../../tools/preview/values";
import { stepsOf } from "../../../policies/paths";
import { loadSpecs } from "../../policies/harness";
import { StackCopy } from "../../policies/mutableStack";
import {
    type FixtureResource,
    type Mutant,
    type MutableResource,
    type Options,
    type PropertyPath,
    type StackName,
} from "../../policies/mutation";
import { copyOf } from "../../policies/ownStacks";
import { packNames } from "../../policies/packs";
import {
    type AddedResource,
    type BrokenOptions,
    type BrokenResource,
    type Breakage,
    type Change,
    keyOf,
} from "./breakage";

/** What only a plugin registers, out of the reach of a program. */
const OF_A_PLUGIN = "$awsx:ec2:Vpc$";

/** How many resources a mutant may bring with it: the engine has to make them all. */
const MOST_ADDED = 4;

/** Rules about what the offline preview itself refuses, as AWS's provider does, so that there is no stack to judge. */
const REFUSED: readonly string[] = ["aws-name-length"];

/** A mutant that no program can be made of. */
class NotAProgram extends Error {}

interface Recorded {
    readonly broken: ReadonlyMap<string, BrokenResource>;
    readonly added: ReadonlyMap<string, AddedResource>;
}

/** A stack that remembers what was done to it, in terms of a program. */
class RecordingCopy extends StackCopy {
    readonly #broken = new Map<
        string,
        { resource: MutableResource; changes: Change[]; options: BrokenOptions }
    >();
    readonly #added = new Map<string, { resource: MutableResource; inputs: Properties }>();
    readonly #positions: ReadonlyMap<string, number>;

    constructor(
        stack: StackName,
        resources: readonly AnalyzedResource[],
        readonly suffix: string,
    ) {
        super(stack, resources);
        this.#positions = new Map(resources.map(({ urn }, index) => [urn, index]));
    }

    override set(resource: MutableResource, path: PropertyPath, value: unknown): void {
        super.set(resource, path, value);
        this.#change(resource, { steps: stepsOf(path), value: this.#given(value) });
    }

    override unset(resource: MutableResource, path: PropertyPath): void {
        super.unset(resource, path);
        this.#change(resource, { steps: stepsOf(path) });
    }

    override refer(
        resource: MutableResource,
        path: PropertyPath,
        ...targets: readonly MutableResource[]
    ): void {
        const isList = targets.length !== 1 || this.#isList(resource, path);
        super.refer(resource, path, ...targets);
        const ids = targets.map((target) => this.#idOf(target, resource));
        this.#changes(resource).pop();
        this.#change(resource, { steps: stepsOf(path), value: isList ? ids : ids[0] });
    }

    override setOptions(resource: MutableResource, options: Partial<Options>): void {
        super.setOptions(resource, options);
        const { aliases, ignoreChanges, additionalSecretOutputs, ...others } = options;
        if (aliases !== undefined) {
            throw new NotAProgram("has aliases");
        }
        const entry = this.#entry(resource);
        entry.options = {
            ...entry.options,
            ...others,
            ...(ignoreChanges === undefined ? {} : { ignoreChanges: [...ignoreChanges] }),
            ...(additionalSecretOutputs === undefined
                ? {}
                : { additionalSecretOutputs: [...additionalSecretOutputs] }),
        };
    }

    override relate(): void {
        throw new NotAProgram("has a relation without a value");
    }

    override rename(): MutableResource {
        throw new NotAProgram("renames a resource");
    }

    override remove(): void {
        throw new NotAProgram("takes a resource away");
    }

    override setProvider(): void {
        throw new NotAProgram("gives a resource another provider");
    }

    override add(fixture: FixtureResource): MutableResource {
        const { type, custom, parent, provider, outputs } = fixture;
        if (!type.startsWith("aws:") || custom === false || parent !== undefined || provider !== undefined) {
            throw new NotAProgram("adds what is no resource of AWS in the stack itself");
        }
        if (outputs !== undefined) {
            throw new NotAProgram("adds a resource with outputs");
        }
        const resource = super.add(fixture);
        this.#added.set(resource.urn, { resource, inputs: this.#given(fixture.inputs) as Properties });
        return resource;
    }

    /** What was done, in a form that a process reads which knows nothing of this one. */
    recorded(): Recorded {
        const added = [...this.#added.entries()].map(([urn, { resource, inputs }]) => {
            const { protect, ignoreChanges, additionalSecretOutputs, aliases, deleteBeforeReplace } =
                this.get(urn)?.options ?? resource.options;
            if (aliases.length > 0) {
                throw new NotAProgram("has aliases");
            }
            let changed = inputs;
            for (const change of this.#broken.get(urn)?.changes ?? []) {
                changed = applied(changed, change.steps, change) as Properties;
            }
            return {
                type: resource.type,
                name: this.#nameOf(resource),
                inputs: changed,
                options: {
                    protect,
                    ignoreChanges: [...ignoreChanges],
                    additionalSecretOutputs: [...additionalSecretOutputs],
                    ...(deleteBeforeReplace === undefined ? {} : { deleteBeforeReplace }),
                },
            };
        });
        const broken = [...this.#broken.values()].filter(({ resource }) => !this.#added.has(resource.urn));
        return {
            added: new Map(added.map((each) => [keyOf(each), each])),
            broken: new Map(
                broken.map(({ resource: { type, name }, changes, options }) => [
                    keyOf({ type, name }),
                    { type, name, changes, options },
                ]),
            ),
        };
    }

    #entry(resource: MutableResource): {
        resource: MutableResource;
        changes: Change[];
        options: BrokenOptions;
    } {
        if (resource.urn.includes(OF_A_PLUGIN) || !resource.type.startsWith("aws:")) {
            throw new NotAProgram("changes what is no resource of the program");
        }
        let entry = this.#broken.get(resource.urn);
        if (entry === undefined) {
            entry = { resource, changes: [], options: {} };
            this.#broken.set(resource.urn, entry);
        }
        return entry;
    }

    #changes(resource: MutableResource): Change[] {
        return this.#entry(resource).changes;
    }

    #change(resource: MutableResource, change: Change): void {
        if (change.steps[0] === "region" && this.#positions.has(resource.urn)) {
            throw new NotAProgram("moves what the components check the region of");
        }
        this.#changes(resource).push(change);
    }

    #isList(resource: MutableResource, path: PropertyPath): boolean {
        const value = stepsOf(path).reduce<unknown>(
            (inner, step) => (inner as Record<string, unknown> | undefined)?.[step],
            this.get(resource.urn)?.inputs,
        );
        return Array.isArray(value);
    }

    #nameOf(resource: MutableResource): string {
        return this.#added.has(resource.urn) || !this.#positions.has(resource.urn)
            ? `${resource.name}-${this.suffix}`
            : resource.name;
    }

    #idOf(target: MutableResource, from?: MutableResource): unknown {
        const [at, before] = [this.#positions.get(target.urn), this.#positions.get(from?.urn ?? "")];
        if (!target.custom || target.urn.includes(OF_A_PLUGIN)) {
            throw new NotAProgram("refers to what is no resource of the program");
        }
        if (before !== undefined && (at === undefined || at > before)) {
            throw new NotAProgram("refers to what comes later");
        }
        return { idOf: { type: target.type, name: this.#nameOf(target) } };
    }

    /** The value as data: with references by name, and nothing that only a preview knows. */
    #given(value: unknown): unknown {
        if (containsUnknown(value) || containsSecret(value)) {
            throw new NotAProgram("has a value that no program writes");
        }
        if (Array.isArray(value)) {
            return value.map((item) => this.#given(item));
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        if ("reference" in value) {
            const { type, name } = (value as { reference: { type: string; name: string } }).reference;
            return this.#idOf(this.find(type, name));
        }
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#given(item)]));
    }
}

/** Whether the offline preview takes a value for a slip of the program, and shows no stack. */
function isRefused({ added, broken }: Recorded): boolean {
    const values = [...added.values(), ...broken.values()].map((each) => suspicionText({ ...each }));
    return values.some((suspicion) => suspicion !== undefined);
}

/** Sets or takes away a value within plain data. */
function applied(value: unknown, steps: readonly (string | number)[], change: Change): unknown {
    const [step, ...rest] = steps;
    if (step === undefined) {
        return change.value;
    }
    const copy: Record<string | number, unknown> | unknown[] =
        typeof step === "number"
            ? [...((value as unknown[] | undefined) ?? [])]
            : { ...(value as Record<string, unknown> | undefined) };
    const inner = copy as Record<string | number, unknown>;
    const next = applied(inner[step], rest, change);
    if (next !== undefined) {
        inner[step] = next;
    } else if (Array.isArray(copy)) {
        copy.splice(Number(step), 1);
    } else {
        Reflect.deleteProperty(inner, step);
    }
    return copy;
}

/** One after the other, with nothing broken twice. */
class Collected {
    readonly broken = new Map<string, BrokenResource>();
    readonly added = new Map<string, AddedResource>();

    /** @returns Whether it goes together with what is there. */
    take({ broken, added }: Recorded): boolean {
        const isTaken = ([key, resource]: readonly [string, BrokenResource]): boolean => {
            const taken = touchedOf(this.broken.get(key));
            return touchedOf(resource).some((property) => taken.includes(property));
        };
        if ([...broken].some(isTaken)) {
            return false;
        }
        for (const [key, resource] of broken) {
            const { changes = [], options = {} } = this.broken.get(key) ?? {};
            this.broken.set(key, {
                ...resource,
                changes: [...changes, ...resource.changes],
                options: { ...options, ...resource.options },
            });
        }
        for (const [key, resource] of added) {
            this.added.set(key, resource);
        }
        return true;
    }
}

/** The properties and options that are not as they were. */
function touchedOf(resource: BrokenResource | undefined): readonly string[] {
    return resource === undefined
        ? []
        : [
              ...resource.changes.map(({ steps }) => String(steps[0])),
              ...Object.keys(resource.options).map((option) => `option ${option}`),
          ];
}

/** What the mutants of all packs do to a stack, one mutant a rule at most. */
export async function breakageOf(stack: StackName): Promise<Breakage> {
    const collected = new Collected();
    const rules: Record<string, string[]> = {};
    const configs: Record<string, Record<string, unknown>> = {};
    for (const pack of packNames()) {
        const taken = new Set<string>();
        const config: Record<string, unknown> = {};
        for (const [index, mutant] of loadSpecs(pack).mutants.entries()) {
            if (
                REFUSED.includes(mutant.rule) ||
                taken.has(mutant.rule) ||
                (mutant.stack ?? "prod-us") !== stack
            ) {
                continue;
            }
            const recorded = await recordedFrom(mutant, stack, `${pack.slice(0, 2)}${index}`);
            if (recorded !== undefined && recorded.added.size <= MOST_ADDED && collected.take(recorded)) {
                taken.add(mutant.rule);
                if (mutant.config !== undefined) {
                    config[mutant.rule] = mutant.config;
                }
            }
        }
        rules[pack] = [...taken];
        configs[pack] = config;
    }
    return {
        stack,
        broken: [...collected.broken.values()],
        added: [...collected.added.values()],
        rules,
        configs,
    };
}

async function recordedFrom(mutant: Mutant, stack: StackName, suffix: string): Promise<Recorded | undefined> {
    const origin = await copyOf(stack, mutant.assumed);
    const copy = new RecordingCopy(stack, origin.resources, suffix);
    try {
        for (const fixture of mutant.fixture ?? []) {
            copy.add(fixture);
        }
        mutant.change(copy);
        const recorded = copy.recorded();
        return isRefused(recorded) ? undefined : recorded;
    } catch (error) {
        if (error instanceof NotAProgram) {
            return undefined;
        }
        throw error;
    }
}
