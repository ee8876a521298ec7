import { checkArguments } from "../../shared/argumentTable";
import { parseCidr } from "../../network";
import { checkNameLength } from "../../shared/names";
import { checkLogRetention, isRegion, Problems } from "../../shared/validation";
import {
    BackupClass,
    BackupLockMode,
    BackupResourceType,
    type ElasticDisasterRecovery,
    type RegionalBackupArgs,
} from "./args";
import { type BackupRule, POINT_IN_TIME_DAYS_MAX, pointInTimeRule, snapshotRules } from "./schedule";
import { NAME_PREFIX_MAX, type Settings, withDefaults } from "./settings";
import { BACKUP_ARGUMENTS } from "./table";

/** AWS Backup's longest retention: a hundred years. Source: AWS Backup API Reference, Lifecycle. */
export const DAYS_MAX = 36_500;

/** A security group has 60 rules for arriving traffic; some room is left. */
export const SOURCE_BLOCKS_MAX = 50;

/**
 * Checks everything that can be checked before AWS is asked.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that lists every problem.
 */
export function validate(name: string, given: RegionalBackupArgs): RegionalBackupArgs {
    const problems = new Problems("meridian:index:RegionalBackup", name);
    const args = checkArguments(problems, given, BACKUP_ARGUMENTS);
    const settings = withDefaults(args);
    const { startHour } = settings;
    checkNames(problems, problems.name, args);
    problems.check(
        args.peerRegion === undefined || (isRegion(args.peerRegion) && args.peerRegion !== args.region),
        "peerRegion",
        args.peerRegion,
        `another AWS region than ${args.region}`,
        "A copy in the same region is lost with it",
    );
    problems.check(
        /^[A-Za-z][A-Za-z-]{1,30}$/.test(args.jurisdiction),
        "jurisdiction",
        args.jurisdiction,
        "2 to 31 letters and hyphens, such as EU or US-CA",
    );
    problems.checkRange("startHour", startHour, 0, 23, 1);
    checkRetention(problems, settings);
    checkLock(problems, settings);
    checkRestoreTests(problems, args, settings);
    checkExport(problems, settings);
    checkLogRetention(problems, "logRetentionDays", settings.logRetentionDays);
    if (args.elasticDisasterRecovery !== undefined) {
        checkDisasterRecovery(problems, args.region, args.elasticDisasterRecovery);
    }
    problems.throwIfAny();
    return args;
}

function checkNames(problems: Problems, name: string, args: RegionalBackupArgs): void {
    checkNameLength(problems, "name", `${name}-personal-snapshots-tagged`, "aws:backup/selection:Selection");
    checkNameLength(problems, "name", `${name}-exports-bucket`, "aws:s3/bucket:Bucket");
    problems.check(
        /^[a-z0-9][a-z0-9-]*$/.test(name),
        "name",
        name,
        "lower-case letters, digits and hyphens, because a bucket is called after it",
    );
    problems.check(
        /^[a-z](?:-?[a-z0-9])+$/.test(args.namePrefix) && args.namePrefix.length <= NAME_PREFIX_MAX,
        "namePrefix",
        args.namePrefix,
        `2 to ${NAME_PREFIX_MAX} lower-case letters, digits and single hyphens, a letter first`,
        "AWS Backup ends vaults' names at 50 characters",
    );
}

function checkRetention(problems: Problems, { retention }: Settings): void {
    const { dailyDays, weeklyDays } = retention;
    const days = (property: keyof typeof retention, min: number, max: number): void => {
        problems.checkRange(`retention.${property}`, retention[property], min, max, 1);
    };
    days("pointInTimeDays", 1, POINT_IN_TIME_DAYS_MAX);
    days("dailyDays", 1, DAYS_MAX);
    // A backup that is rarer and goes sooner is of no use to anybody.
    days("weeklyDays", dailyDays, DAYS_MAX);
    days("monthlyDays", weeklyDays, DAYS_MAX);
    days("personalDataDays", 1, DAYS_MAX);
}

