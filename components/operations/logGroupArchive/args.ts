import type * as pulumi from "@pulumi/pulumi";
import { type BucketLifecycle } from "../../security/bucketLifecycle";
import { type TagsInput } from "../../shared/tags";

/** Arguments of LogGroupArchive. */
export interface LogGroupArchiveArgs {
    /** The AWS region of the log groups and of the archive. */
    region: string;
    /** The AWS account that owns the log groups: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts the archive and the stream's own log group. Its policy must let CloudWatch
     * Logs use it (KeyUser.CloudWatchLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * True to archive every log group of the account and region, present and future. An account has one such
     * policy per region, so one stack alone may ask for it. False when left out.
     */
    allLogGroups?: boolean;
    /**
     * The log groups to archive, by a short name that stays the same (`web`, `api`). Each takes one of the two
     * subscriptions that a group may have. None may be given when `allLogGroups` is true.
     */
    logGroups?: Record<string, pulumi.Input<string>>;
    /**
     * Names of log groups that `allLogGroups` leaves out, for example because they are in S3 already. None when left out;
     * the archive's own group is always left out.
     */
    excludedLogGroups?: pulumi.Input<string>[];
    /**
     * How long logs stay and where they move. Left out: Standard-IA after 30 days, Glacier after 90, deleted after
     * 1096 (three years).
     */
    lifecycle?: BucketLifecycle;
    /** How long the stream's own log is kept, in days. 365 when left out. */
    logRetentionDays?: number;
    /** Name of the bucket of the same region that takes the archive's access logs. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** Topics to tell when logs arrive an hour late or not at all. Nobody when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi refuses to delete the archive. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
