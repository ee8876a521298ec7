/** Asks a provider what the change of each property comes to. */
import { isDeepStrictEqual } from "node:util";
import { type Block, type Value } from "./protocol";
import { type Plan, Provider, ProviderFailure, type ProviderSchema } from "./provider";
import { changeable, configOf, stateOf } from "./samples";

/** What the provider planned for the changes of a type's properties, all by its own names. */
export interface Answer {
    /** Properties for which it planned another resource, as paths with dots. */
    readonly replaces: readonly string[];
    /** Properties that would have changed. */
    readonly changes: readonly string[];
    /** Why it planned nothing, for a property each, or under `*` for all at once. */
    readonly refusals: Readonly<Record<string, string>>;
}

/** Of a type at which the provider ends this often, nothing more is asked. */
const ENOUGH = 3;

/** A provider that is started anew when it ends. */
export class Asker {
    readonly schema: ProviderSchema;
    readonly #start: () => Promise<Provider>;
    #provider: Provider;

    private constructor(provider: Provider, schema: ProviderSchema, start: () => Promise<Provider>) {
        this.#provider = provider;
        this.schema = schema;
        this.#start = start;
    }

    /**
     * Starts the provider.
     *
     * @param patience how long an answer may take, in milliseconds.
     * @throws {@link ProviderFailure} when it is none.
     */
    static async start(file: string, patience?: number): Promise<Asker> {
        const start = (): Promise<Provider> => Provider.start(file, patience);
        const provider = await start();
        try {
            const schema = await provider.schema();
            await provider.configure(schema);
            return new Asker(provider, schema, start);
        } catch (error) {
            await provider.stop();
            throw error;
        }
    }

    /** As the provider calls itself: `hashicorp/aws 5.100.0`. */
    get name(): string {
        return this.#provider.name;
    }

    /**
     * Asks for all properties of a type at once, and then for those one after the other of which nothing was told: all
     * of them where the provider refused, else those that another change has hidden.
     */
    async answer(type: string): Promise<Answer> {
        const block = this.schema.resources.get(type);
        if (block === undefined) {
            throw new Error(`${this.name} has no ${type}`);
        }
        const prior = stateOf(block, "before");
        const whole = await this.#plan(type, prior, stateOf(block, "after"), configOf(block, "after"));
        const refusals: Record<string, string> = whole.refused === undefined ? {} : { "*": whole.refused };
        const changes = new Set(whole.refused === undefined ? changesOf(block, prior, whole.planned) : []);
        const replaces = new Set(whole.refused === undefined ? whole.replaces : []);
        const told = new Set([...changes, ...[...replaces].map(firstOf)]);
        let ends = whole.ended === true ? 1 : 0;
        for (const property of changeable(block).filter((name) => !told.has(name))) {
            const plan: OnePlan =
                ends < ENOUGH
                    ? await this.#plan(type, prior, ...changed(block, property))
                    : { refused: "not asked, for the provider had ended too often" };
            if (plan.refused !== undefined) {
                refusals[property] = plan.refused;
                ends += plan.ended === true ? 1 : 0;
                continue;
            }
            for (const path of plan.replaces.filter((each) => firstOf(each) === property)) {
                replaces.add(path);
            }
            if (changesOf(block, prior, plan.planned).includes(property)) {
                changes.add(property);
            }
        }
        return { replaces: [...replaces], changes: [...changes], refusals };
    }

    async stop(): Promise<void> {
        await this.#provider.stop();
    }

    async #plan(type: string, prior: Value, proposed: Value, config: Value): Promise<OnePlan> {
        try {
            return await this.#provider.plan({ type, prior, proposed, config });
        } catch (error) {
            if (!(error instanceof ProviderFailure)) {
                throw error;
            }
            await this.#provider.stop();
            this.#provider = await this.#start();
            await this.#provider.configure(this.schema);
            return { refused: error.message, ended: true };
        }
    }
}

/** A plan, or why there is none: also that the provider ended over it. */
type OnePlan = Plan & { readonly ended?: boolean };

/** The state and the program's words after a change of one property alone. */
function changed(block: Block, property: string): [Record<string, Value>, Record<string, Value>] {
    return [
        { ...stateOf(block, "before"), [property]: stateOf(block, "after")[property] ?? null },
        { ...configOf(block, "before"), [property]: configOf(block, "after")[property] ?? null },
    ];
}

/** The properties that a program can change and that are not planned to be what they were. */
function changesOf(block: Block, prior: Readonly<Record<string, Value>>, planned: Value): string[] {
    const after = planned as Readonly<Record<string, Value>> | null;
    return changeable(block).filter((name) => !isDeepStrictEqual(prior[name], after?.[name]));
}

/** The property that a path with dots begins with. */
export function firstOf(path: string): string {
    return path.split(".", 1)[0] ?? "";
}
