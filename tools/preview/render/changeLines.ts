/** What changes, as lines that the terminal and the comment share. */
import {
    CHANGE_OPS,
    type CostChange,
    type CostPair,
    type ChangeCounts,
    type ChangeOp,
    type Changes,
    type Loss,
    type OutputChange,
    type PropertyChange,
    type ResourceChange,
    type StackChanges,
} from "../against/changes";
import { priced, usd } from "../../cost/render/money";
import { nameOf } from "../urn";
import { displayType } from "./plan";
import { cutOff, plural } from "./text";

/** The sign of what becomes of a resource. */
export const SIGNS: Readonly<Record<ChangeOp, string>> = {
    create: "+",
    delete: "-",
    replace: "±",
    mayReplace: "?",
    update: "~",
    forget: "<",
    read: ">",
    ignore: "=",
};

const WORDS: Readonly<Record<ChangeOp, string>> = {
    delete: "to delete",
    replace: "to replace",
    mayReplace: "that may be replaced",
    update: "to update",
    create: "to create",
    forget: "to leave at AWS",
    read: "to read",
    ignore: "kept by ignoreChanges",
};

/** A line, with how deep it stands and what it is about. */
export interface ChangeLine {
    readonly op: ChangeOp;
    readonly depth: number;
    readonly text: string;
    /** Whether it begins with the sign of its operation. */
    readonly signed: boolean;
}

/** A change that so many resources have alike is told once. */
const ALIKE = 4;
/** A value is cut here. */
const VALUE = 100;

/** `1 to delete, 2 to create`; what there is none of is left out. */
export function describeChanges(counts: ChangeCounts): string {
    const parts = CHANGE_OPS.filter((op) => counts[op] > 0).map((op) => `${counts[op]} ${WORDS[op]}`);
    return parts.length === 0 ? "nothing changes" : parts.join(", ");
}

/** What all comes to; of stacks that failed on either side there is nothing to say, and that is no "nothing changes". */
export function totalsText({ stacks, counts }: Pick<Changes, "stacks" | "counts">): string {
    const failed = stacks.filter(({ error }) => error !== undefined).length;
    const told = describeChanges(counts);
    return [
        ...(failed > 0 && failed === stacks.length ? [] : [told]),
        ...(failed > 0 ? [`nothing is known of ${failed} of ${plural(stacks.length, "stack")}`] : []),
    ].join("; ");
}

/** Whether something stands in the way of a resource's change, so that `pulumi up` fails. */
export function isBlocked(resource: ResourceChange): boolean {
    return obstaclesOf(resource).length > 0;
}

/** What stands in the way of a resource's change, in a sentence each. */
export function obstaclesOf({ consequences }: ResourceChange): string[] {
    return consequences
        .filter(({ kind }) => kind === "nameBlocks" || kind === "protected")
        .map(({ text }) => text);
}

/** How much of a change `pulumi up` fails at; nothing where it goes through. */
export function blockedTexts(stacks: readonly StackChanges[]): string[] {
    const blocked = stacks.flatMap(({ resources }) => resources.filter(isBlocked)).length;
    return blocked === 0 ? [] : [`pulumi up fails at ${plural(blocked, "resource")}`];
}

/** A resource with those of its changes that are told of it alone. */
export interface OwnChanges {
    readonly resource: ResourceChange;
    readonly own: readonly PropertyChange[];
}

/** The changes of a stack: first what many resources have alike, then resource by resource. */
export function changeLines(stack: Pick<StackChanges, "resources">): ChangeLine[] {
    const { alike, others } = toldApart(stack);
    return [...alike, ...others.flatMap(({ resource, own }) => resourceLines(resource, own))];
}

/** What many resources have alike, in a line each, and the resources that have more than that. */
export function toldApart({ resources }: Pick<StackChanges, "resources">): {
    readonly alike: readonly ChangeLine[];
    readonly others: readonly OwnChanges[];
} {
    const found = alikeChanges(resources);
    const alike: ChangeLine[] = [];
    for (const [key, { count, change }] of found) {
        if (count >= ALIKE) {
            const text = `${propertyText(change)} (${plural(count, "resource")})`;
            alike.push({ op: "update", depth: 0, signed: true, text });
        } else {
            found.delete(key);
        }
    }
    const others = resources
        .map((resource) => ({
            resource,
            own: resource.properties.filter((change) => {
                const key = keyOf(change);
                return key === undefined || !found.has(key);
            }),
        }))
        .filter(({ resource, own }) => own.length > 0 || resource.properties.length === 0);
    return { alike, others };
}

/** Changes in place by what they are, with how many resources have them. */
function alikeChanges(
    resources: readonly ResourceChange[],
): Map<string, { count: number; readonly change: PropertyChange }> {
    const found = new Map<string, { count: number; readonly change: PropertyChange }>();
    for (const resource of resources) {
        for (const change of resource.properties) {
            const key = keyOf(change);
            if (key !== undefined) {
                const known = found.get(key) ?? { count: 0, change };
                known.count += 1;
                found.set(key, known);
            }
        }
    }
    return found;
}

/** What a change in place is told by, where others have it alike: what follows from another resource is told of each. */
function keyOf({ path, before, after, verdict, because, meaning }: PropertyChange): string | undefined {
    return verdict === "updates" && because === undefined
        ? JSON.stringify([path, before, after, verdict, meaning])
        : undefined;
}

