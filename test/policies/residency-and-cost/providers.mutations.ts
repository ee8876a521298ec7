import { type Accepted, type Mutant } from "../../support/policies/mutation";

const PROVIDER = "pulumi:providers:aws";
const TOPIC = "aws:sns/topic:Topic";

export const mutants: readonly Mutant[] = [
    {
        rule: "no-default-provider",
        title: "a topic of the default provider",
        fixture: [
            {
                type: PROVIDER,
                name: "default_7_48_0",
                inputs: {
                    region: "us-east-1",
                    allowedAccountIds: '["111122223333"]',
                    defaultTags:
                        '{"tags":{"project":"p","environment":"prod","stack":"s","owner":"o","cost-center":"c"}}',
                },
            },
        ],
        change: (stack) => {
            stack.setProvider(stack.find(TOPIC), stack.find(PROVIDER, "default_7_48_0"));
        },
        message: 'has the default provider "default_7_48_0".',
        decidedBy: "relations",
    },
    {
        rule: "provider-pinned",
        title: "a provider for any account",
        change: (stack) => {
            stack.unset(stack.find(PROVIDER), "allowedAccountIds");
        },
        message: "has no allowedAccountIds.",
    },
    {
        rule: "provider-pinned",
        title: "a provider for an empty list of accounts",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(PROVIDER), "allowedAccountIds", "[]");
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "no-default-provider",
        title: "a default provider of another package",
        change: (stack) => {
            stack.setOptions(stack.find("random:index/randomPassword:RandomPassword"), { protect: true });
        },
    },
    {
        rule: "provider-pinned",
        title: "a provider with a role where roles are required",
        config: { requireAssumeRole: true },
        change: (stack) => {
            stack.set(
                stack.find(PROVIDER),
                "assumeRoles",
                '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]',
            );
        },
    },
];
