import { type Accepted, type Mutant } from "../../support/policies/mutation";

const CLUSTER = "aws:rds/cluster:Cluster";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

export const mutants: readonly Mutant[] = [
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "pages that are cached by default",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.cachePolicyId", CACHING_OPTIMIZED);
        },
        message: `caches answers to /account* by defaultCacheBehavior, which has the cache policy ${CACHING_OPTIMIZED}.`,
    },
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "a cached behaviour for some personal paths",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[1].pathPattern", "api/*.json");
        },
        message: "caches answers to /api/* by orderedCacheBehaviors[1]",
    },
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "a behaviour without a policy, which caches for a year",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "defaultCacheBehavior.cachePolicyId");
        },
        message: "by defaultCacheBehavior, which has the maxTtl 31536000.",
    },
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "a distribution all of which is personal",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), ["tags", "data-classification"], "pii");
        },
        message: "caches answers to * by orderedCacheBehaviors",
    },
    {
        rule: "cloudfront-personal-reach",
        title: "every edge location in a stack with personal data",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "priceClass", "PriceClass_All");
        },
        message: "has priceClass PriceClass_All and geoRestriction none.",
    },
    {
        rule: "cloudfront-personal-reach",
        title: "no price class in a stack with personal data",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "priceClass");
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "a behaviour for the personal paths before one that caches everything",
        config: { paths: ["/api/*"] },
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "orderedCacheBehaviors[0].pathPattern", "/api/*");
            stack.set(distribution, "orderedCacheBehaviors[0].cachePolicyId", CACHING_DISABLED);
            stack.set(distribution, "defaultCacheBehavior.cachePolicyId", CACHING_OPTIMIZED);
        },
    },
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "files of a bucket, which are nobody's",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "defaultCacheBehavior.cachePolicyId", CACHING_OPTIMIZED);
            stack.set(distribution, "defaultCacheBehavior.targetOriginId", "files");
            stack.set(distribution, "origins", [
                {
                    originId: "files",
                    domainName: "files.s3.eu-central-1.amazonaws.com",
                    originAccessControlId: "E2QWRUHAPOMQZL",
                },
            ]);
            stack.unset(distribution, "orderedCacheBehaviors");
        },
    },
    {
        rule: "cloudfront-personal-paths-uncached",
        title: "a behaviour without a policy that caches nothing",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.unset(distribution, "defaultCacheBehavior.cachePolicyId");
            stack.set(distribution, "defaultCacheBehavior.maxTtl", 0);
        },
    },
    {
        rule: "cloudfront-personal-reach",
        title: "a list of countries, and a stack without personal data",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "priceClass", "PriceClass_All");
            stack.set(distribution, "restrictions.geoRestriction", {
                restrictionType: "whitelist",
                locations: ["US"],
            });
        },
    },
    {
        rule: "cloudfront-personal-reach",
        title: "every edge location in a stack without personal data",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "priceClass", "PriceClass_All");
            stack.set(stack.find(CLUSTER), ["tags", "data-classification"], "confidential");
        },
    },
];
