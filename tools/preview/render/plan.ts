import { type PreviewDocument, type StackPreview, type Step, type StepOp } from "../types";
import { isDefaultProvider, isProvider, nameOf, STACK_TYPE } from "../urn";

/** A resource of the plan with what it is the parent of, in the order of registration. */
export interface PlanNode {
    readonly step: Step;
    readonly name: string;
    /** The type as people read it, see {@link displayType}. */
    readonly type: string;
    readonly children: PlanNode[];
}

/** How many steps there are of each kind. */
export type OpCounts = Readonly<Record<StepOp, number>>;

/** A resource at the top of a stack, with what it makes: the unit in which people think of a stack. */
export interface Part {
    readonly name: string;
    readonly type: string;
    /** False for resources that stand in the stack by themselves. */
    readonly component: boolean;
    /** The custom resources under it, itself included where it is one. */
    readonly resources: number;
    /** The same by displayed type. */
    readonly byType: ReadonlyMap<string, number>;
    /** The steps of the resource itself and of all below it, components included. */
    readonly steps: readonly Step[];
}

/**
 * Pulumi's short form of a type token: `aws:ec2/vpc:Vpc` reads `aws:ec2:Vpc`, because the file in the module's name
 * only repeats the type.
 */
export function displayType(token: string): string {
    const [pkg, module, type, ...rest] = token.split(":");
    if (pkg === undefined || module === undefined || type === undefined || rest.length > 0) {
        return token;
    }
    const slash = module.lastIndexOf("/");
    const file = module.slice(slash + 1);
    const repeats = file.toLowerCase() === type.toLowerCase();
    return slash > 0 && repeats ? `${pkg}:${module.slice(0, slash)}:${type}` : token;
}

/** The last part of a type: `Vpc3Tier` of `meridian:index:Vpc3Tier`. */
export function className(token: string): string {
    return token.slice(token.lastIndexOf(":") + 1);
}

/**
 * A stack's resources as trees, parents before children. What has no parent in the plan stands at the top: that is
 * the stack itself in a whole preview.
 */
export function planTree(preview: StackPreview): PlanNode[] {
    const nodes = new Map<string, PlanNode>();
    for (const step of shownSteps(preview)) {
        const type = displayType(step.newState.type);
        nodes.set(step.urn, { step, name: nameOf(step.urn), type, children: [] });
    }
    const roots: PlanNode[] = [];
    for (const node of nodes.values()) {
        const { parent } = node.step.newState;
        const above = parent === undefined ? undefined : nodes.get(parent);
        (above === undefined || above === node ? roots : above.children).push(node);
    }
    return roots;
}

/** The steps that the engine shows and counts. */
function shownSteps({ steps }: StackPreview): Step[] {
    return steps.filter(({ urn }) => !isDefaultProvider(urn));
}

/** The steps of a stack, or of several, by kind. */
export function countOps(previews: Iterable<StackPreview>): OpCounts {
    const counts = { create: 0, read: 0 };
    for (const preview of previews) {
        for (const { op } of shownSteps(preview)) {
            counts[op] += 1;
        }
    }
    return counts;
}

/** `12 to create, 1 to read`; a kind without steps is left out. */
export function describeCounts(counts: OpCounts): string {
    const parts = [`${counts.create} to create`];
    if (counts.read > 0) {
        parts.push(`${counts.read} to read`);
    }
    return parts.join(", ");
}

/** What stands directly in a stack, in order; the stack itself and its providers are left out. */
export function partsOf(preview: StackPreview): Part[] {
    const tops = planTree(preview).flatMap((root) => (root.type === STACK_TYPE ? root.children : [root]));
    return tops.filter((node) => !isProvider(node.step.newState.type)).map(toPart);
}

function toPart(top: PlanNode): Part {
    const byType = new Map<string, number>();
    const steps: Step[] = [];
    const visit = (node: PlanNode): void => {
        steps.push(node.step);
        if (node.step.newState.custom) {
            byType.set(node.type, (byType.get(node.type) ?? 0) + 1);
        }
        node.children.forEach(visit);
    };
    visit(top);
    const resources = [...byType.values()].reduce((sum, count) => sum + count, 0);
    return { name: top.name, type: top.type, component: !top.step.newState.custom, resources, byType, steps };
}

/** The stacks of a document in the order in which they were previewed. */
export function stacksOf(document: PreviewDocument): [string, StackPreview][] {
    return Object.entries(document.stacks);
}
