/** Which stacks an environment has, and which has to be there before which. */
import { nearest } from "../../regions/nearest";
import { environmentOf, GLOBAL_KEY, stackName } from "../../regions/stackNames";
import { UsageError } from "./errors";

/** A stack of an environment. */
export interface StackNode {
    /** As its file is called, such as `prod-us`. */
    readonly name: string;
    /** The last part of the name: a region's key, or `global`. */
    readonly key: string;
    /** Names of the stacks that it reads. */
    readonly reads: readonly string[];
}

/** The stacks of an environment, in the order in which they may go up one after the other. */
export interface StackGraph {
    readonly environment: string;
    readonly stacks: readonly StackNode[];
}

/** What is done to stacks. */
export type Verb = "up" | "preview" | "destroy";

/**
 * The graph of an environment, from the stack files alone: the global stack, where there is one, reads all others, which
 * read none.
 *
 * @throws {@link UsageError} when the environment has no stack.
 */
export function stackGraph(environment: string, stackFiles: readonly string[]): StackGraph {
    const names = stackFiles.filter((name) => environmentOf(name) === environment).sort();
    if (names.length === 0) {
        const known = [...new Set(stackFiles.map(environmentOf))].filter((name) => name !== "").sort();
        const near = nearest(environment, known);
        throw new UsageError(
            `There is no stack of the environment ${environment}: ` +
                (known.length === 0 ? "there are no stack files." : `environments are ${known.join(", ")}.`) +
                (near === undefined ? "" : ` Did you mean ${near}?`),
        );
    }
    const globalName = stackName(environment, GLOBAL_KEY);
    const regions = names.filter((name) => name !== globalName);
    const node = (name: string, reads: readonly string[]): StackNode => ({
        name,
        key: name.slice(environment.length + 1),
        reads,
    });
    return {
        environment,
        stacks: [
            ...regions.map((name) => node(name, [])),
            ...(names.includes(globalName) ? [node(globalName, regions)] : []),
        ],
    };
}

/**
 * The stacks that were asked for, by name or key; all of them where none was.
 *
 * @throws {@link UsageError} for names that there are not.
 */
export function chooseStacks(graph: StackGraph, asked: readonly string[]): readonly StackNode[] {
    if (asked.length === 0) {
        return graph.stacks;
    }
    const unknown = asked.filter((text) => find(graph, text) === undefined);
    if (unknown.length > 0) {
        const known = graph.stacks.map(({ name }) => name);
        throw new UsageError(
            unknown
                .map((text) => {
                    const near = nearest(text, [...known, ...graph.stacks.map(({ key }) => key)]);
                    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
                    return `There is no stack ${text}: the stacks are ${known.join(", ")}.${hint}`;
                })
                .join("\n"),
        );
    }
    const chosen = new Set(asked.map((text) => find(graph, text)?.name));
    return graph.stacks.filter(({ name }) => chosen.has(name));
}

function find(graph: StackGraph, text: string): StackNode | undefined {
    return graph.stacks.find(({ key, name }) => name === text || key === text);
}

/** Names of the stacks that read this one. */
export function readersOf(graph: StackGraph, name: string): readonly string[] {
    return graph.stacks.filter(({ reads }) => reads.includes(name)).map((stack) => stack.name);
}

/**
 * Which of the chosen stacks each has to wait for: going up, those that it reads; being destroyed, those that read it;
 * being previewed, none.
 */
export function waitsFor(
    graph: StackGraph,
    chosen: readonly StackNode[],
    verb: Verb,
): ReadonlyMap<string, readonly string[]> {
    const names = new Set(chosen.map(({ name }) => name));
    const before = (name: string, reads: readonly string[]): readonly string[] =>
        verb === "up" ? reads : verb === "destroy" ? readersOf(graph, name) : [];
    return new Map(
        chosen.map(({ name, reads }) => [name, before(name, reads).filter((other) => names.has(other))]),
    );
}

/** The order as a plan shows it: each list may go side by side, once the list before it is done. */
export function waves(waiting: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
    const found: string[][] = [];
    const placed = new Set<string>();
    while (placed.size < waiting.size) {
        const next = [...waiting]
            .filter(([name, others]) => !placed.has(name) && others.every((other) => placed.has(other)))
            .map(([name]) => name);
        if (next.length === 0) {
            const rest = [...waiting.keys()].filter((name) => !placed.has(name));
            throw new Error(`these wait for each other: ${rest.join(", ")}`);
        }
        next.forEach((name) => placed.add(name));
        found.push(next);
    }
    return found;
}
