import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const ROLE = "aws:iam/role:Role";
const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const SECRET = "aws:secretsmanager/secret:Secret";
const PROVIDER = "pulumi:providers:aws";

/** An alias of a key that another program made. */
const homeAlias: readonly FixtureResource[] = [
    {
        type: ALIAS,
        name: "home-alias",
        inputs: {
            name: "alias/home",
            region: "us-east-1",
            targetKeyId: "9bf89270-78df-464d-8c19-eb7266bcf8c3",
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "kms-key-region",
        title: "a key of another region",
        change: (stack) => {
            stack.set(
                stack.find(LOG_GROUP, "shop-api-log"),
                "kmsKeyId",
                "arn:aws:kms:eu-central-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3",
            );
            stack.relate(stack.find(LOG_GROUP, "shop-api-log"), "kmsKeyId", stack.find(PROVIDER));
        },
        message: "is in us-east-1 and has kmsKeyId of eu-central-1",
    },
    {
        rule: "kms-key-region",
        title: "a key resource of another region",
        fixture: [{ type: KEY, name: "abroad-key", inputs: { region: "eu-central-1" } }],
        change: (stack) => {
            stack.refer(stack.find(LOG_GROUP, "shop-api-log"), "kmsKeyId", stack.find(KEY, "abroad-key"));
        },
        message: "is in us-east-1 and has kmsKeyId of eu-central-1",
    },
    {
        rule: "kms-key-region",
        title: "an alias of another region",
        fixture: [
            { type: KEY, name: "abroad-key", inputs: { region: "eu-central-1" } },
            {
                type: ALIAS,
                name: "abroad-alias",
                inputs: {
                    name: "alias/abroad",
                    region: "eu-central-1",
                    targetKeyId: refTo(KEY, "abroad-key"),
                },
            },
        ],
        change: (stack) => {
            stack.refer(stack.find(LOG_GROUP, "shop-api-log"), "kmsKeyId", stack.find(ALIAS, "abroad-alias"));
        },
        message: "is in us-east-1 and has kmsKeyId of eu-central-1",
    },
    {
        rule: "kms-key-region",
        title: "a replica with an alias of its source's region",
        fixture: homeAlias,
        change: (stack) => {
            stack.set(stack.find(SECRET), "replicas", [{ region: "eu-central-1", kmsKeyId: UNKNOWN }]);
            stack.relate(stack.find(SECRET), "replicas", stack.find(ALIAS, "home-alias"));
        },
        message: "is in eu-central-1 and has replicas[0].kmsKeyId of us-east-1",
    },
    {
        rule: "kms-key-region",
        title: "a replica with the key of its source",
        change: (stack) => {
            stack.set(
                stack.find(SECRET),
                "replicas[0].kmsKeyId",
                "arn:aws:kms:us-east-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3",
            );
        },
        message: "is in eu-central-1 and has replicas[0].kmsKeyId of us-east-1",
    },
    {
        rule: "kms-logs-principal-region",
        title: "the logs of another region",
        stack: "prod-eu",
        change: (stack) => {
            const key = stack.find(KEY, "shop-key-key");
            const policy = String(key.inputs.policy);
            stack.set(key, "policy", policy.replaceAll("logs.eu-central-1.", "logs.us-east-1."));
        },
        message: "is in eu-central-1 and lets logs.us-east-1.amazonaws.com use it",
    },
    {
        rule: "kms-replica-key",
        title: "a key that is of one region",
        change: (stack) => {
            const replica = stack.find("aws:kms/replicaKey:ReplicaKey");
            stack.refer(replica, "primaryKeyArn", stack.find(KEY, "shop-key-key"));
        },
        message: "which is not a multi-region key",
    },
    {
        rule: "kms-replica-key",
        title: "a key that says nothing of regions",
        change: (stack) => {
            const [primary] = stack
                .all(KEY)
                .filter(({ inputs }) => inputs.multiRegion === true && inputs.region === "us-east-1");
            const replica = stack.find("aws:kms/replicaKey:ReplicaKey");
            stack.refer(replica, "primaryKeyArn", primary!);
            stack.unset(primary!, "multiRegion");
        },
        message: "which is not a multi-region key",
    },
    {
        rule: "kms-replica-key",
        title: "the region of the key",
        change: (stack) => {
            stack.set(stack.find("aws:kms/replicaKey:ReplicaKey"), "region", "us-east-1");
        },
        message: "is in us-east-1, where its primary key is",
        alsoFires: ["kms-key-region"],
    },
    {
        rule: "kms-policy-root",
        title: "a policy for services alone",
        change: (stack) => {
            const key = stack.find(KEY, "shop-key-key");
            const policy = JSON.parse(String(key.inputs.policy)) as { Statement: unknown[] };
            stack.set(key, "policy", JSON.stringify({ ...policy, Statement: policy.Statement.slice(1) }));
        },
        message: "after which nobody of the account can change it",
    },
    {
        rule: "kms-policy-root",
        title: "the root of another account",
        change: (stack) => {
            const key = stack.find(KEY, "shop-key-key");
            const policy = JSON.parse(String(key.inputs.policy)) as {
                Statement: { Principal: Record<string, unknown> }[];
            };
            const [first, ...others] = policy.Statement;
            const Principal = { AWS: "arn:aws:iam::444455556666:root" };
            stack.set(
                key,
                "policy",
                JSON.stringify({ ...policy, Statement: [{ ...first, Principal }, ...others] }),
            );
        },
        message: "after which nobody of the account can change it",
    },
    {
        rule: "kms-limits",
        title: "three days",
        change: (stack) => {
            stack.set(stack.find(KEY, "shop-key-key"), "deletionWindowInDays", 3);
        },
        message: "has deletionWindowInDays 3; allowed: 7 to 30",
    },
    {
        rule: "kms-limits",
        title: "a secret that waits for a day",
        change: (stack) => {
            stack.set(stack.find(SECRET), "recoveryWindowInDays", 1);
        },
        message: "allowed: 0, or 7 to 30",
    },
    {
        rule: "secretsmanager-replicas",
        title: "a replica at home",
        change: (stack) => {
            stack.set(stack.find(SECRET), "replicas[0].region", "us-east-1");
        },
        message: "has replicas[0] in us-east-1, where it is itself",
        alsoFires: ["kms-key-region"],
    },
    {
        rule: "secretsmanager-name-ending",
        title: "six characters",
        change: (stack) => {
            stack.set(stack.find(SECRET), "name", "shop/db-master");
        },
        message: 'has the name "shop/db-master"',
    },
    {
        rule: "iam-limits",
        title: "a session of half an hour",
        change: (stack) => {
            stack.set(stack.find(ROLE), "maxSessionDuration", 1800);
        },
        message: "has maxSessionDuration 1800; allowed: 3600 to 43200",
    },
    {
        rule: "iam-limits",
        title: "a description in Greek",
        change: (stack) => {
            stack.set(stack.find(ROLE), "description", "Ρόλος");
        },
        message: 'has a description with the character "Ρ" (U+03A1)',
    },
    {
        rule: "iam-limits",
        title: "a long policy",
        change: (stack) => {
            const resources = Array.from(
                { length: 300 },
                (_, index) => `arn:aws:s3:::bucket-number-${index}/*`,
            );
            stack.add({
                type: "aws:iam/policy:Policy",
                name: "long",
                inputs: {
                    name: "long",
                    policy: JSON.stringify({
                        Version: "2012-10-17",
                        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resources }],
                    }),
                },
            });
        },
        message: "allowed: 6144",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "kms-key-region",
        title: "an alias of the region, of a key elsewhere",
        fixture: homeAlias,
        change: (stack) => {
            stack.refer(stack.find(LOG_GROUP, "shop-api-log"), "kmsKeyId", stack.find(ALIAS, "home-alias"));
            const table = stack.find("aws:dynamodb/table:Table");
            stack.set(table, "serverSideEncryption", { enabled: true, kmsKeyArn: UNKNOWN });
            stack.relate(table, "serverSideEncryption", stack.find(ALIAS, "home-alias"));
        },
    },
    {
        rule: "kms-key-region",
        title: "a replica with a key of its region",
        fixture: [{ type: SECRET, name: "spread", inputs: { name: "spread", region: "us-east-1" } }],
        change: (stack) => {
            stack.set(stack.find(SECRET, "spread"), "replicas", [
                {
                    region: "eu-central-1",
                    kmsKeyId:
                        "arn:aws:kms:eu-central-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3",
                },
            ]);
        },
    },
    {
        rule: "kms-policy-root",
        title: "the account by its number, besides another one",
        change: (stack) => {
            stack.set(
                stack.find(KEY, "shop-key-key"),
                "policy",
                JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { AWS: ["444455556666", "111122223333"] },
                            Action: "kms:*",
                            Resource: "*",
                        },
                    ],
                }),
            );
        },
    },
    {
        rule: "kms-policy-root",
        title: "another account's root where the provider does not say its own",
        change: (stack) => {
            stack.unset(stack.find(PROVIDER), "allowedAccountIds");
            stack.set(
                stack.find(KEY, "shop-key-key"),
                "policy",
                JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { AWS: "arn:aws:iam::444455556666:root" },
                            Action: "kms:*",
                            Resource: "*",
                        },
                    ],
                }),
            );
        },
    },
    {
        rule: "kms-policy-root",
        title: "a policy that the program insists on",
        change: (stack) => {
            stack.set(
                stack.find(KEY, "shop-key-key"),
                "policy",
                JSON.stringify({ Version: "2012-10-17", Statement: [] }),
            );
            stack.set(stack.find(KEY, "shop-key-key"), "bypassPolicyLockoutSafetyCheck", true);
        },
    },
];
