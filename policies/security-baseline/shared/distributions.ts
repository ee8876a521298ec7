import { type Props } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "./judging";

export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

/** The two properties that hold cache behaviours. */
export const BEHAVIOR_PROPERTIES = ["defaultCacheBehavior", "orderedCacheBehaviors"] as const;

/** Judges each cache behaviour of a distribution, the default one first. */
export function eachBehavior(
    props: Props,
    check: (behavior: Props, path: string, property: (typeof BEHAVIOR_PROPERTIES)[number]) => void,
): void {
    judge(
        () => {
            eachObject([props.defaultCacheBehavior], (behavior) => {
                check(behavior, "defaultCacheBehavior", "defaultCacheBehavior");
            });
        },
        () => {
            eachObject(props.orderedCacheBehaviors, (behavior, index) => {
                check(behavior, `orderedCacheBehaviors[${index}]`, "orderedCacheBehaviors");
            });
        },
    );
}
