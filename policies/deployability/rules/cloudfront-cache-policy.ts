import { number, object, resourceRule, text } from "../../framework";
import { judge } from "../shared/values";

// What CloudFront takes where nothing is given. Source: Amazon CloudFront API Reference, CachePolicyConfig.
const DEFAULT_TTL = 86_400;
const MAX_TTL = 31_536_000;

const PARTS = [
    ["headersConfig", "headerBehavior"],
    ["cookiesConfig", "cookieBehavior"],
    ["queryStringsConfig", "queryStringBehavior"],
] as const;

export const rule = resourceRule({
    id: "cloudfront-cache-policy",
    severity: "high",
    description:
        "Cache policies have TTLs in order, and one that keeps nothing has neither headers nor cookies nor query strings in its key.",
    fix: "Order minTtl, defaultTtl and maxTtl; to keep nothing, use the managed policy CachingDisabled and an origin request policy.",
    frameworks: { controls: ["F5.6"] },
    types: ["aws:cloudfront/cachePolicy:CachePolicy"],
    check: ({ props }, report) => {
        judge(
            () => {
                const min = number(props.minTtl) ?? 0;
                const usual = number(props.defaultTtl) ?? Math.max(min, DEFAULT_TTL);
                const max = number(props.maxTtl) ?? Math.max(usual, MAX_TTL);
                if (min > usual || usual > max) {
                    report(
                        `has minTtl ${min}, defaultTtl ${usual} and maxTtl ${max}, which are not in order.`,
                    );
                }
            },
            () => {
                if (number(props.maxTtl) !== 0) {
                    return;
                }
                const parameters = object(props.parametersInCacheKeyAndForwardedToOrigin);
                for (const [part, property] of PARTS) {
                    const behavior = text(object(parameters[part])[property]) ?? "none";
                    if (behavior !== "none") {
                        report(`has maxTtl 0, and ${part}.${property} "${behavior}" in the key.`);
                    }
                }
            },
        );
    },
});
