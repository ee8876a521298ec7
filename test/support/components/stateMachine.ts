/** Runs definitions of Step Functions in JSONata, as far as components use them, and says what is wrong with one. */
import jsonata from "jsonata";

type Json = Readonly<Record<string, unknown>>;

/** A state, as it stands in a definition's JSON. */
type State = Json & { readonly Type: string };

/** A state machine, or what a Map or a Parallel runs. */
export interface Machine {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
    readonly QueryLanguage?: string;
}

/** An error by Step Functions' name, as services and Fail states make it. */
export class WorkflowError extends Error {
    constructor(
        readonly code: string,
        cause: string,
    ) {
        super(`${code}: ${cause}`);
    }
}

/** A call of an AWS service, such as `personalize:createCampaign`. */
export type Call = (action: string, args: Json) => unknown;

/** What a run does beside calling: it tells of every wait. */
export interface World {
    readonly call: Call;
    readonly wait: (seconds: number) => void;
}

const EXPRESSION = /^\{%(.*)%\}$/s;

/** Runs a state machine, and returns its output. */
export function execute(machine: Machine, world: World, input: unknown = {}): Promise<unknown> {
    const context = {
        Execution: { StartTime: "2026-11-30T03:00:00.000Z", Name: "run", Input: input },
        Task: { Token: "token-of-the-task" },
    };
    return new Run(world, context).states(machine, input, {});
}

class Run {
    constructor(
        readonly world: World,
        readonly context: Json,
    ) {}

    async states({ StartAt: first, States: states }: Machine, input: unknown, outer: Json): Promise<unknown> {
        // What is assigned within is not seen without, and what is there without is seen within.
        const variables: Record<string, unknown> = { ...outer };
        let [name, value] = [first, input];
        for (let steps = 0; steps < 1000; steps += 1) {
            const state = states[name];
            if (state === undefined) {
                throw new Error(`There is no state ${name}`);
            }
            const { next, output } = await this.#enter(state, value, variables);
            if (next === undefined) {
                return output;
            }
            [name, value] = [next, output];
        }
        throw new Error(`From ${first} there is no end`);
    }

    async #enter(
        state: State,
        input: unknown,
        variables: Record<string, unknown>,
    ): Promise<{ next?: string; output: unknown }> {
        try {
            const { next, result } = await this.#act(state, input, variables);
            const done = await this.#leave(state, { input, result }, variables, result);
            return { output: done, ...(next === undefined ? {} : { next }) };
        } catch (error) {
            const [caught] = listOf(state["Catch"]).filter(
                ({ ErrorEquals: names }) => error instanceof WorkflowError && matches(names, error.code),
            );
            if (caught === undefined || !(error instanceof WorkflowError)) {
                throw error;
            }
            const errorOutput = { Error: error.code, Cause: error.message };
            return {
                next: String(caught["Next"]),
                output: await this.#leave(caught, { input, errorOutput }, variables, errorOutput),
            };
        }
    }

    /** What comes of a state before it is assigned and handed on. */
    async #act(state: State, input: unknown, variables: Json): Promise<{ next?: string; result: unknown }> {
        const onward = typeof state["Next"] === "string" ? { next: state["Next"] } : {};
        const evaluate = (value: unknown) => this.#evaluate(value, { input }, variables);
        switch (state.Type) {
            case "Pass":
                return { ...onward, result: input };
            case "Wait":
                this.world.wait(Number(state["Seconds"]));
                return { ...onward, result: input };
            case "Succeed":
                return { result: input };
            case "Fail":
                throw new WorkflowError(String(state["Error"]), String(await evaluate(state["Cause"])));
            case "Choice":
                for (const { Condition: condition, Next: next } of listOf(state["Choices"])) {
                    const holds = await evaluate(condition);
                    if (typeof holds !== "boolean") {
                        throw new WorkflowError(
                            "States.QueryEvaluationError",
                            `${String(condition)} is neither`,
                        );
                    }
                    if (holds) {
                        return { next: String(next), result: input };
                    }
                }
                return { next: String(state["Default"]), result: input };
            case "Task":
                return {
                    ...onward,
                    result: await this.#task(state, (await evaluate(state["Arguments"])) as Json),
                };
            case "Map": {
                const items = (await evaluate(state["Items"])) as readonly unknown[];
                const one = (item: unknown) =>
                    this.states(state["ItemProcessor"] as Machine, item, variables);
                return { ...onward, result: await inOrder(items, one) };
            }
            case "Parallel": {
                const branches = state["Branches"] as readonly Machine[];
                return {
                    ...onward,
                    result: await inOrder(branches, (branch) => this.states(branch, input, variables)),
                };
            }
            default:
                throw new Error(`Nobody knows states of the type ${state.Type}`);
        }
    }

    async #task(state: State, args: Json): Promise<unknown> {
        const action = String(state["Resource"]).replace(/^arn:aws:states:::(?:aws-sdk:)?/, "");
        for (let attempt = 0; ; attempt += 1) {
            try {
                return await Promise.resolve(this.world.call(action, args));
            } catch (error) {
                const again = listOf(state["Retry"]).some(
                    ({ ErrorEquals: names, MaxAttempts: most }) =>
                        error instanceof WorkflowError &&
                        matches(names, error.code) &&
                        attempt < Number(most),
                );
                if (!again) {
                    throw error;
                }
            }
        }
    }

    async #leave(
        { Assign: assign, Output: output }: Json,
        states: Json,
        variables: Record<string, unknown>,
        otherwise: unknown,
    ): Promise<unknown> {
        const [assigned, handed] = [
            await this.#evaluate(assign ?? {}, states, variables),
            output === undefined ? otherwise : await this.#evaluate(output, states, variables),
        ];
        Object.assign(variables, assigned);
        return handed;
    }

    async #evaluate(value: unknown, states: Json, variables: Json): Promise<unknown> {
        if (Array.isArray(value)) {
            return inOrder(value, (item) => this.#evaluate(item, states, variables));
        }
        if (typeof value === "object" && value !== null) {
            const entries = await inOrder(Object.entries(value), async ([key, item]) => [
                key,
                await this.#evaluate(item, states, variables),
            ]);
            return Object.fromEntries(entries as [string, unknown][]);
        }
        const [, text] = (typeof value === "string" ? EXPRESSION.exec(value) : undefined) ?? [];
        if (text === undefined) {
            return value;
        }
        const found: unknown = await jsonata(text).evaluate(undefined, {
            ...variables,
            states: { ...states, context: this.context },
        });
        if (found === undefined) {
            // Step Functions ends a run at an expression that comes to nothing.
            throw new WorkflowError("States.QueryEvaluationError", `${text} comes to nothing`);
        }
        // JSONata's lists carry marks of its own.
        return JSON.parse(JSON.stringify(found)) as unknown;
    }
}

