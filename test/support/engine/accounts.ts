/** Holds what exists, and in which order it was made and deleted, against what the engine's states say. */
import { type State, type StateResource } from "./workspace";
import { type World } from "./world";

/** What a plugin has made, and not only read: no component, no provider, no reference to another stack. */
function isMade({ custom, external, type }: StateResource): boolean {
    return custom && external !== true && !type.startsWith("pulumi:");
}

/** Lines of one list that are not in the other. */
function missing(lines: readonly string[], others: readonly string[], what: string): readonly string[] {
    const known = new Set(others);
    return lines.filter((line) => !known.has(line)).map((line) => `${line} ${what}`);
}

/** Where the account and the states of all its stacks differ, a line each; a resource that exists twice is one of them. */
export function discrepancies(world: World, states: readonly State[]): readonly string[] {
    const inWorld = world.existing().map(({ id, urn }) => `${urn} ${id}`);
    const inStates = states.flatMap(({ resources }) =>
        resources.filter(isMade).map(({ id = "", urn }) => `${urn} ${id}`),
    );
    return [
        ...missing(inWorld, inStates, "exists, and no state knows it"),
        ...missing(inStates, inWorld, "is in a state, and does not exist"),
    ];
}

/** URNs of what was created more than once, whatever became of it. */
export function madeTwice(world: World): readonly string[] {
    const counts = new Map<string, number>();
    for (const { deed, urn } of world.deeds()) {
        if (deed === "create") {
            counts.set(urn, (counts.get(urn) ?? 0) + 1);
        }
    }
    return [...counts].filter(([, count]) => count > 1).map(([urn]) => urn);
}

/** What AWS refused, a line each. */
export function refusals(world: World): readonly string[] {
    return world
        .deeds()
        .flatMap(({ deed, error = "", urn }) => (deed === "refuse" ? [`${urn}: ${error}`] : []));
}

/** Deletions that came before that of what depends on the deleted, by the state before. */
export function deletedTooEarly(world: World, { resources }: State): readonly string[] {
    const order = new Map<string, number>();
    world.deeds().forEach(({ deed, urn }, index) => {
        if (deed === "delete") {
            order.set(urn, index);
        }
    });
    return resources.flatMap(({ dependencies = [], urn }) => {
        const own = order.get(urn);
        return own === undefined
            ? []
            : dependencies
                  .filter((other) => (order.get(other) ?? Infinity) < own)
                  .map((other) => `${other} was deleted before ${urn}`);
    });
}
