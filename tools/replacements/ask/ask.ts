/** Asks a provider what the change of each property comes to. */
import { isDeepStrictEqual } from "node:util";
import { type Block } from "./protocol";
import { type Plan, Provider, ProviderFailure, type ProviderSchema } from "./provider";
import { type Sample, type Values, changeable, sampleOf, withOne, withOnly } from "./samples";

/** What the provider planned for the changes of a type's properties, all by its own names. */
export interface Answer {
    /** Properties for which it planned another resource, as paths with dots. */
    readonly replaces: readonly string[];
    /** Properties whose change is in the plan. */
    readonly changes: readonly string[];
    /** Why it planned nothing, for a property each, or under `*` for all at once. */
    readonly refusals: Readonly<Record<string, string>>;
}

/** Stands for all properties at once. */
const ALL = "*";

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
     * of them where the provider refused, else those that another change has hidden. Where it refuses one among the
     * others as they were, it is asked for that one alone: most often it does not take what another one is.
     */
    async answer(type: string): Promise<Answer> {
        const block = this.schema.resources.get(type);
        if (block === undefined) {
            throw new Error(`${this.name} has no ${type}`);
        }
        const before = sampleOf(block, "before");
        const after = sampleOf(block, "after");
        const answer = new Gathered(block);
        let ends = 0;
        const ask = async (property: string, prior: Sample, proposed: Sample): Promise<void> => {
            const plan = await this.#plan(type, prior, proposed);
            ends += plan.ended === true ? 1 : 0;
            answer.add(property, prior, plan);
        };
        await ask(ALL, before, after);
        for (const property of answer.untold()) {
            // Where it ended over all of them, it would over one among the others.
            if (ends === 0) {
                await ask(property, before, withOne(property, before, after));
            }
            if (ends >= ENOUGH) {
                answer.add(property, before, { refused: "not asked, for the provider had ended too often" });
            } else if (!answer.isTold(property)) {
                await ask(property, withOnly(property, block, before), withOnly(property, block, after));
            }
        }
        return answer.all();
    }

    async stop(): Promise<void> {
        await this.#provider.stop();
    }

    async #plan(type: string, prior: Sample, { state, config }: Sample): Promise<OnePlan> {
        try {
            return await this.#provider.plan({ type, prior: prior.state, proposed: state, config });
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

/** What was answered so far. */
class Gathered {
    readonly #names: readonly string[];
    readonly #replaces = new Set<string>();
    readonly #changes = new Set<string>();
    readonly #refusals = new Map<string, string>();

    constructor(block: Block) {
        this.#names = changeable(block);
    }

    /** Adds what was planned for this property, or for {@link ALL}. */
    add(property: string, prior: Sample, plan: Plan): void {
        if (plan.refused !== undefined) {
            this.#refusals.set(property, plan.refused);
            return;
        }
        const planned = plan.planned as Values | null;
        for (const path of plan.replaces) {
            if (property === ALL || firstOf(path) === property) {
                this.#replaces.add(path);
            }
        }
        for (const name of property === ALL ? this.#names : [property]) {
            if (!isDeepStrictEqual(prior.state[name], planned?.[name])) {
                this.#changes.add(name);
            }
        }
    }

    isTold(property: string): boolean {
        return this.#changes.has(property) || [...this.#replaces].some((path) => firstOf(path) === property);
    }

    /** The properties that can be changed, and of which nothing was told. */
    untold(): string[] {
        return this.#names.filter((name) => !this.isTold(name));
    }

    all(): Answer {
        return {
            replaces: [...this.#replaces],
            changes: [...this.#changes],
            refusals: Object.fromEntries([...this.#refusals].filter(([property]) => !this.isTold(property))),
        };
    }
}

/** The property that a path with dots begins with. */
export function firstOf(path: string): string {
    return path.split(".", 1)[0] ?? "";
}
