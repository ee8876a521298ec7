import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmQuery } from "../alarms";
import { type BackupResourceType } from "./args";
import {
    alarmCommon,
    alarmOnEvent,
    alarmOnSilence,
    type EventPlace,
    silent,
    tellTopic,
    watch,
} from "../events";
import { type Settings } from "./settings";
import { type LockedVault, type Vaults } from "./vaults";

/** Backups run daily and begin within an hour; this leaves five for the job itself. */
export const BACKUP_SILENCE_HOURS = 30;

/** Copies begin when the backup is done, and cross an ocean. */
export const COPY_SILENCE_HOURS = 36;

/** States of a backup job that did not come to a good end. Source: AWS Backup API Reference, BackupJob. */
const FAILED_STATES = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"];

/** Tells of backup and copy jobs that fail, and of those that are missing. */
export function createJobAlarms(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    settings: Settings,
    vaults: Vaults,
): void {
    tellOfFailedBackups(parent, name, place, vaults);
    alarmOnFailedBackups(parent, name, place, vaults);
    for (const type of settings.standardTypes) {
        alarmOnMissingBackups(parent, `${name}-standard`, place, vaults.home, type);
    }
    for (const type of settings.personalDataTypes) {
        alarmOnMissingBackups(parent, `${name}-personal`, place, vaults.personal, type);
    }
    if (vaults.copies !== undefined) {
        watchCopies(parent, name, place, settings, vaults);
    }
}

function tellOfFailedBackups(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    { home, personal }: Vaults,
): void {
    const failed = watch(parent, `${name}-backup-failed`, place, {
        description: "A backup job failed, was stopped, never began or is incomplete",
        source: "aws.backup",
        detailType: "Backup Job State Change",
        match: { detail: { backupVaultName: [home.name, personal.name], state: FAILED_STATES } },
    });
    tellTopic(
        parent,
        `${name}-backup-failed`,
        place,
        failed,
        "The backup of <resource> into the vault <vault> in <region> is <state>: <reason> (job <job>).",
        {
            job: "$.detail.backupJobId",
            reason: "$.detail.statusMessage",
            region: "$.region",
            resource: "$.detail.resourceArn",
            state: "$.detail.state",
            vault: "$.detail.backupVaultName",
        },
    );
}

function alarmOnFailedBackups(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    { home, personal }: Vaults,
): void {
    const counts = [home, personal].flatMap((vault, index) =>
        (["Failed", "Aborted", "Expired"] as const).map((end): AlarmQuery => ({
            id: `${end.toLowerCase()}${index}`,
            metric: jobMetric(`NumberOfBackupJobs${end}`, vault),
        })),
    );
    alarm(
        `${name}-backup-failed-alarm`,
        {
            ...alarmCommon(place),
            description:
                "Backup jobs fail in this region. The message about each says why; the AWS Backup console lists them under Jobs.",
            queries: [
                ...counts,
                {
                    id: "failed",
                    label: "Backup jobs that failed, were stopped or never began",
                    expression: "SUM(METRICS())",
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 0,
            period: 300,
            // AWS Backup publishes no zeros.
            missingData: "notBreaching",
        },
        { parent },
    );
}

function alarmOnMissingBackups(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    vault: LockedVault,
    type: BackupResourceType,
): void {
    alarm(
        `${name}-${type.toLowerCase()}-missing`,
        {
            ...alarmCommon(place),
            ...silent(BACKUP_SILENCE_HOURS),
            description: `No backup of ${type} was completed in ${BACKUP_SILENCE_HOURS} hours. Is the resource still tagged, and is AWS Backup opted in to ${type} in this region?`,
            metric: jobMetric("NumberOfBackupJobsCompleted", vault, type),
        },
        { parent },
    );
}

function watchCopies(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    settings: Settings,
    { home }: Vaults,
): void {
    const copies = { source: "aws.backup", detailType: "Copy Job State Change" };
    // By the vault that copies come from: a copy is reported in its region, and its metrics name the other vault.
    const from = { sourceBackupVaultArn: [home.arn] };
    const failed = watch(parent, `${name}-copy-failed`, place, {
        ...copies,
        description: "A copy to the peer region failed",
        match: { detail: { ...from, state: ["FAILED", "PARTIAL"] } },
    });
    tellTopic(
        parent,
        `${name}-copy-failed`,
        place,
        failed,
        "The copy of <resource> from <region> to <target> is <state>: <reason> (job <job>).",
        {
            job: "$.detail.copyJobId",
            reason: "$.detail.statusMessage",
            region: "$.region",
            resource: "$.detail.resourceArn",
            state: "$.detail.state",
            target: "$.detail.destinationBackupVaultArn",
        },
    );
    alarmOnEvent(
        parent,
        `${name}-copy-failed`,
        place,
        failed,
        "Copies of backups to the peer region fail. Until they succeed, losing this region loses what they hold.",
    );
    if (settings.standardTypes.length > 0) {
        const completed = watch(parent, `${name}-copied`, place, {
            ...copies,
            description: "A backup was copied to the peer region",
            match: { detail: { ...from, state: ["COMPLETED"] } },
        });
        alarmOnSilence(parent, `${name}-copied`, place, completed, {
            hours: COPY_SILENCE_HOURS,
            description: `No backup was copied to the peer region in ${COPY_SILENCE_HOURS} hours. Losing this region would lose more than a day of what is not replicated.`,
        });
    }
}

function jobMetric(metricName: string, vault: LockedVault, type?: BackupResourceType) {
    return {
        namespace: "AWS/Backup",
        metricName,
        dimensions: {
            BackupVaultName: vault.name,
            ...(type === undefined ? {} : { ResourceType: type }),
        },
        statistic: "Sum",
    };
}
