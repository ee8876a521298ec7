import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const POLICY = "aws:backup/vaultPolicy:VaultPolicy";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const PASSWORDS = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const RULE = "aws-delete-before-replace";

/** A setting that the project does not make, with the option. */
const serviced: readonly FixtureResource[] = [
    {
        type: "aws:kms/keyPolicy:KeyPolicy",
        name: "shared",
        inputs: { keyId: "11111111-2222-3333-4444-555555555555", policy: "{}", region: "us-east-1" },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: RULE,
        title: "a vault's lock that is not deleted first",
        change: (stack) => {
            stack.setOptions(stack.find(LOCK), { deleteBeforeReplace: false });
        },
        decidedBy: "relations",
        message:
            "has deleteBeforeReplace false, and when minRetentionDays, maxRetentionDays or changeableForDays changes, " +
            "deleting the old one takes away the new one of the same backupVaultName.",
    },
    {
        rule: RULE,
        title: "a flow log that AWS would have twice",
        change: (stack) => {
            stack.setOptions(stack.find(FLOW_LOG), { deleteBeforeReplace: false });
        },
        decidedBy: "relations",
        message: /when maxAggregationInterval, .* changes, AWS refuses a second one of the same vpcId, /,
    },
    {
        rule: RULE,
        title: "a setting that only a forced replacement replaces",
        change: (stack) => {
            stack.setOptions(stack.find(POLICY), { deleteBeforeReplace: false });
        },
        decidedBy: "relations",
        message:
            "when it is replaced, deleting the old one takes away the new one of the same backupVaultName.",
    },
    {
        rule: RULE,
        title: "a setting of the account",
        change: (stack) => {
            stack.setOptions(stack.find(PASSWORDS), { deleteBeforeReplace: false });
        },
        stack: "prod-us",
        decidedBy: "relations",
        message: "takes away the new one of the account.",
    },
    {
        rule: RULE,
        title: "an attachment that overrides the provider",
        change: (stack) => {
            stack.setOptions(stack.find(ATTACHMENT), { deleteBeforeReplace: false });
        },
        decidedBy: "relations",
        message: "has deleteBeforeReplace false, and when it is replaced",
    },
    {
        rule: RULE,
        title: "a type of another program",
        fixture: serviced,
        change: (stack) => {
            stack.setOptions(stack.find("aws:kms/keyPolicy:KeyPolicy"), { deleteBeforeReplace: false });
        },
        decidedBy: "relations",
        message: "of the same keyId.",
    },
    {
        rule: RULE,
        title: "a topic's policy that says nothing",
        change: (stack) => {
            stack.add({
                type: "aws:sns/topicPolicy:TopicPolicy",
                name: "bare",
                inputs: { arn: "arn:aws:sns:us-east-1:111122223333:bare", policy: "{}" },
                bare: true,
            });
        },
        decidedBy: "relations",
        message: "has no deleteBeforeReplace, and when it is replaced",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: RULE,
        title: "an attachment, which the provider deletes first",
        change: (stack) => {
            stack.setOptions(stack.find(ATTACHMENT), { protect: false });
        },
    },
    {
        rule: RULE,
        title: "a role's own policy, which has a name of its own",
        change: (stack) => {
            stack.setOptions(stack.find(ROLE_POLICY), { deleteBeforeReplace: false });
        },
    },
    {
        rule: RULE,
        title: "an event target, which has an id of its own",
        change: (stack) => {
            stack.setOptions(stack.find(TARGET), { deleteBeforeReplace: false });
        },
    },
];
