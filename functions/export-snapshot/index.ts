import { RDSClient } from "@aws-sdk/client-rds";

import { required, requiredNumber } from "../shared/environment";
import { type BackupEvent, exportSnapshot } from "./export";

const rds = new RDSClient({});

/** Exports a database's snapshot to S3 when it is time for one. Called by EventBridge. */
export async function handler(event: BackupEvent): Promise<{ done: string }> {
    const done = await exportSnapshot(event, {
        rds,
        bucket: required("EXPORT_BUCKET"),
        roleArn: required("EXPORT_ROLE_ARN"),
        keyArn: required("EXPORT_KEY_ARN"),
        intervalDays: requiredNumber("INTERVAL_DAYS"),
        lateAfterDays: requiredNumber("LATE_AFTER_DAYS"),
        now: () => new Date(),
    });
    console.log(done);
    return { done };
}
