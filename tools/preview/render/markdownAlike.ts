/** What stacks and resources have alike in a comment, told once: the stacks of regions mostly have. */
import { type RecoveryChange } from "../against/changes";
import { label } from "./markdownBlocks";
import { plural } from "./text";

/** A line of a stack. */
interface StackLine {
    readonly stack: string;
    readonly mark: string;
    readonly text: string;
}

/** Lines that stacks have alike as one: stacks of regions mostly do. */
export function together(
    lines: readonly StackLine[],
    named: (stacks: readonly string[]) => string,
): string[] {
    const groups = new Map<string, StackLine & { readonly stacks: string[] }>();
    for (const line of lines) {
        const key = `${line.mark}\n${line.text}`;
        const known = groups.get(key) ?? { ...line, stacks: [] };
        known.stacks.push(line.stack);
        groups.set(key, known);
    }
    return [...groups.values()].map(({ stacks, mark, text }) => `${mark}${named(stacks)}: ${text}`);
}

export function labels(stacks: readonly string[]): string {
    return stacks.map(label).join(", ");
}

/** More stacks than this are counted. */
const FEW = 3;

export function fewLabels(stacks: readonly string[]): string {
    return stacks.length > FEW ? plural(stacks.length, "stack") : labels(stacks);
}

/** A change of recovery that stacks have alike, or that many resources have. */
type AlikeRecovery = Omit<RecoveryChange, "stack"> & { readonly stacks: readonly string[] };

/** The changes of recovery, where alike together: of stacks, and of more resources than are worth a line each. */
export function alikeRecovery(recovery: readonly RecoveryChange[]): AlikeRecovery[] {
    const grouped = (key: (change: RecoveryChange) => string): RecoveryChange[][] => {
        const groups = new Map<string, RecoveryChange[]>();
        for (const change of recovery) {
            const { before, after, direction } = change;
            const own = [key(change), before, after, direction].join("\n");
            groups.set(own, [...(groups.get(own) ?? []), change]);
        }
        return [...groups.values()];
    };
    // What is said of a resource ends with its name.
    const title = ({ what, urn }: RecoveryChange): string =>
        urn === undefined ? what : what.slice(0, what.lastIndexOf(" ("));
    const namesOf = (changes: readonly RecoveryChange[]): number =>
        new Set(changes.map(({ what }) => what)).size;
    const stacksOf = (changes: readonly RecoveryChange[]): string[] => [
        ...new Set(changes.map(({ stack }) => stack)),
    ];
    const many = grouped(title).filter((changes) => namesOf(changes) > FEW);
    const said = new Set(many.flat());
    const told = [
        ...many.flatMap((changes) =>
            changes.slice(0, 1).map((first) => ({
                ...first,
                stacks: stacksOf(changes),
                what: `${title(first)} of ${plural(namesOf(changes), "resource")}`,
            })),
        ),
        ...grouped(({ what }) => what).flatMap((changes) =>
            changes
                .slice(0, 1)
                .filter((first) => !said.has(first))
                .map((first) => ({ ...first, stacks: stacksOf(changes) })),
        ),
    ];
    return told.sort((one, other) => ORDER.indexOf(one.direction) - ORDER.indexOf(other.direction));
}

const ORDER: readonly RecoveryChange["direction"][] = ["worse", "different", "better"];
