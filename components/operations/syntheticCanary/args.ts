import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** Arguments of SyntheticCanary. */
export interface SyntheticCanaryArgs {
    /** The AWS region that the canary asks from. */
    region: string;
    /** The AWS account: 12 digits. */
    accountId: pulumi.Input<string>;
    /** The host that is asked, over HTTPS. */
    host: string;
    /** Paths of the host, 1 to 10, each of which must answer with a 2xx or 3xx status within ten seconds. `/` when left out. */
    paths?: string[];
    /** Minutes between two runs, 1 to 60. 5 when left out. */
    intervalMinutes?: number;
    /** Runs in a row that fail before the alarm rings, 1 to 10. 2 when left out. */
    failuresToAlarm?: number;
    /** ARN of the topic to tell, in the same region. Nobody is told when left out. */
    alarmTopicArn?: pulumi.Input<string>;
    /** ARN of the key, in the same region, that encrypts what runs leave behind. S3's own keys when left out. */
    kmsKeyArn?: pulumi.Input<string>;
    /** Days that what runs leave behind is kept, 1 to 455. 31 when left out. */
    retentionDays?: number;
    /** Version of the runtime of CloudWatch Synthetics, one without a browser. `syn-nodejs-3.1` when left out. */
    runtimeVersion?: string;
    /** Name of the bucket of the same region that takes the buckets' access logs. No access logs when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** Whether Pulumi refuses to delete what runs leave behind. True when left out. */
    deletionProtection?: boolean;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
