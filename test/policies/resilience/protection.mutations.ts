import { type Accepted, type Mutant } from "../../support/policies/mutation";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

const instance = {
    type: INSTANCE,
    name: "fixture-instance",
    inputs: {
        identifier: "fixture-instance",
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: "fixture-final",
    },
    options: { protect: true },
};

const STATEFUL = [
    ["prod-us", "aws:rds/cluster:Cluster"],
    ["prod-global", "aws:rds/globalCluster:GlobalCluster"],
    ["prod-us", "aws:dynamodb/table:Table"],
    ["prod-eu", "aws:s3/bucket:Bucket"],
    ["prod-us", "aws:secretsmanager/secret:Secret"],
    ["prod-us", "aws:kms/key:Key"],
    ["prod-us", "aws:kms/replicaKey:ReplicaKey"],
    ["prod-eu", "aws:ecr/repository:Repository"],
    ["prod-us", "aws:cloudtrail/trail:Trail"],
] as const;

export const mutants: readonly Mutant[] = [
    ...STATEFUL.map(([stack, type]): Mutant => ({
        rule: "stateful-protected",
        title: `${type} without protect`,
        stack,
        change: (copy) => {
            copy.setOptions(copy.find(type), { protect: false });
        },
        message: "is not protected: the option protect is false.",
        decidedBy: "relations",
    })),
    {
        rule: "final-snapshot",
        title: "a cluster that leaves no snapshot",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "skipFinalSnapshot", true);
        },
        message: "has skipFinalSnapshot true.",
    },
    {
        rule: "final-snapshot",
        title: "a snapshot without a name",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "finalSnapshotIdentifier");
        },
        message: "has no finalSnapshotIdentifier",
    },
    {
        rule: "final-snapshot",
        title: "an instance that leaves no snapshot",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "skipFinalSnapshot", "true");
        },
    },
    ...["storageEncrypted", "vpcSecurityGroupIds[0]", '["kmsKeyId"]', "*"].map((path): Mutant => ({
        rule: "no-ignored-security-properties",
        title: `a cluster that ignores changes of ${path}`,
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER), {
                // The global cluster stays among them: it is how the member is known to have a peer.
                ignoreChanges: ["globalClusterIdentifier", path],
            });
        },
        message: `ignores changes of ${path}.`,
        decidedBy: "relations",
    })),
    {
        rule: "no-ignored-security-properties",
        title: "a launch template that ignores changes of its metadata options",
        change: (stack) => {
            stack.setOptions(stack.find("aws:ec2/launchTemplate:LaunchTemplate"), {
                ignoreChanges: ["metadataOptions.httpTokens", "ingress"],
            });
        },
        message: "ignores changes of metadataOptions.httpTokens and ingress.",
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "stateful-protected",
        title: "what holds nothing",
        change: (stack) => {
            stack.setOptions(stack.find("aws:rds/clusterInstance:ClusterInstance"), { protect: false });
        },
    },
    {
        rule: "final-snapshot",
        title: "a read replica without a snapshot",
        fixture: [instance],
        change: (stack) => {
            const replica = stack.find(INSTANCE);
            stack.set(replica, "skipFinalSnapshot", true);
            stack.set(replica, "replicateSourceDb", "fixture-source");
        },
    },
    {
        rule: "no-ignored-security-properties",
        title: "properties that others change on purpose",
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER), {
                ignoreChanges: ["engineVersion", "masterPassword", "tags", "globalClusterIdentifier"],
            });
            stack.setOptions(stack.find("aws:wafv2/webAcl:WebAcl"), { ignoreChanges: ["rules"] });
        },
    },
];
