import * as pulumi from "@pulumi/pulumi";

import { KeyAttributeType, KeyValueTable } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { type StackTable, stackTables, type TablesOfRegion } from "../shared/tables";
import { type BackendSettings, TableCapacity } from "./settings";

/** The table, as functions/todos/access-patterns.md wants it: a user's items are together, and nobody else's with them. */
const TODOS = {
    hashKey: { name: "userId", type: KeyAttributeType.String },
    rangeKey: { name: "todoId", type: KeyAttributeType.String },
};

/** Makes the table of to-dos, on demand or provisioned; the second region takes the first one's replica. */
export function createTable(
    settings: BackendSettings,
    foundation: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): TablesOfRegion<"todos"> {
    if (settings.tableCapacity === TableCapacity.OnDemand) {
        return stackTables("mobile", { todos: TODOS }, settings, foundation, primary, opts);
    }
    const { region, accountId, deletionProtection, minCapacityUnits, maxCapacityUnits } = settings;
    const key = new EncryptionKey(
        "mobile-tables",
        { description: `To-dos in ${region}`, region, accountId, deletionProtection },
        opts,
    );
    const table = new KeyValueTable(
        "mobile-table-todos",
        {
            region,
            accountId,
            ...TODOS,
            provisionedCapacity: {
                minReadCapacity: minCapacityUnits,
                maxReadCapacity: maxCapacityUnits,
                minWriteCapacity: minCapacityUnits,
                maxWriteCapacity: maxCapacityUnits,
            },
            kmsKeyArn: key.keyArn,
            alarmTopicArns: [foundation.alarmTopicArn],
            deletionProtection,
        },
        opts,
    );
    const todos: StackTable = {
        name: table.tableName,
        arn: table.tableArn,
        streamArn: pulumi.output(""),
        kmsKeyArn: key.keyArn,
        read: table.readPermissions,
        write: table.writePermissions,
    };
    return { tables: { todos } };
}
