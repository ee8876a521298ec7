import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const CLUSTER = "aws:docdb/cluster:Cluster";
const POLICY = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

const member: FixtureResource = {
    type: CLUSTER,
    name: "wares",
    inputs: {
        clusterIdentifier: "wares",
        engine: "docdb",
        masterUsername: "wares",
        masterPassword: "correct-horse-battery",
        globalClusterIdentifier: "wares-everywhere",
        manageMasterUserPassword: false,
        skipFinalSnapshot: true,
        region: "us-east-1",
    },
};

const keyOf = (region: string): string =>
    `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const copyTo = (target: string, more: object = {}) => ({
    target,
    encrypted: true,
    cmkArn: keyOf(target),
    retainRule: { interval: 35, intervalUnit: "DAYS" },
    ...more,
});
const COPIES = "policyDetails.schedules[0].crossRegionCopyRules";

const policy: FixtureResource = {
    type: POLICY,
    name: "snapshots",
    inputs: {
        region: "us-east-1",
        description: "Snapshots",
        executionRoleArn: "arn:aws:iam::111122223333:role/snapshots",
        policyDetails: {
            resourceTypes: ["VOLUME"],
            targetTags: { database: "wares" },
            schedules: [
                {
                    name: "daily",
                    createRule: { interval: 24 },
                    retainRule: { count: 7 },
                    crossRegionCopyRules: [copyTo("us-west-2"), copyTo("eu-central-1")],
                },
            ],
        },
    },
};

function copies(title: string, value: unknown, message: string): Mutant {
    return {
        rule: "dlm-copies",
        title,
        fixture: [policy],
        change: (stack) => {
            stack.set(stack.find(POLICY), COPIES, value);
        },
        message,
    };
}

export const mutants: readonly Mutant[] = [
    {
        rule: "docdb-global-serverless",
        title: "a member of a global cluster that is serverless",
        fixture: [member],
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "serverlessV2ScalingConfiguration", {
                minCapacity: 1,
                maxCapacity: 8,
            });
        },
        decidedBy: "relations",
        message: "is in a global cluster and has serverlessV2ScalingConfiguration.",
    },
    {
        rule: "docdb-global-managed-password",
        title: "a member of a global cluster whose password AWS manages",
        fixture: [member],
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "masterPassword");
            stack.set(stack.find(CLUSTER), "manageMasterUserPassword", true);
        },
        message: "has manageMasterUserPassword true.",
    },
    copies("a copy in the snapshots' own region", [copyTo("us-east-1")], "where the snapshots are."),
    copies(
        "two copies in one region",
        [copyTo("us-west-2"), copyTo("us-west-2")],
        "where others go already.",
    ),
    copies(
        "a copy in the clear",
        [copyTo("us-west-2", { encrypted: false })],
        "whose copies are not encrypted.",
    ),
    copies(
        "a copy under a key of another region",
        [copyTo("us-west-2", { cmkArn: keyOf("us-east-1") })],
        "to us-west-2 under a key of us-east-1.",
    ),
    copies(
        "copies to four regions",
        ["us-west-2", "us-east-2", "eu-central-1", "eu-west-1"].map((region) => copyTo(region)),
        "has crossRegionCopyRules[3], and 3 are the most.",
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "docdb-global-serverless",
        title: "a serverless cluster that stands alone",
        fixture: [member],
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "globalClusterIdentifier");
            stack.set(stack.find(CLUSTER), "serverlessV2ScalingConfiguration", {
                minCapacity: 1,
                maxCapacity: 8,
            });
        },
    },
    {
        rule: "dlm-copies",
        title: "a policy that copies nowhere",
        fixture: [policy],
        change: (stack) => {
            stack.unset(stack.find(POLICY), COPIES);
        },
    },
];
