import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";

import { type PersonalizationArgs, type RecommendationFilter } from "./args";
import { personalizeArn } from "./uses";

/** A filter that the workflow makes: @pulumi/aws-native has no resource for it. */
export interface FilterPlan {
    /** What it is called among the component's outputs. */
    readonly key: string;
    /** What Personalize calls it. */
    readonly name: string;
    readonly arn: pulumi.Output<string>;
    readonly expression: string;
}

const DEFAULT_FILTERS: readonly RecommendationFilter[] = [
    { name: "not-purchased", expression: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")' },
];

/** Characters that tell expressions apart, and the hyphen before them. */
const MARK = 8;

/** How long a filter's own name may be, for `<component>-<filter>-<mark>` to stay within Personalize's 63. */
export const FILTER_NAME_MAX = 24;

/** The filters, each by a name that changes with its expression: Personalize cannot change a filter. */
export function planFilters(name: string, args: PersonalizationArgs): FilterPlan[] {
    return (args.filters ?? DEFAULT_FILTERS).map(({ name: key, expression }) => {
        const mark = createHash("sha256").update(expression).digest("hex").slice(0, MARK);
        const fullName = `${name}-${key}-${mark}`;
        return { key, name: fullName, arn: personalizeArn(args, "filter", fullName), expression };
    });
}
