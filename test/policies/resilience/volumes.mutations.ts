import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const VOLUME = "aws:ebs/volume:Volume";
const POLICY = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

const FIXTURE: readonly FixtureResource[] = [
    {
        type: VOLUME,
        name: "data",
        inputs: {
            region: "us-east-1",
            availabilityZone: "us-east-1a",
            encrypted: true,
            type: "gp3",
            size: 100,
            tags: { database: "wares" },
        },
        options: { protect: true },
    },
    {
        type: POLICY,
        name: "snapshots",
        inputs: {
            region: "us-east-1",
            description: "Snapshots",
            executionRoleArn: "arn:aws:iam::111122223333:role/snapshots",
            state: "ENABLED",
            policyDetails: {
                resourceTypes: ["VOLUME"],
                targetTags: { database: "wares" },
                schedules: [{ name: "daily", createRule: { interval: 24 }, retainRule: { count: 7 } }],
            },
        },
    },
];

function unseen(title: string, path: string, value: unknown): Mutant {
    return {
        rule: "volumes-snapshotted",
        title,
        fixture: FIXTURE,
        change: (stack) => {
            stack.set(stack.find(POLICY), path, value);
        },
        message: "has no snapshots: neither a lifecycle policy nor a backup plan takes it in.",
    };
}

export const mutants: readonly Mutant[] = [
    unseen("a policy for other tags", "policyDetails.targetTags.database", "orders"),
    unseen("a policy of instances", "policyDetails.resourceTypes", ["INSTANCE"]),
    unseen("a policy of another region", "region", "us-west-2"),
    unseen("a policy that is switched off", "state", "DISABLED"),
    {
        rule: "volumes-snapshotted",
        title: "no policy at all",
        fixture: FIXTURE,
        change: (stack) => {
            stack.remove(stack.find(POLICY));
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "volumes-snapshotted",
        title: "a policy for one of several tags",
        fixture: FIXTURE,
        change: (stack) => {
            stack.set(stack.find(POLICY), "policyDetails.targetTags", { database: "wares", other: "none" });
        },
    },
];
