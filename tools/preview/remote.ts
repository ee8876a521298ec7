/** Components whose children a provider's plugin makes on a real deployment. */
import { Children, type Expand, type Expander, type Expansion } from "./awsx/children";
import { ECS_EXPANSIONS } from "./awsx/containers";
import { expandDefaultVpc } from "./awsx/defaultVpc";
import {
    expandApplicationLoadBalancer,
    expandNetworkLoadBalancer,
    expandTargetGroupAttachment,
} from "./awsx/loadBalancers";
import { expandImage, expandRepository } from "./awsx/repositories";
import { expandTrail } from "./awsx/trail";
import { AWSX_VPC, expandVpc } from "./awsx/vpc";
import { type Goal } from "./deployment";
import { isBefore } from "./versions";

const EXPANSIONS: Readonly<Record<string, Expand>> = {
    ...ECS_EXPANSIONS,
    [AWSX_VPC]: expandVpc,
    "awsx:ec2:DefaultVpc": expandDefaultVpc,
    "awsx:cloudtrail:Trail": expandTrail,
    "awsx:ecr:Image": expandImage,
    "awsx:ecr:Repository": expandRepository,
    "awsx:lb:ApplicationLoadBalancer": expandApplicationLoadBalancer,
    "awsx:lb:NetworkLoadBalancer": expandNetworkLoadBalancer,
    "awsx:lb:TargetGroupAttachment": expandTargetGroupAttachment,
};

/** awsx builds images by `docker-build` since then, and by `docker` before, which is not stood in for. */
const IMAGES_SINCE = [2, 20] as const;

/** Whether the preview knows what the component's plugin makes. */
export function canExpand({ type, version }: Pick<Goal, "type" | "version">): boolean {
    const isOld = version !== "" && isBefore(version, IMAGES_SINCE);
    return Object.hasOwn(EXPANSIONS, type) && !(type === "awsx:ecr:Image" && isOld);
}

/** The components that {@link canExpand}. */
export function expandable(): readonly string[] {
    return Object.keys(EXPANSIONS).sort();
}

/** Makes the children that the component's plugin would make. */
export async function expandRemote(goal: Goal, urn: string, expander: Expander): Promise<Expansion> {
    const expand = EXPANSIONS[goal.type];
    if (expand === undefined) {
        throw new Error(`There is no expansion of ${goal.type}`);
    }
    return expand(new Children(goal, urn, expander));
}
