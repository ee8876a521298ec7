/** What an account and its regions need once, and which stack has to bring it. */
import { type ConfigProperty, type Member, type StackView } from "../../framework";
import { anyOf, eachKnown } from "../../framework/items";
import { matchesAny, stackNameOf } from "../../framework/patterns";
import { placeOf } from "../../framework/places";

export const TRAIL = "aws:cloudtrail/trail:Trail";
export const PASSWORD_POLICY = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

/** Settings of an account as a whole: the stack that has one of them looks after the account. */
export const ACCOUNT_TYPES: readonly string[] = [
    PASSWORD_POLICY,
    TRAIL,
    "aws:account/alternativeContact:AlternativeContact",
    "aws:iam/accountAlias:AccountAlias",
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
];

/** Configuration of rules about what an account needs once. */
export interface AccountConfig {
    readonly homeStacks: readonly string[];
    readonly managedElsewhere: boolean;
}

const MANAGED_ELSEWHERE: ConfigProperty = {
    type: "boolean",
    default: false,
    description: "Whether something else, such as the organisation or another program, sees to it.",
};

export const ACCOUNT_CONFIG: { readonly [K in keyof AccountConfig]: ConfigProperty } = {
    homeStacks: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
            "Names of stacks, as patterns, that look after their account, besides those with a setting of the account as a whole: its password policy, public access block, alias, alternative contact or trail.",
    },
    managedElsewhere: MANAGED_ELSEWHERE,
};

/**
 * Whether the stack looks after its account.
 *
 * @param judged The type whose presence is in question, which says nothing about it.
 */
export function isHome(stack: StackView, { homeStacks }: AccountConfig, judged: string): boolean {
    return (
        ACCOUNT_TYPES.some((type) => type !== judged && stack.ofType(type).length > 0) ||
        matchesAny(homeStacks, stackNameOf(stack.urn))
    );
}

/** Configuration of rules about what each region needs once. */
export interface RegionConfig {
    readonly workloads: readonly string[];
    readonly managedElsewhere: boolean;
}

export const REGION_CONFIG: { readonly [K in keyof RegionConfig]: ConfigProperty } = {
    workloads: {
        type: "array",
        items: { type: "string" },
        default: [
            "aws:ec2/vpc:Vpc",
            "aws:ecs/cluster:Cluster",
            "aws:eks/cluster:Cluster",
            "aws:lambda/function:Function",
            "aws:apigateway/restApi:RestApi",
            "aws:apigatewayv2/api:Api",
        ],
        description:
            "Types that make a region one that the stack uses. Copies of data alone do not: the stack that uses their region sees to it.",
    },
    managedElsewhere: MANAGED_ELSEWHERE,
};

/**
 * Looks for something in each region that the stack uses.
 *
 * @param present The resources among which one must serve the region that it is in.
 * @param report Gets the regions that have none.
 * @param serves Whether one of them does. Left out: all do.
 */
export function judgeRegions(
    stack: StackView,
    { workloads, managedElsewhere }: RegionConfig,
    present: readonly Member[],
    report: (region: string) => void,
    serves: (member: Member) => boolean = () => true,
): void {
    if (managedElsewhere) {
        return;
    }
    const used = new Set<string | undefined>();
    stack.each(stack.ofType(...workloads), (workload) => {
        used.add(placeOf(workload));
    });
    eachKnown([...used], (region) => {
        if (!anyOf(present.map((member) => () => placeOf(member) === region && serves(member)))) {
            report(region ?? "the provider's region");
        }
    });
}
