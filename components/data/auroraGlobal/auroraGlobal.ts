import * as pulumi from "@pulumi/pulumi";

import { type AuroraGlobalArgs, AuroraRole, type AuroraSecondaryMember, type AuroraSource } from "./args";
import { connectArn, parameterArns, parameterNames } from "./connection";
import { KNOWN_ENGINE_VERSIONS } from "./engine";
import { type Foundation } from "./foundation";
import { createPrimary } from "./primary";
import { createReplication } from "./replication";
import { createSecondary } from "./secondary";
import { type Settings, withDefaults } from "./settings";
import { validate } from "./validate";

export {
    type AuroraCapacity,
    type AuroraGlobalArgs,
    AuroraRole,
    type AuroraSecondary,
    type AuroraSecondaryMember,
    type AuroraSource,
} from "./args";

/**
 * A PostgreSQL database that lives in several regions: Aurora Serverless v2, one writer, a cluster in each region,
 * and connection parameters that do not change when regions swap roles.
 *
 * It takes three kinds of stack. The founding region's (`Primary`) holds a complete cluster that works alone. The
 * other regions' (`Secondary`) hold what must be there for a cluster to join. One more (`Replication`) makes the
 * global database from the founding cluster and the clusters of the other regions. Where the database was founded
 * never changes; which region writes may change any time, and no stack needs to be told.
 *
 * Children, each name beginning with the component's:
 * - Primary and Secondary: `encryption` (the region's key), `subnets`, `cluster-parameters`, `instance-parameters`,
 *   `monitoring-role`, `monitoring-policy`, `<log>-logs`;
 * - Primary alone: `cluster`, `final-snapshot`, `instance-<n>`; `master-password`, `secret-encryption` with
 *   `secret-encryption-<region>` and its `-alias` for each replica, `master`, `master-value`; `dead-letters`;
 *   `preparation` and `rotation`, each with `-role`, `-policy` and `-logs`; `application-user`,
 *   `rotation-permission`, `rotation-schedule`; the parameters `endpoint`, `reader-endpoint`, `port`,
 *   `database-name`, `username`, `connection-string`; the alarms `replication-lag`, `capacity-ceiling`,
 *   `connections`, `rotation-errors`;
 * - Replication: `global`, `write-forwarding`, and for each other region `<region>-cluster`,
 *   `<region>-final-snapshot`, `<region>-instance-<n>`, and parameters and alarms as above after `<region>-`.
 */
export class AuroraGlobal extends pulumi.ComponentResource {
    /** Name of the global database, as given. */
    readonly globalClusterIdentifier: pulumi.Output<string>;
    /** Full names of the connection parameters by their last part, such as `connection-string`. The same in every region. */
    readonly parameterNames: pulumi.Output<Record<string, string>>;
    /** Primary: ARN of the founding cluster, known once its instances are available. */
    readonly clusterArn?: pulumi.Output<string>;
    /** Primary, Secondary: identifier of the member's cluster. */
    readonly clusterIdentifier?: pulumi.Output<string>;
    /** Primary: the cluster endpoint, which is the writer while the founding region writes. */
    readonly endpoint?: pulumi.Output<string>;
    /** Primary: the reader endpoint. */
    readonly readerEndpoint?: pulumi.Output<string>;
    /** Primary, Secondary: TCP port of the member. */
    readonly port?: pulumi.Output<number>;
    /** Primary: ARN of the secret with the master user's sign-in, for emergencies. */
    readonly secretArn?: pulumi.Output<string>;
    /** Primary, Secondary: ARN of the region's own key. */
    readonly kmsKeyArn?: pulumi.Output<string>;
    /** Primary, Secondary: name of the subnet group. */
    readonly subnetGroupName?: pulumi.Output<string>;
    /** Primary, Secondary: name of the cluster parameter group. */
    readonly clusterParameterGroupName?: pulumi.Output<string>;
    /** Primary, Secondary: name of the instances' parameter group. */
    readonly instanceParameterGroupName?: pulumi.Output<string>;
    /** Primary, Secondary: ARN of the role that publishes enhanced monitoring. */
    readonly monitoringRoleArn?: pulumi.Output<string>;
    /**
     * Primary, Secondary: what to allow `rds-db:connect` on, so that an application of this region may sign in. In a
     * Secondary it names any cluster of the region, because the cluster is made later.
     */
    readonly connectResourceArn?: pulumi.Output<string>;
    /** Primary, Secondary: ARNs of the connection parameters in this region, for the policies of those who read them. */
    readonly parameterArns?: pulumi.Output<string[]>;
    /** Primary: what Replication needs to know of the founding cluster. */
    readonly source?: pulumi.Output<AuroraSource>;
    /** Secondary: what Replication makes this region's cluster from. */
    readonly member?: pulumi.Output<AuroraSecondaryMember>;
    /** Replication: ARN of the global cluster. */
    readonly globalClusterArn?: pulumi.Output<string>;
    /** Replication: AWS's name for the writer, wherever it is. Reachable only where the networks of the regions are joined. */
    readonly globalEndpoint?: pulumi.Output<string>;
    /** Replication: the region of each member, the founding one included, by cluster identifier. */
    readonly members?: pulumi.Output<Record<string, string>>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and single hyphens, at most 39
     * characters (63 for Replication).
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: AuroraGlobalArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:AuroraGlobal", name, args, opts);
        const settings = withDefaults(args);
        this.globalClusterIdentifier = pulumi.output(args.globalClusterIdentifier);
        this.parameterNames = pulumi.output(parameterNames(args.parameterPrefix));

