/** Components whose children a provider's plugin makes on a real deployment. */
import { AWSX_VPC, type Expander, type Expansion, expandVpc } from "./awsx/vpc";
import { type Goal } from "./deployment";

/** Makes the children that the component's plugin would make. */
export async function expandRemote(goal: Goal, urn: string, expander: Expander): Promise<Expansion> {
    if (goal.type === AWSX_VPC) {
        return expandVpc(goal, urn, expander);
    }
    throw new Error(
        `The offline preview cannot expand the component ${goal.type}: only ${AWSX_VPC} is made by a plugin that it stands in for`,
    );
}
