import * as pulumi from "@pulumi/pulumi";

import { KeyAttributeType, KeyValueTable, TableStreamView } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { type Permission } from "../../components/security/permissions";
import { type StoreSettings } from "./settings";

/** A table as this region's programs use it. */
export interface StoreTable {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly streamArn: pulumi.Output<string>;
    readonly kmsKeyArn: pulumi.Output<string>;
    readonly read: pulumi.Output<Permission[]>;
    readonly write: pulumi.Output<Permission[]>;
}

/** The tables: what is sold, what is in carts, and what people say of it. */
export const TABLE_NAMES = ["products", "carts", "reviews"] as const;

/** The name of a table. */
export type TableName = (typeof TABLE_NAMES)[number];

/** All tables. */
export type StoreTables = Readonly<Record<TableName, StoreTable>>;

/** What the primary region's stack tells of a replica. */
interface ToldReplica {
    readonly name: string;
    readonly arn: string;
    readonly streamArn: string;
    readonly kmsKeyArn: string;
    readonly read: Permission[];
    readonly write: Permission[];
}

/** The tables of this region, and what the other region's stack is told of its replicas. */
export interface TablesOfRegion {
    readonly tables: StoreTables;
    readonly replicas?: pulumi.Output<Record<TableName, ToldReplica>>;
}

const KEYS = {
    products: { hashKey: { name: "productId", type: KeyAttributeType.String } },
    // A cart is the session of whoever fills it, and goes with it.
    carts: { hashKey: { name: "sessionId", type: KeyAttributeType.String }, ttlAttributeName: "expiresAt" },
    reviews: {
        hashKey: { name: "productId", type: KeyAttributeType.String },
        rangeKey: { name: "reviewId", type: KeyAttributeType.String },
    },
};

/** Makes the tables in the primary region, with replicas in the other; elsewhere takes those replicas. */
export function createTables(
    settings: StoreSettings,
    foundation: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): TablesOfRegion {
    if (primary !== undefined) {
        const told = primary.requireOutput("replicas") as pulumi.Output<Record<TableName, ToldReplica>>;
        return { tables: eachTable((name) => replicaOf(told, name)) };
    }
    const { accountId, deletionProtection, peerRegion, region } = settings;
    const key = (name: string, where: string): EncryptionKey =>
        new EncryptionKey(
            name,
            { description: `Tables of the store in ${where}`, region: where, accountId, deletionProtection },
            opts,
        );
    const own = key("store-tables", region);
    const abroad =
        peerRegion === undefined
            ? undefined
            : { region: peerRegion, key: key("store-table-replicas", peerRegion) };
    const made = eachTable(
        (name) =>
            new KeyValueTable(
                `store-table-${name}`,
                {
                    region,
                    accountId,
                    // Replicas are found by the name that all have.
                    tableName: `${settings.namePrefix}-${name}`,
                    ...KEYS[name],
                    streamViewType: TableStreamView.NewAndOldImages,
                    kmsKeyArn: own.keyArn,
                    replicaRegions:
                        abroad === undefined ? [] : [{ region: abroad.region, kmsKeyArn: abroad.key.keyArn }],
                    alarmTopicArns: [foundation.alarmTopicArn],
                    deletionProtection,
                    tags: { "data-classification": "confidential" },
                },
                opts,
            ),
    );
    const tables = eachTable((name): StoreTable => {
        const table = made[name];
        return {
            name: table.tableName,
            arn: table.tableArn,
            streamArn: table.streamArn as pulumi.Output<string>,
            kmsKeyArn: own.keyArn,
            read: table.readPermissions,
            write: table.writePermissions,
        };
    });
    if (abroad === undefined) {
        return { tables };
    }
    const replicas = pulumi
        .all(
            TABLE_NAMES.map((name) =>
                pulumi.all([made[name].tableName, made[name].replicas, abroad.key.keyArn]),
            ),
        )
        .apply((all) =>
            eachTable((name): ToldReplica => {
                const [tableName, byRegion, kmsKeyArn] = all[TABLE_NAMES.indexOf(name)] ?? ["", {}, ""];
                const replica = byRegion[abroad.region];
                return {
                    name: tableName,
                    arn: replica?.tableArn ?? "",
                    streamArn: replica?.streamArn ?? "",
                    kmsKeyArn,
                    read: replica?.readPermissions ?? [],
                    write: replica?.writePermissions ?? [],
                };
            }),
        );
    return { tables, replicas };
}

function replicaOf(told: pulumi.Output<Record<TableName, ToldReplica>>, name: TableName): StoreTable {
    const of = <K extends keyof ToldReplica>(property: K) => told.apply((all) => all[name][property]);
    return {
        name: of("name"),
        arn: of("arn"),
        streamArn: of("streamArn"),
        kmsKeyArn: of("kmsKeyArn"),
        read: of("read"),
        write: of("write"),
    };
}

function eachTable<T>(make: (name: TableName) => T): Record<TableName, T> {
    return Object.fromEntries(TABLE_NAMES.map((name) => [name, make(name)])) as Record<TableName, T>;
}
