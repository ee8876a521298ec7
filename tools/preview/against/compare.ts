/** Compares two previews: pure, and the same for the same two. */
import { plural } from "../render/text";
import { type PreviewDocument, type ResourceState, type StackPreview } from "../types";
import { nameOf, STACK_TYPE, typeOf } from "../urn";
import {
    CHANGE_OPS,
    type ChangeCounts,
    type ChangeOp,
    type Changes,
    isUntouched,
    type OutputChange,
    type RecoveryChange,
    type ResourceChange,
    type StackChanges,
} from "./changes";
import { costChange } from "./costChange";
import {
    type Draft,
    followReplacements,
    followUpdates,
    followVersions,
    gravest,
    nameTaken,
    orderOf,
    rolloutOf,
} from "./consequences";
import { type Difference, differences, pathText, type SecretDigest, UNTOLD } from "./differences";
import { lossOf } from "./loss";
import { policyChanges } from "./policyChanges";
import { reasonOf } from "./reason";
import { recoveryChanges } from "./recovery";
import { pairChange } from "./resourceChanges";
import { eachText, shown, Side, withReferences } from "./side";

/** What else is known of the two sides. */
export interface CompareOptions {
    /** What each side is called. Left out: `before` and `after`. */
    readonly before?: string;
    readonly after?: string;
    /** What each side's secrets come to; a place begins with the URN, then the property. Left out: nobody knows. */
    readonly secrets?: readonly [before: SecretDigest, after: SecretDigest];
    /** Whether the earlier side is what is deployed: what the later one has made up for AWS's answers is no change. */
    readonly deployed?: boolean;
    /** What could not be compared, in a sentence each. */
    readonly notes?: readonly string[];
}

/** What the later document changes. */
export function compareDocuments(
    before: PreviewDocument,
    after: PreviewDocument,
    options: CompareOptions = {},
): Changes {
    const names = [...new Set([...Object.keys(after.stacks), ...Object.keys(before.stacks)])];
    const notes = [...(options.notes ?? [])];
    const renamed = new Map<string, string>();
    const compared = names.map((name) => {
        const stack = compareStacks(name, before.stacks[name], after.stacks[name], options);
        stack.renamed.forEach((is, was) => renamed.set(was, is));
        notes.push(...stack.notes);
        return stack;
    });
    const stacks = compared.map(({ changes }) => changes);
    const counts = summed(stacks.map((stack) => stack.counts));
    const recovery = compared.flatMap((stack) => stack.recovery);
    const policies = policyChanges(before, after, renamed);
    // A program that stopped half-way has cost half of what it would.
    const cost = stacks.some(({ error }) => error !== undefined)
        ? undefined
        : costChange(before, after, names, renamed);
    return {
        before: options.before ?? "before",
        after: options.after ?? "after",
        stacks,
        counts,
        policies,
        recovery,
        ...(cost === undefined ? {} : { cost }),
        notes,
        empty:
            stacks.every(isUntouched) &&
            recovery.length === 0 &&
            policies.added.length + policies.fixed.length === 0,
    };
}

interface ComparedStack {
    readonly changes: StackChanges;
    readonly recovery: readonly RecoveryChange[];
    readonly notes: readonly string[];
    /** The earlier side's URNs by those that they are now. */
    readonly renamed: ReadonlyMap<string, string>;
}

const NONE: Omit<StackPreview, "stack"> = {
    config: {},
    steps: [],
    outputs: {},
    changeSummary: {},
    diagnostics: [],
    invokes: [],
};

