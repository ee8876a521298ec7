import {
    accountId,
    alsoWhere,
    flag,
    id,
    input,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    numberOf,
    object,
    oneOf,
    region,
    required,
    subnetIds,
    textOf,
    textWhere,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { isRegion } from "../../shared/validation";
import { AURORA_GLOBAL_ARGUMENTS } from "../auroraGlobal/table";
import { isUsername, RESERVED_USERS } from "../auroraMember/identifiers";
import { AURORA_ARGUMENTS, CLUSTER_IDENTIFIER } from "../auroraMember/table";
import { DEFAULT_MASTER } from "../auroraMember/settings";
import {
    type BackupReplication,
    DatabaseInsights,
    RelationalEngine,
    type RelationalDatabaseArgs,
    RelationalTopology,
} from "./args";
import { ENGINES } from "./engines";
import { CLUSTER_FAMILIES, isInstanceClass } from "./instanceClasses";
import { ADVANCED_DAYS, DEFAULT_STORAGE, INCLUDED_IOPS, STRIPED_FROM, STRIPED_IOPS } from "./settings";

/** The engine beside an argument. Where it is wrong, which is said of it, PostgreSQL's rules stand in. */
function engineOf({ engine }: Given) {
    return ENGINES[engine === RelationalEngine.MySql ? RelationalEngine.MySql : RelationalEngine.PostgreSql];
}

const isCluster = (args: Given): boolean => args.topology === RelationalTopology.ThreeZoneCluster;

const topologyOf = (args: Given): RelationalTopology =>
    isCluster(args) ? RelationalTopology.ThreeZoneCluster : RelationalTopology.InstanceWithStandby;

const storageOf = (args: Given): number => numberOf(args.allocatedStorage, DEFAULT_STORAGE);

/** A tenth more than the storage: what RDS asks for. */
const leastGrown = (args: Given): number => Math.ceil((storageOf(args) * 11) / 10);

const REPLICATION: ArgumentTable<BackupReplication> = {
    region: required(
        textWhere(
            (value, args) => isRegion(value) && value !== args.region,
            (args) => `an AWS region code other than ${textOf(args.region)}, where the database is`,
            { kind: "an AWS region code" },
        ),
    ),
    kmsKeyArn: required(
        input(
            textWhere(
                (arn, _, { within }) =>
                    new RegExp(
                        `^arn:aws:kms:${isRegion(textOf(within.region)) ? textOf(within.region) : "[a-z0-9-]+"}:\\d{12}:key/[A-Za-z0-9-]+$`,
                    ).test(arn),
                (_, { within }) =>
                    `the ARN of a KMS key in ${textOf(within.region, "the copy's region")}, arn:aws:kms:…:key/<id>`,
                { kind: "the ARN of a KMS key" },
            ),
        ),
    ),
    retentionDays: wholeNumber({ min: 1, max: 35 }, "a whole number from 1 to 35"),
};

const CLUSTERS_DO_NOT = (what: string) => () => ({
    allowed: `nothing with ${RelationalTopology.ThreeZoneCluster}, ${what}`,
});

const ADVANCED_NEEDS = `${ADVANCED_DAYS} or more with ${DatabaseInsights.Advanced}`;

/** The rules of RelationalDatabase's arguments. */
export const RELATIONAL_ARGUMENTS: ArgumentTable<RelationalDatabaseArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    identifier: required(CLUSTER_IDENTIFIER),
    engine: required(oneOf(RelationalEngine)),
    engineVersion: textWhere(
        (version, args) => engineOf(args).versions.includes(version),
        (args) => `a major version of ${engineOf(args).engine}: ${engineOf(args).versions.join(", ")}`,
        { kind: "a major version" },
    ),
    topology: required(oneOf(RelationalTopology)),
    databaseName: AURORA_ARGUMENTS.databaseName,
    masterUsername: textWhere(
        (name) => isUsername(name, 16),
        `1 to 16 lower-case letters, digits and underscores, a letter first, and not ${RESERVED_USERS}`,
    ),
    databaseUsers: list(
        textWhere(
            (name, args, { before }) =>
                isUsername(name, engineOf(args).usernameMax) &&
                name !== textOf(args.masterUsername, DEFAULT_MASTER) &&
                !before.includes(name),
            (args) =>
                `1 to ${engineOf(args).usernameMax} lower-case letters, digits and underscores, a letter first, each once, not the master user and not ${RESERVED_USERS}`,
            { kind: "the name of a user" },
        ),
        "a list of names of users",
    ),
    vpcId: required(input(id("vpc-", "a network"))),
    subnetIds: required(
        input(
            alsoWhere(
                (given, args) => !isCluster(args) || (given as readonly unknown[]).length >= 3,
                `the ids of subnets in three zones with ${RelationalTopology.ThreeZoneCluster}`,
                subnetIds("without a way out"),
            ),
        ),
    ),
    port: AURORA_GLOBAL_ARGUMENTS.port,
    instanceClass: textWhere(
        (value, args) => isInstanceClass(topologyOf(args), value),
        (args) =>
            isCluster(args)
                ? `a class with disks of its own, of one of ${CLUSTER_FAMILIES.join(", ")}, such as db.m8gd.large`
                : "a class of instances, such as db.m8g.large",
        { kind: "a class of instances, such as db.m8g.large" },
    ),
    allocatedStorage: wholeNumber({ min: 20, max: 65_536 }, "a whole number from 20 to 65536 (GiB)"),
    maxAllocatedStorage: leftOutWhile(
        isCluster,
        CLUSTERS_DO_NOT("whose storage does not grow by itself"),
        wholeNumber(
            (args) => ({ min: leastGrown(args), max: 65_536 }),
            (args) => `a whole number from ${leastGrown(args)} to 65536 (GiB)`,
            { remedy: "RDS asks for a tenth more than allocatedStorage" },
        ),
    ),
    storageIops: wholeNumber(
        (args) =>
            storageOf(args) < STRIPED_FROM
                ? { min: INCLUDED_IOPS, max: INCLUDED_IOPS }
                : { min: STRIPED_IOPS, max: Math.min(64_000, 50 * storageOf(args)) },
        (args) =>
            storageOf(args) < STRIPED_FROM
                ? `${INCLUDED_IOPS}, which gp3 has below ${STRIPED_FROM} GiB`
                : `a whole number from ${STRIPED_IOPS} to ${Math.min(64_000, 50 * storageOf(args))}`,
    ),
    kmsKeyArn: required(input(keyArn())),
    backupRetentionDays: AURORA_GLOBAL_ARGUMENTS.backupRetentionDays,
    backupWindow: AURORA_GLOBAL_ARGUMENTS.backupWindow,
    maintenanceWindow: AURORA_GLOBAL_ARGUMENTS.maintenanceWindow,
    backupReplication: leftOutWhile(
        isCluster,
        CLUSTERS_DO_NOT("whose backups AWS Backup copies"),
        object(REPLICATION),
    ),
    databaseInsights: oneOf(DatabaseInsights),
    performanceInsightsRetentionDays: alsoWhere(
        (days, args) =>
            args.databaseInsights !== DatabaseInsights.Advanced || (days as number) >= ADVANCED_DAYS,
        ADVANCED_NEEDS,
        AURORA_GLOBAL_ARGUMENTS.performanceInsightsRetentionDays,
    ),
    monitoringIntervalSeconds: AURORA_GLOBAL_ARGUMENTS.monitoringIntervalSeconds,
    extendedSupport: flag(),
    backup: AURORA_ARGUMENTS.backup,
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    skipFinalSnapshot: AURORA_ARGUMENTS.skipFinalSnapshot,
    tags: AURORA_ARGUMENTS.tags,
};
