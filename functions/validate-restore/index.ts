import { BackupClient } from "@aws-sdk/client-backup";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";

import { required } from "../shared/environment";
import { sleep } from "../shared/waiting";
import { clustersOf, tablesOf, verdictsOf } from "./aws";
import { bucketsOf } from "./buckets";
import { bucketCheck, clusterCheck, tableCheck } from "./checks";
import { type RestoreEvent, validate } from "./validation";

// Four minutes, within the function's own time.
const patience = { attempts: 24, pause: 10_000, sleep };

const checks = {
    Aurora: clusterCheck(clustersOf(new RDSClient({})), patience),
    DynamoDB: tableCheck(tablesOf(new DynamoDBClient({})), patience),
    S3: bucketCheck(bucketsOf(new S3Client({}))),
};
const verdicts = verdictsOf(new BackupClient({}));

/** Looks into what a restore test restored and tells AWS Backup. Called by EventBridge. */
export async function handler(event: RestoreEvent): Promise<{ verdict: string }> {
    const verdict = await validate(event, {
        planArns: required("RESTORE_TESTING_PLAN_ARNS").split(","),
        checks,
        ...verdicts,
    });
    console.log(verdict);
    return { verdict };
}
