import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf, viaService } from "../../security/permissions";

/** Where a table, or a replica of it, is. */
export interface TablePlace {
    region: string;
    tableArn: pulumi.Input<string>;
    kmsKeyArn: pulumi.Input<string>;
}

/** What readers of a table and its indexes need. Scans, which read and bill the whole table, are among it. */
export function tableReadPermissions(place: TablePlace): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "ReadItems",
            actions: [
                "dynamodb:BatchGetItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DescribeTable",
                "dynamodb:GetItem",
                "dynamodb:Query",
                "dynamodb:Scan",
            ],
            resources: [place.tableArn, pulumi.interpolate`${place.tableArn}/index/*`],
        },
        useKey(place, "DecryptTables", READ_KEY_ACTIONS),
    ]);
}

/** What writers of a table need beside that. */
export function tableWritePermissions(place: TablePlace): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "WriteItems",
            actions: [
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
            ],
            resources: [place.tableArn],
        },
        useKey(place, "EncryptTables", WRITE_KEY_ACTIONS),
    ]);
}

/** What consumers of a table's stream need, such as a Lambda function or a pipe. */
export function tableStreamPermissions(
    place: TablePlace,
    streamArn: pulumi.Input<string>,
): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "ReadStreams",
            actions: [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            resources: [streamArn],
        },
        // A stream is encrypted with the table's key.
        useKey(place, "DecryptTables", READ_KEY_ACTIONS),
    ]);
}

const READ_KEY_ACTIONS = ["kms:Decrypt", "kms:DescribeKey"];

// DynamoDB asks KMS in the name of whoever sends the request (Amazon DynamoDB Developer Guide, "DynamoDB encryption at
// rest: how it works"); the actions are those that the AWS CDK grants with a table.
const WRITE_KEY_ACTIONS = ["kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

function useKey({ region, kmsKeyArn }: TablePlace, sid: string, actions: readonly string[]) {
    return {
        sid,
        actions,
        resources: [kmsKeyArn],
        conditions: [viaService("dynamodb", region)],
    };
}
