import type * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";

/** What a key attribute holds. */
export enum KeyAttributeType {
    /** A text. */
    String = "S",
    /** A number. */
    Number = "N",
    /** Bytes. */
    Binary = "B",
}

/** What an index copies of each item, beside the keys of the table and of the index. */
export enum IndexProjection {
    /** Every attribute. */
    All = "ALL",
    /** Nothing more. */
    KeysOnly = "KEYS_ONLY",
    /** The attributes in `nonKeyAttributes`. */
    Include = "INCLUDE",
}

/** What a table's stream says of each change. */
export enum TableStreamView {
    /** The keys of the item. */
    KeysOnly = "KEYS_ONLY",
    /** The item as it is now. */
    NewImage = "NEW_IMAGE",
    /** The item as it was before. */
    OldImage = "OLD_IMAGE",
    /** The item as it was and as it is now. */
    NewAndOldImages = "NEW_AND_OLD_IMAGES",
}

/** An attribute that is part of a key. */
export interface KeyAttribute {
    /** Name of the attribute: 1 to 255 characters. */
    name: string;
    /** What it holds, the same wherever it is part of a key. `KeyAttributeType.String` when left out. */
    type?: KeyAttributeType;
}

/** An index with a key of its own, which may be added and removed later. */
export interface GlobalIndex {
    /** Name of the index: 3 to 255 letters, digits and `_.-`. */
    name: string;
    /** Decides where items are kept. Items without it are not in the index. */
    hashKey: KeyAttribute;
    /** Orders the items of one hash key. None when left out. */
    rangeKey?: KeyAttribute;
    /** What is copied. `IndexProjection.All` when left out. */
    projectionType?: IndexProjection;
    /** The attributes that `IndexProjection.Include` copies, 1 to 20. None with another projection. */
    nonKeyAttributes?: string[];
}

/** An index with the table's hash key and another order. It can be made with the table alone. */
export interface LocalIndex {
    /** Name of the index: 3 to 255 letters, digits and `_.-`. */
    name: string;
    /** Orders the items of one hash key. */
    rangeKey: KeyAttribute;
    /** What is copied. `IndexProjection.All` when left out. */
    projectionType?: IndexProjection;
    /** The attributes that `IndexProjection.Include` copies, 1 to 20. None with another projection. */
    nonKeyAttributes?: string[];
}

/** The most that a table on demand serves: a brake on costs. Requests beyond it are throttled. */
export interface OnDemandLimits {
    /** Read request units a second. No limit when left out. */
    maxReadRequestUnits?: number;
    /** Write request units a second. No limit when left out. */
    maxWriteRequestUnits?: number;
}

/** Capacity that is paid for whether it is used or not, and follows the load between two bounds. */
export interface ProvisionedCapacity {
    /** Least read capacity units. */
    minReadCapacity: number;
    /** Most read capacity units. */
    maxReadCapacity: number;
    /** Least write capacity units. */
    minWriteCapacity: number;
    /** Most write capacity units. */
    maxWriteCapacity: number;
    /** How much of the capacity is to be in use, in percent: 20 to 90. 70 when left out. */
    targetUtilizationPercent?: number;
}

/** A region that has a replica of the table. */
export interface TableReplicaRegion {
    /** The AWS region, another than the table's own. */
    region: string;
    /** ARN of the key that encrypts the replica, in its region. Changing it makes the replica anew. */
    kmsKeyArn: pulumi.Input<string>;
    /** Topics of that region that the replica's alarms tell. No alarms there when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of KeyValueTable. */
export interface KeyValueTableArgs {
    /** The AWS region of the table, which owns the replicas. */
    region: string;
    /** The AWS account that owns the table: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the table, in every region the same: 3 to 255 letters, digits and `_.-`. Made up from the component's
     * name when left out. Changing it replaces the table.
     */
    tableName?: string;
    /** Decides where items are kept. Changing it replaces the table. */
    hashKey: KeyAttribute;
    /** Orders the items of one hash key. None when left out. Changing it replaces the table. */
    rangeKey?: KeyAttribute;
    /** Indexes with keys of their own, 20 at most. None when left out. DynamoDB adds or removes one in an update. */
    globalSecondaryIndexes?: GlobalIndex[];
    /** Indexes with another order, 5 at most, of a table with a range key. None when left out. They cannot be changed. */
    localSecondaryIndexes?: LocalIndex[];
    /** Limits of a table on demand and of each of its global indexes. None when left out. */
    onDemandThroughput?: OnDemandLimits;
    /**
     * Capacity of a table that is provisioned, and of each of its global indexes. The table is on demand when left
     * out, and must be where it has replicas. Updates leave the table's capacity as the load made it; after
     * `pulumi refresh` an update takes that of the indexes back to the least once.
     */
    provisionedCapacity?: ProvisionedCapacity;
    /**
     * What the stream of changes says. No stream when left out; a table with replicas has one with
     * `TableStreamView.NewAndOldImages` in any case.
     */
    streamViewType?: TableStreamView;
    /**
     * Name of the attribute with the time, in seconds since 1970, after which an item may be deleted. Deletion takes
     * days at times: readers have to leave expired items out. Items stay for ever when left out.
     */
    ttlAttributeName?: string;
    /** How many days the table can be taken back, 1 to 35. 35 when left out. Replicas have 35 in any case. */
    pointInTimeRecoveryDays?: number;
    /** ARN of the key that encrypts the table, in its region. */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * Other regions with a replica each. They are eventually consistent: the last writer wins, and a condition on a
     * write holds in its own region alone. None when left out.
     */
    replicaRegions?: TableReplicaRegion[];
    /** Value of the tag `backup`, by which plans of AWS Backup select the table. No such tag when left out. */
    backup?: string;
    /** Topics of the table's region that its alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi and DynamoDB refuse to delete the table and its replicas. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. `data-classification` is `confidential` where nothing else is said. */
    tags?: TagsInput;
}

/** What users of a table in one region need. */
export interface KeyValueTableReplica {
    /** ARN of the replica. */
    tableArn: string;
    /** ARN of the replica's stream. */
    streamArn: string;
    /** What readers of the replica need. */
    readPermissions: Permission[];
    /** What writers need beside it. */
    writePermissions: Permission[];
    /** What consumers of the replica's stream need. */
    streamPermissions: Permission[];
}
