/** What the page shows beside the drawing, where it is known: what changes, and what it costs. */
import { type CostEstimate } from "../../../policies/residency-and-cost/shared/cost/types";
import { type Changes, type ResourceChange, type StackChanges } from "../against/changes";
import { type PreviewDocument } from "../types";
import { isAsset, isRecord, isSecret, MASK } from "../values";
import { type Beside } from "./picture";
import { type NodeChange } from "./types";

/** What of a comparison is shown. */
export interface ChangesInput extends Pick<Changes, "before" | "after"> {
    readonly stacks: readonly (Pick<StackChanges, "stack"> & {
        readonly resources: readonly Pick<
            ResourceChange,
            "urn" | "type" | "name" | "custom" | "op" | "reason"
        >[];
    })[];
}

const OPS: ReadonlySet<string> = new Set<NodeChange>(["create", "update", "mayReplace", "replace", "delete"]);

/** The estimate of a preview, where one was made. */
export function costOf({ cost }: Pick<PreviewDocument, "cost">): CostEstimate | undefined {
    return isEstimate(cost) ? cost : undefined;
}

function isEstimate(cost: PreviewDocument["cost"]): cost is CostEstimate {
    return cost.stacks !== undefined && cost.totals !== undefined;
}

/** Changes and costs by the URNs that they are about. */
export function besideOf(
    document: Pick<PreviewDocument, "cost">,
    changes: ChangesInput | undefined,
    title: string,
): Beside {
    const cost = costOf(document);
    const priced = Object.values(cost?.stacks ?? {})
        .flatMap(({ components }) =>
            components.flatMap(({ tiers }) => tiers.flatMap(({ resources }) => resources)),
        )
        .filter(({ lines }) => lines.length > 0)
        .map(({ urn, totals }) => [urn, totals.total] as const);
    const changed = (changes?.stacks ?? [])
        .flatMap(({ resources }) => resources)
        .filter(({ op, custom }) => custom && OPS.has(op))
        .map(({ urn, op }) => [urn, op as NodeChange] as const);
    return { title, changes: new Map(changed), costs: new Map(priced) };
}

/** A text longer than this is cut: it is a program or a document, and no setting. */
const LONGEST = 4000;

/** What a resource was given, for whoever opens it: secrets masked, programs and long texts left out. */
export function shown(value: unknown): unknown {
    if (isSecret(value)) {
        return MASK;
    }
    if (typeof value === "string") {
        return value.length > LONGEST ? `${value.slice(0, LONGEST)}… (${value.length} characters)` : value;
    }
    if (Array.isArray(value)) {
        return value.map(shown);
    }
    if (!isRecord(value)) {
        return value;
    }
    if (isAsset(value)) {
        return "[files]";
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]));
}
