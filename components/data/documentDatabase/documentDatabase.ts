import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { type Permission } from "../../security/permissions";
import { type DocumentDatabaseArgs, DocumentEngine } from "./args";
import { connectionString, connectPermissions } from "./connection";
import { createDocumentDb } from "./documentDb/documentDb";
import { createReplicaSet } from "./mongodb/replicaSet";
import { type EngineArgs } from "./parts";
import { commonSettings, documentDbSettings, mongoDbSettings, PORT, REPLICA_SET } from "./settings";
import { validate } from "./table";

export {
    type DocumentCopyRegion,
    type DocumentDatabaseArgs,
    type DocumentDbArgs,
    type DocumentDbCapacity,
    DocumentDbStorage,
    DocumentEngine,
    type DocumentGlobalCluster,
    DocumentGlobalRole,
    type MongoDbArgs,
} from "./args";

/**
 * A database that speaks MongoDB's protocol, over the zones of a region: Amazon DocumentDB, or MongoDB itself on
 * instances of EC2, by one argument. Programs cannot tell which it is but by the connection string. It lets nobody in:
 * a SecurityGroupConnection to `securityGroupId` on `port` does.
 *
 * MongoDB's Community Server is under the Server Side Public License: whoever runs it for programs of their own may do
 * so freely, whoever offers it to others as a service may not.
 *
 * Children, each name beginning with the component's:
 * - of both engines: `encryption` (an EncryptionKey) where no key is given, `security-group`, alarms;
 * - DocumentDB: `subnets`, `parameters`, `<log>-logs`, `cluster`, `final-snapshot`, `instance-<n>`; in a global cluster
 *   `global`, `master-password`, `master`, `master-value`; the alarms `cpu` or `capacity-ceiling`, `memory`,
 *   `replica-lag`, `global-lag`;
 * - MongoDB: `zone`, `host-<n>`, `master-password`, `master`, `master-value`, `key`, `key-file`, `key-file-value`,
 *   `authority`, `certificate`, `initiation`, `logs`, `https-egress-<n>`, `members-ingress`, `members-egress`,
 *   `snapshots`, `snapshots-role`, `snapshots-policy`, `snapshots-keys`; of each of the three members `member-<n>-volume`,
 *   `-interface`, `-role`, `-session-manager`, `-permissions`, `-profile`, `-template`, `-group`, and the alarms `-cpu`,
 *   `-status`, `-disk`, `-lag`.
 */
export class DocumentDatabase extends pulumi.ComponentResource {
    /** The host to begin with: the cluster endpoint of DocumentDB, the first member of MongoDB. */
    readonly endpoint: pulumi.Output<string>;
    /** The reader endpoint of DocumentDB, the second member of MongoDB, which is a secondary as a rule. */
    readonly readerEndpoint: pulumi.Output<string>;
    /** The hosts of the connection string: one of DocumentDB, three of MongoDB. */
    readonly hosts: pulumi.Output<string[]>;
    /** TCP port: 27017. */
    readonly port: pulumi.Output<number>;
    /** Name of the replica set: `rs0`. */
    readonly replicaSetName: pulumi.Output<string>;
    /**
     * Connection string without user and password, which a program takes out of the secret. TLS, replica set and what the
     * engine asks of clients are in it.
     */
    readonly connectionString: pulumi.Output<string>;
    /** Id of the database's security group. */
    readonly securityGroupId: pulumi.Output<string>;
    /** ARN of the secret with `username` and `password`, as JSON, in this region. */
    readonly secretArn: pulumi.Output<string>;
    /** ARNs of that secret and its replicas, by region. */
    readonly secretArns: pulumi.Output<Record<string, string>>;
    /** What a program needs that connects: the secret and, of MongoDB, the authority's certificate. */
    readonly connectPermissions: pulumi.Output<Permission[]>;
    /** ARN of the key that encrypts data and logs. */
    readonly kmsKeyArn: pulumi.Output<string>;
    /**
     * MongoDB: ARN of the parameter with the certificate of the replica set's own authority, as PEM, which the first member
     * writes at its first boot. DocumentDB's certificates are in the bundle that AWS publishes for RDS.
     */
    readonly caCertificateParameterArn?: pulumi.Output<string>;
    /** DocumentDB: ARN of the cluster. */
    readonly clusterArn?: pulumi.Output<string>;
    /** DocumentDB in a global cluster: its name, known once this region has a writer to follow or a cluster that follows. */
    readonly globalClusterIdentifier?: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and single hyphens, at most 41 characters.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: DocumentDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:DocumentDatabase", name, args, opts);
        const settings = commonSettings(args);
        const engine: EngineArgs = { args, settings, kmsKeyArn: keyOf(name, args, this) };

        const parts =
            args.engine === DocumentEngine.DocumentDb
                ? createDocumentDb(
                      name,
                      engine,
                      documentDbSettings(args.documentDb, args.availabilityZones.length),
                      this,
                  )
                : createReplicaSet(name, engine, mongoDbSettings(args.mongoDb), this);

        this.endpoint = parts.endpoint;
        this.readerEndpoint = parts.readerEndpoint;
        this.hosts = parts.hosts;
        this.port = pulumi.output(PORT);
        this.replicaSetName = pulumi.output(REPLICA_SET);
        this.connectionString = parts.hosts.apply((hosts) =>
            connectionString(hosts, {
                certificateBundlePath: settings.certificateBundlePath,
                retryWrites: parts.retryWrites,
            }),
        );
        this.securityGroupId = parts.securityGroupId;
        this.secretArn = parts.secretArn;
        this.secretArns = parts.secretArns;
        this.connectPermissions = connectPermissions(args.region, parts);
        this.kmsKeyArn = pulumi.output(engine.kmsKeyArn);
        if (parts.caCertificateParameterArn !== undefined) {
            this.caCertificateParameterArn = parts.caCertificateParameterArn;
        }
        if (parts.clusterArn !== undefined) {
            this.clusterArn = parts.clusterArn;
        }
        if (parts.globalClusterIdentifier !== undefined) {
            this.globalClusterIdentifier = parts.globalClusterIdentifier;
        }
        this.registerOutputs({
            endpoint: this.endpoint,
            readerEndpoint: this.readerEndpoint,
            hosts: this.hosts,
            port: this.port,
            replicaSetName: this.replicaSetName,
            connectionString: this.connectionString,
            securityGroupId: this.securityGroupId,
            secretArn: this.secretArn,
            secretArns: this.secretArns,
            connectPermissions: this.connectPermissions,
            kmsKeyArn: this.kmsKeyArn,
            caCertificateParameterArn: this.caCertificateParameterArn,
            clusterArn: this.clusterArn,
            globalClusterIdentifier: this.globalClusterIdentifier,
        });
    }
}

/** The key that was given, or one of the database's own. */
function keyOf(name: string, args: DocumentDatabaseArgs, parent: pulumi.Resource): pulumi.Input<string> {
    return (
        args.kmsKeyArn ??
        new EncryptionKey(
            `${name}-encryption`,
            {
                region: args.region,
                accountId: args.accountId,
                description: `Document database ${args.identifier}: data, secrets, logs`,
                services: [KeyUser.CloudWatchLogs],
                deletionProtection: args.deletionProtection ?? true,
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            { parent },
        ).keyArn
    );
}