/** A resource with its changes below it. */
function resourceLines(resource: ResourceChange, properties: readonly PropertyChange[]): ChangeLine[] {
    const { op, consequences, renamedFrom } = resource;
    const line = (text: string, depth = 1): ChangeLine => ({ op, depth, text, signed: false });
    const renamed = renamedFrom === undefined ? "" : `, until now ${nameOf(renamedFrom)}`;
    return [
        { op, depth: 0, signed: true, text: `${resourceText(resource)}${renamed}` },
        ...properties.flatMap((change) => [
            line(`${propertyText(change)}${verdictMark(change)}`),
            ...(change.because === undefined ? (change.meaning ?? []).map((each) => line(each, 2)) : []),
        ]),
        ...consequences.filter(({ kind }) => kind !== "createBeforeDelete").map(({ text }) => line(text)),
    ];
}

/** `aws:ec2:Subnet shop-vpc-data-1`. */
export function resourceText({ type, name }: Pick<ResourceChange, "type" | "name">): string {
    return `${displayType(type)} ${name}`;
}

/** `engineVersion: "18.6" → "18.7"`. */
export function propertyText({ path, op, before, after, kind, meaning, because }: PropertyChange): string {
    if (because !== undefined) {
        return `${path} ${meaning?.[0] ?? "changes"}`;
    }
    switch (kind) {
        case "secret":
            return `${path}: the secret value ${op === "add" ? "is new" : op === "remove" ? "is gone" : "changes"}`;
        case "policy":
            return op === "change" ? `${path}:` : `${path} ${op === "add" ? "is new" : "is gone"}`;
        case "code":
            return op === "change"
                ? `${path}: code changed (${String(before)} → ${String(after)})`
                : `${path} ${op === "add" ? "is new" : "is gone"}`;
        case "value":
        case "json":
        case "unknown":
            return op === "add"
                ? `${path}: ${valueText(after)} is new`
                : op === "remove"
                  ? `${path}: ${valueText(before)} is gone`
                  : `${path}: ${valueText(before)} → ${valueText(after)}`;
    }
}

function verdictMark({ verdict }: PropertyChange): string {
    switch (verdict) {
        case "replaces":
            return "  (replaces)";
        case "mayReplace":
            return "  (may replace)";
        case "ignored":
            return "  (kept as it is by ignoreChanges)";
        case "updates":
            return "";
    }
}

/** What a stack is told and what it tells, a line for each that differs. */
export function valueLines({ config, outputs }: Pick<StackChanges, "config" | "outputs">): string[] {
    return [
        ...config.map((change) => `configuration ${outputText(change)}`),
        ...outputs.map((change) => `output ${outputText(change)}`),
    ];
}

/** `owner: "a" → "b"`. */
function outputText({ path, before, after }: OutputChange): string {
    return `${path}: ${before === undefined ? "" : `${valueText(before)} `}→ ${after === undefined ? "gone" : valueText(after)}`;
}

/** A value in one line. */
export function valueText(value: unknown): string {
    return cutOff(value === undefined ? "nothing" : JSON.stringify(value), VALUE);
}

/** What something costs before and after, and the difference, as far as there are prices. */
export function costTexts({
    before,
    after,
    partly = [],
    gaps,
}: CostPair): [before: string, after: string, change: string] {
    const amount = (side: "before" | "after", value: number): string =>
        partly.includes(side) && value !== 0 ? `at least ${usd(value)}` : priced(value, gaps?.[side] ?? 0);
    return [
        amount("before", before),
        amount("after", after),
        partly.length > 0 ? "not known" : usd(after - before, { signed: true }),
    ];
}

/** Whether anything costs another amount than before. */
export function costMoves({ items, before, after }: CostChange): boolean {
    return items.length > 0 || before !== after;
}

/** What all costs now, beside what it did. */
export function costSentence(cost: CostChange): string {
    const [before, after, change] = costTexts(cost);
    const now = `${after.charAt(0).toUpperCase()}${after.slice(1)} a month before use`;
    const count = cost.gaps?.after ?? 0;
    const gaps =
        cost.gaps === undefined
            ? ""
            : `; what has no price is left out${count === 0 ? "" : ` (${plural(count, "thing")})`}`;
    return cost.partly === undefined
        ? `${now}, ${costMoves(cost) ? change : "as before"}${gaps}`
        : `${now}, where it was ${before}${gaps}`;
}

const OUTCOMES: Readonly<Record<Loss["outcome"], string>> = {
    lost: "nothing holds it",
    recoverable: "a copy is left",
    refused: "the update is refused",
};

/** What would be lost with a resource, and what holds, in a sentence. */
export function lossText(resource: ResourceChange, loss: Loss): string {
    const verb = { delete: "is deleted", replace: "is replaced", mayReplace: "may be replaced" }[
        resource.op as "delete" | "replace" | "mayReplace"
    ];
    const why = resource.reason === "" ? "" : ` (${resource.reason})`;
    const holding = loss.holds.filter(({ holds }) => holds).map(({ text }) => text);
    const missing = loss.holds.filter(({ holds }) => !holds).map(({ text }) => text);
    const held = holding.length > 0 ? holding : missing;
    return `${resourceText(resource)} ${verb}${why}, and with it ${loss.what}: ${OUTCOMES[loss.outcome]}${held.length === 0 ? "" : ` (${held.join("; ")})`}`;
}

/** Losses of all stacks, those that nothing holds first. */
export function lossesOf(
    stacks: readonly StackChanges[],
): { readonly stack: string; readonly resource: ResourceChange; readonly loss: Loss }[] {
    const rank = { lost: 0, recoverable: 1, refused: 2 };
    const place = ({ resource, loss }: { resource: ResourceChange; loss: Loss }): number =>
        2 * rank[loss.outcome] + (resource.op === "mayReplace" ? 1 : 0);
    return stacks
        .flatMap(({ stack, resources }) =>
            resources.flatMap((resource) =>
                resource.loss === undefined ? [] : [{ stack, resource, loss: resource.loss }],
            ),
        )
        .sort((one, other) => place(one) - place(other));
}
