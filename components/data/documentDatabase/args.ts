import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** What speaks MongoDB's protocol. Changing it makes another database; nothing is taken over. */
export enum DocumentEngine {
    /** Amazon DocumentDB (with MongoDB compatibility): AWS runs it. */
    DocumentDb = "DocumentDb",
    /** MongoDB Community Server itself, as a replica set of three instances of EC2. */
    MongoDbOnEc2 = "MongoDbOnEc2",
}

/** What DocumentDB bills storage by. */
export enum DocumentDbStorage {
    /** Reads and writes are billed one by one. */
    Standard = "Standard",
    /** Storage and instances cost more, reads and writes nothing. Best where they are a quarter of the bill or more. */
    IoOptimized = "IoOptimized",
}

/** A region's part in a global cluster of DocumentDB: where it was founded, not who writes now. */
export enum DocumentGlobalRole {
    /** The founding region: makes the global cluster and its first member. */
    Primary = "Primary",
    /** Another region: its cluster joins, and follows. */
    Secondary = "Secondary",
}

/**
 * Capacity of each instance of a serverless cluster, in DocumentDB capacity units (DCU: about 2 GiB of memory each), in
 * steps of 0.5. Source: DocumentDB Developer Guide, "Serverless scaling configuration".
 */
export interface DocumentDbCapacity {
    /** Floor: 0.5 to `maxCapacity`. */
    minCapacity: number;
    /** Ceiling: 1 to 256. The alarm rings at nine tenths of it. */
    maxCapacity: number;
}

/** Where a copy of something under a key goes. */
export interface DocumentCopyRegion {
    /** The AWS region of the copy, another one than the database's. */
    region: string;
    /** ARN of the key of that region which encrypts the copy. */
    kmsKeyArn: pulumi.Input<string>;
}

/** A region's part in a global cluster of DocumentDB. */
export interface DocumentGlobalCluster {
    /**
     * Primary: name of the global cluster to make, 1 to 63 lower-case letters, digits and single hyphens, a letter
     * first. Secondary: the primary's output `globalClusterIdentifier`, which is known once there is a writer to follow.
     */
    identifier: pulumi.Input<string>;
    /** Where the region stands. It cannot be changed: roles are swapped in AWS, and no program needs to be told. */
    role: DocumentGlobalRole;
    /**
     * Primary: regions that the secret with the master user's password is replicated to, each under a key of its own:
     * those of the secondaries. None when left out.
     */
    secretReplicas?: DocumentCopyRegion[];
    /** Secondary: ARN of the secret's replica in this region: the primary's output `secretArns` has it. */
    secretArn?: pulumi.Input<string>;
    /** Secondary: ARN of the key of this region that the secret's replica is under. */
    secretKmsKeyArn?: pulumi.Input<string>;
}

/** What only DocumentDB knows. Nothing of it counts with the other engine, so that one value chooses between the two. */
export interface DocumentDbArgs {
    /**
     * Class of the instances. Not beside `serverlessCapacity`, and none of the burstable classes (`t`) in a global
     * cluster. `db.r8g.large` when left out.
     */
    instanceClass?: string;
    /**
     * Makes the cluster serverless: the instances grow and shrink within these bounds. Provisioned when left out. Not in
     * a global cluster, which AWS does not offer for serverless ones.
     */
    serverlessCapacity?: DocumentDbCapacity;
    /**
     * How many instances there are: 1 to 16, and at least 2 under deletion protection, because one alone has nothing to
     * fail over to. One in each zone when left out.
     */
    instanceCount?: number;
    /** How storage is billed. Standard when left out. */
    storage?: DocumentDbStorage;
    /** The cluster's part in a global cluster. It stands alone when left out, and cannot join one later. */
    globalCluster?: DocumentGlobalCluster;
    /** Name of the master user: 1 to 63 letters and digits, a letter first. `meridian` when left out. It cannot be changed. */
    masterUsername?: string;
    /** Operations that take longer than this are logged, in milliseconds: 50 or more. 500 when left out. */
    profilerThresholdMilliseconds?: number;
    /**
     * Daily window for backups in UTC, `hh:mm-hh:mm`, half an hour at least, apart from the maintenance window.
     * `02:00-03:00` when left out.
     */
    backupWindow?: string;
    /**
     * Weekly window for maintenance in UTC, `ddd:hh:mm-ddd:hh:mm`, half an hour at least. `sun:04:00-sun:05:00` when left
     * out.
     */
    maintenanceWindow?: string;
    /**
     * Value of the tag `backup` on the cluster, by which plans of AWS Backup select it. No such tag when left out.
     */
    backup?: string;
    /**
     * Whether the cluster is deleted without a last snapshot. False when left out, and refused under deletion
     * protection. For throw-away environments.
     */
    skipFinalSnapshot?: boolean;
}

