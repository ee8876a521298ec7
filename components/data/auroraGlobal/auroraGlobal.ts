import * as pulumi from "@pulumi/pulumi";

import { type AuroraSecondaryMember, type AuroraSource } from "../auroraMember/args";
import { parameterArns, parameterNames } from "../auroraMember/connection";
import { KNOWN_ENGINE_VERSIONS } from "../auroraMember/engine";
import { type AuroraGlobalArgs, AuroraRole } from "./args";
import { type Foundation } from "./foundation";
import { createPrimary } from "./primary";
import { createSecondary } from "./secondary";
import { type Settings, withDefaults } from "./settings";
import { validate } from "./validate";

export {
    type AuroraAddress,
    type AuroraArgs,
    type AuroraCapacity,
    type AuroraSecondaryMember,
    type AuroraSource,
} from "../auroraMember/args";
export { type AuroraGlobalArgs, AuroraRole } from "./args";

/**
 * A region's member of a PostgreSQL database that lives in several regions: Aurora Serverless v2, one writer, a cluster
 * in each region, and connection parameters that do not change when regions swap roles.
 *
 * The founding region's stack (`Primary`) holds a complete cluster that works alone. The other regions' (`Secondary`)
 * hold what must be there for a cluster to join. AuroraReplication, in a stack of its own, makes the global database
 * from the founding cluster and the clusters of the other regions. Where the database was founded never changes; which
 * region writes may change any time, and no stack needs to be told.
 *
 * Children, each name beginning with the component's:
 * - in both roles: `encryption` (the region's key), `subnets`, `cluster-parameters`, `instance-parameters`,
 *   `monitoring-role`, `monitoring-policy`, `<log>-logs`;
 * - Primary alone: `cluster`, `final-snapshot`, `instance-<n>`; `master-password`, `secret-encryption` with
 *   `secret-encryption-<region>` and its `-alias` for each replica, `master`, `master-value`; `dead-letters`;
 *   `preparation` and `rotation`, each with `-role`, `-policy` and `-logs`; `application-user`,
 *   `rotation-permission`, `rotation-schedule`; the parameters `endpoint`, `reader-endpoint`, `port`,
 *   `database-name`, `username`, `connection-string`; the alarms `replication-lag`, `capacity-ceiling`,
 *   `connections`, `rotation-errors`.
 */
export class AuroraGlobal extends pulumi.ComponentResource {
    /** Name of the global database, as given. */
    readonly globalClusterIdentifier: pulumi.Output<string>;
    /** Full names of the connection parameters by their last part, such as `connection-string`. The same in every region. */
    readonly parameterNames: pulumi.Output<Record<string, string>>;
    /** ARNs of the connection parameters in this region, for the policies of those who read them. */
    readonly parameterArns: pulumi.Output<string[]>;
    /** Identifier of the member's cluster. */
    readonly clusterIdentifier: pulumi.Output<string>;
    /** TCP port of the member. */
    readonly port: pulumi.Output<number>;
    /**
     * What to allow `rds-db:connect` on, so that an application of this region may sign in. In a Secondary it names any
     * cluster of the region, because the cluster is made later.
     */
    readonly connectResourceArn: pulumi.Output<string>;
    /** ARN of the region's own key. */
    readonly kmsKeyArn: pulumi.Output<string>;
    /** Name of the subnet group. */
    readonly subnetGroupName: pulumi.Output<string>;
    /** Name of the cluster parameter group. */
    readonly clusterParameterGroupName: pulumi.Output<string>;
    /** Name of the instances' parameter group. */
    readonly instanceParameterGroupName: pulumi.Output<string>;
    /** ARN of the role that publishes enhanced monitoring. */
    readonly monitoringRoleArn: pulumi.Output<string>;
    /** Primary: ARN of the founding cluster, known once its instances are available. */
    readonly clusterArn?: pulumi.Output<string>;
    /** Primary: the cluster endpoint, which is the writer while the founding region writes. */
    readonly endpoint?: pulumi.Output<string>;
    /** Primary: the reader endpoint. */
    readonly readerEndpoint?: pulumi.Output<string>;
    /** Primary: ARN of the secret with the master user's sign-in, for emergencies. */
    readonly secretArn?: pulumi.Output<string>;
    /** Primary: what AuroraReplication needs to know of the founding cluster. */
    readonly source?: pulumi.Output<AuroraSource>;
    /** Secondary: what AuroraReplication makes this region's cluster from. */
    readonly member?: pulumi.Output<AuroraSecondaryMember>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and single hyphens, at most 39
     * characters.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: AuroraGlobalArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:AuroraGlobal", name, args, opts);
        const settings = withDefaults(args);
        warnOfUnknownVersion(settings, this);

        let made: RegionalMember;
        if (args.role === AuroraRole.Primary) {
            const primary = createPrimary(name, args, settings, this);
            this.clusterArn = primary.clusterArn;
            this.endpoint = primary.endpoint;
            this.readerEndpoint = primary.readerEndpoint;
            this.secretArn = primary.secretArn;
            this.source = primary.source;
            made = primary;
        } else {
            const secondary = createSecondary(name, args, settings, this);
            this.member = secondary.member;
            made = secondary;
        }
        this.globalClusterIdentifier = pulumi.output(args.globalClusterIdentifier);
        this.parameterNames = pulumi.output(parameterNames(args.parameterPrefix));
        this.parameterArns = parameterArns(args.region, args.accountId, args.parameterPrefix);
        this.clusterIdentifier = pulumi.output(args.clusterIdentifier);
        this.port = pulumi.output(settings.port);
        this.connectResourceArn = made.connectResourceArn;
        this.kmsKeyArn = made.foundation.kmsKeyArn;
        this.subnetGroupName = made.foundation.subnetGroupName;
        this.clusterParameterGroupName = made.foundation.clusterParameterGroupName;
        this.instanceParameterGroupName = made.foundation.instanceParameterGroupName;
        this.monitoringRoleArn = made.foundation.monitoringRoleArn;
        this.registerOutputs({
            globalClusterIdentifier: this.globalClusterIdentifier,
            parameterNames: this.parameterNames,
            parameterArns: this.parameterArns,
            clusterIdentifier: this.clusterIdentifier,
            port: this.port,
            connectResourceArn: this.connectResourceArn,
            kmsKeyArn: this.kmsKeyArn,
            subnetGroupName: this.subnetGroupName,
            clusterParameterGroupName: this.clusterParameterGroupName,
            instanceParameterGroupName: this.instanceParameterGroupName,
            monitoringRoleArn: this.monitoringRoleArn,
            clusterArn: this.clusterArn,
            endpoint: this.endpoint,
            readerEndpoint: this.readerEndpoint,
            secretArn: this.secretArn,
            source: this.source,
            member: this.member,
        });
    }
}

/** What both roles make. */
interface RegionalMember {
    foundation: Foundation;
    connectResourceArn: pulumi.Output<string>;
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
