/** What the page shows beside the drawing, where it is known: what changes, and what it costs. */
import { type PreviewDocument, type Properties } from "../types";
import { isRecord, isSecret, MASK } from "../values";
import { type Beside } from "./picture";
import { type NodeChange } from "./types";

/** What a comparison says of each resource; `tools/preview/against` makes it. */
export interface ChangesInput {
    readonly before: string;
    readonly after: string;
    readonly stacks: readonly {
        readonly stack: string;
        readonly resources: readonly {
            readonly urn: string;
            readonly type: string;
            readonly name: string;
            readonly custom: boolean;
            readonly op: string;
            readonly reason: string;
        }[];
    }[];
}

/** What an estimate says of each resource, in US dollars a month; `tools/cost` makes it. */
export interface CostInput {
    readonly usage: string;
    readonly stacks: Readonly<
        Record<
            string,
            {
                readonly components: readonly {
                    readonly name: string;
                    readonly type: string;
                    readonly totals: MoneyInput;
                    readonly tiers: readonly {
                        readonly resources: readonly { readonly urn: string; readonly totals: MoneyInput }[];
                    }[];
                }[];
                readonly totals: MoneyInput;
            }
        >
    >;
    readonly totals: MoneyInput;
    readonly unpriced: number;
}

export interface MoneyInput {
    readonly fixed: number;
    readonly usage: number;
    readonly total: number;
}

const OPS: ReadonlySet<string> = new Set<NodeChange>(["create", "update", "mayReplace", "replace", "delete"]);

/** The estimate of a preview, where one was made. */
export function costOf({ cost }: Pick<PreviewDocument, "cost">): CostInput | undefined {
    const { stacks, totals } = cost;
    return isRecord(stacks) && isRecord(totals) ? (cost as unknown as CostInput) : undefined;
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
export function shownInputs(inputs: Properties): unknown {
    return shown(inputs);
}

function shown(value: unknown): unknown {
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
    if ("__pulumiArchive" in value || "__pulumiAsset" in value) {
        return "[files]";
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]));
}