/** AWS Backup fails every job, and not the lock, when a plan's retention is outside the lock's. */
function checkLock(problems: Problems, settings: Settings): void {
    const { lock, retention, startHour } = settings;
    const rules = Object.values(BackupClass).flatMap((backupClass) => [
        pointInTimeRule(backupClass, retention, startHour),
        ...snapshotRules(backupClass, retention, startHour),
    ]);
    const shortest = extreme(rules, (one, other) => one < other);
    const longest = extreme(rules, (one, other) => one > other);
    problems.check(
        Number.isInteger(lock.minRetentionDays) &&
            lock.minRetentionDays >= 1 &&
            lock.minRetentionDays <= shortest,
        "lock.minRetentionDays",
        lock.minRetentionDays,
        `a whole number from 1 to ${shortest}, the shortest retention`,
        "AWS Backup fails jobs whose backups would go before the lock lets them",
    );
    problems.check(
        Number.isInteger(lock.maxRetentionDays) &&
            lock.maxRetentionDays >= longest &&
            lock.maxRetentionDays <= DAYS_MAX,
        "lock.maxRetentionDays",
        lock.maxRetentionDays,
        `a whole number from ${longest}, the longest retention, to ${DAYS_MAX}`,
        "AWS Backup fails jobs whose backups would stay longer than the lock lets them",
    );
    problems.checkRange("lock.changeableForDays", lock.changeableForDays, 3, DAYS_MAX, 1);
    problems.check(
        lock.mode !== BackupLockMode.Compliance || settings.deletionProtection,
        "lock.mode",
        lock.mode,
        `${BackupLockMode.Governance} while deletionProtection is false`,
        "Nobody could ever destroy what a compliance lock holds",
    );
}

function extreme(rules: readonly BackupRule[], isBeyond: (one: number, other: number) => boolean): number {
    return rules
        .map(({ deleteAfterDays }) => deleteAfterDays)
        .reduce((most, days) => (isBeyond(days, most) ? days : most));
}

function checkRestoreTests(problems: Problems, args: RegionalBackupArgs, settings: Settings): void {
    for (const property of ["standardTypes", "personalDataTypes"] as const) {
        const types = settings[property];
        problems.check(new Set(types).size === types.length, property, types, "each type once");
    }
    const types = [...settings.standardTypes, ...settings.personalDataTypes];
    if (settings.restoreTesting && types.includes(BackupResourceType.Aurora)) {
        problems.check(
            args.restoreNetwork !== undefined,
            "restoreNetwork",
            undefined,
            "a subnet group and a security group, because Aurora is among what is restored",
            "Give them, or set restoreTesting to false",
        );
    }
}

function checkExport(problems: Problems, { snapshotExport }: Settings): void {
    const { intervalDays, retentionDays } = snapshotExport;
    problems.checkRange("snapshotExport.intervalDays", intervalDays, 1, 30, 1);
    problems.check(
        Number.isInteger(retentionDays) && retentionDays > intervalDays && retentionDays <= DAYS_MAX,
        "snapshotExport.retentionDays",
        retentionDays,
        `a whole number from ${intervalDays + 1} to ${DAYS_MAX}`,
        "Otherwise the last export goes before the next one is there",
    );
}

const PREREQUISITES =
    "Elastic Disaster Recovery needs, before this is deployed: the service initialized in the region " +
    "(aws drs initialize-service), and afterwards the replication agent on every server";

function checkDisasterRecovery(problems: Problems, region: string, option: ElasticDisasterRecovery): void {
    const { sourceCidrBlocks: blocks, retentionDays = 7 } = option;
    problems.check(
        blocks.length >= 1 && blocks.length <= SOURCE_BLOCKS_MAX && new Set(blocks).size === blocks.length,
        "elasticDisasterRecovery.sourceCidrBlocks",
        blocks,
        `1 to ${SOURCE_BLOCKS_MAX} blocks, each once, that servers replicate to ${region} from`,
        PREREQUISITES,
    );
    for (const [index, block] of blocks.entries()) {
        problems.check(
            (parseCidr(block)?.prefix ?? 0) > 0,
            `elasticDisasterRecovery.sourceCidrBlocks[${index}]`,
            block,
            "an IPv4 block, such as 203.0.113.0/24, and not everybody",
        );
    }
    problems.checkRange("elasticDisasterRecovery.retentionDays", retentionDays, 1, 365, 1);
    problems.check(
        option.instanceType === undefined || /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(option.instanceType),
        "elasticDisasterRecovery.instanceType",
        option.instanceType,
        "an EC2 instance type, such as t3.small",
    );
}
