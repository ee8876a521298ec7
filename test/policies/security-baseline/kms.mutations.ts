import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, OTHER_ACCOUNT, policyOf } from "./documents";
import { setting, unsetting } from "./settings";

const KEY = "aws:kms/key:Key";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const EXTERNAL = "aws:kms/externalKey:ExternalKey";

const ADMINISTRATION = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" };
const open = policyOf(ADMINISTRATION, {
    Sid: "Open",
    Principal: { AWS: ["*"] },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
});

const KEYS: readonly FixtureResource[] = [
    { type: KEY, name: "lone", inputs: { enableKeyRotation: true, deletionWindowInDays: 30 } },
    {
        type: KEY_POLICY,
        name: "lone",
        inputs: { keyId: refTo(KEY, "lone"), policy: policyOf(ADMINISTRATION) },
    },
    { type: EXTERNAL, name: "lone", inputs: { policy: policyOf(ADMINISTRATION) } },
];
const shop = { type: KEY, name: "shop-key-key" };
const lone = { type: KEY, name: "lone", fixture: KEYS };
const replica = { type: "aws:kms/replicaKey:ReplicaKey" };
const external = { type: EXTERNAL, name: "lone", fixture: KEYS };

export const mutants: readonly Mutant[] = [
    setting(shop, "kms-key-rotation", "off", "enableKeyRotation", false, {
        message: "enableKeyRotation is false",
    }),
    unsetting(shop, "kms-key-rotation", "left out", "enableKeyRotation", {
        message: "enableKeyRotation is not given",
    }),
    setting(shop, "kms-key-rotation", "every other year", "rotationPeriodInDays", 366, {
        message: "rotationPeriodInDays is 366, and at most 365 is allowed",
    }),
    setting(shop, "kms-key-policy-public", "anybody through a service", "policy", open, {
        message: 'statement "Open" allows kms:Decrypt to everyone',
    }),
    setting(
        { type: KEY_POLICY, name: "lone", fixture: KEYS },
        "kms-key-policy-public",
        "a policy of its own",
        "policy",
        open,
    ),
    setting(replica, "kms-key-policy-public", "a replica", "policy", open),
    setting(external, "kms-key-policy-public", "imported key material", "policy", open),
    setting(
        shop,
        "kms-key-policy-public",
        "everybody but one",
        "policy",
        JSON.stringify({
            Version: "2012-10-17",
            Statement: {
                Effect: "Allow",
                NotPrincipal: { AWS: OTHER_ACCOUNT },
                NotAction: "kms:DeleteKey",
                Resource: "*",
            },
        }),
        { message: "statement 0 allows everything but kms:DeleteKey to everyone" },
    ),
    setting(shop, "kms-deletion-window", "a short window", "deletionWindowInDays", 29, {
        message: "deletionWindowInDays is 29, and 30 is demanded",
    }),
    setting(replica, "kms-deletion-window", "a replica's", "deletionWindowInDays", 7),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "kms-key-rotation",
        title: "keys that KMS does not rotate",
        fixture: KEYS,
        change: (stack) => {
            stack.add({ type: KEY, name: "pair", inputs: { customerMasterKeySpec: "RSA_2048" } });
            stack.add({ type: KEY, name: "hmac", inputs: { customerMasterKeySpec: "HMAC_256" } });
            stack.add({ type: KEY, name: "stored", inputs: { customKeyStoreId: "cks-1" } });
        },
    },
    setting(lone, "kms-key-rotation", "a year", "rotationPeriodInDays", 365),
    setting(
        shop,
        "kms-key-policy-public",
        "anybody of an account",
        "policy",
        policyOf({
            Principal: "*",
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } },
        }),
    ),
    unsetting(shop, "kms-key-policy-public", "AWS's policy", "policy"),
    unsetting(shop, "kms-deletion-window", "AWS's window", "deletionWindowInDays"),
];
