/** Databases for the mutants of several files. */
import { type FixtureResource, type MutableStack, refTo } from "../../support/policies/mutation";

export const CLUSTER = "aws:rds/cluster:Cluster";
export const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
export const KEY = "aws:kms/key:Key";
export const REFERENCE = "pulumi:pulumi:StackReference";
export const SECONDARY = "shop-db-eu-central-1-cluster";
export const SCALING = "serverlessv2ScalingConfiguration";
export const IGNORED = ["replicationSourceIdentifier", "engineVersion"];

/** Sets a property as if it came from another resource, whose value a preview may not know. */
export function give(
    stack: MutableStack,
    type: string,
    name: string,
    property: string,
    value: unknown,
): void {
    const resource = stack.find(type, name);
    stack.set(resource, property, value);
    stack.relate(resource, property, stack.find("pulumi:providers:aws"));
}

export function key(name: string, region: string): FixtureResource {
    return { type: KEY, name, inputs: { region, policy: "{}", description: name } };
}

/** A cluster that stands alone. */
export function cluster(name: string, inputs: Readonly<Record<string, unknown>> = {}): FixtureResource {
    const given: Readonly<Record<string, unknown>> = {
        clusterIdentifier: name,
        engine: "aurora-postgresql",
        engineVersion: "17.7",
        masterUsername: "lone_admin",
        masterPassword: "correct-horse-battery",
        region: "us-east-1",
        skipFinalSnapshot: true,
        storageEncrypted: true,
        ...inputs,
    };
    return {
        type: CLUSTER,
        name,
        inputs: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    };
}

/** A global database whose clusters are both in one stack. */
export const pair: readonly FixtureResource[] = [
    {
        type: GLOBAL,
        name: "pair",
        inputs: {
            globalClusterIdentifier: "pair",
            engine: "aurora-postgresql",
            engineVersion: "17.7",
            storageEncrypted: true,
        },
    },
    {
        ...cluster("pair-us", { globalClusterIdentifier: refTo(GLOBAL, "pair") }),
        options: { ignoreChanges: IGNORED },
    },
    {
        type: INSTANCE,
        name: "pair-us-1",
        inputs: {
            clusterIdentifier: refTo(CLUSTER, "pair-us"),
            engine: "aurora-postgresql",
            instanceClass: "db.r7g.large",
            region: "us-east-1",
        },
    },
    key("pair-key", "eu-central-1"),
    {
        type: CLUSTER,
        name: "pair-eu",
        inputs: {
            clusterIdentifier: "pair-eu",
            engine: "aurora-postgresql",
            engineVersion: "17.7",
            globalClusterIdentifier: refTo(GLOBAL, "pair"),
            kmsKeyId: refTo(KEY, "pair-key"),
            region: "eu-central-1",
            skipFinalSnapshot: true,
            sourceRegion: refTo(INSTANCE, "pair-us-1"),
            storageEncrypted: true,
        },
        options: { ignoreChanges: IGNORED },
    },
];
