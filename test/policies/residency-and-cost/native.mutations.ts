import { type Accepted, type Mutant } from "../../support/policies/mutation";
import {
    DATASET,
    DATASET_GROUP,
    NATIVE_PROVIDER,
    NATIVE_RESOURCES,
} from "../../support/policies/nativeResources";

const fixture = NATIVE_RESOURCES;

export const mutants: readonly Mutant[] = [
    {
        rule: "provider-pinned",
        title: "a provider of CloudFormation's types for any account",
        fixture,
        change: (stack) => {
            stack.unset(stack.find(NATIVE_PROVIDER, "native"), "allowedAccountIds");
        },
        message: "has no allowedAccountIds.",
    },
    {
        rule: "no-default-provider",
        title: "a dataset group of the default provider",
        fixture: [
            ...fixture,
            {
                type: NATIVE_PROVIDER,
                name: "default_1_79_0",
                inputs: { region: "us-east-1", allowedAccountIds: '["111122223333"]' },
            },
        ],
        change: (stack) => {
            stack.setProvider(
                stack.find(DATASET_GROUP, "likes"),
                stack.find(NATIVE_PROVIDER, "default_1_79_0"),
            );
        },
        message: 'has the default provider "default_1_79_0".',
        decidedBy: "relations",
    },
    {
        rule: "region-allowed",
        title: "CloudFormation's types in a region that nobody allows",
        fixture,
        change: (stack) => {
            stack.set(stack.find(NATIVE_PROVIDER, "native"), "region", "cn-north-1");
        },
        message: "is in cn-north-1, where nothing may be.",
    },
    {
        rule: "stores-classified",
        title: "a dataset whose tags do not say what it holds",
        fixture,
        change: (stack) => {
            stack.set(stack.find(DATASET, "likes-interactions"), "tags", [{ key: "team", value: "shop" }]);
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "provider-pinned",
        title: "a provider of CloudFormation's types with a role where roles are required",
        config: { requireAssumeRole: true },
        fixture: [
            {
                type: NATIVE_PROVIDER,
                name: "native",
                inputs: {
                    region: "us-east-1",
                    allowedAccountIds: '["111122223333"]',
                    assumeRole: '{"roleArn":"arn:aws:iam::111122223333:role/deploy"}',
                },
            },
        ],
        change: (stack) => {
            stack.set(
                stack.find("pulumi:providers:aws"),
                "assumeRoles",
                '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]',
            );
        },
    },
];
