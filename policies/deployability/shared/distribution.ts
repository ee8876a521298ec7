import { list, object, type Props, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { judge } from "./values";

/** Looks at each cache behaviour of a distribution. Unknown values of one do not hide another. */
export function eachBehavior(props: Props, look: (behavior: Props, at: string) => void): void {
    judge(
        () => {
            look(object(props.defaultCacheBehavior), "defaultCacheBehavior");
        },
        () => {
            eachKnown(list(props.orderedCacheBehaviors), (behavior, index) => {
                look(object(behavior), `orderedCacheBehaviors[${index}]`);
            });
        },
    );
}

/** Looks at each origin of a distribution. */
export function eachOrigin(props: Props, look: (origin: Props, at: string) => void): void {
    eachKnown(list(props.origins), (origin, index) => {
        look(object(origin), `origins[${index}]`);
    });
}

/** The ids of a distribution's origins, or of its origin groups. */
export function idsOf(props: Props, property: "origins" | "originGroups"): readonly string[] {
    return list(props[property]).map((item) => text(object(item).originId) ?? "");
}

/** Whether an origin's name is that of a bucket's REST endpoint. */
export function isBucket(domain: string): boolean {
    return /\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.test(domain) && !isWebsite(domain);
}

/** Whether an origin's name is that of a bucket's website. */
export function isWebsite(domain: string): boolean {
    return /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(domain);
}
