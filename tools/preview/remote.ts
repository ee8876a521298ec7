/** Components whose children a provider's plugin makes on a real deployment. */
import { AWSX_VPC, type Expander, type Expansion, expandVpc } from "./awsx/vpc";
import { type Goal } from "./deployment";

type Expand = (goal: Goal, urn: string, expander: Expander) => Promise<Expansion>;

const EXPANSIONS: Readonly<Record<string, Expand>> = {
    [AWSX_VPC]: expandVpc,
};

/** Whether the preview knows what the component's plugin makes. */
export function canExpand(type: string): boolean {
    return Object.hasOwn(EXPANSIONS, type);
}

/** The components that {@link canExpand}. */
export function expandable(): readonly string[] {
    return Object.keys(EXPANSIONS);
}

/** Makes the children that the component's plugin would make. */
export async function expandRemote(goal: Goal, urn: string, expander: Expander): Promise<Expansion> {
    const expand = EXPANSIONS[goal.type];
    if (expand === undefined) {
        throw new Error(`There is no expansion of ${goal.type}`);
    }
    return expand(goal, urn, expander);
}