/** What only MongoDB on EC2 knows. Nothing of it counts with the other engine. */
export interface MongoDbArgs {
    /**
     * Types of the instances, in the order of preference: the next one is taken where a zone has none of the first.
     * Graviton2 or later, all of one size. `r8g.large` and `r7g.large` when left out.
     */
    instanceTypes?: string[];
    /** Size of each member's data volume in GiB: 10 to 16384. 100 when left out. It can grow in place, and not shrink. */
    volumeSizeGb?: number;
    /** Input and output operations per second of each data volume: 3000 to 16000. 3000 when left out. */
    volumeIops?: number;
    /** Throughput of each data volume in MiB/s: 125 to 1000. 125 when left out. */
    volumeThroughput?: number;
    /**
     * Snapshot that the three data volumes are made of, in a restore. Empty volumes when left out. Changing it replaces
     * the volumes, which `deletionProtection` refuses.
     */
    volumeSnapshotId?: pulumi.Input<string>;
    /** Hours from one snapshot of the data volumes to the next: 1, 2, 3, 4, 6, 8, 12 or 24. 6 when left out. */
    snapshotIntervalHours?: number;
    /**
     * Regions that each snapshot is copied to, and the secret with the password that is in it, each under a key of its
     * own: 3 at most. None when left out.
     */
    snapshotCopies?: DocumentCopyRegion[];
    /**
     * IPv4 blocks that the instances may call on port 443, for their packages and for AWS. All addresses when left out.
     */
    internetEgressCidrBlocks?: string[];
    /** ARN of the policy that bounds what the instances' roles may do. None when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
}

/** Arguments of DocumentDatabase. */
export interface DocumentDatabaseArgs {
    /** The AWS region, such as `eu-central-1`. */
    region: string;
    /** The AWS account that everything is made in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** What the database is run by. It cannot be changed. */
    engine: DocumentEngine;
    /**
     * Version of the engine: `5.0` or `8.0` of DocumentDB, `7.0` or `8.0` of MongoDB, with a third number for one of its
     * releases. `8.0` when left out, which both have. DocumentDB takes `8.0` as `8.0.0`; MongoDB takes the newest release
     * of a version on each new instance.
     */
    engineVersion?: string;
    /**
     * Name of the database: 1 to 40 lower-case letters, digits and single hyphens, a letter first. DocumentDB calls the
     * cluster so, MongoDB its hosts' domain. No two of a region may share one, and no two of a global cluster. It cannot
     * be changed.
     */
    identifier: string;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /**
     * Ids of private subnets, one in each of `availabilityZones` and in their order. With MongoDB they need a way out to
     * the internet, for packages.
     */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Zones of the instances: two or more for DocumentDB, exactly three for MongoDB, because two have no majority once
     * one of them is lost. Their order is kept for good.
     */
    availabilityZones: string[];
    /**
     * ARN of the region's key that encrypts data, secrets and logs; its policy must let CloudWatch Logs use it. A key of
     * the database's own when left out. It cannot be changed.
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** How many days backups are kept: 1 to 35. 35 when left out. */
    backupRetentionDays?: number;
    /**
     * Where programs keep the certificates of the database's authority, for `tlsCAFile` in the connection string: the
     * bundle of RDS for DocumentDB, the certificate in `caCertificateParameterArn` for MongoDB.
     * `/etc/ssl/certs/document-database.pem` when left out.
     */
    certificateBundlePath?: string;
    /** What only DocumentDB knows. */
    documentDb?: DocumentDbArgs;
    /** What only MongoDB on EC2 knows. */
    mongoDb?: MongoDbArgs;
    /**
     * Whether neither AWS nor Pulumi deletes cluster, volumes, secrets and key. True when left out. To destroy, set it to
     * false and update first.
     */
    deletionProtection?: boolean;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. None when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
