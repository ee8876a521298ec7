/**
 * What AWS says and the emulator leaves out of its answers. Where the emulator comes to say it, its answer counts.
 * A stand-in for the API's fields: each is what was asked for last, or follows from what the emulator does say.
 */
import { type DBCluster, type DBInstance, type GlobalCluster } from "@aws-sdk/client-rds";
import { type Description } from "./world";

/** What was asked for, by identifier. */
export class Gaps {
    private readonly exports = new Map<string, string[]>();
    private readonly forwarding = new Map<string, boolean>();
    private readonly keys = new Map<string, string>();
    private readonly tiers = new Map<string, number>();

    /** Remembers what a cluster was made with. */
    clusterMade(inputs: Readonly<Record<string, unknown>>): void {
        const identifier = String(inputs["clusterIdentifier"]);
        this.exports.set(identifier, inputs["enabledCloudwatchLogsExports"] as string[]);
        this.forwarding.set(identifier, inputs["enableGlobalWriteForwarding"] === true);
    }

    /** Remembers what an instance was made with. */
    instanceMade(inputs: Readonly<Record<string, unknown>>): void {
        this.keys.set(String(inputs["identifier"]), inputs["performanceInsightsKmsKeyId"] as string);
    }

    /** Remembers that ModifyDBInstance changed the order of failover, which the emulator takes no notice of. */
    tierChanged(inputs: Readonly<Record<string, unknown>>): void {
        this.tiers.set(String(inputs["identifier"]), inputs["promotionTier"] as number);
    }

    /** Remembers that ModifyDBCluster turned write forwarding on, which the emulator takes no notice of. */
    forwardingTurnedOn(clusterIdentifier: string): void {
        this.forwarding.set(clusterIdentifier, true);
    }

    /** What the emulator said, completed to what AWS would have said at this moment. */
    fill({ clusters, global, instances }: Description): Description {
        return {
            global,
            clusters: new Map([...clusters].map(([id, cluster]) => [id, this.cluster(cluster, global)])),
            instances: new Map([...instances].map(([id, instance]) => [id, this.instance(instance)])),
        };
    }

    private cluster(cluster: DBCluster, { GlobalClusterMembers = [] }: GlobalCluster): DBCluster {
        const { DBClusterArn, DBClusterIdentifier = "" } = cluster;
        const self = GlobalClusterMembers.find((member) => member.DBClusterArn === DBClusterArn);
        const writer = GlobalClusterMembers.find(({ IsWriter }) => IsWriter === true);
        const source = self === undefined || self === writer ? undefined : writer?.DBClusterArn;
        return {
            // AWS fills in the writer's ARN on every cluster of a global database that does not write, which is what
            // undoes a swap where it is not ignored.
            ReplicationSourceIdentifier: source,
            EnabledCloudwatchLogsExports: this.exports.get(DBClusterIdentifier),
            GlobalWriteForwardingRequested: this.forwarding.get(DBClusterIdentifier) ?? false,
            ...said(cluster),
        };
    }

    private instance(instance: DBInstance): DBInstance {
        const { DBInstanceIdentifier = "" } = instance;
        const tier = this.tiers.get(DBInstanceIdentifier);
        return {
            PerformanceInsightsKMSKeyId: this.keys.get(DBInstanceIdentifier),
            ...said(instance),
            // The one answer that is wrong rather than missing: the emulator says what the instance was made with.
            ...(tier === undefined ? {} : { PromotionTier: tier }),
        };
    }
}

/** The fields that the emulator does say. */
function said<T extends object>(answer: T): T {
    return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)) as T;
}
