import * as pulumi from "@pulumi/pulumi";

import { KeyValueTable, type KeyValueTableArgs } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { type Permission } from "../../components/security/permissions";
import { each } from "./each";
import { type Settings, type StackPlace } from "./settings";

/** A table as this region's programs use it. */
export interface StackTable {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    /** Empty of a table without a stream. */
    readonly streamArn: pulumi.Output<string>;
    readonly kmsKeyArn: pulumi.Output<string>;
    readonly read: pulumi.Output<Permission[]>;
    readonly write: pulumi.Output<Permission[]>;
}

/** What a table is, whichever region it is in. */
export type TableShape = Pick<
    KeyValueTableArgs,
    "globalSecondaryIndexes" | "hashKey" | "rangeKey" | "streamViewType" | "ttlAttributeName"
>;

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
export interface TablesOfRegion<Name extends string> {
    readonly tables: Readonly<Record<Name, StackTable>>;
    readonly replicas?: pulumi.Output<Record<Name, ToldReplica>>;
}

/**
 * Makes the tables in the primary region, with replicas in the other; elsewhere takes those replicas, which the primary's
 * stack tells as `replicas`.
 *
 * @param prefix Begins the names of the resources.
 */
export function stackTables<Name extends string>(
    prefix: string,
    shapes: Readonly<Record<Name, TableShape>>,
    settings: Settings & StackPlace,
    foundation: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): TablesOfRegion<Name> {
    const names = Object.keys(shapes) as Name[];
    if (primary !== undefined) {
        const told = primary.requireOutput("replicas") as pulumi.Output<Record<Name, ToldReplica>>;
        return { tables: each(names, (name) => replicaOf(told, name)) };
    }
    const { accountId, deletionProtection, peerRegion, region } = settings;
    const key = (name: string, where: string): EncryptionKey =>
        new EncryptionKey(
            name,
            { description: `Tables of the store in ${where}`, region: where, accountId, deletionProtection },
            opts,
        );
    const own = key(`${prefix}-tables`, region);
    const abroad =
        peerRegion === undefined
            ? undefined
            : { region: peerRegion, key: key(`${prefix}-table-replicas`, peerRegion) };
    const made = each(
        names,
        (name) =>
            new KeyValueTable(
                `${prefix}-table-${name}`,
                {
                    region,
                    accountId,
                    // Replicas are found by the name that all have.
                    tableName: `${settings.namePrefix}-${name}`,
                    ...shapes[name],
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
    const tables = each(names, (name): StackTable => {
        const table = made[name];
        return {
            name: table.tableName,
            arn: table.tableArn,
            streamArn: table.streamArn ?? pulumi.output(""),
            kmsKeyArn: own.keyArn,
            read: table.readPermissions,
            write: table.writePermissions,
        };
    });
    if (abroad === undefined) {
        return { tables };
    }
    const replicas = pulumi
        .all(names.map((name) => pulumi.all([made[name].tableName, made[name].replicas, abroad.key.keyArn])))
        .apply((all) =>
            each(names, (name): ToldReplica => {
                const [tableName, byRegion, kmsKeyArn] = all[names.indexOf(name)] ?? ["", {}, ""];
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

function replicaOf<Name extends string>(
    told: pulumi.Output<Record<Name, ToldReplica>>,
    name: Name,
): StackTable {
    const of = <K extends keyof ToldReplica>(property: K) =>
        told.apply((all): ToldReplica[K] => all[name][property]);
    return {
        name: of("name"),
        arn: of("arn"),
        streamArn: of("streamArn"),
        kmsKeyArn: of("kmsKeyArn"),
        read: of("read"),
        write: of("write"),
    };
}