function compareStacks(
    stack: string,
    old: StackPreview | undefined,
    now: StackPreview | undefined,
    options: CompareOptions,
): ComparedStack {
    const [before, after] = [old ?? { stack, ...NONE }, now ?? { stack, ...NONE }];
    const presence = old === undefined ? "new" : now === undefined ? "gone" : "both";
    const failed = after.error === undefined ? before.error : after.error;
    if (failed !== undefined) {
        // A program that stopped half-way says nothing of what it would have made.
        const side = after.error === undefined ? "before" : "after";
        const error = { side, message: failed.message } as const;
        const nothing = { counts: counted([]), same: 0, resources: [], outputs: [], config: [] };
        return {
            changes: { stack, presence, error, ...nothing },
            recovery: [],
            notes: [],
            renamed: new Map(),
        };
    }
    const renamed = renames(before, after);
    const sides: Sides = { before: new Side(before, renamed), after: new Side(after), renamed };
    const { resources, same, madeUp } = resourceChanges(sides, after, options);
    // Components are told the same as what they make, and AWS knows nothing of them.
    const states = (side: Side): ResourceState[] =>
        [...side.resources.values()].map(({ state }) => state).filter(({ custom }) => custom);
    return {
        changes: {
            stack,
            presence,
            counts: counted(resources),
            same,
            resources,
            outputs:
                options.deployed === true
                    ? []
                    : differences(...withReferences(sides, [before.outputs, after.outputs])).map(
                          outputChange,
                      ),
            // What a program is told names nothing that it makes.
            config:
                options.deployed === true ? [] : differences(before.config, after.config).map(outputChange),
        },
        recovery: recoveryChanges(
            stack,
            {
                states: states(sides.before).map((state) => renamedState(state, renamed)),
                config: before.config,
            },
            { states: states(sides.after), config: options.deployed === true ? before.config : after.config },
        ),
        notes:
            madeUp > 0
                ? [
                      `${stack}: ${plural(madeUp, "value")} that AWS answers with, such as ids of images, could not be compared.`,
                  ]
                : [],
        renamed,
    };
}

function renamedState(state: ResourceState, renamed: ReadonlyMap<string, string>): ResourceState {
    return { ...state, urn: renamed.get(state.urn) ?? state.urn };
}

/** The URNs of resources that an alias of the later side names. */
function renames(before: StackPreview, after: StackPreview): Map<string, string> {
    const [olds, news] = [before, after].map(({ steps }) => new Set(steps.map(({ urn }) => urn)));
    const found = new Map<string, string>();
    for (const { urn, newState } of after.steps) {
        if (olds?.has(urn) !== true) {
            const was = newState.aliases?.find(
                (alias) => olds?.has(alias) === true && news?.has(alias) !== true,
            );
            if (was !== undefined) {
                found.set(was, urn);
            }
        }
    }
    return found;
}

interface Sides {
    readonly before: Side;
    readonly after: Side;
    readonly renamed: ReadonlyMap<string, string>;
}

/** A resource's change with what decides its place among the others. */
interface Placed {
    readonly change: ResourceChange;
    readonly place: number;
}

function resourceChanges(
    sides: Sides,
    preview: StackPreview,
    options: CompareOptions,
): { readonly resources: ResourceChange[]; readonly same: number; readonly madeUp: number } {
    const was = new Map([...sides.renamed].map(([old, now]) => [now, old]));
    const others = [...sides.before.resources.values()].map(({ state }) => state);
    const lookedUp = options.deployed === true ? lookups(preview) : new Set<string>();
    const going = others.filter(({ urn }) => !sides.after.resources.has(sides.renamed.get(urn) ?? urn));
    const drafts = new Map<string, Draft>();
    const carried = new Map<string, ReadonlyMap<string, readonly string[]>>();
    const placed: Placed[] = [];
    let madeUp = 0;
    let place = 0;
    for (const [urn, { op, state }] of sides.after.resources) {
        place += 1;
        const old = sides.before.resources.get(was.get(urn) ?? urn);
        if (!state.custom) {
            continue;
        }
        if (op === "read") {
            if (old?.op !== "read" || old.state.id !== state.id) {
                placed.push({ place, change: plainChange(state, "read", sides.after) });
            }
        } else if (old === undefined || old.op === "read") {
            placed.push({
                place,
                change: {
                    ...plainChange(state, "create", sides.after),
                    consequences: nameTaken(state, going),
                },
            });
        } else {
            const found = pairChange(
                { before: old.state, after: state },
                {
                    ...sides,
                    secrets: options.secrets ?? [UNTOLD, UNTOLD],
                    isMadeUp: (text) => lookedUp.has(text),
                },
            );
            madeUp += found.madeUp;
            carried.set(urn, found.carried);
            drafts.set(urn, {
                before: old.state,
                after: state,
                properties: [...found.properties],
                because: new Set(),
                dependents: new Set(),
            });
        }
    }
    followReplacements(drafts, sides.after);
    followVersions(drafts);
    if (options.deployed !== true) {
        followUpdates(drafts, carried);
    }
    let same = 0;
    place = 0;
    for (const urn of sides.after.resources.keys()) {
        place += 1;
        const draft = drafts.get(urn);
        if (draft !== undefined) {
            const change = draftChange(draft, was.get(urn), sides.after, others);
            if (change === undefined) {
                same += 1;
            } else {
                placed.push({ place, change });
            }
        }
    }
    for (const [urn, { op, state }] of sides.before.resources) {
        place += 1;
        const now = sides.after.resources.get(sides.renamed.get(urn) ?? urn);
        const gone = now === undefined || (now.op === "read" && op !== "read");
        if (state.custom && gone) {
            const leaves = op === "read" || state.retainOnDelete === true || now !== undefined;
            const change = plainChange(state, leaves ? "forget" : "delete", sides.before);
            const loss = leaves ? undefined : lossOf(state, others);
            placed.push({
                place,
                change: {
                    ...change,
                    ...(loss === undefined ? {} : { loss }),
                    consequences: state.protect
                        ? [{ kind: "protected", text: "it is protected: pulumi up refuses" }]
                        : [],
                },
            });
        }
    }
    return { resources: inOrder(placed), same, madeUp };
}