        if (args.role === AuroraRole.Replication) {
            const database = createReplication(name, args, settings, this);
            this.globalClusterArn = database.globalClusterArn;
            this.globalEndpoint = database.globalEndpoint;
            this.members = database.members;
        } else {
            warnOfUnknownVersion(settings, this);
            let foundation: Foundation;
            if (args.role === AuroraRole.Primary) {
                const primary = createPrimary(name, args, settings, this);
                foundation = primary.foundation;
                this.clusterArn = primary.clusterArn;
                this.endpoint = primary.endpoint;
                this.readerEndpoint = primary.readerEndpoint;
                this.secretArn = primary.secretArn;
                this.connectResourceArn = primary.connectResourceArn;
                this.source = primary.source;
            } else {
                const secondary = createSecondary(name, args, settings, this);
                foundation = secondary.foundation;
                this.connectResourceArn = connectArn(
                    args.region,
                    args.accountId,
                    settings.applicationUsername,
                );
                this.member = secondary.member;
            }
            this.clusterIdentifier = pulumi.output(args.clusterIdentifier ?? "");
            this.port = pulumi.output(settings.port);
            this.parameterArns = parameterArns(args.region, args.accountId, args.parameterPrefix);
            this.kmsKeyArn = foundation.kmsKeyArn;
            this.subnetGroupName = foundation.subnetGroupName;
            this.clusterParameterGroupName = foundation.clusterParameterGroupName;
            this.instanceParameterGroupName = foundation.instanceParameterGroupName;
            this.monitoringRoleArn = foundation.monitoringRoleArn;
        }
        this.registerOutputs({
            globalClusterIdentifier: this.globalClusterIdentifier,
            parameterNames: this.parameterNames,
            clusterArn: this.clusterArn,
            clusterIdentifier: this.clusterIdentifier,
            endpoint: this.endpoint,
            readerEndpoint: this.readerEndpoint,
            port: this.port,
            secretArn: this.secretArn,
            kmsKeyArn: this.kmsKeyArn,
            subnetGroupName: this.subnetGroupName,
            clusterParameterGroupName: this.clusterParameterGroupName,
            instanceParameterGroupName: this.instanceParameterGroupName,
            monitoringRoleArn: this.monitoringRoleArn,
            connectResourceArn: this.connectResourceArn,
            parameterArns: this.parameterArns,
            source: this.source,
            member: this.member,
            globalClusterArn: this.globalClusterArn,
            globalEndpoint: this.globalEndpoint,
            members: this.members,
        });
    }
}

function warnOfUnknownVersion({ engineVersion }: Settings, component: pulumi.Resource): void {
    if (!KNOWN_ENGINE_VERSIONS.includes(engineVersion)) {
        void pulumi.log.warn(
            `Aurora PostgreSQL ${engineVersion} was not on offer when this component was written. ` +
                "If AWS does not offer it in this region, creating the cluster fails.",
            component,
        );
    }
}
