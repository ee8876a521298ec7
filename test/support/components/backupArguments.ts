import {
    RegionalBackup,
    type RegionalBackupArgs,
} from "../../../components/operations/regionalBackup/regionalBackup";
import { json, previewProgram, type ProgramPreview, TEST_ACCOUNT, TEST_REGION } from "../preview";
import { inTestAccount } from "../surroundings";

export const NAME = "shop-backup";
export const PEER = "us-east-1";
export const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;

export const PLAN = "aws:backup/plan:Plan";
export const SELECTION = "aws:backup/selection:Selection";
export const VAULT = "aws:backup/vault:Vault";
export const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
export const RULE = "aws:cloudwatch/eventRule:EventRule";
export const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const FUNCTION = "aws:lambda/function:Function";

/** Arguments that are fine. */
export const good: RegionalBackupArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    namePrefix: "meridian-prod-eu",
    peerRegion: PEER,
    jurisdiction: "EU",
    alarmTopicArn: TOPIC,
    kmsKeyArn: `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`,
    restoreNetwork: { subnetGroupName: "shop-db-subnets-0a1b2c3", securityGroupId: "sg-0data" },
    accessLogBucket: "shop-logs-targets-bucket-0a1b2c3",
};

/** Previews the component alone. */
export function make(changes: Partial<RegionalBackupArgs> = {}): Promise<ProgramPreview> {
    return previewProgram(() => {
        const backup = new RegionalBackup(NAME, { ...good, ...changes }, inTestAccount());
        return {
            vaultName: backup.vaultName,
            vaultArn: backup.vaultArn,
            personalVaultName: backup.personalVaultName,
            personalVaultArn: backup.personalVaultArn,
            peerVaultName: backup.peerVaultName,
            peerVaultArn: backup.peerVaultArn,
            exportBucketName: backup.exportBucketName,
            ...(backup.restoreTestingPlanName === undefined
                ? {}
                : { restoreTestingPlanName: backup.restoreTestingPlanName }),
            ...(backup.restoreRoleArn === undefined ? {} : { restoreRoleArn: backup.restoreRoleArn }),
        };
    });
}

/** The pattern of an event rule. */
export function patternOf(resource: { readonly inputs: Readonly<Record<string, unknown>> }): unknown {
    return json(resource.inputs.eventPattern);
}
