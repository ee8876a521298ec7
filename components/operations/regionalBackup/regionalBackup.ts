import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue } from "../lambdaFunction";
import { createJobAlarms } from "./alarms";
import { type RegionalBackupArgs } from "./args";
import { createElasticDisasterRecovery } from "./elasticDisasterRecovery";
import { watchQueue } from "../events";
import { createExports } from "./exports";
import { createPlans } from "./plans";
import { createRestoreTests } from "./restoreTests";
import { withDefaults } from "./settings";
import { validate } from "./validate";
import { createVaults } from "./vaults";

export {
    BACKUP_TAG,
    BackupClass,
    type BackupLock,
    BackupLockMode,
    BackupResourceType,
    type BackupRetention,
    type ElasticDisasterRecovery,
    type RegionalBackupArgs,
    type RestoreNetwork,
    type SnapshotExport,
} from "./args";

/**
 * Backs up what is tagged for it in one region: locked vaults, plans, copies in a peer region, exports of databases,
 * restore tests, and alarms when any of these fails or does not happen.
 *
 * `backup: standard` is for what may leave the region, `backup: pii` for personal data, which does not. Whoever tags a
 * resource needs to do nothing else.
 *
 * The vault in the peer region is this component's own, so that two regions that hold each other's copies need nothing
 * of each other.
 *
 * Children, each name beginning with the component's:
 * - `backups-`, `personal-` and `copies-` with each of `encryption` (EncryptionKey), `vault`, `lock`, `vault-policy`,
 *   and `notifications` but for `copies-`, which is in the peer region;
 * - `service-role`, `service-backups`, `service-s3-backups`, `region-settings`;
 * - the plans `standard`, `standard-snapshots`, `personal`, `personal-snapshots`, each with `-tagged`, its selection;
 * - `backup-failed`, `backup-failed-topic`, `backup-failed-alarm`, `standard-<type>-missing`,
 *   `personal-<type>-missing`, `copy-failed`, `copy-failed-topic`, `copy-failed-alarm`, `copied`, `copied-missing`;
 * - `dead-letters`, `dead-letters-policy`, `dead-letters-alarm`;
 * - `exports-encryption` (EncryptionKey), `exports` (SecureBucket), `export-role`, `export-policy`, `export-snapshot`
 *   with `-role`, `-policy` and `-logs`, `snapshot-ready` with `-permission` and `-function`, `export-failed` with
 *   `-topic` and `-alarm`;
 * - `restore-role`, `restore-restores`, `restore-s3-restores`, `restore-tests`, `restore-tests-of-copies`,
 *   `validate-restore` with `-role`, `-policy`, `-logs` and `-errors`, `restored-<type>` and `restored-copies-<type>`
 *   (selection and rule) with `-permission`, `-function` and `-missing`, `restore-failed` with `-topic` and `-alarm`;
 * - `replication-servers`, `replication-from-<block>`, `replication-to-aws`, `replication-template`.
 */
export class RegionalBackup extends pulumi.ComponentResource {
    /** Name of the vault of standard backups. */
    readonly vaultName: pulumi.Output<string>;
    /** ARN of the vault of standard backups. */
    readonly vaultArn: pulumi.Output<string>;
    /** Name of the vault of personal data. */
    readonly personalVaultName: pulumi.Output<string>;
    /** ARN of the vault of personal data. */
    readonly personalVaultArn: pulumi.Output<string>;
    /** Name of the vault in the peer region that holds the copies; none where there is no peer region. */
    readonly peerVaultName?: pulumi.Output<string>;
    /** ARN of the vault in the peer region that holds the copies; none where there is no peer region. */
    readonly peerVaultArn?: pulumi.Output<string>;
    /** Name of the bucket that databases are exported to. */
    readonly exportBucketName: pulumi.Output<string>;
    /** Name of the restore testing plan; none where restore testing is off. */
    readonly restoreTestingPlanName?: pulumi.Output<string>;
    /** ARN of the role that AWS Backup restores with; none where restore testing is off. */
    readonly restoreRoleArn?: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and hyphens, at most 16 characters.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: RegionalBackupArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:RegionalBackup", name, args, opts);
        const settings = withDefaults(args);

        const place = {
            region: args.region,
            accountId: args.accountId,
            topicArn: args.alarmTopicArn,
            kmsKeyArn: args.kmsKeyArn,
            logRetentionDays: settings.logRetentionDays,
            tags: settings.tags,
        };
        const vaults = createVaults(this, name, args, settings);
        createPlans(this, name, args, settings, vaults);
        createJobAlarms(this, name, place, settings, vaults);
        const deadLetterQueue = createDeadLetterQueue(name, place, this);
        watchQueue(this, name, place, deadLetterQueue, DEAD_LETTERS);
        const exports = createExports(this, name, args, settings, {
            place,
            vault: vaults.home,
            deadLetterQueue,
        });
        if (settings.restoreTesting) {
            const tests = createRestoreTests(this, name, args, settings, { place, vaults, deadLetterQueue });
            this.restoreTestingPlanName = tests.planName;
            this.restoreRoleArn = tests.roleArn;
        }
        if (args.elasticDisasterRecovery !== undefined) {
            createElasticDisasterRecovery(this, name, args, args.elasticDisasterRecovery, settings);
        }

        this.vaultName = vaults.home.name;
        this.vaultArn = vaults.home.arn;
        this.personalVaultName = vaults.personal.name;
        this.personalVaultArn = vaults.personal.arn;
        if (vaults.copies !== undefined) {
            this.peerVaultName = vaults.copies.name;
            this.peerVaultArn = vaults.copies.arn;
        }
        this.exportBucketName = exports.bucketName;
        this.registerOutputs({
            vaultName: this.vaultName,
            vaultArn: this.vaultArn,
            personalVaultName: this.personalVaultName,
            personalVaultArn: this.personalVaultArn,
            peerVaultName: this.peerVaultName,
            peerVaultArn: this.peerVaultArn,
            exportBucketName: this.exportBucketName,
            restoreTestingPlanName: this.restoreTestingPlanName,
            restoreRoleArn: this.restoreRoleArn,
        });
    }
}

const DEAD_LETTERS =
    "An export that was due could not be started or is days late, or a restored backup could not be looked into or is " +
    "not what it should be. Each message in the queue is the event; the function's log says why. Delete it when done.";