function listOf(value: unknown): readonly Json[] {
    return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function matches(names: unknown, code: string): boolean {
    return Array.isArray(names) && (names.includes(code) || names.includes("States.ALL"));
}

async function inOrder<T>(items: readonly T[], each: (item: T) => Promise<unknown>): Promise<unknown[]> {
    const results: unknown[] = [];
    for (const item of items) {
        results.push(await each(item));
    }
    return results;
}

/** Fields of states in JSONPath, which a state in JSONata cannot have. Source: Amazon States Language. */
const JSONPATH = [
    "InputPath",
    "Parameters",
    "ResultSelector",
    "ResultPath",
    "OutputPath",
    "ItemsPath",
    "ItemSelector",
];

/** What is wrong with a definition: names that are there twice, ways that lead nowhere, states that none leads to. */
export function problemsOf(machine: Machine): string[] {
    const seen = new Set<string>();
    const problems = machine.QueryLanguage === "JSONata" ? [] : ["QueryLanguage is not JSONata"];
    const look = ({ StartAt: first, States: states }: Machine): void => {
        const reached = new Set<string>();
        const follow = (name: string, from: string): void => {
            const state = states[name];
            if (state === undefined) {
                problems.push(`${from} leads to ${name}, which there is not`);
            } else if (!reached.has(name)) {
                reached.add(name);
                waysFrom(state).forEach((next) => {
                    follow(next, name);
                });
            }
        };
        follow(first, "StartAt");
        for (const [name, state] of Object.entries(states)) {
            problems.push(...faultsOf(name, state));
            if (!reached.has(name)) {
                problems.push(`${name} is reached from nowhere`);
            }
            if (seen.has(name)) {
                problems.push(`${name} is there twice`);
            }
            seen.add(name);
            [state["ItemProcessor"], ...listOf(state["Branches"])].forEach((inner) => {
                if (inner !== undefined) {
                    look(inner as Machine);
                }
            });
        }
    };
    look(machine);
    return problems;
}

function waysFrom(state: State): string[] {
    const ways = [state["Next"], state["Default"]];
    const others = [...listOf(state["Choices"]), ...listOf(state["Catch"])].map(({ Next: next }) => next);
    return [...ways, ...others].filter((next) => typeof next === "string");
}

function faultsOf(name: string, state: State): string[] {
    const text = JSON.stringify(state);
    const ends = ["Choice", "Succeed", "Fail"].includes(state.Type);
    return [
        ...JSONPATH.filter((field) => field in state).map(
            (field) => `${name} has ${field}, which is JSONPath`,
        ),
        ...(/"[^"]+\.\$":/.test(text) ? [`${name} has a name in JSONPath`] : []),
        ...(ends === ("Next" in state || "End" in state)
            ? [`${name} does not say once where it goes on`]
            : []),
        ...[...text.matchAll(/"\{%((?:[^"\\]|\\.)*)%\}"/g)].flatMap(([, inner = ""]) => {
            try {
                jsonata(JSON.parse(`"${inner}"`) as string);
                return [];
            } catch (error) {
                return [`${name} has ${inner}: ${(error as Error).message}`];
            }
        }),
        ...(state.Type === "Task" && !JSON.stringify(state["Retry"] ?? []).includes("Exception")
            ? [`${name} is not tried again when AWS is too busy`]
            : []),
    ];
}
