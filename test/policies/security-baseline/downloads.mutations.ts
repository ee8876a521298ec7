import { type Accepted, type Mutant } from "../../support/policies/mutation";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

export const mutants: readonly Mutant[] = [
    {
        rule: "cloudfront-root-object",
        title: "a bucket that answers for the root, where servers need no page",
        config: { servers: false },
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "defaultCacheBehavior.targetOriginId", "static");
            stack.set(distribution, "defaultRootObject", "");
        },
    },
    {
        rule: "cloudfront-trusted-signers",
        title: "the account's own root user",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[0].trustedSigners", ["self"]);
        },
        message: "orderedCacheBehaviors[0].trustedSigners is given",
        decidedBy: "structure",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudfront-root-object",
        title: "a server that answers for the root, where servers need no page",
        config: { servers: false },
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultRootObject", "");
        },
    },
    {
        rule: "cloudfront-trusted-signers",
        title: "a group of keys",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[0].trustedKeyGroups", [
                "0123abcd-0123-4567-89ab-0123456789ab",
            ]);
        },
    },
];