/** Texts shorter than this are said by chance elsewhere too. */
const SHORTEST_ANSWER = 6;

/** What the preview has made up in place of what AWS would answer. */
function lookups({ invokes }: StackPreview): Set<string> {
    const found = new Set<string>();
    invokes.forEach(({ result }) => {
        eachText(result, (text) => {
            if (text.length >= SHORTEST_ANSWER) {
                found.add(text);
            }
        });
    });
    return found;
}

const OP_OF = {
    replaces: "replace",
    mayReplace: "mayReplace",
    updates: "update",
    ignored: "ignore",
} as const;

function draftChange(
    draft: Draft,
    renamedFrom: string | undefined,
    side: Side,
    others: readonly ResourceState[],
): ResourceChange | undefined {
    const verdict = gravest(draft.properties);
    if (verdict === undefined) {
        return undefined;
    }
    const op = OP_OF[verdict];
    const replaced = op === "replace" || op === "mayReplace";
    const loss = replaced ? lossOf(draft.before, others) : undefined;
    const deciding = draft.properties.filter((property) => property.verdict === verdict);
    return {
        ...plainChange(draft.after, op, side),
        ...(renamedFrom === undefined ? {} : { renamedFrom }),
        reason: reasonOf(deciding),
        properties: [...draft.properties].sort((one, other) => (one.path < other.path ? -1 : 1)),
        consequences: replaced ? orderOf(draft) : rolloutOf(draft),
        because: [...draft.because].sort(),
        dependents: [...draft.dependents].sort(),
        ...(loss === undefined ? {} : { loss }),
    };
}

function plainChange(state: ResourceState, op: ChangeOp, side: Side): ResourceChange {
    return {
        urn: state.urn,
        type: state.type,
        name: nameOf(state.urn),
        custom: state.custom,
        part: partOf(state, side),
        op,
        reason: "",
        properties: [],
        consequences: [],
        because: [],
        dependents: [],
    };
}

/** The resource directly in the stack that a resource is under. */
function partOf(state: ResourceState, side: Side): string {
    let current = state;
    for (;;) {
        const { parent } = current;
        const above = parent === undefined ? undefined : side.resources.get(parent)?.state;
        if (above === undefined || typeOf(above.urn) === STACK_TYPE) {
            return current.urn;
        }
        current = above;
    }
}

/** Losses first, then by how grave they are, then in the order of the program. */
function inOrder(placed: readonly Placed[]): ResourceChange[] {
    const rank = ({ change }: Placed): number =>
        (change.loss === undefined ? 100 : 0) + CHANGE_OPS.indexOf(change.op);
    return [...placed]
        .sort((one, other) => rank(one) - rank(other) || one.place - other.place)
        .map(({ change }) => change);
}

function outputChange({ path, op, before, after }: Difference): OutputChange {
    return {
        path: pathText(path),
        op,
        ...(before === undefined ? {} : { before: shown(before) }),
        ...(after === undefined ? {} : { after: shown(after) }),
    };
}

function counted(resources: readonly ResourceChange[]): ChangeCounts {
    const counts = Object.fromEntries(CHANGE_OPS.map((op) => [op, 0])) as Record<ChangeOp, number>;
    for (const { op } of resources) {
        counts[op] += 1;
    }
    return counts;
}

function summed(all: readonly ChangeCounts[]): ChangeCounts {
    const sum = counted([]) as Record<ChangeOp, number>;
    for (const counts of all) {
        for (const op of CHANGE_OPS) {
            sum[op] += counts[op];
        }
    }
    return sum;
}
