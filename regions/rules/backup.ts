import { parseCidr } from "../../components/shared/cidrBlock";
import {
    BackupLockMode,
    DAYS_MAX,
    POINT_IN_TIME_DAYS_MAX,
    SOURCE_BLOCKS_MAX,
} from "../../components/operations";
import {
    check,
    checkEach,
    checkOneOf,
    checkRange,
    type NumberKey,
    type RuleContext,
    soundValue,
} from "./rule";

/** A week is the least that recovers from a mistake found after a holiday, as for the database's own backups. */
const DAYS_MIN = 7;

const POINT_IN_TIME = "databaseBackupRetentionDays";

const COMPLIANCE: string = BackupLockMode.Compliance;

/** Everything that says for how long a backup is kept. */
const RETENTIONS = [
    POINT_IN_TIME,
    "backupDailyRetentionDays",
    "backupWeeklyRetentionDays",
    "backupMonthlyRetentionDays",
    "backupPersonalDataRetentionDays",
] as const satisfies NumberKey[];

/** Backups: when, for how long, under which lock, and what is done with them. */
export function backupRules(context: RuleContext): void {
    checkRange(context, "backupStartHour", 0, 23);
    checkRange(context, "backupDailyRetentionDays", DAYS_MIN, DAYS_MAX);
    // A backup that is rarer and goes sooner is of no use to anybody.
    checkAtLeast(context, "backupWeeklyRetentionDays", "backupDailyRetentionDays");
    checkAtLeast(context, "backupMonthlyRetentionDays", "backupWeeklyRetentionDays");
    checkRange(context, "backupPersonalDataRetentionDays", DAYS_MIN, DAYS_MAX);
    lockRules(context);
    checkRange(context, "databaseExportIntervalDays", 1, 30);
    const interval = soundValue(context, "databaseExportIntervalDays", 1, 30) ?? 1;
    check(
        context,
        "databaseExportRetentionDays",
        (value) => value > interval && value <= DAYS_MAX,
        `${interval + 1} to ${DAYS_MAX}, more than ${context.problems.fileKey("databaseExportIntervalDays")}`,
    );
    disasterRecoveryRules(context);
}

function checkAtLeast(context: RuleContext, key: NumberKey, other: NumberKey): void {
    const least = soundValue(context, other, DAYS_MIN, DAYS_MAX);
    check(
        context,
        key,
        (value) => value >= (least ?? DAYS_MIN) && value <= DAYS_MAX,
        least === undefined
            ? `${DAYS_MIN} to ${DAYS_MAX}`
            : `${least} (${context.problems.fileKey(other)}) to ${DAYS_MAX}`,
    );
}

/** AWS Backup fails every job, and not the lock, when a plan's retention is outside the lock's. */
function lockRules(context: RuleContext): void {
    const { problems, values } = context;
    checkOneOf(context, "backupLockMode", Object.values(BackupLockMode));
    if (values.deletionProtection === false) {
        check(
            context,
            "backupLockMode",
            (value) => value !== COMPLIANCE,
            `${BackupLockMode.Governance} while ${problems.fileKey("deletionProtection")} is false`,
            "Nobody could ever destroy what a compliance lock holds",
        );
    }
    const days = RETENTIONS.flatMap((key) => {
        // Of one that is wrong itself nothing follows.
        const value = soundValue(
            context,
            key,
            DAYS_MIN,
            key === POINT_IN_TIME ? POINT_IN_TIME_DAYS_MAX : DAYS_MAX,
        );
        return value === undefined ? [] : [{ key, value }];
    });
    const shortest = days.reduce((one, other) => (other.value < one.value ? other : one), {
        key: "",
        value: DAYS_MAX,
    });
    check(
        context,
        "backupVaultLockMinDays",
        (value) => value >= 1 && value <= shortest.value,
        shortest.key === ""
            ? `1 to ${DAYS_MAX}`
            : `1 to ${shortest.value}, the shortest retention (${problems.fileKey(shortest.key)})`,
    );
    const longest = days
        // The vault of personal data has its own lock.
        .filter(({ key }) => key !== "backupPersonalDataRetentionDays")
        .reduce((one, other) => (other.value > one.value ? other : one), { key: "", value: 1 });
    check(
        context,
        "backupVaultLockMaxDays",
        (value) => value >= longest.value && value <= DAYS_MAX,
        longest.key === ""
            ? `1 to ${DAYS_MAX}`
            : `${longest.value}, the longest retention (${problems.fileKey(longest.key)}), to ${DAYS_MAX}`,
    );
    // Source: AWS Backup API Reference, PutBackupVaultLockConfiguration.
    checkRange(context, "backupLockChangeableForDays", 3, DAYS_MAX);
}

function disasterRecoveryRules(context: RuleContext): void {
    const { problems, region, values } = context;
    checkEach(
        context,
        "elasticDisasterRecoverySources",
        (item) => (parseCidr(item)?.prefix ?? 0) > 0,
        "an IPv4 block, such as 203.0.113.0/24, and not everybody",
    );
    check(
        context,
        "elasticDisasterRecovery",
        (value) => !value || region !== undefined,
        "false in the global stack's file, because it has no network",
    );
    const isOn = values.elasticDisasterRecovery === true;
    check(
        context,
        "elasticDisasterRecoverySources",
        (value) => value.length <= SOURCE_BLOCKS_MAX && (!isOn || value.length > 0),
        isOn
            ? `1 to ${SOURCE_BLOCKS_MAX} blocks, because ${problems.fileKey("elasticDisasterRecovery")} is true`
            : `at most ${SOURCE_BLOCKS_MAX} blocks`,
        isOn
            ? "Name the addresses of the servers that replicate to this region. AWS Elastic Disaster Recovery must be " +
                  "initialized in the region before (aws drs initialize-service), and each server needs its agent"
            : undefined,
    );
}
