import {
    accountId,
    alsoWhere,
    arnOf,
    bucketName,
    byDefault,
    flag,
    id,
    input,
    isCount,
    isEachOnce,
    jurisdiction,
    keyArn,
    list,
    logRetention,
    numberIn,
    numberOf,
    object,
    oneOf,
    region,
    required,
    requiredWhile,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArn,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { isRegion } from "../../shared/validation";
import { parseCidr } from "../../shared/cidrBlock";
import { type ArgumentTable, type Given, type Place } from "../../shared/argumentTable";
import {
    type BackupLock,
    BackupLockMode,
    BackupResourceType,
    type BackupRetention,
    type ElasticDisasterRecovery,
    type RegionalBackupArgs,
    type RestoreNetwork,
    type SnapshotExport,
} from "./args";
import { retentionBounds, retentionOf } from "./retention";
import { POINT_IN_TIME_DAYS_MAX } from "./schedule";
import { DEFAULT_EXPORT, DEFAULT_LOCK, DEFAULT_RETENTION, DEFAULT_TYPES, NAME_PREFIX_MAX } from "./settings";

/** AWS Backup's longest retention: a hundred years. Source: AWS Backup API Reference, Lifecycle. */
export const DAYS_MAX = 36_500;

/** A security group has 60 rules for arriving traffic; some room is left. */
export const SOURCE_BLOCKS_MAX = 50;

const LOCK: ArgumentTable<BackupLock> = {
    mode: alsoWhere(
        (mode, args) => mode !== BackupLockMode.Compliance || args.deletionProtection !== false,
        `${BackupLockMode.Governance} while deletionProtection is false`,
        oneOf(BackupLockMode),
        { remedy: "Nobody could ever destroy what a compliance lock holds" },
    ),
    minRetentionDays: byDefault(
        DEFAULT_LOCK.minRetentionDays,
        wholeNumber(
            (args) => ({ min: 1, max: retentionBounds(args).shortest }),
            (args) => `a whole number from 1 to ${retentionBounds(args).shortest}, the shortest retention`,
            { remedy: "AWS Backup fails jobs whose backups would go before the lock lets them" },
        ),
    ),
    maxRetentionDays: byDefault(
        DEFAULT_LOCK.maxRetentionDays,
        wholeNumber(
            (args) => ({ min: retentionBounds(args).longest, max: DAYS_MAX }),
            (args) =>
                `a whole number from ${retentionBounds(args).longest}, the longest retention, to ${DAYS_MAX}`,
            { remedy: "AWS Backup fails jobs whose backups would stay longer than the lock lets them" },
        ),
    ),
    changeableForDays: numberIn({ min: 3, max: DAYS_MAX, step: 1 }),
};

/** For how many days, at least as many as the more frequent backups are kept for. */
function days(least: (retention: Required<BackupRetention>) => number, max = DAYS_MAX) {
    return numberIn((args) => ({ min: least(retentionOf(args.retention)), max, step: 1 }));
}

const RETENTION: ArgumentTable<BackupRetention> = {
    pointInTimeDays: days(() => 1, POINT_IN_TIME_DAYS_MAX),
    dailyDays: days(() => 1),
    // A backup that is rarer and goes sooner is of no use to anybody.
    weeklyDays: byDefault(
        DEFAULT_RETENTION.weeklyDays,
        days(({ dailyDays }) => dailyDays),
    ),
    monthlyDays: byDefault(
        DEFAULT_RETENTION.monthlyDays,
        days(({ weeklyDays }) => weeklyDays),
    ),
    personalDataDays: days(() => 1),
};

const intervalOf = ({ within }: Place): number => numberOf(within.intervalDays, DEFAULT_EXPORT.intervalDays);

const SNAPSHOT_EXPORT: ArgumentTable<SnapshotExport> = {
    intervalDays: numberIn({ min: 1, max: 30, step: 1 }),
    retentionDays: byDefault(
        DEFAULT_EXPORT.retentionDays,
        wholeNumber(
            (_, place) => ({ min: intervalOf(place) + 1, max: DAYS_MAX }),
            (_, place) => `a whole number from ${intervalOf(place) + 1} to ${DAYS_MAX}`,
            { remedy: "Otherwise the last export goes before the next one is there" },
        ),
    ),
};

const PREREQUISITES =
    "Elastic Disaster Recovery needs, before this is deployed: the service initialized in the region " +
    "(aws drs initialize-service), and afterwards the replication agent on every server";

const DISASTER_RECOVERY: ArgumentTable<ElasticDisasterRecovery> = {
    vpcId: required(input(id("vpc-", "a VPC"))),
    stagingSubnetId: required(input(id("subnet-", "a subnet"))),
    sourceCidrBlocks: required(
        list(
            textWhere(
                (block) => (parseCidr(block)?.prefix ?? 0) > 0,
                "an IPv4 block, such as 203.0.113.0/24, and not everybody",
                { kind: "an IPv4 block, such as 203.0.113.0/24" },
            ),
            "1 to 50 blocks",
            unless(
                (blocks) => isEachOnce(blocks) && isCount(blocks, 1, SOURCE_BLOCKS_MAX),
                (args) =>
                    `1 to ${SOURCE_BLOCKS_MAX} blocks, each once, that servers replicate to ${textOf(args.region)} from`,
                { remedy: PREREQUISITES },
            ),
        ),
    ),
    retentionDays: numberIn({ min: 1, max: 365, step: 1 }),
    instanceType: textLike(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type, such as t3.small"),
};

const TYPES = list(
    oneOf(BackupResourceType),
    "a list of kinds of resources",
    unless(isEachOnce, "each type once"),
);

function restoresAurora(args: Given): boolean {
    const types = (["standardTypes", "personalDataTypes"] as const).flatMap((property): unknown[] => {
        const given = args[property];
        return Array.isArray(given) ? given : [...DEFAULT_TYPES[property]];
    });
    return args.restoreTesting !== false && types.includes(BackupResourceType.Aurora);
}

/** The rules of RegionalBackup's arguments. */
export const BACKUP_ARGUMENTS: ArgumentTable<RegionalBackupArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    namePrefix: required(
        textWhere(
            (prefix) => /^[a-z](?:-?[a-z0-9])+$/.test(prefix) && prefix.length <= NAME_PREFIX_MAX,
            `2 to ${NAME_PREFIX_MAX} lower-case letters, digits and single hyphens, a letter first`,
            { remedy: "AWS Backup ends vaults' names at 50 characters" },
        ),
    ),
    peerRegion: textWhere(
        (peer, args) => isRegion(peer) && peer !== args.region,
        (args) => `another AWS region than ${textOf(args.region)}`,
        { kind: "another AWS region", remedy: "A copy in the same region is lost with it" },
    ),
    jurisdiction: required(jurisdiction()),
    alarmTopicArn: required(input(topicArn())),
    kmsKeyArn: required(input(keyArn())),
    lock: byDefault({}, object(LOCK)),
    retention: object(RETENTION),
    startHour: numberIn({ min: 0, max: 23, step: 1 }),
    standardTypes: TYPES,
    personalDataTypes: TYPES,
    recoveryPointAdministrators: list(arnOf("iam", "roles"), "a list of patterns of roles' ARNs"),
    restoreTesting: flag(),
    copyVaultArns: list(input(arnOf("backup", "vaults")), "a list of vaults' ARNs"),
    restoreNetwork: requiredWhile(
        restoresAurora,
        {
            allowed: "a subnet group and a security group, because Aurora is among what is restored",
            remedy: "Give them, or set restoreTesting to false",
        },
        object<RestoreNetwork>({
            subnetGroupName: required(input(text("the name of a subnet group"))),
            securityGroupId: required(input(id("sg-", "a security group"))),
        }),
    ),
    snapshotExport: object(SNAPSHOT_EXPORT),
    accessLogBucket: input(bucketName()),
    regionSettings: flag(),
    elasticDisasterRecovery: object(DISASTER_RECOVERY),
    logRetentionDays: logRetention(),
    deletionProtection: flag(),
    tags: tags(),
};
