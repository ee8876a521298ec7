import { ifKnown, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { list, number, object, objects, type Props, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { covers, overlap, withSlash } from "../shared/paths";

interface Config {
    readonly paths: readonly string[];
    readonly nonCachingPolicies: readonly string[];
    readonly classificationTag: string;
    readonly restricted: readonly string[];
}

// The managed policy CachingDisabled (Amazon CloudFront Developer Guide, "Use managed cache policies").
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

export const rule = resourceRule<Config>({
    id: "cloudfront-personal-paths-uncached",
    severity: "high",
    description: "CloudFront keeps no copies of what is personal.",
    fix: "Give the behaviour the managed cache policy CachingDisabled, or put one for the path before it.",
    frameworks: { controls: ["P07"] },
    config: {
        paths: {
            type: "array",
            items: { type: "string" },
            default: [
                "/account*",
                "/api/*",
                "/basket*",
                "/cart*",
                "/checkout*",
                "/login*",
                "/orders*",
                "/profile*",
                "/users*",
            ],
            description: "Paths, as CloudFront's patterns, whose answers are about a person.",
        },
        nonCachingPolicies: {
            type: "array",
            items: { type: "string" },
            default: [CACHING_DISABLED],
            description: "Ids of cache policies that cache nothing.",
        },
        classificationTag: {
            type: "string",
            default: "data-classification",
            description: "The tag that says how sensitive what a distribution serves is.",
        },
        restricted: {
            type: "array",
            items: { type: "string" },
            default: ["pii"],
            description: "Its values for distributions all of whose answers are personal.",
        },
    },
    types: ["aws:cloudfront/distribution:Distribution"],
    check: (distribution, report, config) => {
        const { props } = distribution;
        const caches = (behaviour: Props): string | undefined => cachingOf(behaviour, config);
        const behaviours = list(props.orderedCacheBehaviors).map((_, index) => ({
            label: `orderedCacheBehaviors[${index}]`,
            read: () => object(list(props.orderedCacheBehaviors)[index]),
        }));
        const fallback = { label: "defaultCacheBehavior", read: () => object(props.defaultCacheBehavior) };
        const all = config.restricted.includes(tagOf(distribution, config.classificationTag) ?? "");
        const reported = new Set<string>();
        for (const path of all ? ["*"] : config.paths) {
            for (const { label, read } of [...behaviours, fallback]) {
                const behaviour = read();
                const pattern =
                    label === fallback.label ? "*" : withSlash(text(behaviour.pathPattern) ?? "*");
                if (overlap(pattern, withSlash(path))) {
                    // A bucket that answers for all paths holds no personal ones; one that is named for them may.
                    const isNamed = all || covers(withSlash(path), pattern);
                    const how = !isNamed && isStatic(props, behaviour) ? undefined : caches(behaviour);
                    if (how !== undefined && !reported.has(label)) {
                        reported.add(label);
                        report(`caches answers to ${path} by ${label}, which has ${how}.`);
                    }
                    if (covers(pattern, withSlash(path))) {
                        break;
                    }
                }
            }
        }
    },
});

/** Whether a behaviour's answers are files in a bucket. */
function isStatic(distribution: Props, { targetOriginId }: Props): boolean {
    const target = text(targetOriginId);
    const group = objects(distribution.originGroups).find(({ originId }) => text(originId) === target);
    const targets =
        group === undefined ? [target] : objects(group.members).map(({ originId }) => text(originId));
    const origins = objects(distribution.origins).filter(({ originId }) => targets.includes(text(originId)));
    return origins.length > 0 && origins.every(isBucket);
}

/** Whether an origin is a bucket: functions have origin access controls too, at addresses of their own. */
function isBucket(origin: Props): boolean {
    const domain = ifKnown(() => text(origin.domainName));
    return (
        isGiven(origin, "s3OriginConfig") ||
        (isGiven(origin, "originAccessControlId") && domain?.includes(".lambda-url.") !== true)
    );
}

/** By what a behaviour caches; undefined where it does not. */
function cachingOf(behaviour: Props, { nonCachingPolicies }: Config): string | undefined {
    if (isGiven(behaviour, "cachePolicyId")) {
        const id = text(behaviour.cachePolicyId) ?? "";
        return nonCachingPolicies.includes(id) ? undefined : `the cache policy ${id}`;
    }
    // Without a policy the behaviour's own limits hold; CloudFront's default is a year at most.
    const most = number(behaviour.maxTtl);
    return most === 0 ? undefined : `the maxTtl ${most ?? 31_536_000}`;
}
